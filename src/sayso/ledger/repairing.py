"""What is derived, made again from what was added: nothing that was added is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

import sqlalchemy as sa

from sayso.ledger import asof, blocks, links, schema
from sayso.ledger.chain import head_of, write_head
from sayso.ledger.comparing import compared
from sayso.ledger.database import dialect_of
from sayso.ledger.graph import Graph, Memory
from sayso.ledger.linker import Linker
from sayso.ledger.links import Pair
from sayso.ledger.store import Ledger
from sayso.ledger.summaries import summarise_all

AT_ONCE: Final = 500
"""Accounts whose pairs are compared at a time."""


def repair(ledger: Ledger) -> str:
    """Make the full-text index, current readings, keys, links, incidents and summaries again; return what was done.

    Links are scored anew, by the weights of this sayso: in a long war a minute for some ten thousand accounts.
    A head outside that stays behind (a process was killed between its last two steps) is brought up, too.
    """
    with ledger.derived() as connection:
        dialect_of(connection).remake_search(connection)
        _remake_readings(connection)
        _remake_keys(connection)
        _remake_links(connection, ledger.linker)
        _remake_clusters(connection)
        summarise_all(connection)
        head = head_of(connection)
    write_head(ledger.project.head, head)
    return "full-text index, current readings, keys, links, incidents and their lists were made again"


def _remake_readings(connection: sa.Connection) -> None:
    last = connection.execute(sa.select(sa.func.max(schema.log.c.seq))).scalar() or 0
    readings = schema.readings
    query = sa.select(readings.c.report, readings.c.id).where(readings.c.id.in_(asof.current(last)))
    rows = [{"report": report, "reading": reading} for report, reading in connection.execute(query).all()]
    _replace(connection, schema.current_readings, rows)


def _remake_keys(connection: sa.Connection) -> None:
    accounts = schema.accounts
    query = sa.select(accounts.c.number, accounts.c.filed_under).where(accounts.c.reading.in_(asof.current(None)))
    rows = [
        {"key": key, "account": number} for number, keys in connection.execute(query).all() for key in json.loads(keys)
    ]
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row["key"]] = sizes.get(row["key"], 0) + 1
    _replace(connection, schema.blocks, rows)
    _replace(connection, schema.block_sizes, [{"key": key, "accounts": size} for key, size in sizes.items()])


def _remake_links(connection: sa.Connection, linker: Linker) -> None:
    memory = Memory(Graph(linker.levels, linker.largest))
    connection.execute(sa.delete(schema.links))
    for pairs in _pairs(connection, linker.most):
        found = compared(connection, linker, memory, pairs)
        links.store(connection, [(a, b, float(like.score)) for a, b, like in found if like.score > linker.keep_at])


def _pairs(connection: sa.Connection, most: int) -> Iterator[list[Pair]]:
    """Yield all pairs of current accounts that share a key that says something, those of some accounts at a time."""
    accounts = schema.accounts
    query = sa.select(accounts.c.number, accounts.c.filed_under).where(accounts.c.reading.in_(asof.current(None)))
    filed = {number: json.loads(keys) for number, keys in connection.execute(query.order_by(accounts.c.number)).all()}
    numbers = list(filed)
    for at in range(0, len(numbers), AT_ONCE):
        yield _pairs_of(connection, {number: filed[number] for number in numbers[at : at + AT_ONCE]}, most)


def _pairs_of(connection: sa.Connection, filed: Mapping[int, list[str]], most: int) -> list[Pair]:
    members = blocks.telling_members(connection, {key for keys in filed.values() for key in keys}, most)
    found = {
        (number, other)
        for number, keys in filed.items()
        for key in keys
        for other in members.get(key, ())
        if number < other
    }
    return sorted(found)


def _remake_clusters(connection: sa.Connection) -> None:
    last = connection.execute(sa.select(sa.func.max(schema.log.c.seq))).scalar() or 0
    accounts = schema.accounts
    alive = sa.select(accounts.c.incident, accounts.c.number).where(accounts.c.reading.in_(asof.current(None)))
    number = {row.incident: row.number for row in connection.execute(alive).all()}
    where = connection.execute(asof.memberships(last)).all()
    rows = [{"incident": incident, "account": number[incident], "within": within} for incident, within in where]
    _replace(connection, schema.clusters, rows)


def _replace(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    connection.execute(sa.delete(table))
    if rows:
        connection.execute(sa.insert(table), rows)
