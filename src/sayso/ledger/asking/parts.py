"""A ledger in parts of some hundred incidents, as rows and records in plain JSON: what large exports are made of.

``gather`` makes the whole view of an incident. Here nothing is judged anew: what lists show comes from the summaries,
records are handed on as they are stored, and memory does not grow with the number of incidents.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.asking.gathering import AT_ONCE, members, origins_among
from sayso.ledger.asking.history import facts_of
from sayso.ledger.asking.reviews import correct, reviews_of
from sayso.ledger.asking.standing import Standing, standing
from sayso.linking.origins import OriginFeatures
from sayso.records import Claim

Data = dict[str, Any]


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


def parts(connection: sa.Connection, ids: Sequence[str], as_of: int | None = None) -> Iterator[Part]:
    """Yield incidents with all that belongs to them, some hundred at once, in the order of ``ids``.

    Args:
        connection: a snapshot of the ledger.
        ids: incidents in use after entry ``as_of``.
        as_of: number of an entry of the log; None for now.

    """
    with standing(connection, as_of) as tables:
        for at in range(0, len(ids), AT_ONCE):
            yield _part(connection, ids[at : at + AT_ONCE], tables, as_of)


def summaries(connection: sa.Connection, ids: Sequence[str], as_of: int | None = None) -> Iterator[Data]:
    """Yield the row of ``summaries`` of each incident, in the order of ``ids``; see :func:`parts`."""
    with standing(connection, as_of) as tables:
        for at in range(0, len(ids), AT_ONCE):
            yield from _summaries(connection, ids[at : at + AT_ONCE], tables).values()


def _summaries(connection: sa.Connection, ids: Sequence[str], tables: Standing) -> dict[str, Data]:
    table = tables.summaries
    rows = connection.execute(sa.select(table).where(table.c.within.in_(ids))).mappings()
    found = {row["within"]: dict(row) for row in rows}
    return {number: found[number] for number in ids if number in found}


def _part(connection: sa.Connection, ids: Sequence[str], tables: Standing, as_of: int | None) -> Part:
    within, readings = members(connection, ids, as_of)
    by_id = _summaries(connection, ids, tables)
    told = _told(connection, within, readings)
    return Part(
        summaries=tuple(by_id.values()),
        claims=_claims(connection, within, readings, as_of),
        reports=facts_of(connection, {report for reports in told.values() for report in reports}, text=True),
        statements=tuple(_statements(connection, readings)),
        origins=_origins(connection, told, by_id),
    )


def _told(connection: sa.Connection, within: Mapping[str, str], readings: Sequence[str]) -> dict[str, set[str]]:
    """Return incident → the reports that tell of it."""
    table = schema.accounts
    query = sa.select(table.c.incident, table.c.report).where(table.c.reading.in_(readings))
    found: dict[str, set[str]] = {number: set() for number in within.values()}
    for row in connection.execute(query):
        if row.incident in within:
            found[within[row.incident]].add(row.report)
    return found


def _claims(
    connection: sa.Connection, within: Mapping[str, str], readings: Sequence[str], as_of: int | None
) -> dict[str, list[Data]]:
    table = schema.claims
    query = (
        sa.select(table.c.id, table.c.incident, table.c.record)
        .where(table.c.reading.in_(readings))
        .order_by(table.c.reading, table.c.position)
    )
    rows = [row for row in connection.execute(query) if row.incident in within]
    reviews = reviews_of(connection, [row.id for row in rows], as_of)
    found: dict[str, list[Data]] = {number: [] for number in within.values()}
    for row in rows:
        review = reviews.get(row.id)
        if review is not None and review.verdict == "reject":
            continue
        record = row.record
        if review is not None:
            record = correct(Claim.model_validate_json(record), review).model_dump_json(by_alias=True)
        number = within[row.incident]
        found[number].append({**json.loads(record), "incident": number})
    return found


def _statements(connection: sa.Connection, readings: Sequence[str]) -> Iterator[Data]:
    table = schema.statements
    query = sa.select(table.c.record).where(table.c.reading.in_(readings)).order_by(table.c.reading, table.c.position)
    return (json.loads(record) for record in connection.execute(query).scalars())


def _origins(
    connection: sa.Connection, told: Mapping[str, set[str]], summaries: Mapping[str, Data]
) -> dict[str, list[Data]]:
    """Return incident → origins of its reports; where each report is its own, they are not compared again."""
    alone = {number for number, row in summaries.items() if row["origins"] == row["reports"]}
    traces = _traces(connection, {report for number in alone for report in told[number]}, checked=False)
    traces |= _traces(connection, {report for number in summaries.keys() - alone for report in told[number]})
    return {
        number: [
            origin.model_dump(mode="json")
            for origin in origins_among(
                {report: traces[report] for report in sorted(told[number]) if report in traces}, alone=number in alone
            )
        ]
        for number in summaries
    }


def _traces(connection: sa.Connection, reports: Collection[str], *, checked: bool = True) -> dict[str, OriginFeatures]:
    """Return report → what tells copies of it; not ``checked``: only its names are to be used."""
    table = schema.traces
    query = sa.select(table.c.report, table.c.features).where(table.c.report.in_(sorted(reports)))
    rows = connection.execute(query) if reports else ()
    if checked:
        return {row.report: OriginFeatures.model_validate_json(row.features) for row in rows}
    return {row.report: OriginFeatures.model_construct(**json.loads(row.features)) for row in rows}
