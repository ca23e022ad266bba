"""When values that are written differently are one: a day and its evening, "market" and "the town’s fish market".

READING, "Findings": ``agreed`` is the same value. Reports say it with more or less care: one gives the day, the next
the hour; a headline names the country, its text the town; one adds the day of the funeral, another the hospital to
which the wounded were taken. Where every report tells one and the same value beside what else it tells, they agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final

from sayso.linking.terms import skeleton, words
from sayso.reading.findings import noun_of, value_key
from sayso.reading.means.deliveries import deliveries, deliveries_in, finest
from sayso.records import Claim, ClaimField, Kind, Target, Weapon
from sayso.values import Moment, Place
from sayso.values.place_reading import tables
from sayso.vocab.gazetteer import Gazetteer

ROUGH: Final = ("country", "province", "area")
"""Precisions of places that say where a settlement lies rather than where it happened."""
FACILITY: Final = "point"
QUARTER: Final = "district"
NATION: Final = "country"
DAY: Final = len("2020-01-01")
_SORT: Final = re.compile(r"^(?:the |al-|el-)+|(?: (?:town|city|village|area|region|locality|district|province))+$")
_CERTAIN: Final = 4
"""Consonants from which a name is one name however it is spelt: "Zeebinhtone", "Zee Pin Htone"."""


def is_one_value(claims: Sequence[Claim]) -> bool:
    """Tell whether the claims of one field say one value, each report with more or less care."""
    reports: dict[str, list[Claim]] = {}
    for claim in claims:
        reports.setdefault(claim.evidence.report, []).append(claim)
    field = claims[0].field
    told = [told for rows in reports.values() if (told := _TOLD.get(field, _plainly)(rows))]
    if field == "where":
        told = _with_named_within(told, claims)
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
    """Return what a place is called, whatever sort of place and however spelt: "Ombada", "the Ombada locality"."""
    return _spelt(place.name or place.words)


def _spelt(name: str) -> str:
    folded = name.casefold()
    plain = _SORT.sub("", folded) or folded
    bones = skeleton("".join(word.form for word in words(plain))).replace("p", "b")
    return bones if len(bones) >= _CERTAIN else plain


def _with_named_within(told: Sequence[frozenset[Hashable]], claims: Sequence[Claim]) -> list[frozenset[Hashable]]:
    """Return what each report tells, and what names of facilities hold: "the bakery of Tarsk" is in Tarsk."""
    settlements = {_called(place) for place in _told(claims) if place.precision not in (*ROUGH, FACILITY)}
    holds = {_called(place): _held(place) & settlements for place in _told(claims)}
    return [names.union(*(holds.get(str(name), frozenset()) for name in names)) for names in told]


def _held(place: Place) -> frozenset[str]:
    """Return what the stretches of words within a name would be called."""
    parts = re.findall(r"[\w’'-]+", place.name or place.words)
    spans = ((at, to) for at in range(len(parts)) for to in range(at + 1, len(parts) + 1))
    return frozenset(_spelt(" ".join(parts[at:to])) for at, to in spans if parts[at][0].isupper())


def _precision(place: Place) -> str | None:
    """Return the precision of a place; one that is named after its nation only, "a Syrian town", says the country."""
    nation = Gazetteer.default().demonym((place.name or place.words).split(" ")[0])
    return NATION if nation is not None and nation.code == place.country else place.precision


def _inside(claims: Sequence[Claim], shared: frozenset[Hashable]) -> bool:
    """Tell whether somebody names a quarter of the place that all name, or what no map has: a street, a village.

    A facility is what was hit, which is another field; and a quarter of a town elsewhere is no part of it.
    """
    places = [place for place in _told(claims) if _precision(place) not in ROUGH]
    mapped = [place for place in places if place.lat is not None]
    common = [place for place in mapped if _called(place) in shared]
    known = shared | {_called(place) for place in mapped if place.precision != QUARTER}
    others = [place for place in places if _called(place) not in known and not _is_facility(place)]
    return any(
        _may_lie_in(place, common) if place.precision == QUARTER else bool(common) and place.lat is None
        for place in others
    )


def _may_lie_in(quarter: Place, towns: Sequence[Place]) -> bool:
    return not towns or any(not town.admin1 or quarter.admin1 in (None, town.admin1) for town in towns)


def _is_facility(place: Place) -> bool:
    return place.precision == FACILITY or tables()["facility"].match(place.name or place.words) is not None


def _targets(claims: Sequence[Claim]) -> frozenset[Hashable]:
    """Return the things one report says were hit, by sort and noun."""
    return frozenset(_thing(claim.value) for claim in claims if isinstance(claim.value, Target))


def _thing(target: Target) -> Hashable:
    return target.class_, noun_of(target.name or target.words)


def _kinds(claims: Sequence[Claim]) -> frozenset[Hashable]:
    return frozenset(claim.value.kind for claim in claims if isinstance(claim.value, Kind))


def _weapons(claims: Sequence[Claim]) -> frozenset[Hashable]:
    """Return all the weapons one report tells, as one, without what another of its words says more precisely.

    "Aircraft" beside "barrel bombs" adds nothing, nor does "a bomb" beside anything.
    """
    told = {_armed(row.value, row.evidence.text) for row in claims if isinstance(row.value, Weapon)}
    fine = frozenset(weapon for weapon in told if not any(_is_coarser(weapon, other) for other in told - {weapon}))
    return frozenset({fine})


def _armed(weapon: Weapon, evidence: str) -> tuple[str | None, frozenset[str]]:
    """Return the class of a weapon and how it came; of a bomb, what stands around it tells: "was left in a bag"."""
    words = f"{weapon.words} | {evidence}" if weapon.class_ in ("bomb", "car_bomb") else weapon.words
    return weapon.class_, finest(deliveries_in(words))


def _is_coarser(one: tuple[str | None, frozenset[str]], other: tuple[str | None, frozenset[str]]) -> bool:
    refined = {coarse for way in other[1] for coarse in deliveries()[way].refines}
    return (one[0] == other[0] and one[1] <= refined) or (one == ("bomb", frozenset()))


_TOLD: Final[Mapping[ClaimField, Callable[[Sequence[Claim]], frozenset[Hashable]]]] = {
    "when": _days,
    "where": _places,
    "target": _targets,
    "kind": _kinds,
    "weapon": _weapons,
}
"""Field → what one report says of it, without what only says it with less care."""
