"""The links between accounts, in the store and in memory at once: what clustering sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.graph import Graph

Pair = tuple[int, int]
AT_ONCE: Final = 5_000
"""Values in one query."""
_LINKS = schema.links
_OF: Final = sa.select(_LINKS.c.a, _LINKS.c.b, _LINKS.c.score).where(
    _LINKS.c.a.in_(sa.bindparam("accounts", expanding=True))
)
_CUT: Final = sa.delete(_LINKS).where((_LINKS.c.a == sa.bindparam("one")) & (_LINKS.c.b == sa.bindparam("other")))
_MAKE: Final = sa.insert(_LINKS)


@dataclass(frozen=True, slots=True)
class Web:
    """The links within one entry of the log; every pair stands twice in the store, once in each direction.

    Attributes:
        connection: of the entry.
        graph: of the ledger; holds what was looked at.

    """

    connection: sa.Connection
    graph: Graph

    def make(self, rows: Sequence[tuple[int, int, float]]) -> None:
        """Link pairs of accounts, with the score of each."""
        if rows:
            self.graph.link(rows, self.load)
            store(self.connection, rows)

    def cut(self, pairs: Collection[Pair]) -> None:
        """Let go of the links between pairs of accounts."""
        if pairs:
            self.graph.unlink(pairs, self.load)
            both = [{"one": one, "other": other} for a, b in pairs for one, other in ((a, b), (b, a))]
            self.connection.execute(_CUT, both)

    def of(self, account: int) -> list[Pair]:
        """Return the links of one account, as pairs that begin with it."""
        return [(account, other) for other in sorted(self.graph.beside(account, self.load))]

    def among(self, accounts: Collection[int]) -> dict[Pair, float]:
        """Return the links among accounts, the smaller number first, with their scores."""
        return self.graph.among(accounts, self.load)

    def parts(self, accounts: Iterable[int], *, before: bool = False) -> set[frozenset[int]]:
        """Return the parts of accounts, as they are or as they were when the entry began; see ``Graph``."""
        return self.graph.parts(accounts, self.load, before=before)

    def load(self, accounts: Collection[int]) -> dict[int, dict[int, float]]:
        """Return account → account it is linked with → score, from the store."""
        found: dict[int, dict[int, float]] = {account: {} for account in accounts}
        listed = sorted(found)
        for at in range(0, len(listed), AT_ONCE):
            for a, b, score in self.connection.execute(_OF, {"accounts": listed[at : at + AT_ONCE]}):
                found[a][b] = score
        return found


def store(connection: sa.Connection, rows: Sequence[tuple[int, int, float]]) -> None:
    """Write links of pairs, in both directions."""
    both = [{"a": one, "b": other, "score": score} for a, b, score in rows for one, other in ((a, b), (b, a))]
    if both:
        connection.execute(_MAKE, both)
