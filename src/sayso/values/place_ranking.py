"""Which places the toponyms of one report stand for: all names at once, each with ranked candidates and reasons.

A name alone is seldom enough (there are forty Springfields); the others in the same report tell. The ranking is a
table of reasons in units of a factor ten of population, as in ``place_reading``:

1. a candidate's own weight: people, level, capital, main name;
2. the neighbourhood in the text: "X, Y", "X (Y)", "X in Y", where Y contains the candidate; it holds for every mention;
3. the frame: how much of the report's other names lies in its country and its first-level division;
4. nearness: how close the report's other places are;
5. the dateline, and the country of the publisher's domain, where the report has them.

One name has one sense in one report, except where the words beside it say otherwise.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sayso.values.facts import PlaceFact, PlaceLookup
from sayso.values.place import Place
from sayso.values.place_frame import SMALL, Hints, Item, Key, Local, Weighed, own_weight, vector, weigh
from sayso.values.place_names import Named, holding, named
from sayso.values.place_reading import MARGIN, place_of, shared

CANDIDATES: Final = 16  # so many of a name's candidates are weighed, by their own weight
DATELINE: Final = 1.0
THRESHOLD: Final = 1.5  # below this a name stays unresolved
BESIDE: Final = 3000  # code points between an unknown name and a known one that tells where it may lie
LARGE_HERE: Final = 200_000  # a place with more people in the same country is meant, wherever the report is about
LARGE_ABROAD: Final = 30_000  # the same for other countries

_STATED_BEHIND: Final = re.compile(
    r"^(?:['’]s)?(?:\s*,\s*|\s*\(|\s+in\s+|\s*,\s+in\s+)(?:the\s+)?(?:(?:north|south|east|west|central)\w*[\s-]+)?$",
    re.IGNORECASE,
)
# The whole run of capitalised words: a part of a longer name is not the larger place.
_DIVISION: Final = re.compile(r" (province|governorate|oblast|region)\b(?! of\b)")
_NEXT: Final = re.compile(r"\s*,\s+((?:[A-Z][\w.]*)(?:[ -][A-Z][\w.]*)*)")
_BEFORE: Final = re.compile(r"([A-Z][\w.]*(?: [A-Z][\w.]*)?)\s*,\s+$")
_AFTER: Final = re.compile(r"\s*,?\s+(?:and\s+|or\s+|&\s+)?([A-Z][\w.]*(?: [A-Z][\w.]*)?)")
_DATELINE: Final = re.compile(r"^[^\n]{0,60}?(?:\([^)\n]{2,20}\)|--|—|–)")


class Toponym(NamedTuple):
    """A name of a place at code points [start, end) of the text, as written."""

    start: int
    end: int
    words: str


NO_HINTS: Final = Hints()


class Candidate(NamedTuple):
    """One place a name may stand for, its points and one sentence for each reason."""

    fact: PlaceFact
    points: float
    reasons: tuple[str, ...]


class Resolution(NamedTuple):
    """What a toponym stands for.

    Attributes:
        place: the place; its name is null where the facts do not settle it.
        point: degrees north and east for measuring distances, never for a pin: a country's or an area's middle too,
            or, where ``near`` is set, the middle of the places around.
        near: the place itself has no known coordinates.
        candidates: the best few, the best first.
        reason: why this one, or why none.

    """

    toponym: Toponym
    place: Place
    point: tuple[float, float] | None
    candidates: tuple[Candidate, ...]
    reason: str
    near: bool = False


def resolve(
    text: str, toponyms: Sequence[Toponym], lookup: PlaceLookup, hints: Hints = NO_HINTS
) -> tuple[Resolution, ...]:
    """Return what each toponym of a report stands for, in the order given.

    Args:
        text: the report.
        toponyms: its place names, in text order.
        lookup: the facts of the world.
        hints: what is known of the report beside its text.

    """
    keys = _keys(text, toponyms, lookup)
    items = _items(keys, toponyms, lookup, hints, text)
    weighed = weigh(items, hints)
    around = _Around(items, weighed.points, lookup)
    outcome = {key: _outcome(items[key], weighed, key, around) for key in items}
    found = [
        outcome[key]._replace(toponym=t, place=outcome[key].place.model_copy(update={"words": t.words}))
        for t, key in zip(toponyms, keys, strict=True)
    ]
    return tuple(_roughly(found, lookup))


def _roughly(found: Sequence[Resolution], lookup: PlaceLookup) -> Iterator[Resolution]:
    """Yield each; one without a point gets, for distances only, that of the place its name holds or is named beside."""
    before = _nearest_known(found, range(len(found)))
    behind = _nearest_known(found, range(len(found) - 1, -1, -1))
    for at, one in enumerate(found):
        held = None if one.point or one.candidates else holding(one.toponym.words, lookup)
        near = [found[other] for other in (before[at], behind[at]) if other is not None]
        gaps = [max(one.toponym.start - other.toponym.end, other.toponym.start - one.toponym.end) for other in near]
        if held and held.lat is not None and held.lon is not None:
            yield one._replace(point=(held.lat, held.lon), near=True, reason=f"{one.reason}; it has {held.name} in it")
        elif one.point is None and gaps and min(gaps) <= BESIDE:
            other = near[gaps.index(min(gaps))]
            why = f"{one.reason}; {other.toponym.words} is named near it"
            yield one._replace(point=other.point, near=True, reason=why)
        else:
            yield one


def _nearest_known(found: Sequence[Resolution], order: Iterable[int]) -> dict[int, int | None]:
    """Return, for each position, the last one passed before it whose place is known and small enough to lie beside."""
    last: int | None = None
    known: dict[int, int | None] = {}
    for at in order:
        known[at] = last
        one = found[at]
        if one.point is not None and not one.near and one.place.precision not in ("country", "area"):
            last = at
    return known


# -- names and what the text states of them ----------------------------------------------------------------------------


def _keys(text: str, toponyms: Sequence[Toponym], lookup: PlaceLookup) -> list[Key]:
    """Return name and stated container of each toponym; a mention without one takes that of another mention."""
    stated = [_stated(text, toponyms, index, lookup) for index in range(len(toponyms))]
    of_name: dict[str, str] = {}
    spelling: dict[str, str] = {}  # "COLUMBUS" in the dateline and "Columbus" are one name
    for toponym, box in zip(toponyms, stated, strict=True):
        if box:
            of_name.setdefault(toponym.words.casefold(), box)
        if not toponym.words.isupper():
            spelling.setdefault(toponym.words.casefold(), toponym.words)
    return [
        (_with_kind(text, t, spelling.get(t.words.casefold(), t.words)), box or of_name.get(t.words.casefold(), ""))
        for t, box in zip(toponyms, stated, strict=True)
    ]


def _with_kind(text: str, toponym: Toponym, name: str) -> str:
    """Return a name with the noun of a division behind it, so that "Aleppo province" is not the city."""
    found = _DIVISION.match(text, toponym.end)
    return f"{name} {found[1].capitalize()}" if found else name


def _stated(text: str, toponyms: Sequence[Toponym], index: int, lookup: PlaceLookup) -> str:
    """Return the larger place that the text puts behind a toponym, as written; "" where it puts none."""
    toponym = toponyms[index]
    after = next((other for other in toponyms[index + 1 : index + 3] if other.start >= toponym.end), None)
    if after and _STATED_BEHIND.match(text[toponym.end : after.start]):
        box, box_end = after.words, after.end
    elif found := _NEXT.match(text, toponym.end):
        box = found[1] if lookup.places(found[1]) else found[1].rstrip(".")
        box_end = found.end(1)
    else:
        return ""
    inner, outer = named(toponym.words, lookup).facts, named(box, lookup).facts
    if _two_of_a_list(inner, outer) or (
        any(fact.level in {"province", "country"} and fact.primary for fact in inner)
        and _enumerated(text, toponym.start, box_end, lookup)
    ):
        return ""
    return box if any(holds(big, small) for big in outer for small in inner) else _unknown_inside(inner, outer, box)


def _two_of_a_list(inner: Sequence[PlaceFact], outer: Sequence[PlaceFact]) -> bool:
    """Tell whether both are countries: "Mexico, Canada"; but "Georgia, USA" names a division of that name."""
    if not (any(fact.level == "country" for fact in inner) and any(fact.level == "country" for fact in outer)):
        return False
    return not any(fact.level == "province" and fact.primary and holds(box, fact) for box in outer for fact in inner)


def _enumerated(text: str, start: int, box_end: int, lookup: PlaceLookup) -> bool:
    """Tell whether name and box are items of one list: "Ohio, Georgia and Iowa"."""
    before, after = _BEFORE.search(text, max(0, start - 40), start), _AFTER.match(text, box_end)
    neighbours = [found[1] for found in (before, after) if found]
    return any(fact.level in {"province", "country"} for name in neighbours for fact in lookup.places(name))


def _unknown_inside(inner: Sequence[PlaceFact], outer: Sequence[PlaceFact], box: str) -> str:
    """Return the container of a name the facts do not know, if it is a division or country: "Ruizville, Texas"."""
    return box if not inner and any(fact.level in {"province", "country"} for fact in outer) else ""


def holds(box: PlaceFact, fact: PlaceFact) -> bool:
    """Tell whether a candidate lies in a larger candidate."""
    if box.country is None or box.country != fact.country or fact.level == "country":
        return False
    if box.level == "country":
        return True
    if box.level == "province":
        return fact.admin1 == box.admin1 and fact.level != "province"
    return box.level == "district" and fact.admin2 == box.admin2 and fact.level == "settlement" and bool(box.admin2)


def _items(
    keys: Sequence[Key], toponyms: Sequence[Toponym], lookup: PlaceLookup, hints: Hints, text: str
) -> dict[Key, Item]:
    dateline = _DATELINE.match(text)
    items: dict[Key, Item] = {}
    for key, toponym in zip(keys, toponyms, strict=True):
        if key in items:
            continue
        name, box = key
        found = named(name, lookup)
        boxes = named(box, lookup).facts if box else ()
        facts = [fact for fact in found.facts if any(holds(big, fact) for big in boxes)] or list(found.facts)
        if box and not found.facts:
            facts = [fact for fact in boxes if fact.level in {"province", "country"}]
            found = Named(facts=tuple(facts), inside=True)
        bonus = DATELINE if dateline and toponym.end <= dateline.end() else 0.0
        ranked = sorted(((own_weight(fact, found) + bonus, -at) for at, fact in enumerate(facts)), reverse=True)
        top = ranked[:CANDIDATES]
        items[key] = Item(
            found, tuple(facts[-at] for _, at in top), tuple(own for own, _ in top), 1.0 + bonus / 2, box or None
        )
    return items


# -- the outcome -------------------------------------------------------------------------------------------------------


class _Around:
    """Where the places of a report lie that are settled: the point for what has no coordinates of its own."""

    def __init__(self, items: Mapping[Key, Item], points: Mapping[Key, Sequence[float]], lookup: PlaceLookup) -> None:
        self._lookup = lookup
        self._places: list[PlaceFact] = []
        for key, item in items.items():
            if item.facts:
                best = max(range(len(item.facts)), key=lambda at: (points[key][at], -at))
                fact = item.facts[best]
                if fact.lat is not None and fact.level in SMALL:
                    self._places.append(fact)

    def point(self, country: str | None, admin1: str | None, admin2: str | None = None) -> tuple[float, float] | None:
        """Return the middle of the report's places in a division, or of the division itself."""
        inside = [fact for fact in self._places if (fact.country, fact.admin1) == (country, admin1)]
        closer = [fact for fact in inside if fact.admin2 == admin2] if admin2 else []
        found = [vector(fact.lat or 0.0, fact.lon or 0.0) for fact in closer or inside]
        if found:
            return degrees(*(sum(axis) for axis in zip(*found, strict=True)))
        for fact in self._lookup.places(admin1 or ""):
            if fact.level == "province" and fact.country == country and fact.lat is not None and fact.lon is not None:
                return fact.lat, fact.lon
        return None


