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
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sayso.values.facts import WIDE, Level, PlaceFact, PlaceLookup
from sayso.values.place import Place
from sayso.values.place_names import Named, named
from sayso.values.place_reading import place_of

CANDIDATES: Final = 16  # so many of a name's candidates are weighed, by their own weight
ROUNDS: Final = 3  # the frame is read from the candidates, and the candidates from the frame, so often
SHARPNESS: Final = 1.2  # how fast a candidate's share falls with its points
PER_POWER_OF_TEN: Final = 0.7  # what ten times the people are worth beside the reasons below
UNKNOWN_POPULATION: Final = 3.0
OF_LEVEL: Final[dict[Level, float]] = {
    "country": 2.5,
    "province": 0.8,
    "district": -1.0,
    "settlement": 1.0,
    "area": 2.0,
}
CAPITAL: Final = 1.4
ALTERNATE_NAME: Final = -1.6
OLD_NAME: Final = -3.5  # an alternate name where English is spoken: an old or a foreign one
ENGLISH: Final = frozenset({"USA", "GBR", "CAN", "AUS", "IRL", "NZL"})
KIND_SAID: Final = 1.5  # "Clarke County" is a division of the second level
OUR_OWN: Final = 3.0
LESS: Final = -1.0  # found under a name changed ("Clarke" as Clarke County)
STATED: Final = 8.0  # the text says "X, Y"
COUNTRY: Final = 1.6  # times the share of the report's other names that lies in the country
DIVISION: Final = 2.2  # the same for the first-level division
NEAR: Final = 1.6  # another place of the report is close by; falls with distance
NEAR_KM: Final = 40.0
NEIGHBOURS: Final = 4
SMALL: Final = frozenset({"settlement", "district"})
PUBLISHER: Final = 1.0
DATELINE: Final = 1.0
THRESHOLD: Final = 1.5  # below this a name stays unresolved
# The facts hold settlements from 5,000 people on. In a report about one division a name may be a smaller place there.
SMALL_PLACE: Final = 2.6  # its own weight
LARGE_HERE: Final = 200_000  # a place with more people in the same country is meant, wherever the report is about
LARGE_ABROAD: Final = 30_000  # the same for other countries
LOCAL_SHARE: Final = 0.35  # of the report's other names must lie in the division
LOCAL_NAMES: Final = 1.2  # so many names at least

_STATED_BEHIND: Final = re.compile(
    r"^(?:['’]s)?(?:\s*,\s*|\s*\(|\s+in\s+|\s*,\s+in\s+)(?:the\s+)?(?:(?:north|south|east|west|central)\w*[\s-]+)?$",
    re.IGNORECASE,
)
# The whole run of capitalised words: a part of a longer name is not the larger place.
_NEXT: Final = re.compile(r"\s*,\s+((?:[A-Z][\w.]*)(?:[ -][A-Z][\w.]*)*)")
_BEFORE: Final = re.compile(r"([A-Z][\w.]*(?: [A-Z][\w.]*)?)\s*,\s+$")
_AFTER: Final = re.compile(r"\s*,?\s+(?:and\s+|or\s+|&\s+)?([A-Z][\w.]*(?: [A-Z][\w.]*)?)")
_DATELINE: Final = re.compile(r"^[^\n]{0,60}?(?:\([^)\n]{2,20}\)|--|—|–)")


class Toponym(NamedTuple):
    """A name of a place at code points [start, end) of the text, as written."""

    start: int
    end: int
    words: str


class Hints(NamedTuple):
    """What is known of a report beside its text."""

    country: str | None = None  # alpha-3, of the publisher's domain
    dateline: str | None = None


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


class _Local(NamedTuple):
    """The first-level division that a report is about, seen from one of its names."""

    country: str
    admin1: str
    share: float  # of the report's other names
    points: float  # of a place there that the facts do not hold


class _Item(NamedTuple):
    """One reading of a name: what it is called here, its candidates, how often it is mentioned."""

    named: Named
    facts: tuple[PlaceFact, ...]
    own: tuple[float, ...]
    weight: float
    stated: str | None  # the larger place beside it, as written


