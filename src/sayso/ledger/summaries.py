"""Rows for each incident of the ledger that lists and filters need, made from its view when that has changed.

Adding a report only marks the incidents it touches; ``freshen`` makes the rows of all that are marked, some dozens at
once. Whoever asks in between (or after a kill) makes them for the occasion.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.asking.gathering import AT_ONCE, Gathered, gather
from sayso.ledger.asking.voices import voice_rows
from sayso.ledger.asof import memberships
from sayso.linking.overview import Overview
from sayso.values import Moment, Place

OUTDATED: Final = ""
"""Kind of an incident whose row is to be made anew."""
_THESE: Final[sa.BindParameter[str]] = sa.bindparam("these", expanding=True)
_DROP: Final = sa.delete(schema.summaries).where(schema.summaries.c.within.in_(_THESE))
_DROP_VOICES: Final = sa.delete(schema.voices).where(schema.voices.c.within.in_(_THESE))
_MARKED: Final = sa.select(schema.summaries.c.within).where(schema.summaries.c.kind == OUTDATED)
_MARK: Final = {
    "kind": OUTDATED, "title": "", "background": 0, "reports": 0, "origins": 0, "statuses": "",
}  # fmt: skip


def mark(connection: sa.Connection, changed: Collection[str], gone: Collection[str] = ()) -> None:
    """Mark the rows of ``changed`` incidents as outdated, and take out those that are ``gone``."""
    if outdated := sorted({*changed, *gone}):
        connection.execute(_DROP, {"these": outdated})
    if gone:
        connection.execute(_DROP_VOICES, {"these": sorted(gone)})
    if changed:
        connection.execute(sa.insert(schema.summaries), [{"within": each, **_MARK} for each in sorted(changed)])


def marked(connection: sa.Connection) -> list[str]:
    """Return the ids of incidents whose rows are outdated."""
    return sorted(connection.execute(_MARKED).scalars())


def freshen(connection: sa.Connection) -> None:
    """Make the rows of all marked incidents anew."""
    summarise(connection, marked(connection))


def summarise(connection: sa.Connection, changed: Collection[str], gone: Collection[str] = ()) -> None:
    """Make the rows of ``changed`` incidents anew, and take out those that are ``gone``."""
    if outdated := sorted({*changed, *gone}):
        connection.execute(_DROP, {"these": outdated})
        connection.execute(_DROP_VOICES, {"these": outdated})
    waiting = iter(gather(connection, changed))
    while part := list(islice(waiting, AT_ONCE)):
        connection.execute(sa.insert(schema.summaries), [summary(gathered) for gathered in part])
        if rows := [row for gathered in part for row in voice_rows(gathered)]:
            connection.execute(sa.insert(schema.voices), rows)


def summarise_all(connection: sa.Connection) -> None:
    """Make all rows anew."""
    for table in (schema.summaries, schema.voices):
        connection.execute(sa.delete(table))
    summarise(connection, all_incidents(connection, None))


def all_incidents(connection: sa.Connection, as_of: int | None) -> list[str]:
    """Return the ids of all incidents of the ledger, now or after an entry of the log."""
    where = memberships(as_of).subquery()
    return sorted(connection.execute(sa.select(where.c.within).distinct()).scalars())


def summary(gathered: Gathered) -> dict[str, Any]:
    """Return the row of ``summaries`` for one incident."""
    view, incident = gathered.overview, gathered.overview.incident
    killed, injured = _toll(view, "killed"), _toll(view, "injured")
    return {
        "within": incident.id,
        "kind": incident.kind,
        "title": incident.title,
        **_time(incident.when),
        **_place(incident.where),
        "background": int(incident.background),
        "reports": len(incident.reports),
        "origins": view.origins,
        "statuses": f" {' '.join(_statuses(gathered))} ",
        "killed_low": killed[0],
        "killed_high": killed[1],
        "injured_low": injured[0],
        "injured_high": injured[1],
    }


def _toll(view: Overview, field: str) -> tuple[int | None, int | None]:
    """Return the range of a toll; where only groups are counted, no more than its lower end is known."""
    return view.toll(field) or view.toll_of_parts(field) or (None, None)


def _statuses(gathered: Gathered) -> list[str]:
    """Return "field:status" of each field: disputed where any of its findings is, else the status of the first."""
    found: dict[str, str] = {}
    for finding in gathered.overview.incident.findings:
        if finding.status == "disputed" or finding.field not in found:
            found[finding.field] = finding.status
    return [f"{field}:{status}" for field, status in sorted(found.items())]


def _time(when: Moment | None) -> dict[str, Any]:
    return {"earliest": when.earliest if when else None, "latest": when.latest if when else None}


def _place(where: Place | None) -> dict[str, Any]:
    return {
        "place": where.name or where.words if where else None,
        "country": where.country if where else None,
        "admin1": where.admin1 if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "precision": where.precision if where else None,
    }
