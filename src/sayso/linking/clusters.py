"""``cluster``: scored pairs → incidents, the same whatever the order of arrival, and never against a judgement.

Groups merge by average link: two groups become one while the mean log odds over all their cross pairs are above
zero, the surest first; a pair nobody scored counts as mildly against (``AGAINST``), so that one likely pair cannot
chain two stories. Judged pairs stand above scores: "same" merges before all else, "not same" keeps groups apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Final

from sayso.errors import InputError
from sayso.linking.scoring import odds_of, probability

AGAINST: Final = -1.0
"""Log odds of a pair that shares no key, and the least any pair counts: nothing speaks for it."""
LEAST: Final = probability(AGAINST)
"""Pairs of this score and less need not be kept."""
MOST: Final = 100
"""Groups of one component; a larger one is cut at its weaker pairs until its parts fit."""
STRICTEST: Final = 12
"""Log odds of the strictest cut; what still hangs together is clustered whole, however large."""
LEVELS: Final = tuple(probability(float(odds)) for odds in range(STRICTEST + 1))
"""Scores of the cuts: a pair must exceed the first to bring accounts together at all."""

Pair = tuple[str, str]
Link = tuple[float, int]
"""Sum of log odds of the scored pairs between two groups, and the number of those pairs."""
Links = dict[Pair, Link]
Links1 = dict[str, Link]
"""The links of one group by the other."""


def cluster(
    ids: Iterable[str],
    scored_pairs: Iterable[tuple[str, str, float]],
    same: Iterable[Pair] = (),
    not_same: Iterable[Pair] = (),
    most: int = MOST,
) -> tuple[tuple[str, ...], ...]:
    """Return the groups of ids that tell of one incident each, every id in exactly one.

    Args:
        ids: of all accounts.
        scored_pairs: (id, id, probability that both tell of one incident), each pair once in any order; a pair given
            twice keeps its higher score. Pairs with an unknown id are left out.
        same: pairs that a person judged to be one incident.
        not_same: pairs that a person judged to be two.
        most: accounts that are merged at once; what hangs together and is more is cut at its weaker pairs.

    Returns:
        Groups with their ids sorted, in the order of their first ids. The same for any order of the arguments' rows.

    Raises:
        InputError: judgements contradict each other; the message names the chain of "same" and the pair.

    """
    every = sorted(set(ids))
    known = set(every)
    odds = _odds(scored_pairs, known)
    must = [_ordered(*pair) for pair in same if known.issuperset(pair)]
    apart = {_ordered(*pair) for pair in not_same if known.issuperset(pair)}
    _check(must, apart)
    atoms = _roots(every, must)
    linked = _between(odds, atoms)
    barred = {_ordered(atoms[one], atoms[other]) for one, other in apart}
    members: dict[str, list[str]] = defaultdict(list)
    for name in every:
        members[atoms[name]].append(name)
    found: list[tuple[str, ...]] = []
    for part, links in _components(sorted(members), linked, most):
        sizes = {atom: len(members[atom]) for atom in part}
        for group in _merge(sizes, links, barred):
            found.append(tuple(sorted(name for atom in group for name in members[atom])))
    return tuple(sorted(found))


def _ordered(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _odds(scored: Iterable[tuple[str, str, float]], known: set[str]) -> dict[Pair, float]:
    """Return the log odds of the pairs that say more than silence, for or against."""
    best: dict[Pair, float] = {}
    for one, other, score in scored:
        if score > LEAST and one != other and one in known and other in known:
            pair = _ordered(one, other)
            best[pair] = max(best.get(pair, 0.0), score)
    return {pair: odds_of(score) for pair, score in best.items()}


def _check(must: Sequence[Pair], apart: set[Pair]) -> None:
    """Raise InputError for the first pair that is judged apart and, by a chain, one."""
    beside: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(set(must)):
        beside[one].append(other)
        beside[other].append(one)
    for one, other in sorted(apart):
        chain = _chain(one, other, beside)
        if chain:
            raise InputError(
                f"judged not the same, and the same by way of {' = '.join(chain)}",
                place=f"{one} / {other}",
                way_out="retract one of these judgements",
            )


def _chain(start: str, goal: str, beside: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the shortest chain of judgements from one id to another, or nothing."""
    came: dict[str, str] = {start: start}
    queue = [start]
    for at in queue:
        if at == goal:
            break
        for following in beside.get(at, ()):
            if following not in came:
                came[following] = at
                queue.append(following)
    if goal not in came:
        return []
    chain = [goal]
    while chain[-1] != start:
        chain.append(came[chain[-1]])
    return chain[::-1] if len(chain) > 1 else [start, start]


