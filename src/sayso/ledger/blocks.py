"""Which accounts are compared: those that share a key, unless more than ``most`` accounts bear it.

Kept up to date account by account, and the same whatever the order in which they come: when a key becomes too common,
pairs that shared only it are let go; when it becomes rare again, they come back. Accounts go by their numbers here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import sqlalchemy as sa

from sayso.ledger import schema

Pair = tuple[int, int]
_BLOCKS, _SIZES, _LINKS = schema.blocks, schema.block_sizes, schema.links
_AT_ONCE = 5_000  # values in one query


class Filed(NamedTuple):
    """What filing an account leads to: pairs to compare, and accounts that have lost a link to another."""

    compare: set[Pair]
    loosened: set[int]


def file_account(connection: sa.Connection, account: int, keys: Sequence[str], most: int) -> Filed:
    """File an account under its keys."""
    if not keys:
        return Filed(set(), set())
    sizes = _sizes(connection, keys)
    connection.execute(sa.insert(_BLOCKS), [{"key": key, "account": account} for key in keys])
    _count(connection, {key: (sizes.get(key), 1) for key in keys})
    others = _members(connection, [key for key in keys if sizes.get(key, 0) < most]) - {account}
    lost = [pair for key in keys if sizes.get(key) == most for pair in _forget(connection, key, most)]
    pairs = {(min(account, other), max(account, other)) for other in others}
    return Filed(pairs, {number for pair in lost for number in pair})


def withdraw_account(connection: sa.Connection, account: int, keys: Sequence[str], most: int) -> set[Pair]:
    """Take an account of an outdated reading out, and return pairs of others that are to be compared again."""
    others = connection.execute(sa.select(_LINKS.c.b).where(_LINKS.c.a == account)).scalars().all()
    _unlink(connection, [(account, other) for other in others])
    if not keys:
        return set()
    connection.execute(sa.delete(_BLOCKS).where(_BLOCKS.c.key.in_(keys) & (_BLOCKS.c.account == account)))
    sizes = _sizes(connection, keys)
    _count(connection, {key: (sizes[key], -1) for key in keys})
    again = [key for key in keys if sizes[key] == most + 1]
    return {pair for key in again for pair in combinations(sorted(_members(connection, [key])), 2)}


def _sizes(connection: sa.Connection, keys: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    listed = sorted(keys)
    for at in range(0, len(listed), _AT_ONCE):
        query = sa.select(_SIZES.c.key, _SIZES.c.accounts).where(_SIZES.c.key.in_(listed[at : at + _AT_ONCE]))
        found |= {row.key: row.accounts for row in connection.execute(query)}
    return found


def _count(connection: sa.Connection, changes: Mapping[str, tuple[int | None, int]]) -> None:
    """Write the new number of each key: (the number until now or None, what is added)."""
    new = [{"key": key, "accounts": by} for key, (number, by) in changes.items() if number is None]
    old = [{"which": key, "number": number + by} for key, (number, by) in changes.items() if number is not None]
    if new:
        connection.execute(sa.insert(_SIZES), new)
    if old:
        change = sa.update(_SIZES).where(_SIZES.c.key == sa.bindparam("which"))
        connection.execute(change.values(accounts=sa.bindparam("number")), old)


def _members(connection: sa.Connection, keys: Collection[str]) -> set[int]:
    if not keys:
        return set()
    query = sa.select(_BLOCKS.c.account).where(_BLOCKS.c.key.in_(list(keys)))
    return set(connection.execute(query).scalars())


def _forget(connection: sa.Connection, key: str, most: int) -> list[Pair]:
    """Let go of the links between accounts that share no other telling key than this one, now too common."""
    members = sorted(_members(connection, [key]))
    accounts = schema.accounts
    query = sa.select(accounts.c.number, accounts.c.filed_under).where(accounts.c.number.in_(members))
    keys = {row.number: set(json.loads(row.filed_under)) for row in connection.execute(query)}
    sizes = _sizes(connection, set().union(*keys.values()))
    telling = {number: {key for key in own if sizes[key] <= most} for number, own in keys.items()}
    links = sa.select(_LINKS.c.a, _LINKS.c.b).where(_LINKS.c.a.in_(members) & _LINKS.c.b.in_(members))
    lost = [(a, b) for a, b in connection.execute(links).all() if a < b and not telling[a] & telling[b]]
    _unlink(connection, lost)
    return lost


def _unlink(connection: sa.Connection, pairs: Sequence[Pair]) -> None:
    """Let go of links, in both directions."""
    if pairs:
        which = (_LINKS.c.a == sa.bindparam("one")) & (_LINKS.c.b == sa.bindparam("other"))
        both = [{"one": one, "other": other} for a, b in pairs for one, other in ((a, b), (b, a))]
        connection.execute(sa.delete(_LINKS).where(which), both)
