"""One holder or outlet: what it said last, whom it quotes or is heard through, the grades it was given."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal

import sqlalchemy as sa

from sayso.ledger import rows, schema
from sayso.ledger.asking.voices import Voice, voices
from sayso.records import Claim, Judgement

LATEST: Final = 300
"""Claims or reports of a voice that are looked at, the latest: whom it quotes does not change with each day."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A claim of a voice, with where it stands."""

    claim: Claim
    within: str
    title: str
    report: str
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade that a person gave, and when it was taken back."""

    judgement: Judgement
    grade: str
    retracted: str | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of one holder or outlet.

    Attributes:
        voice: how often heard, first, revised, contradicted; None where it is not heard at all.
        said: its latest claims.
        others: of an outlet, the holders it quotes; of a holder, the outlets it is heard through; with how often.
        grades: all that were ever given, the newest first.

    """

    voice: Voice | None
    said: tuple[Utterance, ...]
    others: tuple[tuple[str, int], ...]
    grades: tuple[Grade, ...]


def heard(connection: sa.Connection, sort: Literal["holder", "outlet"], name: str, *, most: int = 30) -> Heard:
    """Return what is known of a holder or outlet.

    Args:
        connection: a snapshot of the ledger.
        sort: which of the two.
        name: its name, as lists show it.
        most: claims and names at most.

    """
    claims, reports = schema.claims, schema.reports
    own = _latest(sort, name).subquery()
    whom = reports.c.publisher if sort == "holder" else claims.c.holder
    others = _counted(connection, own, whom, holders=sort == "outlet")
    found = voices(connection, schema.voices, sort=sort, name=name)
    said = _said(connection, own, most)
    return Heard(found[0] if found else None, said, tuple(others[:most]), tuple(_grades(connection, name)))


def _latest(sort: str, name: str) -> sa.Select[Any]:
    """Return a query for reading and position of the latest claims of a voice."""
    claims, current, reports = schema.claims, schema.current_readings, schema.reports
    columns = (claims.c.reading, claims.c.position, claims.c.seq)
    query = sa.select(*columns).join(current, current.c.reading == claims.c.reading)
    if sort == "holder":
        return query.where(claims.c.holder == name).order_by(claims.c.seq.desc(), claims.c.position).limit(LATEST)
    latest = sa.select(reports.c.id).where(reports.c.publisher == name).order_by(reports.c.seq.desc()).limit(LATEST)
    return query.where(current.c.report.in_(latest)).order_by(claims.c.seq.desc(), claims.c.position)


def _counted(
    connection: sa.Connection, own: sa.Subquery, whom: sa.Column[Any], *, holders: bool
) -> list[tuple[str, int]]:
    claims, readings, reports = schema.claims, schema.readings, schema.reports
    number = sa.func.count().label("number")
    query = (
        sa.select(whom, number)
        .select_from(own)
        .join(claims, (claims.c.reading == own.c.reading) & (claims.c.position == own.c.position))
        .join(readings, readings.c.id == own.c.reading)
        .join(reports, reports.c.id == readings.c.report)
        .where(whom.is_not(None))
        .group_by(whom)
        .order_by(number.desc(), whom)
    )
    if holders:
        query = query.where(claims.c.holder_kind != "report")
    return [(str(row[0]), int(row[1])) for row in connection.execute(query)]


def _said(connection: sa.Connection, own: sa.Subquery, most: int) -> tuple[Utterance, ...]:
    claims, readings, reports = schema.claims, schema.readings, schema.reports
    clusters, summaries = schema.clusters, schema.summaries
    first = sa.select(own).order_by(own.c.seq.desc(), own.c.position).limit(most).subquery()
    query = (
        sa.select(
            claims.c.record,
            clusters.c.within,
            summaries.c.title,
            reports.c.id,
            reports.c.publisher,
            reports.c.published,
        )
        .select_from(first)
        .join(claims, (claims.c.reading == first.c.reading) & (claims.c.position == first.c.position))
        .join(readings, readings.c.id == first.c.reading)
        .join(reports, reports.c.id == readings.c.report)
        .join(clusters, clusters.c.incident == claims.c.incident)
        .join(summaries, summaries.c.within == clusters.c.within)
        .order_by(first.c.seq.desc(), first.c.position)
    )
    return tuple(Utterance(Claim.model_validate_json(row[0]), *row[1:]) for row in connection.execute(query))


def _grades(connection: sa.Connection, name: str) -> list[Grade]:
    """Return all grades of a name; a retraction that was itself retracted took nothing back."""
    given = [each for each in _about(connection, [name]) if each.decision == "grade" and each.value]
    back: dict[str, str] = {}
    retractions = [each for each in _about(connection, [each.id for each in given]) if each.decision == "retract"]
    undone = {about for each in _about(connection, [each.id for each in retractions]) for about in each.about}
    for each in retractions:
        if each.id not in undone:
            back |= dict.fromkeys(each.about, each.when)
    found = [Grade(each, (each.value or "").strip('"'), back.get(each.id)) for each in given]
    return found[::-1]


def _about(connection: sa.Connection, ids: list[str]) -> list[Judgement]:
    """Return the judgements about any of these ids, retracted ones too, in the order in which they were made."""
    table, subjects = schema.judgements, schema.subjects
    about = sa.select(subjects.c.judgement).where(subjects.c.about.in_(ids))
    query = sa.select(table).where(table.c.id.in_(about)).order_by(table.c.seq)
    return [rows.judgement_of(dict(row)) for row in connection.execute(query).mappings()]


def grades_of_all(connection: sa.Connection) -> dict[str, str]:
    """Return name → the newest grade that stands; there are few."""
    table = schema.judgements
    query = sa.select(table.c.about).where(table.c.decision == "grade")
    names = {name for about in connection.execute(query).scalars() for name in json.loads(about)}
    standing = {name: [each for each in _grades(connection, name) if not each.retracted] for name in sorted(names)}
    return {name: grades[0].grade for name, grades in standing.items() if grades}
