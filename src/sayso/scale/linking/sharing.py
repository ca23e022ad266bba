"""``Sharing``: what two accounts share of words and names, of many pairs at once.

What is shared is a sum over the terms that one account *tells* and the other *asks* for: the words of a lead are told
and asked for with their weights; a name that is asked for counts ``MANY`` for itself, and beside it what it weighs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.linking.features import Features
from sayso.linking.terms import tellingness

Whole = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.intp]
Terms = Iterable[tuple[str, int]]

MANY: Final = 1 << 20
"""What one term counts where the terms are counted beside a sum of weights, which stays below."""
SHARES: Final = ("lead", "body", "title", "people", "names", "spellings", "told", "telling", "outlet", "places")
"""What two accounts share, in the order in which ``_asked`` tells it."""


def _told(one: Features) -> Iterator[tuple[str, Terms]]:
    """Yield the terms that an account tells, by sorts: a word of the lead is another term than one of the body."""
    yield "lead", one.lead.items()
    yield "body", one.body.items()
    yield "title", one.title.items()
    yield "person", ((name, 1) for name in one.people)
    yield "name", ((name, 1) for name in one.own_names)
    yield "skeleton", ((bare, 1) for bare in one.skeletons)
    yield "spelling", ((f"{bare} {name}", 1) for bare, name in one.skeletons.items())
    yield "word", ((word, 1) for word in one.told_words)
    yield "headline", one.title_weights.items()
    yield "spot", ((word, 1) for word in _spot(one))
    yield "outlet", ((one.publisher, 1),) if one.publisher else ()
    yield "place", ((word, 1) for word in one.place_words)


def _asked(one: Features, told: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[tuple[str, Terms], ...]]:
    """Yield the terms that an account asks for, of each of ``SHARES``; ``told`` has those that anybody tells."""
    yield (("lead", one.lead.items()),)
    yield (("body", one.body.items()),)
    yield (("title", one.title.items()),)
    yield (("person", ((name, MANY + weight) for name, weight in one.weighed_people.items())),)
    yield (("name", ((name, MANY + tellingness(name)) for name in one.own_names)),)
    spelt = ((f"{bare} {name}", MANY) for bare, name in one.skeletons.items())
    yield ("skeleton", ((bare, 1) for bare in one.skeletons)), ("spelling", spelt)
    yield ("word", one.title_weights.items()), ("word", ((word, MANY) for word in _spot(one)))
    of_headlines, of_spots = (told[sort].keys() & one.told_words for sort in ("headline", "spot"))
    yield ("headline", ((word, 1) for word in of_headlines)), ("spot", ((word, MANY) for word in of_spots))
    outlet = ((one.publisher, 1),) if one.publisher else ()
    yield ("person", outlet), ("outlet", ((name, 1) for name in one.people))
    yield ("name", ((word, 1) for word in one.place_words)), ("place", ((name, MANY) for name in one.own_names))


def _spot(one: Features) -> frozenset[str]:
    """Return the words of the place where it is the only one and a spot on the map."""
    return one.spots[0][1] if len(one.places) == 1 and one.spots else frozenset()


class Shared(NamedTuple):
    """What the accounts of pairs share, a column each (see ``_asked``)."""

    lead: Whole
    body: Whole
    title: Whole
    people: Whole
    names: Whole
    spellings: Whole
    told: Whole
    telling: Whole
    outlet: Whole
    places: Whole


class Sharing:
    """The terms of some accounts, as numbers.

    Args:
        known: the accounts.

    """

    def __init__(self, known: Sequence[Features]) -> None:
        numbers: dict[str, dict[str, int]] = {}
        self._size = 1  # the term 0 is told by none, and asked for once by all: no sum is of nothing
        self._tells = [self._numbered(one, numbers) for one in known]
        rows = [self._row(one, numbers) for one in known]
        self._terms = np.fromiter(chain.from_iterable(terms for terms, _, _ in rows), np.intp)
        self._weights = np.fromiter(chain.from_iterable(weights for _, weights, _ in rows), np.int64)
        self._lengths = np.array([len(terms) for terms, _, _ in rows], np.intp)
        self._starts = np.concatenate(([0], np.cumsum(self._lengths)))[: len(rows)].astype(np.intp)
        self._edges = np.array([edges for _, _, edges in rows], np.intp).reshape(-1, len(SHARES))

    def _numbered(self, one: Features, numbers: dict[str, dict[str, int]]) -> tuple[Numbers, Whole]:
        terms, weights = list[int](), list[int]()
        for sort, told in _told(one):
            there = numbers.setdefault(sort, {})
            for term, weight in told:
                if (number := there.get(term)) is None:
                    number = there[term] = self._size
                    self._size += 1
                terms.append(number)
                weights.append(weight)
        return np.array(terms, np.intp), np.array(weights, np.int64)

    @staticmethod
    def _row(one: Features, numbers: dict[str, dict[str, int]]) -> tuple[list[int], list[int], list[int]]:
        """Return the terms an account asks for, their weights, and where those of each share begin."""
        terms, weights, edges = list[int](), list[int](), list[int]()
        for share in _asked(one, numbers):
            edges.append(len(terms))
            terms.append(0)
            weights.append(0)
            for sort, asked in share:
                there = numbers[sort]
                for term, weight in asked:
                    if (number := there.get(term)) is not None:
                        terms.append(number)
                        weights.append(weight)
        return terms, weights, edges

    def of(self, one: Numbers, other: Numbers) -> Shared:
        """Return what the accounts of pairs share; the first ones ascend."""
        found, board = np.empty((len(one), len(SHARES)), np.int64), np.zeros(self._size, np.int64)
        firsts, edges = np.unique(one, return_index=True)
        for first, start, end in zip(firsts.tolist(), edges.tolist(), [*edges.tolist()[1:], len(one)], strict=True):
            terms, weights = self._tells[first]
            board[terms] = weights
            found[start:end] = self._sums(board, other[start:end])
            board[terms] = 0
        return Shared(*np.ascontiguousarray(found.T))

    def _sums(self, board: Whole, others: Numbers) -> Whole:
        lengths = self._lengths[others]
        begins = np.cumsum(lengths) - lengths
        at = np.arange(begins[-1] + lengths[-1]) + np.repeat(self._starts[others] - begins, lengths)
        products = board[self._terms[at]] * self._weights[at]
        edges = (self._edges[others] + begins[:, None]).ravel()
        return np.add.reduceat(products, edges).reshape(len(others), len(SHARES))
