"""When values that are written differently are one: a day and its evening, "market" and "the town’s fish market".

READING, "Findings": ``agreed`` is the same value. Reports say it with more or less care: one gives the day, the next
the hour; a headline names the country, its text the town; one adds the day of the funeral, another the hospital to
which the wounded were taken. Where every report tells one and the same value beside what else it tells, they agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final

from sayso.reading.findings import noun_of, value_key
from sayso.records import Claim, ClaimField, Kind, Target
from sayso.values import Moment, Place
from sayso.vocab.gazetteer import Gazetteer

ROUGH: Final = ("country", "province", "area")
"""Precisions of places that say where a settlement lies rather than where it happened."""
FACILITY: Final = "point"
QUARTER: Final = "district"
NATION: Final = "country"
DAY: Final = len("2020-01-01")
_SORT: Final = re.compile(r"^(?:the |al-|el-)+|(?: (?:town|city|village|area|region|locality|district|province))+$")


def is_one_value(claims: Sequence[Claim]) -> bool:
    """Tell whether the claims of one field say one value, each report with more or less care."""
    reports: dict[str, list[Claim]] = {}
    for claim in claims:
        reports.setdefault(claim.evidence.report, []).append(claim)
    field = claims[0].field
    told = [told for rows in reports.values() if (told := _TOLD.get(field, _plainly)(rows))]
    if field in _TOLD and len(told) > 1:
        shared = frozenset.intersection(*told)
        return bool(shared) and not (field == "where" and _inside(claims, shared))
    return len(frozenset.union(*told) if told else _plainly(claims)) == 1


def _plainly(claims: Sequence[Claim]) -> frozenset[Hashable]:
    return frozenset(map(value_key, claims))


def _days(claims: Sequence[Claim]) -> frozenset[Hashable]:
    """Return the days one report tells; a month that holds such a day adds nothing, nor what is unresolved."""
    moments = [claim.value for claim in claims if isinstance(claim.value, Moment) and claim.value.resolved]
    fine = [moment for moment in moments if _is_day(moment)]
    rough = [moment for moment in moments if not _is_day(moment) and not any(map(moment.contains, fine))]
    return frozenset([*(_day(moment.earliest) for moment in fine), *((m.earliest, m.latest) for m in rough)])


def _is_day(moment: Moment) -> bool:
    first, last = _day(moment.earliest), _day(moment.latest)
    return first is not None and first == last and len(first) == DAY


def _day(iso: str | None) -> str | None:
    return iso and iso[:DAY]


def _places(claims: Sequence[Claim]) -> frozenset[Hashable]:
    """Return the places one report tells, by name; provinces only where it tells nothing finer, and no countries."""
    places = [place for place in _told(claims) if _precision(place) != NATION]
    fine = [place for place in places if place.precision not in ROUGH]
    return frozenset(map(_called, fine or places))


def _told(claims: Sequence[Claim]) -> list[Place]:
    """Return the places with a name: "a fish market" may be that of any town."""
    places = (claim.value for claim in claims if isinstance(claim.value, Place))
    return [place for place in places if any(map(str.isupper, place.name or place.words))]


def _called(place: Place) -> str:
    """Return what a place is called, whatever sort of place it is: "Ombada", "the Ombada locality"."""
    name = (place.name or place.words).casefold()
    return _SORT.sub("", name) or name


def _precision(place: Place) -> str | None:
    """Return the precision of a place; one that is named after its nation only, "a Syrian town", says the country."""
    nation = Gazetteer.default().demonym((place.name or place.words).split(" ")[0])
    return NATION if nation is not None and nation.code == place.country else place.precision


def _inside(claims: Sequence[Claim], shared: frozenset[Hashable]) -> bool:
    """Tell whether somebody names a quarter of the place that all name, or what no map has: a street, a village.

    A facility is what was hit, which is another field.
    """
    places = [place for place in _told(claims) if _precision(place) not in ROUGH]
    mapped = any(place.lat is not None for place in places if _called(place) in shared)
    others = [place for place in places if _called(place) not in shared and place.precision != FACILITY]
    return any(place.precision == QUARTER or (mapped and place.lat is None) for place in others)


def _targets(claims: Sequence[Claim]) -> frozenset[Hashable]:
    """Return the things one report says were hit, by sort and noun."""
    return frozenset(_thing(claim.value) for claim in claims if isinstance(claim.value, Target))


def _thing(target: Target) -> Hashable:
    return target.class_, noun_of(target.name or target.words)


def _kinds(claims: Sequence[Claim]) -> frozenset[Hashable]:
    return frozenset(claim.value.kind for claim in claims if isinstance(claim.value, Kind))


_TOLD: Final[Mapping[ClaimField, Callable[[Sequence[Claim]], frozenset[Hashable]]]] = {
    "when": _days,
    "where": _places,
    "target": _targets,
    "kind": _kinds,
}
"""Field → what one report says of it, without what only says it with less care."""
