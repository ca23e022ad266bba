"""A ledger in parts of some hundred incidents, as rows and records in plain JSON: what large exports are made of.

``gather`` makes the whole view of an incident. Here nothing is judged anew: what lists show comes from the summaries,
records are handed on as they are stored, and memory does not grow with the number of incidents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from pydantic_core import from_json

from sayso.ledger import schema
from sayso.ledger.asking.gathering import gather, members, origins_among
from sayso.ledger.asking.history import facts_of
from sayso.ledger.asking.reviews import correct, reviews_of
from sayso.ledger.summaries import OUTDATED, summary
from sayso.linking.origins import OriginFeatures
from sayso.records import Claim

AT_ONCE: Final = 200
"""Incidents of a part: some thousand claims, a dozen megabytes."""

Data = dict[str, Any]

_THESE: Final[sa.BindParameter[str]] = sa.bindparam("these", expanding=True)
_SUMMARIES: Final = sa.select(schema.summaries).where(
    schema.summaries.c.within.in_(_THESE) & (schema.summaries.c.kind != OUTDATED)
)
_TOLD: Final = sa.select(schema.accounts.c.incident, schema.accounts.c.report).where(
    schema.accounts.c.reading.in_(_THESE)
)
_CLAIMS: Final = (
    sa.select(schema.claims.c.id, schema.claims.c.incident, schema.claims.c.record)
    .where(schema.claims.c.reading.in_(_THESE))
    .order_by(schema.claims.c.reading, schema.claims.c.position)
)
_STATEMENTS: Final = (
    sa.select(schema.statements.c.record)
    .where(schema.statements.c.reading.in_(_THESE))
    .order_by(schema.statements.c.reading, schema.statements.c.position)
)
_TRACES: Final = sa.select(schema.traces.c.report, schema.traces.c.features).where(schema.traces.c.report.in_(_THESE))


@dataclass(frozen=True, slots=True)
class Part:
    """Some incidents and what belongs to them.

    Attributes:
        summaries: rows of ``summaries``, in the order asked for.
        claims: id of the incident → its claims as JSON; they name the ledger's incident, rejected ones are left out,
            corrected ones carry the corrected value.
        reports: id → row of ``reports``, with ``added``; all reports that tell of these incidents.
        statements: those of these reports, as JSON.
        origins: id of the incident → its origins as JSON.

    """

    summaries: tuple[Data, ...]
    claims: Mapping[str, list[Data]]
    reports: Mapping[str, Mapping[str, Any]]
    statements: tuple[Data, ...]
    origins: Mapping[str, list[Data]]


def part(connection: sa.Connection, ids: Sequence[str], as_of: int | None = None) -> Part:
    """Return some hundred incidents with all that belongs to them.

    Args:
        connection: a snapshot of the ledger.
        ids: incidents in use after entry ``as_of``.
        as_of: number of an entry of the log; None for now.

    """
    within, readings = members(connection, ids, as_of)
    by_id = summaries(connection, ids, as_of)
    told = _told(connection, within, readings)
    return Part(
        summaries=tuple(by_id.values()),
        claims=_claims(connection, within, readings, as_of),
        reports=facts_of(connection, {report for reports in told.values() for report in reports}, text=True),
        statements=tuple(from_json(record) for (record,) in connection.execute(_STATEMENTS, {"these": readings}).all()),
        origins=_origins(connection, told, by_id),
    )


def summaries(connection: sa.Connection, ids: Sequence[str], as_of: int | None = None) -> dict[str, Data]:
    """Return id → row of ``summaries``, in the order of ``ids``; see :func:`part`.

    Rows of an earlier time, and those that a writer at work has not made anew yet, are made for the occasion.
    """
    rows = connection.execute(_SUMMARIES, {"these": ids}).mappings() if as_of is None else ()
    found = {row["within"]: dict(row) for row in rows}
    made = (summary(each) for each in gather(connection, [number for number in ids if number not in found], as_of))
    found |= {row["within"]: row for row in made}
    return {number: found[number] for number in ids if number in found}


def _told(connection: sa.Connection, within: Mapping[str, str], readings: Sequence[str]) -> dict[str, set[str]]:
    """Return incident → the reports that tell of it."""
    found: dict[str, set[str]] = {number: set() for number in within.values()}
    for incident, report in connection.execute(_TOLD, {"these": readings}).all():
        if incident in within:
            found[within[incident]].add(report)
    return found


def _claims(
    connection: sa.Connection, within: Mapping[str, str], readings: Sequence[str], as_of: int | None
) -> dict[str, list[Data]]:
    stored = connection.execute(_CLAIMS, {"these": readings}).all()
    rows = [row for row in stored if row[1] in within]
    reviews = reviews_of(connection, [number for number, _, _ in rows], as_of)
    found: dict[str, list[Data]] = {number: [] for number in within.values()}
    for claim, incident, record in rows:
        review = reviews.get(claim)
        if review is None:
            data = from_json(record)
        elif review.verdict == "reject":
            continue
        else:
            data = from_json(correct(Claim.model_validate_json(record), review).model_dump_json(by_alias=True))
        data["incident"] = within[incident]
        found[data["incident"]].append(data)
    return found


def _origins(
    connection: sa.Connection, told: Mapping[str, set[str]], by_id: Mapping[str, Data]
) -> dict[str, list[Data]]:
    """Return incident → origins of its reports; where each report is its own, they are not compared again."""
    alone = {number for number, row in by_id.items() if row["origins"] == row["reports"]}
    traces = _traces(connection, {report for number in by_id for report in told[number]})
    return {
        number: [
            origin.model_dump(mode="json")
            for origin in origins_among(
                {report: traces[report] for report in sorted(told[number]) if report in traces}, alone=number in alone
            )
        ]
        for number in by_id
    }


def _traces(connection: sa.Connection, reports: Collection[str]) -> dict[str, OriginFeatures]:
    """Return report → what tells copies of it, as it was stored: nothing checks it again."""
    rows = connection.execute(_TRACES, {"these": sorted(reports)}).all() if reports else ()
    return {report: OriginFeatures.model_construct(**from_json(features)) for report, features in rows}
