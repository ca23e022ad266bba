"""Which entries of the log made an incident what it is, and what is known of one report beside its text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.asking.gathering import Gathered
from sayso.ledger.asof import current, memberships
from sayso.ledger.provenance import told, with_provenance


def _facts(*without: str) -> sa.Select[Any]:
    """Return a query for rows of reports with ``added``."""
    table, log = schema.reports, schema.log
    columns = [column for column in table.columns if column.name not in without]
    joined = sa.select(*columns, log.c.at.label("added")).join(log, log.c.seq == table.c.seq, isouter=True)
    return joined.where(table.c.id.in_(sa.bindparam("these", expanding=True))).order_by(table.c.id)


_FACTS: Final = _facts("text", "blocks")
_FACTS_AND_TEXT: Final = _facts()


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the log that changed an incident: a report came, was read anew, or a person judged."""

    seq: int
    at: str
    what: str
    about: str


def history(connection: sa.Connection, gathered: Gathered) -> list[Moment]:
    """Return the entries of the log that concern an incident, the oldest first."""
    incident = gathered.overview.incident
    judged = [claim.id for claim in (*gathered.overview.claims, *gathered.rejected)]
    accounts = [account.id for account in gathered.overview.accounts]
    queries = (
        sa.select(schema.reports.c.seq).where(schema.reports.c.id.in_(incident.reports)),
        sa.select(schema.readings.c.seq).where(schema.readings.c.report.in_(incident.reports)),
        sa.select(schema.subjects.c.seq).where(schema.subjects.c.about.in_([incident.id, *accounts, *judged])),
    )
    entries = {seq for query in queries for seq in connection.execute(query).scalars()}
    log = schema.log
    chosen = sa.select(log.c.seq, log.c.at, log.c.what, log.c.about).where(log.c.seq.in_(sorted(entries)))
    return [Moment(*row) for row in connection.execute(chosen.order_by(log.c.seq))]


def report_facts(connection: sa.Connection, report: str) -> Mapping[str, Any] | None:
    """Return the row of a report without its text, with ``added``; None where there is none."""
    table, log = schema.reports, schema.log
    columns = [column for column in table.columns if column.name not in {"text", "blocks"}]
    query = sa.select(*columns, log.c.at.label("added")).join(log, log.c.seq == table.c.seq).where(table.c.id == report)
    row = connection.execute(with_provenance(query)).mappings().first()
    return told(dict(row)) if row else None


def facts_of(
    connection: sa.Connection, reports: Collection[str], *, text: bool = False
) -> dict[str, Mapping[str, Any]]:
    """Return id → row of these reports with ``added``, without text and blocks unless they are asked for."""
    query = _FACTS_AND_TEXT if text else _FACTS
    found = connection.execute(query, {"these": sorted(reports)})
    names = tuple(found.keys())
    rows = (dict(zip(names, row, strict=True)) for row in found.all())
    return {row["id"]: row for row in rows}


def readers_of(connection: sa.Connection, reports: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """Return report → id, version, model and SHA-256 of its newest reading."""
    table, newest = schema.readings, schema.current_readings
    columns = (table.c.report, table.c.id, table.c.version, table.c.model, table.c.sha256)
    query = sa.select(*columns).join(newest, newest.c.reading == table.c.id).where(table.c.report.in_(sorted(reports)))
    return {row["report"]: dict(row) for row in connection.execute(query).mappings()}


def told_by(
    connection: sa.Connection, reports: Collection[str], as_of: int | None = None
) -> dict[str, tuple[str, ...]]:
    """Return report → the incidents of the ledger it tells of, sorted, now or after an entry of the log."""
    table, where = schema.accounts, memberships(as_of).subquery()
    query = (
        sa.select(table.c.report, where.c.within)
        .join(where, where.c.incident == table.c.incident)
        .where(table.c.report.in_(sorted(reports)) & table.c.reading.in_(current(as_of)))
    )
    found: dict[str, set[str]] = {report: set() for report in reports}
    for report, incident in connection.execute(query):
        found[report].add(incident)
    return {report: tuple(sorted(incidents)) for report, incidents in found.items()}


def within(connection: sa.Connection, incidents: Collection[str]) -> dict[str, str]:
    """Return id of an incident of a current reading → incident of the ledger that it belongs to."""
    table = schema.clusters
    query = sa.select(table.c.incident, table.c.within).where(table.c.incident.in_(sorted(incidents)))
    return {row.incident: row.within for row in connection.execute(query)}


def report_list(connection: sa.Connection, *, limit: int, offset: int) -> tuple[list[Mapping[str, Any]], int]:
    """Return what lists show of reports, the newest first, and how many there are in all."""
    table, log = schema.reports, schema.log
    columns = [column for column in table.columns if column.name not in {"text", "blocks"}]
    query = sa.select(*columns, log.c.at.label("added")).join(log, log.c.seq == table.c.seq)
    newest = with_provenance(query).order_by(table.c.seq.desc()).limit(limit).offset(offset)
    rows = connection.execute(newest).mappings()
    return [told(dict(row)) for row in rows], connection.execute(
        sa.select(sa.func.count()).select_from(table)
    ).scalar() or 0
