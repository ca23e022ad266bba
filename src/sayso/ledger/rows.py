"""Records to rows and back: a record is kept whole as JSON, beside the columns that asking filters by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from sayso.ledger.chain import canonical, sha256
from sayso.records import (
    Block,
    Claim,
    Event,
    Incident,
    Judgement,
    NotUnderstood,
    Origin,
    Reading,
    Record,
    Report,
    Statement,
    identify,
)
from sayso.values import Actor, Moment, Place, Quantity

Row = dict[str, Any]

_REPORT_TEXTS: Final = (
    "id", "external_id", "url", "publisher", "title", "byline", "dateline", "published", "published_from", "language",
    "text",
)  # fmt: skip


def to_json(record: Record) -> str:
    """Return a record as JSON, its keys in the order of its fields: same record, same bytes."""
    return record.model_dump_json(by_alias=True)


def report_row(report: Report) -> Row:
    """Return the columns of ``reports`` that the record fills."""
    blocks = [[block.kind, block.start, block.end] for block in report.blocks]
    return {name: getattr(report, name) for name in _REPORT_TEXTS} | {"blocks": canonical(blocks)}


def report_of(row: Mapping[str, Any]) -> Report:
    """Return the report that a row of ``reports`` holds."""
    blocks = tuple(Block(kind=kind, start=start, end=end) for kind, start, end in json.loads(row["blocks"]))
    return Report(**{name: row[name] for name in _REPORT_TEXTS}, blocks=blocks)


def reading_row(reading: Reading, *, version: str, model: str) -> Row:
    """Return the row of ``readings`` for the reading of one report; its id names report, reader and content."""
    (report,) = reading.reports
    rest = {
        "origins": [json.loads(to_json(item)) for item in reading.origins],
        "not_understood": [json.loads(to_json(item)) for item in reading.not_understood],
    }
    digest = sha256(reading.to_json())
    return {
        "id": identify("rd", [report.id, version, model, digest]),
        "report": report.id,
        "version": version,
        "model": model,
        "sha256": digest,
        "rest": canonical(rest),
    }


def reading_of(report: Report, row: Mapping[str, Any], records: Mapping[str, list[str]]) -> Reading:
    """Return the reading that a row of ``readings`` and the records of its tables make.

    Args:
        report: what was read.
        row: of ``readings``.
        records: table → records as JSON, in the order of their positions.

    """
    rest = json.loads(row["rest"])
    return Reading(
        reports=(report,),
        statements=tuple(map(Statement.model_validate_json, records.get("statements", ()))),
        events=tuple(map(Event.model_validate_json, records.get("events", ()))),
        incidents=tuple(map(Incident.model_validate_json, records.get("incidents", ()))),
        claims=tuple(map(Claim.model_validate_json, records.get("claims", ()))),
        origins=tuple(map(Origin.model_validate, rest["origins"])),
        not_understood=tuple(map(NotUnderstood.model_validate, rest["not_understood"])),
    )


def statement_row(statement: Statement) -> Row:
    """Return the columns of ``statements``."""
    holder = statement.holder
    return {
        "id": statement.id,
        "record": to_json(statement),
        "holder": holder.name,
        "holder_kind": holder.kind,
        "holder_country": holder.country,
        "via": statement.via,
        "stance": statement.stance,
    }


def event_row(event: Event) -> Row:
    """Return the columns of ``events``."""
    names = ("id", "type", "mode", "status", "incident", "statement")
    return {name: getattr(event, name) for name in names} | {"record": to_json(event)}


def incident_row(incident: Incident) -> Row:
    """Return the columns of ``incidents``: the moment's two ends and the place's coordinates, where they are known."""
    when, where = incident.when, incident.where
    return {
        "id": incident.id,
        "record": to_json(incident),
        "kind": incident.kind,
        "title": incident.title,
        "background": int(incident.background),
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "place": where.name if where else None,
        "country": where.country if where else None,
        "admin1": where.admin1 if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
    }


def claim_row(claim: Claim) -> Row:
    """Return the columns of ``claims``."""
    return {
        "id": claim.id,
        "record": to_json(claim),
        "incident": claim.incident,
        "field": claim.field,
        "holder": claim.holder.name or claim.holder.words,
        "holder_kind": claim.holder.kind,
        "via": claim.via,
        "stance": claim.stance,
        **_of_value(claim.value),
    }


def _of_value(value: Any) -> Row:
    """Return name, numbers and moments of a value, as far as it has them."""
    row: Row = {"name": None, "low": None, "high": None, "earliest": None, "latest": None}
    match value:
        case Quantity():
            high = None if value.high is None else float(value.high)
            return row | {"low": float(value.low), "high": high}
        case Moment():
            return row | {"earliest": value.earliest, "latest": value.latest}
        case Actor() | Place():
            return row | {"name": value.name}
    names = ("name", "class_", "kind", "status", "extent")
    found = next((text for name in names if isinstance(text := getattr(value, name, None), str)), None)
    return row | {"name": found}


def judgement_row(judgement: Judgement) -> Row:
    """Return the columns of ``judgements``."""
    names = ("id", "decision", "who", "why", "value")
    return {name: getattr(judgement, name) for name in names} | {
        "at": judgement.when,
        "about": canonical(list(judgement.about)),
    }


def judgement_of(row: Mapping[str, Any]) -> Judgement:
    """Return the judgement that a row of ``judgements`` holds."""
    names = ("id", "decision", "who", "why", "value")
    return Judgement(**{name: row[name] for name in names}, when=row["at"], about=tuple(json.loads(row["about"])))
