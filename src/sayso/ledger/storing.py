"""What is written when a report comes in: one transaction a report, all of it or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import sqlalchemy as sa

from sayso.errors import InputError, SetupError
from sayso.intake import Capture, Given
from sayso.intake.notes import NOTHING_NOTED, Notes
from sayso.ledger import rows, schema
from sayso.ledger.asof import incidents_of_claims, resolve
from sayso.ledger.chain import Entry, canonical
from sayso.ledger.database import dialect_of
from sayso.ledger.joining import Joiner
from sayso.ledger.judged import standing_for
from sayso.ledger.provenance import provenance_rows
from sayso.ledger.store import Ledger
from sayso.ledger.summaries import freshen, mark
from sayso.records import Judgement, Reading, Report

_RECORDS: Final = (
    (schema.statements, "statements", rows.statement_row),
    (schema.events, "events", rows.event_row),
    (schema.incidents, "incidents", rows.incident_row),
    (schema.claims, "claims", rows.claim_row),
)

_CURRENT: Final = sa.insert(schema.current_readings)
_OUTDATED: Final = sa.delete(schema.current_readings).where(schema.current_readings.c.report == sa.bindparam("of"))
_STORED: Final = sa.select(schema.reports.c.sha256).where(schema.reports.c.id == sa.bindparam("report"))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who read a report: the version of sayso, and the language model ("rules" for none)."""

    version: str
    model: str


def store(ledger: Ledger, item: Capture, reading: Reading, reader: Reader, notes: Notes = NOTHING_NOTED) -> bool:
    """Store a report with its reading, unless its bytes are stored already; return whether it is new.

    The evidence must be kept before (``Evidence.keep``). ``notes`` say where the facts of the report were found.

    Raises:
        SetupError: the ledger cannot be written, or two texts have one id.

    """
    (report,) = reading.reports
    sha256 = hashlib.sha256(item.raw).hexdigest()
    with ledger.transaction("report", report.id) as entry:
        if _is_known(entry.connection, report.id, sha256):
            return False
        former = _former(entry.connection, report)
        row = rows.report_row(report) | _origin(item) | {"sha256": sha256, "former": former}
        entry.add(schema.reports, [row])
        dialect_of(entry.connection).index_report(entry.connection, entry.seq)
        entry.add(schema.provenance, provenance_rows(report.id, notes))
        entry.add(schema.traces, [{"report": report.id, "features": ledger.linker.trace(report)}])
        entry.detail |= {"former": former} if former else {}
        _store_reading(ledger, entry, reading, reader, first=True)
    return True


def store_reading(ledger: Ledger, reading: Reading, reader: Reader) -> bool:
    """Store a newer reading of a stored report beside the old ones; return whether it is new."""
    (report,) = reading.reports
    with ledger.transaction("reading", report.id) as entry:
        current, table = schema.current_readings, schema.readings
        query = sa.select(table.c.id).join(current, current.c.reading == table.c.id)
        former = entry.connection.execute(query.where(table.c.report == report.id)).scalar()
        row = rows.reading_row(reading, version=reader.version, model=reader.model)
        known = sa.select(table.c.id).where(table.c.id == row["id"])
        if entry.connection.execute(known).first():
            return False
        entry.detail["former"] = former
        _store_reading(ledger, entry, reading, reader, first=False)
    return True


def put_in_quarantine(ledger: Ledger, item: Capture, error: InputError) -> bool:
    """Keep what could not be read, with the reason; return whether it is new. The evidence must be kept before."""
    sha256 = hashlib.sha256(item.raw).hexdigest()
    with ledger.transaction("quarantine", sha256) as entry:
        table = schema.quarantine
        if entry.connection.execute(sa.select(table.c.sha256).where(table.c.sha256 == sha256)).first():
            return False
        row = _origin(item) | {"sha256": sha256, "reason": error.problem, "way_out": error.way_out}
        entry.add(table, [{name: storable(value) for name, value in row.items()}])
    return True


