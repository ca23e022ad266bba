"""When values that are written differently are one: a day and its evening, "market" and "the town’s fish market".

READING, "Findings": ``agreed`` is the same value. Reports say it with more or less care: one gives the day, the next
the hour; a headline names the country, its text the town. Such values do not make a finding ``compatible``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final

from sayso.reading.findings import noun_of, value_key
from sayso.records import Claim, ClaimField, Target
from sayso.values import Moment, Place

ROUGH: Final = ("country", "province", "area")
"""Precisions of places that say where a settlement lies rather than where it happened."""
DAY: Final = len("2020-01-01")


def is_one_value(claims: Sequence[Claim]) -> bool:
    """Tell whether the claims of one field say one value, each report with more or less care."""
    reports: dict[str, list[Claim]] = {}
    for claim in claims:
        reports.setdefault(claim.evidence.report, []).append(claim)
    told = [_TOLD.get(claims[0].field, _plainly)(rows) for rows in reports.values()]
    if claims[0].field == "target" and len(told) > 1:
        return len(frozenset.intersection(*told)) == 1
    return len(frozenset.union(*told) or _plainly(claims)) == 1


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
    """Return the places one report tells; the province or the country of one of them adds nothing."""
    places = [claim.value for claim in claims if isinstance(claim.value, Place)]
    fine = [place for place in places if place.precision not in ROUGH]
    kept = [place for place in places if place in fine or not any(place.contains(other) for other in fine)]
    return frozenset(((place.name or place.words).casefold(), place.country) for place in kept)


def _targets(claims: Sequence[Claim]) -> frozenset[Hashable]:
    """Return the things one report says were hit, by sort and noun."""
    return frozenset(_thing(claim.value) for claim in claims if isinstance(claim.value, Target))


def _thing(target: Target) -> Hashable:
    return target.class_, noun_of(target.name or target.words)


_TOLD: Final[Mapping[ClaimField, Callable[[Sequence[Claim]], frozenset[Hashable]]]] = {
    "when": _days,
    "where": _places,
    "target": _targets,
}
"""Field → what one report says of it, without what only says it with less care."""
