"""``Graph``: which accounts hang together, kept in memory between the entries of one writer.

Clustering asks for the *part* of an account: all that likely links lead to, unless these are more than ``most``; then
all that likelier links lead to, a level at a time, until it is few enough. Parts share no account, and each depends on
the links alone; so whoever adds an account need look at its neighbours' parts only, however large the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Links = Mapping[int, float]
Load = Callable[[Collection[int]], dict[int, dict[int, float]]]
HELD: Final = 300_000
"""Accounts whose links are held in memory, a few hundred bytes each."""


class Graph:
    """The links of the ledger, as far as they were looked at.

    Args:
        levels: scores that a link must exceed to count at level 0, 1, 2 …; ascending.
        most: accounts of a part, unless the last level makes it.

    Attributes:
        head: hash of the newest entry of the log that the links fit; "" where they fit none.

    """

    def __init__(self, levels: tuple[float, ...], most: int) -> None:
        self.levels = levels
        self.most = most
        self.head = ""
        self._beside: dict[int, dict[int, float]] = {}
        self._before: dict[int, dict[int, float]] = {}

    def start(self, head: str) -> None:
        """Begin an entry that follows the one with the hash ``head``: forget links that another writer may have cut."""
        if head != self.head or len(self._beside) > HELD:
            self._beside.clear()
        self._before.clear()
        self.head = ""  # until the entry is committed

    def finish(self, head: str) -> None:
        """End the entry, which is committed and has the hash ``head``; the links fit it."""
        self.head = head

    def add_account(self, account: int) -> None:
        """Take in a new account, which has no links yet."""
        self._beside[account] = {}
        self._before[account] = {}

    def link(self, rows: Iterable[tuple[int, int, float]], load: Load) -> None:
        """Take in new links."""
        given = list(rows)
        self._touch({number for a, b, _ in given for number in (a, b)}, load)
        for a, b, score in given:
            self._beside[a][b] = self._beside[b][a] = score

    def unlink(self, pairs: Iterable[tuple[int, int]], load: Load) -> None:
        """Let go of links."""
        given = list(pairs)
        self._touch({number for pair in given for number in pair}, load)
        for a, b in given:
            self._beside[a].pop(b, None)
            self._beside[b].pop(a, None)

    @property
    def touched(self) -> frozenset[int]:
        """Accounts that have gained or lost a link since the entry began."""
        return frozenset(self._before)

    def parts(self, accounts: Iterable[int], load: Load, *, before: bool = False) -> set[frozenset[int]]:
        """Return the parts of accounts, as they are or as they were when the entry began."""
        found: set[frozenset[int]] = set()
        seen: set[int] = set()
        for account in accounts:
            if account not in seen:
                part = self._part(account, load, before)
                found.add(part)
                seen |= part
        return found

    def beside(self, account: int, load: Load) -> Links:
        """Return account → score of the links of one account."""
        self._load([account], load)
        return self._beside[account]

    def among(self, accounts: Collection[int], load: Load) -> dict[tuple[int, int], float]:
        """Return the links among accounts, the smaller number first."""
        self._load(accounts, load)
        return {
            (account, other): score
            for account in accounts
            for other, score in self._beside[account].items()
            if account < other and other in accounts
        }

    def _part(self, account: int, load: Load, before: bool) -> frozenset[int]:
        for least in self.levels[:-1]:
            reached = self._reach(account, least, load, before, self.most)
            if len(reached) <= self.most:
                return frozenset(reached)
        return frozenset(self._reach(account, self.levels[-1], load, before, None))

    def _reach(self, account: int, least: float, load: Load, before: bool, most: int | None) -> set[int]:
        """Return what links above ``least`` lead to; more than ``most`` accounts are as good as any number."""
        reached, fresh = {account}, {account}
        while fresh and (most is None or len(reached) <= most):
            self._load(fresh, load)
            near = {other for each in fresh for other, score in self._of(each, before).items() if score > least}
            fresh = near - reached
            reached |= fresh
        return reached

    def _of(self, account: int, before: bool) -> Links:
        return self._before.get(account, self._beside[account]) if before else self._beside[account]

    def _touch(self, accounts: Collection[int], load: Load) -> None:
        self._load(accounts, load)
        for account in accounts:
            self._before.setdefault(account, dict(self._beside[account]))

    def _load(self, accounts: Collection[int], load: Load) -> None:
        missing = [account for account in accounts if account not in self._beside]
        if missing:
            self._beside.update(load(missing))


@dataclass(slots=True)
class Memory:
    """What a writer remembers between entries of the log.

    Attributes:
        features: number of an account → its id and its features, of those lately used; rows never change.
        graph: the links.

    """

    graph: Graph
    features: dict[int, tuple[str, Any]] = field(default_factory=dict)
