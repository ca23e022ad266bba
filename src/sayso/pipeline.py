"""The whole way from reports to a reading, as a list one can read aloud."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.language.rules import analyse_by_rule
from sayso.reading.account import read_account
from sayso.reading.statements import find_statements
from sayso.records import Origin, Reading, Report
from sayso.vocab.gazetteer import Gazetteer


def read(reports: Iterable[Report]) -> Reading:
    """Read reports one by one, each on its own: analyse → statements → events, incidents, claims, findings.

    Args:
        reports: texts with their blocks; two with one id are read once.

    Returns:
        One reading, in the order of the reports. A report without an incident gives statements and events, no claims.

    """
    readings = [read_one(report) for report in {report.id: report for report in reports}.values()]
    return Reading(
        reports=tuple(report for reading in readings for report in reading.reports),
        statements=tuple(item for reading in readings for item in reading.statements),
        events=tuple(item for reading in readings for item in reading.events),
        incidents=tuple(item for reading in readings for item in reading.incidents),
        claims=tuple(item for reading in readings for item in reading.claims),
        origins=tuple(item for reading in readings for item in reading.origins),
        not_understood=tuple(item for reading in readings for item in reading.not_understood),
    )


def read_one(report: Report) -> Reading:
    """Read one report."""
    world = Gazetteer.default()
    analysis = analyse_by_rule(report)
    statements = find_statements(analysis, world)
    account = read_account(analysis, statements, world)
    missing = sorted((*account.not_understood, *statements.not_understood), key=lambda item: item.span.start)
    origin = Origin(
        reports=(report.id,), name=report.publisher, reason="read on its own: not compared with other reports"
    )
    return Reading(
        reports=(report,),
        statements=statements.records,
        events=account.events,
        incidents=account.incidents,
        claims=account.claims,
        origins=(origin,),
        not_understood=tuple(missing),
    )
