"""``block_keys``: the few keys an account is filed under; only accounts that share a key are ever compared.

A key depends on its account alone, so that a ledger may file accounts in any order. These sorts:

* a stretch of days and the settlement: ``d 92015 | 33.4,44.4``, and its name, or that of the dateline;
* a stretch of days and one of the rarest words: ``d 92015 | velatma`` finds what the gazetteer does not know;
* a longer stretch and one of the rarest names; and a name of two words and more, whatever the day: reports on a trial
  come months later;
* whatever the day, for reports without any date and those of years later: a rare name, or the last name of somebody
  who was hurt or is blamed, and the kind of incident; a street and an age; a rare word of the headline and the town.

A key that more than ``MOST`` accounts bear says little: pairs that share only such keys are not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sayso.linking.features import NAME_RARITY, Features
from sayso.linking.terms import rarity

MOST: Final = 50
"""Accounts a key may be borne by; the ceiling of comparisons per key."""
STRETCH: Final = 8  # days of a stretch; every account stands in the stretches its days and their neighbours lie in
LONG: Final = 30  # days of a longer stretch; in that of its day and the one before
SLACK: Final = 1  # days a report may be wrong, or a night may run on
LATE: Final = 2  # days after which most incidents are reported
FINE: Final = 10  # days: what is told of no finer stretch says nothing of the day
CELL: Final = 5  # cells a degree: a fifth of a degree is about twenty kilometres
STRETCHES, WORDS, NAMES, PEOPLE, PAIRED, TITLE, LONG_TITLE, TOWN_TITLE, MARKS = 5, 6, 4, 8, 2, 5, 2, 3, 4


def block_keys(features: Features) -> tuple[str, ...]:
    """Return the keys of one account, sorted; mostly thirty to forty."""
    rare, named = rarest(features), set(features.names)
    stretches, spots, towns = _stretches(features), _spots(features), _towns(features)
    title = sorted(features.title, key=lambda form: (-features.title[form], form))
    keys = {
        f"d {stretch} | {what}" for stretch in stretches for what in (*spots, *towns, *rare[:WORDS], *title[:TITLE])
    }
    names = dict.fromkeys([name for name in rare if name in named][: NAMES // 2] + _weightiest(features.names))
    told = dict.fromkeys([*list(names)[:NAMES], *title[:LONG_TITLE]])
    keys |= {f"m {stretch} | {name}" for stretch in _long(features) for name in told}
    keys |= {f"n {name}" for name in _weightiest(features.people)[:PEOPLE]}
    kept = [*list(names)[:PAIRED], *sorted(features.last_names)]
    keys |= {f"w {name} {kind}" for name in kept for kind in features.kinds[:PAIRED]}
    telling = [word for word in title[:TOWN_TITLE] if rarity(word) >= NAME_RARITY]
    keys |= {f"w {word} | {town}" for word in telling for town in towns}
    streets, ages = (sorted(features.marks.get(mark, ()))[:MARKS] for mark in ("street", "age"))
    keys |= {f"w {street} | {age}" for street in streets for age in ages}
    return tuple(sorted(keys))


def rarest(features: Features) -> tuple[str, ...]:
    """Return the account's words from the rarest on: those of its leading sentences, names first."""
    names = set(features.names)
    weights = {form: weight * (2 if form in names else 1) for form, weight in features.lead.items()}
    return tuple(sorted(weights, key=lambda form: (-weights[form], form)))


def pairs(blocks: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Yield every pair that shares a key which at most ``MOST`` accounts bear, once, the smaller id first.

    Args:
        blocks: key → ids of the accounts filed under it.

    """
    fellows: dict[str, list[list[str]]] = defaultdict(list)
    for key in sorted(blocks):
        members = sorted(set(blocks[key]))
        if 1 < len(members) <= MOST:
            for name in members:
                fellows[name].append(members)
    for name in sorted(fellows):
        for other in sorted({other for members in fellows[name] for other in members if other > name}):
            yield name, other


def _weightiest(people: Iterable[str]) -> list[str]:
    return sorted(people, key=lambda name: (-sum(map(rarity, name.split())) / len(name.split()), name))


def _stretches(features: Features) -> tuple[int, ...]:
    """Return the stretches of days the incident may lie in, the told ones first; none without any date."""
    spans = [(first - SLACK, last + SLACK) for first, last in features.days if last - first <= FINE]
    if features.published is not None and not features.background:
        spans.append((features.published - LATE, features.published))
    found = dict.fromkeys(
        day // STRETCH for first, last in spans for day in (first, last, *range(first, last, STRETCH))
    )
    return tuple(found)[:STRETCHES]


def _long(features: Features) -> tuple[int, ...]:
    """Return the longer stretches: those of all days, and the ones before, in which others may have been told."""
    days = {day for first, last in features.days if last - first <= FINE for day in (first, last)}
    days |= {features.published} if features.published is not None and not features.background else set()
    found = sorted({day // LONG - back for day in days for back in (0, 1)}, reverse=True)
    return tuple(found)[:STRETCHES]


def _spots(features: Features) -> tuple[str, ...]:
    """Return the cells of the map the places lie in, and the names of those that are no spot."""
    spots = [place for place in features.places if place.fine][:2]
    cells = [f"{_cell(place.lat)},{_cell(place.lon)}" for place in spots]
    return tuple(dict.fromkeys([*cells, *(f"at {place.name}" for place in features.places[:2] if not place.fine)]))


def _towns(features: Features) -> tuple[str, ...]:
    """Return the name of the town at the head of the report, and those of its places."""
    told = [features.dateline, *(place.name for place in features.places[:2])]
    return tuple(dict.fromkeys(name for name in told if name))


def _cell(degrees: float | None) -> float:
    return round((degrees or 0.0) * CELL) / CELL
