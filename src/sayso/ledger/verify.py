"""Whether everything in a ledger is as it was written: pages, rows, log, evidence, and what is derived."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from sayso.errors import SaysoError, SetupError
from sayso.ledger import asof, chain, schema
from sayso.ledger.database import dialect_of
from sayso.ledger.store import Ledger

_SHOWN: Final = 5
_WAY_OUT: Final = "restore it from a backup"


def check_database(ledger: Ledger) -> str:
    """Pages, indexes and references of the database are whole, and the triggers that keep it append-only are there."""
    names = [table.name for table in schema.APPEND_ONLY]
    with ledger.snapshot() as connection:
        dialect = dialect_of(connection)
        problems = dialect.problems(connection)
        problems += [f"the trigger {name} is missing" for name in dialect.missing_triggers(connection, names)]
    _raise(problems)
    return "pages, references and triggers are whole"


def check_log(ledger: Ledger) -> str:
    """Each entry of the log has its hash and the one before it; the head outside names one of them."""
    head = chain.read_head(ledger.project.head)
    problems, last, outside = [], chain.Head(0, chain.BEGINNING), None
    for entry in ledger.log():
        if entry["seq"] != last.seq + 1:
            problems.append(f"entry {last.seq + 1} of the log is missing")
        if entry["former"] != last.hash:
            problems.append(f"entry {entry['seq']} of the log does not follow the one before it")
        if entry["hash"] != chain.hash_of(entry):
            problems.append(f"entry {entry['seq']} of the log was changed")
        last = chain.Head(entry["seq"], entry["hash"])
        outside = last if last.seq == head.seq else outside
    if head.seq > last.seq:
        problems.append(f"the log ends at entry {last.seq}, but was at {head.seq}: its end was cut off")
    elif outside != head:
        problems.append(f"entry {head.seq} of the log is not the one that the head outside names")
    _raise(problems)
    return f"{last.seq} entries, unbroken"


def check_rows(ledger: Ledger) -> str:
    """The rows of each append-only table are those that the log counted and hashed when they were added."""
    problems, number = [], 0
    told = {entry["seq"]: json.loads(entry["rows"]) for entry in ledger.log()}
    for table in schema.LOGGED:
        wanted = {seq: rows[table.name] for seq, rows in told.items() if table.name in rows}
        for seq, found in _digests(ledger, table):
            number += found[0]
            if wanted.pop(seq, None) != list(found):
                problems.append(f"rows of {table.name} that entry {seq} of the log added are not as they were")
        problems += [f"rows of {table.name} that entry {seq} of the log added are gone" for seq in sorted(wanted)]
    _raise(problems)
    return f"{number} rows as they were added"


def check_evidence(ledger: Ledger) -> str:
    """The raw bytes of each report, and of what is in quarantine, are there and have their SHA-256."""
    problems, number = [], 0
    for sha256, size in _hashes(ledger):
        number += 1
        try:
            if len(ledger.evidence.read(sha256)) != size:
                problems.append(f"{sha256} is not of the size that was noted")
        except SetupError as error:
            problems.append(f"{error.place}: {error.problem}")
    _raise(problems, way_out=_WAY_OUT)
    spare = sum(1 for _ in ledger.evidence.stored()) - number
    return f"{number} files unharmed" + (f"; {spare} of reports whose adding was broken off" if spare > 0 else "")


def check_search(ledger: Ledger) -> str:
    """The full-text index says of every report what the report says."""
    with ledger.rehearsal() as connection:
        dialect_of(connection).check_search(connection)
    return "fits the reports"


def check_derived(ledger: Ledger) -> str:
    """Tables that are derived are what they would be if they were made again from the others."""
    with ledger.snapshot() as connection:
        problems = [name for name, holds in _DERIVED.items() if not holds(connection)]
    _raise([f"{name} are not what the other tables make of them" for name in problems], way_out="sayso doctor --repair")
    return "current readings, keys, links and incidents fit the rest"


CHECKS: Final[Mapping[str, Callable[[Ledger], str]]] = {
    "database": check_database,
    "log": check_log,
    "rows": check_rows,
    "evidence": check_evidence,
    "search": check_search,
    "derived": check_derived,
}
"""Name → check; a check returns one sentence or raises. To add one, add its line here."""


def verify(ledger: Ledger) -> list[str]:
    """Return one sentence for each check that fails; an empty list for a ledger that is unharmed."""
    problems = []
    for name, check in CHECKS.items():
        try:
            check(ledger)
        except SaysoError as error:
            problems.append(f"{name}: {error}")
    return problems


def _digests(ledger: Ledger, table: sa.Table) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yield number and digest of the rows of each entry, in the order of the log."""
    with ledger.snapshot() as connection:
        query = sa.select(table).order_by(table.c.seq)
        with connection.execute(query, execution_options={"yield_per": 1000}) as result:
            for seq, group in groupby(map(dict, result.mappings()), key=lambda row: row["seq"]):
                yield seq, chain.digest(table, group)