def degrees(x: float, y: float, z: float) -> tuple[float, float]:
    """Return a vector's direction as degrees north and east."""
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _outcome(item: Item, weighed: Weighed, key: Key, around: _Around) -> Resolution:
    points, reasons, local = weighed.points[key], weighed.reasons[key], weighed.local[key]
    toponym = Toponym(0, 0, key[0])
    ranked = sorted(range(len(points)), key=lambda at: (-points[at], at))
    candidates = tuple(Candidate(item.facts[at], round(points[at], 2), reasons[at]) for at in ranked[:5])
    best = candidates[0] if candidates else None
    if local and (best is None or _rather_small(best, item, local)):
        why = f"no known place of that name fits; {local.share:.0%} of the report's other names lie in {local.admin1}"
        place = Place(name=None, words=toponym.words)
        return Resolution(toponym, place, around.point(local.country, local.admin1), candidates, why, near=True)
    if best is None or best.points < THRESHOLD:
        why = "nothing in the report speaks for any of them" if best else "no place of that name is known"
        return Resolution(toponym, Place(name=None, words=toponym.words), None, candidates, why)
    if rivals := _rivals(candidates):
        place = shared([best.fact, *rivals]).model_copy(update={"words": toponym.words})
        return Resolution(toponym, place, None, candidates, "several places of that name, and nothing tells which")
    fact = best.fact
    near = fact.lat is None or fact.lon is None
    point = around.point(fact.country, fact.admin1, fact.admin2) if near else (fact.lat or 0.0, fact.lon or 0.0)
    reason = "; ".join(best.reasons) or (
        "the only place of that name" if len(candidates) == 1 else "the best known of that name"
    )
    return Resolution(toponym, _place(fact, item, toponym), point, candidates, reason, near=near)