def store_judgement(ledger: Ledger, judgement: Judgement) -> bool:
    """Store a judgement and bring the incidents it is about up to date; return whether it is new.

    Raises:
        InputError: it names something that is not there, or contradicts what is judged already.
        SetupError: the ledger cannot be written.

    """
    with ledger.transaction("judgement", judgement.id, {"decision": judgement.decision}) as entry:
        table = schema.judgements
        if entry.connection.execute(sa.select(table.c.id).where(table.c.id == judgement.id)).first():
            return False
        pairs = _judged_incidents(entry.connection, judgement)
        entry.add(table, [rows.judgement_row(judgement)])
        about = [{"judgement": judgement.id, "about": each} for each in dict.fromkeys(judgement.about)]
        entry.add(schema.subjects, about)
        if pairs:
            Joiner(entry, ledger.linker, ledger.memory).judge(pairs)
        mark(entry.connection, shown_anew(entry.connection, judgement))
        freshen(entry.connection)
    return True


def shown_anew(connection: sa.Connection, judgement: Judgement) -> set[str]:
    """Return the incidents with claims that a judgement, or one that it retracts, is about."""
    if judgement.decision != "retract":
        return incidents_of_claims(connection, judgement.about)
    table = schema.judgements
    retracted = connection.execute(sa.select(table).where(table.c.id.in_(judgement.about))).mappings().all()
    former = (rows.judgement_of(dict(row)) for row in retracted)
    return {incident for each in former for incident in shown_anew(connection, each)}


def _judged_incidents(connection: sa.Connection, judgement: Judgement) -> set[str]:
    """Return the incidents of readings that a judgement may bring together or part: those it is about.

    For one that retracts another, those that the other is about.
    """
    if judgement.decision in {"same", "not_same"}:
        for each in judgement.about:
            if resolve(connection, each, None) is None:
                raise InputError("no such incident", place=each, way_out="`sayso incidents` lists them")
        return {standing_for(connection, each) for each in judgement.about}
    if judgement.decision != "retract":
        return set()
    found: set[str] = set()
    for each in judgement.about:
        row = connection.execute(sa.select(schema.judgements).where(schema.judgements.c.id == each)).mappings().first()
        if row is None:
            raise InputError("no such judgement", place=each, way_out="`sayso log` lists them")
        found |= _judged_incidents(connection, rows.judgement_of(dict(row)))
    return found


def capture_of(row: Mapping[str, Any], raw: bytes) -> Capture:
    """Return what a row of ``reports`` or ``quarantine`` was made from, with its bytes."""
    return Capture(raw, row["place"], row["form"], Given(**json.loads(row["given"])))


def storable(value: Any) -> Any:
    """Return a text with what no store takes (NUL, lone surrogates, as in odd file names) spelled out."""
    if not isinstance(value, str):
        return value
    return value.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def _origin(item: Capture) -> dict[str, Any]:
    given = asdict(item.given)
    return {
        "size": len(item.raw),
        "place": storable(item.place),
        "form": item.form,
        "given": canonical({name: value for name, value in given.items() if value is not None}),
    }


def _is_known(connection: sa.Connection, report: str, sha256: str) -> bool:
    there = connection.execute(_STORED, {"report": report}).scalar()
    if there is not None and there != sha256:
        raise SetupError("two texts have one id", place=report, way_out="please report this to us with both texts")
    return there is not None


def _former(connection: sa.Connection, report: Report) -> str | None:
    """Return the newest stored version of the same page: same address, or same id at the same publisher."""
    table = schema.reports
    if report.url:
        same = table.c.url == report.url
    elif report.external_id:
        same = (table.c.external_id == report.external_id) & table.c.publisher.is_not_distinct_from(report.publisher)
        same &= table.c.url.is_(None)
    else:
        return None
    return connection.execute(sa.select(table.c.id).where(same).order_by(table.c.seq.desc()).limit(1)).scalar()


def _store_reading(ledger: Ledger, entry: Entry, reading: Reading, reader: Reader, *, first: bool) -> None:
    row = rows.reading_row(reading, version=reader.version, model=reader.model)
    entry.add(schema.readings, [row])
    for table, name, make in _RECORDS:
        records = enumerate(getattr(reading, name))
        entry.add(table, [make(record) | {"reading": row["id"], "position": at} for at, record in records])
    if not first:
        entry.connection.execute(_OUTDATED, {"of": row["report"]})
    entry.connection.execute(_CURRENT, {"report": row["report"], "reading": row["id"]})
    entry.detail["reading"] = row["id"]
    Joiner(entry, ledger.linker, ledger.memory).add(reading, row["id"], first=first)
