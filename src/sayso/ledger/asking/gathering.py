"""From an incident's id to all that was said of it: accounts, claims as judged, origins, and the view of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.asking.reviews import Review, correct, reviews_of
from sayso.linking.origins import OriginFeatures, candidate_keys, group, same_origin
from sayso.linking.overview import Overview, overview
from sayso.linking.scene import Told
from sayso.records import Claim, Incident, Origin

AT_ONCE: Final = 500  # incidents in one query
ALL_PAIRS: Final = 30  # reports of one incident that are all compared with each other for their origins
_NOW: Final = (
    sa.select(schema.clusters.c.incident, schema.clusters.c.within, schema.accounts.c.reading)
    .join(schema.accounts, schema.accounts.c.number == schema.clusters.c.account)
    .where(schema.clusters.c.within.in_(sa.bindparam("these", expanding=True)))
)


def _records(table: sa.Table, column: sa.Column[str]) -> sa.Select[Any]:
    """Return a query for the records of readings: their key leads to them, however many others name an incident."""
    query = sa.select(column, table.c.record).where(table.c.reading.in_(sa.bindparam("readings", expanding=True)))
    return query.order_by(table.c.reading, table.c.position)


_INCIDENTS: Final = _records(schema.incidents, schema.incidents.c.id)
_CLAIMS: Final = _records(schema.claims, schema.claims.c.incident)


@dataclass(frozen=True)
class Gathered:
    """One incident of the ledger.

    Attributes:
        overview: the incident with its accounts, claims and findings. Rejected claims are left out, corrected ones
            carry the corrected value.
        origins: groups of its reports, each with the reason.
        reviews: id of a claim → what people decided about it.
        rejected: claims that a person rejected.

    """

    overview: Overview
    origins: tuple[Origin, ...]
    reviews: Mapping[str, Review]
    rejected: tuple[Claim, ...]


def gather(connection: sa.Connection, incidents: Collection[str], as_of: int | None = None) -> Iterator[Gathered]:
    """Yield the incidents with these ids of the ledger, sorted by id; an id that is not in use yields nothing.

    Args:
        connection: a snapshot of the ledger.
        incidents: ids in use after entry ``as_of``.
        as_of: number of an entry of the log; None for now.

    """
    wanted = sorted(incidents)
    for at in range(0, len(wanted), AT_ONCE):
        yield from _gather(connection, wanted[at : at + AT_ONCE], as_of)


def _gather(connection: sa.Connection, wanted: Sequence[str], as_of: int | None) -> Iterator[Gathered]:
    within, read_in = members(connection, wanted, as_of)
    accounts = _accounts(connection, within, read_in)
    claims = _claims(connection, within, read_in)
    reports = _reports(connection, {report for rows in accounts.values() for row in rows for report in row.reports})
    traces = _traces(connection, reports)
    reviews = reviews_of(connection, [claim.id for rows in claims.values() for claim in rows], as_of)
    for number in wanted:
        if number in accounts:
            of = sorted({report for row in accounts[number] for report in row.reports})
            origins = origins_among({report: traces[report] for report in of if report in traces})
            yield _gathered(number, accounts[number], claims[number], _told(of, reports, origins), origins, reviews)


def _gathered(
    number: str,
    accounts: Sequence[Incident],
    claims: Sequence[Claim],
    told: Mapping[str, Told],
    origins: tuple[Origin, ...],
    reviews: Mapping[str, Review],
) -> Gathered:
    own = {claim.id: reviews[claim.id] for claim in claims if claim.id in reviews}
    rejected = [claim for claim in claims if claim.id in own and own[claim.id].verdict == "reject"]
    kept = [correct(claim, own.get(claim.id)) for claim in claims if claim not in rejected]
    return Gathered(overview(number, accounts, kept, told), origins, own, tuple(rejected))


def members(connection: sa.Connection, wanted: Sequence[str], as_of: int | None) -> tuple[dict[str, str], list[str]]:
    """Return id of an incident of a reading → incident of the ledger, and the readings that these are of."""
    rows = connection.execute(_NOW, {"these": wanted}) if as_of is None else _then(connection, wanted, as_of)
    found: Sequence[Any] = rows.all()
    return {incident: number for incident, number, _ in found}, sorted({reading for _, _, reading in found})


def _then(connection: sa.Connection, wanted: Sequence[str], as_of: int) -> sa.CursorResult[Any]:
    """Return what :data:`_NOW` has, after an entry of the log; only rows of these incidents are looked at."""
    where, later = schema.memberships, schema.memberships.alias()
    readings, newer, accounts = schema.readings, schema.readings.alias(), schema.accounts
    last = sa.select(sa.func.max(later.c.seq)).where((later.c.incident == where.c.incident) & (later.c.seq <= as_of))
    newest = sa.select(sa.func.max(newer.c.seq)).where((newer.c.report == readings.c.report) & (newer.c.seq <= as_of))
    query = (
        sa.select(where.c.incident, where.c.within, accounts.c.reading)
        .join(accounts, accounts.c.incident == where.c.incident)
        .join(readings, readings.c.id == accounts.c.reading)
        .where(where.c.within.in_(wanted) & (where.c.seq == last.scalar_subquery()))
        .where(readings.c.seq == newest.scalar_subquery())
    )
    return connection.execute(query)


def _accounts(
    connection: sa.Connection, within: Mapping[str, str], readings: Sequence[str]
) -> dict[str, list[Incident]]:
    found = defaultdict(list)
    for row in connection.execute(_INCIDENTS, {"readings": readings}):
        if row.id in within:
            found[within[row.id]].append(Incident.model_validate_json(row.record))
    return found


def _claims(connection: sa.Connection, within: Mapping[str, str], readings: Sequence[str]) -> dict[str, list[Claim]]:
    found = defaultdict(list)
    for row in connection.execute(_CLAIMS, {"readings": readings}):
        if row.incident in within:
            found[within[row.incident]].append(Claim.model_validate_json(row.record))
    return found


def _reports(connection: sa.Connection, reports: Collection[str]) -> dict[str, Mapping[str, Any]]:
    table = schema.reports
    columns = (table.c.id, table.c.published, table.c.publisher, table.c.blocks)
    rows = connection.execute(sa.select(*columns).where(table.c.id.in_(sorted(reports)))).mappings()
    return {row["id"]: dict(row) for row in rows}


def _traces(connection: sa.Connection, reports: Collection[str]) -> dict[str, OriginFeatures]:
    table = schema.traces
    rows = connection.execute(sa.select(table.c.report, table.c.features).where(table.c.report.in_(sorted(reports))))
    return {row.report: OriginFeatures.model_validate_json(row.features) for row in rows}


def origins_among(rows: Mapping[str, OriginFeatures], *, alone: bool = False) -> tuple[Origin, ...]:
    """Return the origins of the reports of one incident, with reasons; ``alone``: it is known that none are shared."""
    reasons = {}
    for a, b in () if alone else _worth_comparing(rows):
        if reason := same_origin(rows[a], rows[b], one_incident=True):
            reasons[a, b] = reason
    return group(rows, reasons)


def _worth_comparing(rows: Mapping[str, OriginFeatures]) -> list[tuple[str, str]]:
    """Return all pairs of few reports; of many, those that share a key."""
    if len(rows) <= ALL_PAIRS:
        return list(combinations(sorted(rows), 2))
    filed = defaultdict(list)
    for report in sorted(rows):
        for key in candidate_keys(rows[report]):
            filed[key].append(report)
    return sorted({pair for reports in filed.values() for pair in combinations(reports[: 2 * ALL_PAIRS], 2)})


def _told(of: Iterable[str], reports: Mapping[str, Mapping[str, Any]], origins: Iterable[Origin]) -> dict[str, Told]:
    origin = {report: one.id for one in origins for report in one.reports}
    told = {}
    for number in of:
        row = reports[number]
        heads = tuple((start, end) for kind, start, end in json.loads(row["blocks"]) if kind == "headline")
        told[number] = Told(origin.get(number, number), row["published"] or "", row["publisher"], heads)
    return told