Key = tuple[str, str]


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
    weighed = _weigh(items, hints)
    around = _Around(items, weighed.points, lookup)
    outcome = {key: _outcome(items[key], weighed, key, around) for key in items}
    return tuple(
        outcome[key]._replace(toponym=t, place=outcome[key].place.model_copy(update={"words": t.words}))
        for t, key in zip(toponyms, keys, strict=True)
    )


# -- names and what the text states of them ----------------------------------------------------------------------------


def _keys(text: str, toponyms: Sequence[Toponym], lookup: PlaceLookup) -> list[Key]:
    """Return name and stated container of each toponym; a mention without one takes that of another mention."""
    stated = [_stated(text, toponyms, index, lookup) for index in range(len(toponyms))]
    of_name: dict[str, str] = {}
    for toponym, box in zip(toponyms, stated, strict=True):
        if box:
            of_name.setdefault(toponym.words, box)
    return [(t.words, box or of_name.get(t.words, "")) for t, box in zip(toponyms, stated, strict=True)]


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
) -> dict[Key, _Item]:
    dateline = _DATELINE.match(text)
    items: dict[Key, _Item] = {}
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
        items[key] = _Item(
            found, tuple(facts[-at] for _, at in top), tuple(own for own, _ in top), 1.0 + bonus / 2, box or None
        )
    return items


def own_weight(fact: PlaceFact, found: Named) -> float:
    """Return what speaks for a candidate before the rest of the report is looked at."""
    people = math.log10(fact.population) if fact.population else UNKNOWN_POPULATION
    points = people * PER_POWER_OF_TEN + OF_LEVEL[fact.level]
    points += CAPITAL if fact.feature == "PPLC" and fact.primary else 0.0
    points += OUR_OWN if fact.feature in {"", WIDE} else 0.0
    if not fact.primary:
        points += OLD_NAME if fact.country in ENGLISH else ALTERNATE_NAME
    points += KIND_SAID if fact.level == found.level else 0.0
    return points + (LESS if fact in found.changed else 0.0)


# -- the report as a whole ---------------------------------------------------------------------------------------------


class _Weighed(NamedTuple):
    """Points and reasons of every candidate, and the division each name's surroundings lie in."""

    points: dict[Key, list[float]]
    reasons: dict[Key, list[tuple[str, ...]]]
    local: dict[Key, _Local | None]


def _weigh(items: Mapping[Key, _Item], hints: Hints) -> _Weighed:
    """Return points and reasons of every candidate after the frame and the candidates have settled each other."""
    points = {key: [own + (STATED if item.stated else 0.0) for own in item.own] for key, item in items.items()}
    reasons: dict[Key, list[tuple[str, ...]]] = {key: [() for _ in item.facts] for key, item in items.items()}
    local: dict[Key, _Local | None] = {}
    for turn in range(ROUNDS):
        shares = {key: _shares(values) for key, values in points.items()}
        countries, divisions, total = _masses(items, shares)
        near_by = _Neighbours(items, shares)
        for key, item in items.items():
            mine = _masses({key: item}, {key: shares[key]})
            rest = max(total - mine[2], 1.0)
            if turn == ROUNDS - 1:
                local[key] = _local(countries, divisions, mine, rest)
            for at, fact in enumerate(item.facts):
                in_country = (countries[fact.country] - mine[0][fact.country]) / rest if fact.country else 0.0
                division = (fact.country, fact.admin1)
                in_division = (divisions[division] - mine[1][division]) / rest if fact.admin1 else 0.0
                near = near_by.of(fact, key[0])
                extra = COUNTRY * _grown(in_country) + DIVISION * _grown(in_division) + NEAR * near
                extra += PUBLISHER if fact.country and fact.country == hints.country else 0.0
                extra += STATED if item.stated else 0.0
                points[key][at] = item.own[at] + extra
                if turn == ROUNDS - 1:
                    reasons[key][at] = _reasons(item, fact, in_country, in_division, near, hints)
    return _Weighed(points, reasons, local)


