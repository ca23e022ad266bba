"""How much speaks for each place a toponym may stand for, from the report as a whole; see ``place_ranking``.

The names of a report and its frame settle each other in a few rounds: from the candidates' shares follows how much of
the report lies in each country and first-level division; from that, what speaks for each candidate.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sayso.values.facts import WIDE, Level, PlaceFact
from sayso.values.place_names import Named

ROUNDS: Final = 3  # the frame is read from the candidates, and the candidates from the frame, so often
SHARPNESS: Final = 1.5  # how fast a candidate's share falls with its points
PER_POWER_OF_TEN: Final = 0.8  # what ten times the people are worth beside the reasons below
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
OUR_OWN: Final = 4.0
LESS: Final = -1.0  # found under a name changed ("Clarke" as Clarke County)
STATED: Final = 8.0  # the text says "X, Y"
COUNTRY: Final = 1.6  # times the share of the report's other names that lies in the country
DIVISION: Final = 2.2  # the same for the first-level division
NEAR: Final = 2.0  # another place of the report is close by; falls with distance
NEAR_KM: Final = 40.0
NEIGHBOURS: Final = 4
SMALL: Final = frozenset({"settlement", "district"})
PUBLISHER: Final = 1.0
# The facts hold settlements from 500 people on. In a report about one division a name may be a smaller place there.
SMALL_PLACE: Final = 2.6  # its own weight
LOCAL_SHARE: Final = 0.35  # of the report's other names must lie in the division
LOCAL_NAMES: Final = 1.2  # so many names at least


Key = tuple[str, str]
"""A name, and the larger place that the text puts it in ("" for none): one reading of a name."""


class Hints(NamedTuple):
    """What is known of a report beside its text."""

    country: str | None = None  # alpha-3, of the publisher's domain
    dateline: str | None = None


class Local(NamedTuple):
    """The first-level division that a report is about, seen from one of its names."""

    country: str
    admin1: str
    share: float  # of the report's other names
    points: float  # of a place there that the facts do not hold


class Item(NamedTuple):
    """One reading of a name: what it is called here, its candidates, how often it is mentioned."""

    named: Named
    facts: tuple[PlaceFact, ...]
    own: tuple[float, ...]
    weight: float
    stated: str | None  # the larger place beside it, as written


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


class Weighed(NamedTuple):
    """Points and reasons of every candidate, and the division each name's surroundings lie in."""

    points: dict[Key, list[float]]
    reasons: dict[Key, list[tuple[str, ...]]]
    local: dict[Key, Local | None]


def weigh(items: Mapping[Key, Item], hints: Hints) -> Weighed:
    """Return points and reasons of every candidate after the frame and the candidates have settled each other."""
    points = {key: [own + (STATED if item.stated else 0.0) for own in item.own] for key, item in items.items()}
    reasons: dict[Key, list[tuple[str, ...]]] = {key: [() for _ in item.facts] for key, item in items.items()}
    local: dict[Key, Local | None] = {}
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
    return Weighed(points, reasons, local)


def _local(
    countries: Mapping[str | None, float],
    divisions: Mapping[tuple[str | None, str | None], float],
    mine: Masses,
    rest: float,
) -> Local | None:
    """Return the division that most of a report's other names lie in, if they do."""
    best = max(divisions, key=lambda division: (divisions[division] - mine[1][division], str(division)), default=None)
    if best is None or best[0] is None or best[1] is None:
        return None
    mass = divisions[best] - mine[1][best]
    share, in_country = mass / rest, (countries[best[0]] - mine[0][best[0]]) / rest
    if share < LOCAL_SHARE or mass < LOCAL_NAMES:
        return None
    points = SMALL_PLACE + COUNTRY * _grown(in_country) + DIVISION * _grown(share)
    return Local(best[0], best[1], share, points)


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


def _masses(items: Mapping[Key, Item], shares: Mapping[Key, Sequence[float]]) -> Masses:
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

    def __init__(self, items: Mapping[Key, Item], shares: Mapping[Key, Sequence[float]]) -> None:
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
    item: Item, fact: PlaceFact, in_country: float, in_division: float, near: float, hints: Hints
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
    if fact.population and fact.level == "settlement":
        said.append(f"{fact.population:,} people")
    return tuple(said)
