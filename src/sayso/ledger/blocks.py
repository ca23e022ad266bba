"""Which accounts are compared: those that share a key, unless more than ``most`` accounts bear it.

Kept up to date account by account, and the same whatever the order in which they come: when a key becomes too common,
pairs that shared only it are let go; when it becomes rare again, they come back. Accounts go by their numbers here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Final

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.links import AT_ONCE, Pair, Web

_BLOCKS, _SIZES = schema.blocks, schema.block_sizes
_KEYS: Final[sa.BindParameter[str]] = sa.bindparam("keys", expanding=True)
_SIZES_OF: Final = sa.select(_SIZES.c.key, _SIZES.c.accounts).where(_SIZES.c.key.in_(_KEYS))
_MEMBERS_OF: Final = sa.select(_BLOCKS.c.account).where(_BLOCKS.c.key.in_(_KEYS))
_BEARERS: Final = sa.select(_BLOCKS.c.key, _BLOCKS.c.account).where(_BLOCKS.c.key.in_(_KEYS))
_FILE, _COUNT = sa.insert(_BLOCKS), sa.insert(_SIZES)
_RECOUNT: Final = sa.update(_SIZES).where(_SIZES.c.key == sa.bindparam("which")).values(accounts=sa.bindparam("number"))
_TAKE_OUT: Final = sa.delete(_BLOCKS).where(_BLOCKS.c.key.in_(_KEYS) & (_BLOCKS.c.account == sa.bindparam("account")))
_FILED: Final = sa.select(schema.accounts.c.number, schema.accounts.c.filed_under).where(
    schema.accounts.c.number.in_(sa.bindparam("accounts", expanding=True))
)


def file_account(web: Web, account: int, keys: Sequence[str], most: int) -> set[Pair]:
    """File an account under its keys, and return the pairs to compare."""
    if not keys:
        return set()
    sizes = _sizes(web.connection, keys)
    web.connection.execute(_FILE, [{"key": key, "account": account} for key in keys])
    _count(web.connection, {key: (sizes.get(key), 1) for key in keys})
    others = _members(web.connection, [key for key in keys if 0 < sizes.get(key, 0) < most]) - {account}
    for key in keys:
        if sizes.get(key) == most:
            _forget(web, key, most)
    return {(min(account, other), max(account, other)) for other in others}


def withdraw_account(web: Web, account: int, keys: Sequence[str], most: int) -> set[Pair]:
    """Take an account of an outdated reading out, and return pairs of others that are to be compared again."""
    web.cut(web.of(account))
    if not keys:
        return set()
    web.connection.execute(_TAKE_OUT, {"keys": list(keys), "account": account})
    sizes = _sizes(web.connection, keys)
    _count(web.connection, {key: (sizes[key], -1) for key in keys})
    again = [key for key in keys if sizes[key] == most + 1]
    return {pair for key in again for pair in combinations(sorted(_members(web.connection, [key])), 2)}


def telling_members(connection: sa.Connection, keys: Collection[str], most: int) -> dict[str, list[int]]:
    """Return key → the accounts that bear it, of those keys that two accounts and at most ``most`` bear."""
    telling = sorted(key for key, size in _sizes(connection, keys).items() if 1 < size <= most)
    found: dict[str, list[int]] = {key: [] for key in telling}
    for at in range(0, len(telling), AT_ONCE):
        for row in connection.execute(_BEARERS, {"keys": telling[at : at + AT_ONCE]}):
            found[row.key].append(row.account)
    return found


def _sizes(connection: sa.Connection, keys: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    listed = sorted(keys)
    for at in range(0, len(listed), AT_ONCE):
        rows = connection.execute(_SIZES_OF, {"keys": listed[at : at + AT_ONCE]})
        found |= {row.key: row.accounts for row in rows}
    return found


def _count(connection: sa.Connection, changes: Mapping[str, tuple[int | None, int]]) -> None:
    """Write the new number of each key: (the number until now or None, what is added)."""
    new = [{"key": key, "accounts": by} for key, (number, by) in changes.items() if number is None]
    old = [{"which": key, "number": number + by} for key, (number, by) in changes.items() if number is not None]
    if new:
        connection.execute(_COUNT, new)
    if old:
        connection.execute(_RECOUNT, old)


def _members(connection: sa.Connection, keys: Collection[str]) -> set[int]:
    return set(connection.execute(_MEMBERS_OF, {"keys": list(keys)}).scalars()) if keys else set()


def _forget(web: Web, key: str, most: int) -> None:
    """Let go of the links between accounts that share no other telling key than this one, now too common."""
    members = _members(web.connection, [key])
    linked = web.among(members)
    concerned = sorted({number for pair in linked for number in pair})
    rows = web.connection.execute(_FILED, {"accounts": concerned})
    keys = {row.number: set(json.loads(row.filed_under)) for row in rows}
    sizes = _sizes(web.connection, set().union(*keys.values()))
    telling = {number: {key for key in own if sizes[key] <= most} for number, own in keys.items()}
    web.cut([(a, b) for a, b in linked if not telling[a] & telling[b]])
