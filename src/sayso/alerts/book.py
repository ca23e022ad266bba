"""The alerts of a ledger: which saved query is told to whom, and on what terms."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from sayso.alerts.sites import Site
from sayso.errors import NotFoundError, UsageError
from sayso.ledger.chain import canonical
from sayso.ledger.faults import step
from sayso.ledger.queries import saved_query
from sayso.ledger.schema import alerts, messages, told
from sayso.ledger.store import Ledger
from sayso.records import identify

KINDS: Final = {
    "incident": "an incident that the query did not find before",
    "origin": "a report of an origin that has not told of it before",
    "toll": "a toll that has changed by so many (--toll)",
    "perpetrator": "somebody says of somebody that he did it, or did not",
    "dispute": "values that cannot all be true",
    "settled": "a dispute that there is no more",
    "gone": "what was told of is found by the query no more",
}
"""Changes that are material → what they are."""
DAY: Final = 24.0
"""Hours of a digest where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody is told.

    Attributes:
        tells: names of KINDS.
        toll: by how many people a toll must have changed.
        hours: between two digests; 0: each change at once.
        sites: only what lies around one of these; empty: everywhere.

    """

    tells: tuple[str, ...] = tuple(KINDS)
    toll: int = 1
    hours: float = DAY
    sites: tuple[Site, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert.

    Attributes:
        id: of query and destination.
        query: name of the saved query.
        destination: see ``destinations``.
        terms: what is told, and how often.
        who: who made it.
        at: when, ISO 8601 in UTC.
        seen: entry of the log up to which it has been looked at.
        due: when it is looked at next, ISO 8601 in UTC; None: whenever anybody looks.

    """

    id: str
    query: str
    destination: str
    terms: Terms
    who: str
    at: str
    seen: int
    due: str | None


def in_words(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def make_alert(
    ledger: Ledger, query: str, destination: str, terms: Terms, *, who: str, now: datetime, from_start: bool = False
) -> Alert:
    """Return the alert as it would be added; raises NotFoundError for a query that is not saved."""
    saved_query(ledger, query)
    return Alert(
        id=identify("alert", [query, destination]),
        query=query,
        destination=destination,
        terms=terms,
        who=who,
        at=in_words(now),
        seen=0 if from_start else ledger.head().seq,
        due=in_words(now + timedelta(hours=terms.hours)) if terms.hours and not from_start else None,
    )


def add_alert(ledger: Ledger, alert: Alert) -> None:
    """Add an alert; raises UsageError where the same query is told there already."""
    with ledger.derived() as connection:
        if connection.execute(sa.select(alerts.c.id).where(alerts.c.id == alert.id)).first():
            problem = f"{alert.query!r} is told to {alert.destination} already"
            raise UsageError(problem, way_out=f"sayso alerts remove {alert.id}, then add it anew")
        row = asdict(alert) | {"terms": canonical(asdict(alert.terms))}
        connection.execute(sa.insert(alerts), row)
        step()


def remove_alert(ledger: Ledger, alert: Alert) -> None:
    """Take an alert out with all that was kept for it; what waits to be sent is not sent."""
    with ledger.derived() as connection:
        connection.execute(sa.delete(alerts).where(alerts.c.id == alert.id))
        connection.execute(sa.delete(told).where(told.c.alert == alert.id))
        connection.execute(sa.delete(messages).where(messages.c.alert == alert.id))
        step()


def all_alerts(ledger: Ledger) -> list[Alert]:
    """Return all alerts, by query and destination."""
    query = sa.select(alerts).order_by(alerts.c.query, alerts.c.destination)
    with ledger.snapshot() as connection:
        return [_alert(dict(row)) for row in connection.execute(query).mappings()]


def find_alert(ledger: Ledger, number: str) -> Alert:
    """Return the alert that a whole or shortened id means; raises NotFoundError."""
    found = [each for each in all_alerts(ledger) if each.id.startswith(number) and number]
    if len(found) != 1:
        problem = f"several alerts begin with {number!r}" if found else f"no alert {number!r}"
        raise NotFoundError(problem, way_out="sayso alerts list")
    return found[0]


def counted(ledger: Ledger) -> dict[tuple[str, str], int]:
    """Return (alert, state of its messages) → how many."""
    query = sa.select(messages.c.alert, messages.c.state, sa.func.count()).group_by(messages.c.alert, messages.c.state)
    with ledger.snapshot() as connection:
        return {(row[0], row[1]): row[2] for row in connection.execute(query)}


def ledger_name(connection: sa.Connection) -> str:
    """Return what names this ledger among all: the hash of the first entry of its log."""
    from sayso.ledger.schema import log

    return str(connection.execute(sa.select(log.c.hash).where(log.c.seq == 1)).scalar_one())


def checked_kinds(given: Collection[str]) -> tuple[str, ...]:
    """Return names of KINDS in their order; raises UsageError for what is none."""
    unknown = [name for name in given if name not in KINDS]
    if unknown or not given:
        raise UsageError(f"{', '.join(unknown) or 'nothing'} is no change", way_out=f"of {', '.join(KINDS)}")
    return tuple(name for name in KINDS if name in given)


def _alert(row: Mapping[str, Any]) -> Alert:
    terms = json.loads(row["terms"])
    sites = tuple(Site(**each) for each in terms["sites"])
    made = Terms(**{**terms, "tells": tuple(terms["tells"]), "sites": sites})
    return Alert(**{**row, "terms": made})