def _roots(ids: Iterable[str], edges: Iterable[Pair]) -> dict[str, str]:
    """Return for each id the smallest id it is connected with (union-find)."""
    parent = {name: name for name in ids}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in edges:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {name: root(name) for name in parent}


def _between(odds: Mapping[Pair, float], atoms: Mapping[str, str]) -> dict[Pair, Link]:
    """Return what speaks for joining two atoms: the sum of the log odds of their scored pairs, and their number."""
    links: dict[Pair, Link] = {}
    for (one, other), value in sorted(odds.items()):
        if atoms[one] != atoms[other]:
            pair = _ordered(atoms[one], atoms[other])
            total, number = links.get(pair, (0.0, 0))
            links[pair] = (total + value, number + 1)
    return links


def _components(
    atoms: Sequence[str], links: Mapping[Pair, Link], most: int, least: float = 0.0
) -> Iterator[tuple[list[str], Links]]:
    """Yield the atoms that likely links connect, with all links among them; few have more than ``most`` atoms.

    A larger one is cut by asking for likelier links, a unit of log odds at a time.
    """
    roots = _roots(atoms, (pair for pair, (total, number) in links.items() if total > least * number))
    parts: dict[str, list[str]] = defaultdict(list)
    inner: dict[str, Links] = defaultdict(dict)
    for atom in atoms:
        parts[roots[atom]].append(atom)
    for pair, link in links.items():
        if roots[pair[0]] == roots[pair[1]]:
            inner[roots[pair[0]]][pair] = link
    for root, part in parts.items():
        if len(part) <= most or least >= STRICTEST:
            yield part, inner[root]
        else:
            yield from _components(part, inner[root], most, least + 1)


def _merge(sizes: dict[str, int], links: Links, barred: set[Pair]) -> list[list[str]]:
    """Merge the atoms of one component by average link; (links + atoms²) log of it at worst."""
    groups = {atom: [atom] for atom in sizes}
    beside: dict[str, Links1] = {atom: {} for atom in sizes}
    for (one, other), link in links.items():
        beside[one][other] = beside[other][one] = link
    walls: dict[str, set[str]] = {atom: set() for atom in sizes}
    for one, other in barred:
        if one in sizes and other in sizes:
            walls[one].add(other)
            walls[other].add(one)
    heap: list[tuple[float, str, str]] = []

    def offer(one: str, other: str) -> None:
        mean = _mean(beside[one][other], sizes[one] * sizes[other])
        if mean > 0 and other not in walls[one]:
            heappush(heap, (-mean, *_ordered(one, other)))

    for one, other in sorted(links):
        offer(one, other)
    while heap:
        against, one, other = heappop(heap)
        if other not in beside.get(one, {}) or -against != _mean(beside[one][other], sizes[one] * sizes[other]):
            continue  # one of them has merged since
        if other in walls[one]:
            continue
        _absorb(one, other, groups, sizes, beside, walls)
        for third in sorted(beside[one]):
            offer(one, third)
    return list(groups.values())


def _absorb(
    one: str,
    other: str,
    groups: dict[str, list[str]],
    sizes: dict[str, int],
    beside: dict[str, Links1],
    walls: dict[str, set[str]],
) -> None:
    """Make ``other`` part of ``one``: members, links and walls."""
    groups[one] += groups.pop(other)
    sizes[one] += sizes.pop(other)
    for third, (total, number) in beside.pop(other).items():
        del beside[third][other]
        if third != one:
            mine, count = beside[one].get(third, (0.0, 0))
            beside[one][third] = beside[third][one] = (mine + total, count + number)
    for third in walls.pop(other):
        walls[third].discard(other)
        walls[third].add(one)
        walls[one].add(third)


def _mean(link: Link, pairs: int) -> float:
    """Return the mean log odds over all pairs of two groups; those nobody scored count ``AGAINST``."""
    total, number = link
    return (total + AGAINST * (pairs - number)) / pairs
