"""What is derived, made again from what was added: nothing that was added is touched."""

from __future__ import annotations

import json

import sqlalchemy as sa

from sayso.ledger import asof, schema
from sayso.ledger.chain import head_of, write_head
from sayso.ledger.database import dialect_of
from sayso.ledger.store import Ledger
from sayso.ledger.summaries import summarise_all


def repair(ledger: Ledger) -> str:
    """Make the full-text index, current readings, keys, incidents and their summaries again; return what was done.

    A head outside that stays behind (a process was killed between its last two steps) is brought up, too.
    """
    with ledger.derived() as connection:
        dialect_of(connection).remake_search(connection)
        _remake_readings(connection)
        _remake_keys(connection)
        _remake_clusters(connection)
        summarise_all(connection)
        head = head_of(connection)
    write_head(ledger.project.head, head)
    return "full-text index, current readings, keys, incidents and their lists were made again"


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