def _hashes(ledger: Ledger) -> Iterator[tuple[str, int]]:
    """Yield the SHA-256 and the size of all bytes that must be there."""
    reports, quarantine = schema.reports.c, schema.quarantine.c
    query = sa.union(sa.select(reports.sha256, reports.size), sa.select(quarantine.sha256, quarantine.size))
    with ledger.snapshot() as connection:
        for row in connection.execute(query):
            yield row[0], row[1]


def _readings_hold(connection: sa.Connection) -> bool:
    last = connection.execute(sa.select(sa.func.max(schema.log.c.seq))).scalar() or 0
    return _same(connection, asof.current(None), asof.current(last))


def _incidents_hold(connection: sa.Connection) -> bool:
    last = connection.execute(sa.select(sa.func.max(schema.log.c.seq))).scalar() or 0
    return _same(connection, asof.memberships(None), asof.memberships(last))


def _accounts_hold(connection: sa.Connection) -> bool:
    accounts, clusters = schema.accounts, schema.clusters
    alive = sa.select(accounts.c.incident, accounts.c.number).where(accounts.c.reading.in_(asof.current(None)))
    return _same(connection, sa.select(clusters.c.incident, clusters.c.account), alive)


def _keys_hold(connection: sa.Connection) -> bool:
    accounts, blocks, sizes = schema.accounts, schema.blocks, schema.block_sizes
    alive = sa.select(accounts.c.number, accounts.c.filed_under).where(accounts.c.reading.in_(asof.current(None)))
    wanted = {(key, row[0]) for row in connection.execute(alive) for key in json.loads(row[1])}
    filed = {(row.key, row.account) for row in connection.execute(sa.select(blocks))}
    numbers: dict[str, int] = {}
    for key, _ in filed:
        numbers[key] = numbers.get(key, 0) + 1
    counted = {row.key: row.accounts for row in connection.execute(sa.select(sizes).where(sizes.c.accounts > 0))}
    return wanted == filed and numbers == counted


def _links_hold(connection: sa.Connection) -> bool:
    """Tell whether each link stands in both directions, with one score, between current accounts.

    Scores are not made again: those of a ledger that an older sayso wrote are of its weights.
    """
    one, back, clusters = schema.links.alias("one"), schema.links.alias("back"), schema.clusters
    mirrored = sa.exists().where((back.c.a == one.c.b) & (back.c.b == one.c.a) & (back.c.score == one.c.score))
    current = sa.exists().where(clusters.c.account == one.c.a)
    query = sa.select(sa.literal(1)).select_from(one).where(~mirrored | ~current).limit(1)
    return connection.execute(query).first() is None


def _same(connection: sa.Connection, one: sa.Select[Any], other: sa.Select[Any]) -> bool:
    return {tuple(row) for row in connection.execute(one)} == {tuple(row) for row in connection.execute(other)}


_DERIVED: Final = {
    "current readings": _readings_hold,
    "accounts": _accounts_hold,
    "incidents": _incidents_hold,
    "keys": _keys_hold,
    "links": _links_hold,
}


def _raise(problems: list[str], *, way_out: str = _WAY_OUT) -> None:
    if problems:
        more = f" (and {len(problems) - _SHOWN} more)" if len(problems) > _SHOWN else ""
        raise SetupError("; ".join(problems[:_SHOWN]) + more, way_out=way_out)
