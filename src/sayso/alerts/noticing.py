"""Noticing: what the log has brought since an alert was last looked at, as messages in the outbox.

An incident is compared with what this alert's reader was last told of it, or, where nothing was told yet, with how it
stood when the alert was last looked at. Messages, what was told, and how far was looked are written in one
transaction: a kill before it leaves all to be noticed again, a kill after it leaves messages to be sent.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from sayso.alerts.book import Alert, in_words, ledger_name
from sayso.alerts.changes import Facts, changes, facts_of, gone, united
from sayso.alerts.outbox import Message
from sayso.alerts.sites import Site, near
from sayso.alerts.telling import incident_told, links_of
from sayso.ledger import rows, schema
from sayso.ledger.asking.gathering import Gathered, gather
from sayso.ledger.asking.selecting import select
from sayso.ledger.asof import resolve
from sayso.ledger.chain import canonical, head_of
from sayso.ledger.faults import step
from sayso.ledger.queries import saved_query
from sayso.ledger.store import Ledger
from sayso.ledger.storing import shown_anew
from sayso.records import identify
from sayso.showing.filters import query_of_text, words_of_query

AT_ONCE: Final = 400
"""Incidents that are looked at together."""
A_MESSAGE: Final = 50
"""Incidents of one digest; more make more messages."""


@dataclass(slots=True)
class Noticed:
    """What looking at an alert has brought, not written yet.

    Attributes:
        alert: that was looked at.
        seen: entry of the log up to which it was.
        messages: to be sent.
        told: id of an incident → what its reader has been told of it now.
        dropped: incidents of which nothing counts as told any more.

    """

    alert: Alert
    seen: int
    messages: list[Message] = field(default_factory=list)
    told: dict[str, Facts] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)


def notice(ledger: Ledger, alert: Alert, now: datetime) -> Noticed:
    """Return what has changed for an alert since it was last looked at; nothing is written."""
    desk = ledger.project.alerts.desk
    filters = saved_query(ledger, alert.query).filters
    with ledger.snapshot() as connection:
        noticed = Noticed(alert, head_of(connection).seq)
        found: list[dict[str, Any]] = []
        touched = sorted(_touched(connection, alert.seen)) if noticed.seen > alert.seen else []
        for at in range(0, len(touched), AT_ONCE):
            found += _Look(connection, alert, filters, noticed, desk).over(touched[at : at + AT_ONCE])
        if found:
            about = {"query": alert.query, "finds": words_of_query(query_of_text(filters))}
            noticed.messages = _messages(ledger_name(connection), alert, noticed.seen, about, found, now)
    return noticed


def write(ledger: Ledger, noticed: Noticed, now: datetime) -> bool:
    """Write what was noticed, all of it or nothing; return False where another process was quicker."""
    from sayso.ledger.schema import alerts, messages, told

    alert = noticed.alert
    due = in_words(now + timedelta(hours=alert.terms.hours)) if alert.terms.hours else None
    step()
    with ledger.derived() as connection:
        same = (alerts.c.id == alert.id) & (alerts.c.seen == alert.seen)
        if connection.execute(sa.update(alerts).where(same).values(seen=noticed.seen, due=due)).rowcount != 1:
            return False
        step()
        if noticed.messages:
            connection.execute(sa.insert(messages), [message.row() for message in noticed.messages])
        step()
        stale = sorted({*noticed.told, *noticed.dropped})
        for at in range(0, len(stale), AT_ONCE):
            part = told.c.incident.in_(stale[at : at + AT_ONCE])
            connection.execute(sa.delete(told).where((told.c.alert == alert.id) & part))
        if noticed.told:
            made = [
                {"alert": alert.id, "incident": incident, "facts": canonical(facts)}
                for incident, facts in noticed.told.items()
            ]
            connection.execute(sa.insert(told), made)
        step()
    step()
    return True


@dataclass(slots=True)
class _Look:
    """One look at some incidents that the log has touched."""

    connection: sa.Connection
    alert: Alert
    filters: str
    noticed: Noticed
    desk: str

    def over(self, touched: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yield what is to be told of each, the newest first; note what counts as told."""
        now = {each: resolve(self.connection, each, None) or each for each in touched}
        former = self._told(touched)
        before: dict[str, list[Facts]] = {}
        for each, facts in sorted(former.items()):
            before.setdefault(now[each], []).append(facts)
            self.noticed.dropped |= {each} if now[each] != each else set()
        found = self._found(sorted(set(now.values())), as_of=None)
        unknown = [each for each in found if each not in before]
        before |= {each: [facts] for each, facts in self._then(unknown).items()}
        gathered = {each.overview.incident.id: each for each in gather(self.connection, [*found, *before])}
        for each in found:
            known = united(before[each]) if each in before else None
            yield from self._changed(gathered[each], known, found[each])
        for each in sorted(set(now.values()) - found.keys()):
            if any(now[one] == each for one in former):
                yield from self._gone(each, gathered.get(each))

    def _changed(
        self, gathered: Gathered, before: Facts | None, far: Sequence[tuple[Site, float]]
    ) -> Iterator[dict[str, Any]]:
        made = changes(before, gathered, self.alert.terms)
        number = gathered.overview.incident.id
        if made or before is None:
            self.noticed.told[number] = facts_of(gathered)
        else:
            self.noticed.told[number] = before
        if made:
            links = links_of(self.connection, gathered)
            yield incident_told(gathered, made, links, far, self.desk)

    def _gone(self, number: str, gathered: Gathered | None) -> Iterator[dict[str, Any]]:
        self.noticed.dropped.add(number)
        if "gone" not in self.alert.terms.tells:
            return
        if gathered is None:
            gathered = next(iter(gather(self.connection, [number])), None)
        if gathered is not None:
            yield incident_told(gathered, [gone()], links_of(self.connection, gathered), (), self.desk)

    def _told(self, incidents: Collection[str]) -> dict[str, Facts]:
        table = schema.told
        query = sa.select(table.c.incident, table.c.facts).where(
            (table.c.alert == self.alert.id) & table.c.incident.in_(sorted(incidents))
        )
        return {row.incident: json.loads(row.facts) for row in self.connection.execute(query)}

    def _found(self, among: Sequence[str], *, as_of: int | None) -> dict[str, Sequence[tuple[Site, float]]]:
        """Return the incidents among these that the query means and that lie around a site, with the sites."""
        page = select(self.connection, query_of_text(self.filters), as_of=as_of, among=among)
        sites = self.alert.terms.sites
        around = {row["within"]: near(sites, row["lat"], row["lon"]) for row in page.rows}
        return {each: far for each, far in around.items() if far or not sites}

    def _then(self, unknown: Sequence[str]) -> dict[str, Facts]:
        """Return how incidents stood when the alert was last looked at, as far as they were found then."""
        seen = self.alert.seen
        there = list(self._found(unknown, as_of=seen)) if unknown and seen else []
        return {each.overview.incident.id: facts_of(each) for each in gather(self.connection, there, seen)}


