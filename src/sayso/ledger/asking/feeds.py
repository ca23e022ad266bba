"""How the feeds that are watched do: whether they answer, when they are due, how many of their pages wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from sayso.ledger.schema import watched


@dataclass(frozen=True, slots=True)
class Health:
    """How a feed does.

    Attributes:
        address: of the feed.
        turns: how often it was looked at.
        failures: in a row; 0: it answered last time.
        due: when it is looked at again, ISO 8601 in UTC.
        pages: that it ever listed.
        waiting: of these, pages that will be looked at again.
        failing: of these, pages that did not answer last time.
        given_up: of these, pages that are not looked at again because they never answered.

    """

    address: str
    turns: int
    failures: int
    due: str | None
    pages: int
    waiting: int
    failing: int
    given_up: int


def healths(connection: sa.Connection) -> list[Health]:
    """Return how each feed does that is or was watched, those that fail first."""
    pages = (
        sa.select(
            watched.c.feed,
            sa.func.count().label("pages"),
            sa.func.count(watched.c.due).label("waiting"),
            sa.func.count().filter(watched.c.failures > 0).label("failing"),
            sa.func.count().filter(watched.c.failures > 0, watched.c.due.is_(None)).label("given_up"),
        )
        .where(watched.c.feed.is_not(None))
        .group_by(watched.c.feed)
        .subquery()
    )
    counts = [sa.func.coalesce(pages.c[name], 0) for name in ("pages", "waiting", "failing", "given_up")]
    query = (
        sa.select(watched.c.address, watched.c.turns, watched.c.failures, watched.c.due, *counts)
        .select_from(watched.outerjoin(pages, pages.c.feed == watched.c.address))
        .where(watched.c.feed.is_(None))
        .order_by(watched.c.failures.desc(), watched.c.address)
    )
    return [Health(*row) for row in connection.execute(query)]


def again(connection: sa.Connection, address: str) -> bool:
    """Have a feed be due now; tell whether it is one that is watched."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    chosen = sa.update(watched).where(watched.c.address == address, watched.c.feed.is_(None)).values(due=now)
    return connection.execute(chosen).rowcount > 0
