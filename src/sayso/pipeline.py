"""The whole way from reports to a reading, as a list one can read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.intake.hidden import hidden_in
from sayso.language.analysis import Analysis
from sayso.language.engine import analyse
from sayso.reading.account import read_account
from sayso.reading.attribution.attributions import finder
from sayso.reading.gate import HELD_BACK, may_tell
from sayso.reading.statements.statements import find_statements
from sayso.records import NotUnderstood, Origin, Reading, Report
from sayso.vocab.gazetteer import Gazetteer

READ = frozenset({"en", None})
"""Languages of reports that are read; None: the text is too short to tell."""
READ_AT_MOST = 300_000
"""Code points of one report that are read: a book of 50,000 words. What lies beyond is reported as not understood."""


def read(reports: Iterable[Report]) -> Reading:
    """Read reports, each on its own: analyse → statements → events, incidents, claims, findings.

    Windows of many reports share the model's batches, where a model is installed; what is read of a report does not
    depend on those beside it.

    Args:
        reports: texts with their blocks; two with one id are read once.

    Returns:
        One reading, in the order of the reports. A report without an incident gives statements and events, no claims.

    """
    return together(read_each({report.id: report for report in reports}.values()))


def together(given: Iterable[Reading]) -> Reading:
    """Return readings of single reports as one, in their order."""
    readings = list(given)
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
    return next(read_each([report]))


def read_each(reports: Iterable[Report], *, gate: bool = False) -> Iterator[Reading]:
    """Yield the reading of each report, in order.

    Args:
        reports: texts with their blocks.
        gate: do not read those none of whose words can tell of an incident (``reading/gate.py``).

    """
    given = list(reports)
    reasons = [_unread_for(report, gate=gate) for report in given]
    readable = (_readable(report) for report, reason in zip(given, reasons, strict=True) if reason is None)
    analyses = iter(analyse(readable, rules_only=finder() == "rules"))
    for report, reason in zip(given, reasons, strict=True):
        yield _reading(report, next(analyses)) if reason is None else _unread(report, reason)


def read_through_gate(reports: Iterable[Report]) -> Iterator[Reading]:
    """Yield the reading of each report, in order; those that the gate holds back are not read."""
    return read_each(reports, gate=True)


def _unread_for(report: Report, *, gate: bool) -> str | None:
    """Return why a report is not read; None for one that is."""
    if report.language not in READ:
        return f"in a language that is not read ({report.language}): only English is"
    return HELD_BACK if gate and not may_tell(report.text[:READ_AT_MOST]) else None


def _unread(report: Report, reason: str) -> Reading:
    """Return the reading of a report that is not read: it is kept and marked, never misread."""
    whole = NotUnderstood(span=report.span(0, len(report.text)), reason=reason)
    return Reading(reports=(report,), origins=(_alone(report),), not_understood=(whole, *_hidden(report)))


def _alone(report: Report) -> Origin:
    return Origin(
        reports=(report.id,), name=report.publisher, reason="read on its own: not compared with other reports"
    )


def _hidden(report: Report) -> Iterator[NotUnderstood]:
    """Mark characters that show something else than they say (GUARANTEES G16)."""
    for each in hidden_in(report.text):
        yield NotUnderstood(span=report.span(each.start, each.end), reason=each.says)


def _reading(report: Report, analysis: Analysis) -> Reading:
    """Read one report from the analysis of the part that is read."""
    world = Gazetteer.default()
    statements = find_statements(analysis, world)
    account = read_account(analysis, statements, world)
    missing = sorted(
        (
            *account.not_understood,
            *statements.not_understood,
            *_beyond(report, analysis.report),
            *_hidden(report),
        ),
        key=lambda item: (item.span.start, item.span.end),
    )
    return Reading(
        reports=(report,),
        statements=statements.records,
        events=account.events,
        incidents=account.incidents,
        claims=account.claims,
        origins=(_alone(report),),
        not_understood=tuple(missing),
    )


def _readable(report: Report) -> Report:
    """Return the report, or its beginning where it is longer than is read; spans are the same in both."""
    if len(report.text) <= READ_AT_MOST:
        return report
    cut = report.text.rfind("\n", 0, READ_AT_MOST) + 1 or READ_AT_MOST
    blocks = (block for block in report.blocks if block.start < cut)
    short = tuple(block.model_copy(update={"end": min(block.end, cut)}) for block in blocks)
    return report.model_copy(update={"text": report.text[:cut], "blocks": short})


def _beyond(report: Report, part: Report) -> tuple[NotUnderstood, ...]:
    if part is report:
        return ()
    span = report.span(len(part.text), len(report.text))
    return (NotUnderstood(span=span, reason=f"only the first {len(part.text):,} characters of a report are read"),)