def _local(
    countries: Mapping[str | None, float],
    divisions: Mapping[tuple[str | None, str | None], float],
    mine: Masses,
    rest: float,
) -> _Local | None:
    """Return the division that most of a report's other names lie in, if they do."""
    best = max(divisions, key=lambda division: (divisions[division] - mine[1][division], str(division)), default=None)
    if best is None or best[0] is None or best[1] is None:
        return None
    mass = divisions[best] - mine[1][best]
    share, in_country = mass / rest, (countries[best[0]] - mine[0][best[0]]) / rest
    if share < LOCAL_SHARE or mass < LOCAL_NAMES:
        return None
    points = SMALL_PLACE + COUNTRY * _grown(in_country) + DIVISION * _grown(share)
    return _Local(best[0], best[1], share, points)


def _grown(share: float) -> float:
    """Return a share of the report as a reason: a tenth of it already says much."""
    return math.sqrt(max(share, 0.0)) * 1.5


def _shares(points: Sequence[float]) -> list[float]:
    if not points:
        return []
    most = max(points)
    weights = [math.exp(SHARPNESS * (value - most) * math.log(10) / 2) for value in points]
    return [weight / sum(weights) for weight in weights]


Masses = tuple[defaultdict[str | None, float], defaultdict[tuple[str | None, str | None], float], float]


def _masses(items: Mapping[Key, _Item], shares: Mapping[Key, Sequence[float]]) -> Masses:
    """Return how much of the report lies in each country and each division, and the sum of all."""
    countries: defaultdict[str | None, float] = defaultdict(float)
    divisions: defaultdict[tuple[str | None, str | None], float] = defaultdict(float)
    total = 0.0
    for key, item in items.items():
        total += item.weight if item.facts else 0.0
        for fact, share in zip(item.facts, shares[key], strict=True):
            countries[fact.country] += share * item.weight
            if fact.admin1:
                divisions[fact.country, fact.admin1] += share * item.weight
    return countries, divisions, total