def _touched(connection: sa.Connection, since: int) -> set[str]:
    """Return the incidents that entries of the log after ``since`` have to do with, also under former ids."""
    log, found = schema.log, set()
    query = sa.select(log.c.what, log.c.about, log.c.detail).where(log.c.seq > since)
    for row in connection.execute(query):
        detail: Mapping[str, Any] = json.loads(row.detail)
        found |= {*detail.get("incidents", ()), *detail.get("merged", ()), *detail.get("split", ())}
        if row.what == "judgement":
            found |= _judged(connection, row.about)
    return found


def _judged(connection: sa.Connection, number: str) -> set[str]:
    table = schema.judgements
    row = connection.execute(sa.select(table).where(table.c.id == number)).mappings().first()
    return shown_anew(connection, rows.judgement_of(dict(row))) if row else set()


def a_test(ledger: Ledger, alert: Alert, now: datetime) -> Message:
    """Return a message that tells of nothing, to see whether it arrives."""
    with ledger.snapshot() as connection:
        seq, name = head_of(connection).seq, ledger_name(connection)
    made = in_words(now)
    about = {"query": alert.query, "finds": "a test", "incidents": []}
    body = canonical({"type": "sayso.test", "timestamp": made, "data": about})
    number = identify("msg", [name, alert.id, "test", made])
    return Message(number, alert.id, alert.destination, body, made, seq, due=made)


def _messages(
    ledger: str, alert: Alert, seq: int, about: Mapping[str, Any], found: Sequence[dict[str, Any]], now: datetime
) -> list[Message]:
    """Return the messages that tell of these incidents: one each, or digests."""
    size = A_MESSAGE if alert.terms.hours else 1
    parts = [found[at : at + size] for at in range(0, len(found), size)]
    made = in_words(now)
    return [
        Message(
            id=identify("msg", [ledger, alert.id, seq, number]),
            alert=alert.id,
            destination=alert.destination,
            body=canonical({"type": "sayso.alert", "timestamp": made, "data": {**about, "incidents": list(part)}}),
            made=made,
            seq=seq,
            due=made,
        )
        for number, part in enumerate(parts)
    ]