def _rivals(candidates: Sequence[Candidate]) -> list[PlaceFact]:
    """Return settlements elsewhere that as much speaks for as for the best candidate, a settlement too."""
    best = candidates[0]
    if best.fact.level != "settlement":
        return []
    equal = [other.fact for other in candidates[1:] if other.points > best.points - MARGIN]
    return [fact for fact in equal if (fact.country, fact.admin1) != (best.fact.country, best.fact.admin1)]


def _rather_small(best: Candidate, item: Item, local: Local) -> bool:
    """Tell whether a name is likelier that of a small place around than of the best candidate."""
    if item.stated or best.fact.level not in SMALL:
        return False
    if best.fact.population > (LARGE_HERE if best.fact.country == local.country else LARGE_ABROAD):
        return False
    return local.points > best.points and (best.fact.country, best.fact.admin1) != (local.country, local.admin1)


def _place(fact: PlaceFact, item: Item, toponym: Toponym) -> Place:
    """Return a fact as the place a name stands for: a thing inside it, or a part, keeps no more than is said."""
    place = place_of(fact).model_copy(update={"words": toponym.words})
    if item.named.inside:
        return Place(name=None, country=fact.country, admin1=fact.admin1, words=toponym.words)
    if item.named.thing:
        pin = {} if fact.level in SMALL else {"lat": None, "lon": None, "geonames": None}
        return place.model_copy(update={"name": toponym.words, "precision": "point", **pin})
    return place.model_copy(update={"precision": "area"}) if item.named.part else place


def countries_of(resolutions: Iterable[Resolution]) -> tuple[str, ...]:
    """Return the countries of a report's places, the weightiest first; ties in the order of mention."""
    tally: dict[str, int] = {}
    for found in resolutions:
        if found.place.country:
            tally[found.place.country] = tally.get(found.place.country, 0) + 1
    order = list(tally)
    return tuple(sorted(tally, key=lambda code: (-tally[code], order.index(code))))