class _Neighbours:
    """The small places that a report's names may stand for, by squares of a degree."""

    def __init__(self, items: Mapping[Key, _Item], shares: Mapping[Key, Sequence[float]]) -> None:
        self._squares: defaultdict[tuple[int, int], list[tuple[str, PlaceFact, float]]] = defaultdict(list)
        self._counties: defaultdict[tuple[str | None, str | None, str], dict[str, float]] = defaultdict(dict)
        for key, item in items.items():
            for fact, share in zip(item.facts, shares[key], strict=True):
                weight = math.sqrt(share)
                if fact.level in SMALL and fact.lat is not None and fact.lon is not None:
                    self._squares[math.floor(fact.lat), math.floor(fact.lon)].append((key[0], fact, weight))
                if fact.level in SMALL and fact.admin2:
                    known = self._counties[fact.country, fact.admin1, fact.admin2]
                    known[key[0]] = max(known.get(key[0], 0.0), weight)

    def of(self, fact: PlaceFact, name: str) -> float:
        """Return how many other names may lie close by: 1 for two that surely do."""
        if fact.level not in SMALL:
            return 0.0
        found = dict(self._counties[fact.country, fact.admin1, fact.admin2]) if fact.admin2 else {}
        if fact.lat is not None and fact.lon is not None:
            for other, place, weight in self._around(fact.lat, fact.lon):
                if other != name and weight > found.get(other, 0.0):
                    kilometres = _roughly(fact.lat, fact.lon, place.lat or 0.0, place.lon or 0.0)
                    found[other] = max(found.get(other, 0.0), weight / (1.0 + (kilometres / NEAR_KM) ** 2))
        found.pop(name, None)
        return sum(sorted(found.values(), reverse=True)[:NEIGHBOURS]) / 2

    def _around(self, lat: float, lon: float) -> Iterable[tuple[str, PlaceFact, float]]:
        north, east = math.floor(lat), math.floor(lon)
        for square in [(north + i, east + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]:
            yield from self._squares.get(square, ())


def _roughly(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return kilometres between points some degrees apart."""
    return 111.2 * math.hypot(lat - lat2, (lon - lon2) * math.cos(math.radians(lat)))


def vector(lat: float, lon: float) -> tuple[float, float, float]:
    """Return degrees as a unit vector."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def _reasons(
    item: _Item, fact: PlaceFact, in_country: float, in_division: float, near: float, hints: Hints
) -> tuple[str, ...]:
    """Return one short sentence for each reason that speaks for a candidate."""
    said = []
    if item.stated:
        said.append(f"the text puts it in {item.stated}")
    if in_division > 0.1:
        said.append(f"{in_division:.0%} of the report's other names lie in {fact.admin1}")
    elif in_country > 0.1:
        said.append(f"{in_country:.0%} of the report's other names lie in {fact.country}")
    if near > 0.2:
        said.append("another place of the report is close by")
    if fact.country and fact.country == hints.country:
        said.append("the publisher is of its country")
    if fact.population:
        said.append(f"{fact.population:,} people")
    return tuple(said)


# -- the outcome -------------------------------------------------------------------------------------------------------


class _Around:
    """Where the places of a report lie that are settled: the point for what has no coordinates of its own."""

    def __init__(self, items: Mapping[Key, _Item], points: Mapping[Key, Sequence[float]], lookup: PlaceLookup) -> None:
        self._lookup = lookup
        self._places: list[PlaceFact] = []
        for key, item in items.items():
            if item.facts:
                best = max(range(len(item.facts)), key=lambda at: (points[key][at], -at))
                fact = item.facts[best]
                if fact.lat is not None and fact.level in {"settlement", "district"}:
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


def _outcome(item: _Item, weighed: _Weighed, key: Key, around: _Around) -> Resolution:
    points, reasons, local = weighed.points[key], weighed.reasons[key], weighed.local[key]
    toponym = Toponym(0, 0, key[0])
    ranked = sorted(range(len(points)), key=lambda at: (-points[at], at))
    candidates = tuple(Candidate(item.facts[at], round(points[at], 2), reasons[at]) for at in ranked[:5])
    best = candidates[0] if candidates else None
    if local and (best is None or _rather_small(best, item, local)):
        why = f"no known place of that name fits; {local.share:.0%} of the report's other names lie in {local.admin1}"
        place = Place(name=None, country=local.country, admin1=local.admin1, words=toponym.words)
        return Resolution(toponym, place, around.point(local.country, local.admin1), candidates, why, near=True)
    if best is None or best.points < THRESHOLD:
        why = "nothing in the report speaks for any of them" if best else "no place of that name is known"
        return Resolution(toponym, Place(name=None, words=toponym.words), None, candidates, why)
    fact = best.fact
    near = fact.lat is None or fact.lon is None
    point = around.point(fact.country, fact.admin1, fact.admin2) if near else (fact.lat or 0.0, fact.lon or 0.0)
    reason = "; ".join(best.reasons) or "the only place of that name"
    return Resolution(toponym, _place(fact, item, toponym), point, candidates, reason, near=near)


def _rather_small(best: Candidate, item: _Item, local: _Local) -> bool:
    """Tell whether a name is likelier that of a small place around than of the best candidate."""
    if item.stated or best.fact.level not in {"settlement", "district"}:
        return False
    if best.fact.population > (LARGE_HERE if best.fact.country == local.country else LARGE_ABROAD):
        return False
    return local.points > best.points and (best.fact.country, best.fact.admin1) != (local.country, local.admin1)


def _place(fact: PlaceFact, item: _Item, toponym: Toponym) -> Place:
    """Return a fact as the place a name stands for: a thing inside it, or a part, keeps no more than is said."""
    place = place_of(fact).model_copy(update={"words": toponym.words})
    if item.named.inside:
        return Place(name=None, country=fact.country, admin1=fact.admin1, words=toponym.words)
    if item.named.thing:
        return place.model_copy(update={"name": toponym.words, "precision": "point"})
    return place.model_copy(update={"precision": "area"}) if item.named.part else place


def countries_of(resolutions: Iterable[Resolution]) -> tuple[str, ...]:
    """Return the countries of a report's places, the weightiest first; ties in the order of mention."""
    tally: dict[str, int] = {}
    for found in resolutions:
        if found.place.country:
            tally[found.place.country] = tally.get(found.place.country, 0) + 1
    order = list(tally)
    return tuple(sorted(tally, key=lambda code: (-tally[code], order.index(code))))
