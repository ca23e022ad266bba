"""``compared``: pairs of accounts and how alike they are; features of accounts lately used stay in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.graph import Memory
from sayso.ledger.linker import Comparison, Linker
from sayso.ledger.links import AT_ONCE, Pair

CACHED: Final = 20_000
"""Features of accounts that are held in memory, a few kilobytes each."""
_ACCOUNTS: Final = schema.accounts
_THESE: Final[sa.BindParameter[Any]] = sa.bindparam("these", expanding=True)
_FEATURES: Final = sa.select(_ACCOUNTS.c.number, _ACCOUNTS.c.id, _ACCOUNTS.c.features).where(
    _ACCOUNTS.c.number.in_(_THESE)
)


def compared(
    connection: sa.Connection, linker: Linker, memory: Memory, pairs: Sequence[Pair]
) -> Iterator[tuple[int, int, Comparison]]:
    """Yield each pair of accounts, by their numbers, with what the linker says of it."""
    recall(connection, linker, memory, {number for pair in pairs for number in pair})
    for a, b in pairs:
        yield a, b, linker.compare(memory.features[a][1], memory.features[b][1])


def recall(connection: sa.Connection, linker: Linker, memory: Memory, numbers: set[int]) -> None:
    """Bring the features of accounts into memory, others out of it."""
    features = memory.features
    missing = sorted(numbers - features.keys())
    while len(features) + len(missing) > CACHED and features:
        number = next(iter(features))
        features.pop(number)
        missing += [number] if number in numbers else []
    for at in range(0, len(missing), AT_ONCE):
        for row in connection.execute(_FEATURES, {"these": missing[at : at + AT_ONCE]}):
            features[row.number] = row.id, linker.parse(row.features)
