"""``sayso show``, ``why``, ``timeline``: one incident of the ledger, the reasons for what is shown, and how it came."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.completion import incident_ids
from sayso.cli.project import as_of_option, open_project, project_option, seq_of
from sayso.cli.rows import Column, form_options, put_rows
from sayso.cli.streams import colour, put, width

if TYPE_CHECKING:
    from rich.text import Text

    from sayso.ledger import Ledger
    from sayso.ledger.asking.gathering import Gathered
    from sayso.ledger.asking.telling import Ground, Tie
    from sayso.records import Claim, Report

NARROWEST: Final = 40


@click.command()
@click.argument("incident", metavar="ID", shell_complete=incident_ids, help="Incident; its first characters will do.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, in the shapes of `sayso read --json`.")
@as_of_option
@project_option
def show(incident: str, as_json: bool, as_of: str | None, project: str | None) -> int:
    """Show all that is said of an incident.

    Each value with its holder, how sure, and the words.

    An id may be shortened; the id of an incident that was merged into another one leads there.
    """
    from sayso.ledger.asking.questions import find_incident
    from sayso.showing.rows import reading_of

    with open_project(project) as ledger:
        seq = seq_of(ledger, as_of)
        gathered = find_incident(ledger, incident, as_of=seq)
        if as_json:
            put(reading_of(ledger, [gathered.overview.incident.id], seq).to_json() + "\n")
        else:
            reports = _reports(ledger, gathered)
            _print(_shown(gathered, reports))
    return 0


@click.command()
@click.argument("incident", metavar="ID[.FIELD]", shell_complete=incident_ids, help="Incident, or one of its fields.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@as_of_option
@project_option
def why(incident: str, as_json: bool, as_of: str | None, project: str | None) -> int:
    """Tell why an incident is shown as it is.

    For each finding: the value shown and the rule that chose it; each claim with its sentence, its holder, the report,
    its origin, and its id (for `sayso judge`). Without FIELD also why these reports are held to tell of one incident,
    and which of them count as one origin.
    """
    from sayso.errors import NotFoundError
    from sayso.ledger.asking.questions import find_incident
    from sayso.ledger.asking.telling import grounds, ties

    number, _, field = incident.partition(".")
    with open_project(project) as ledger:
        seq = seq_of(ledger, as_of)
        gathered = find_incident(ledger, number, as_of=seq)
        found = grounds(gathered, field or None)
        if not found and field:
            raise NotFoundError(f"nobody says anything on {field!r}", place=number, way_out=f"sayso show {number}")
        with ledger.snapshot() as connection:
            joined = [] if field else ties(connection, gathered, seq)
        reports = _reports(ledger, gathered)
        if as_json:
            put(json.dumps(_why_json(gathered, found, joined, reports), ensure_ascii=False, sort_keys=True) + "\n")
        else:
            _print(_why(gathered, found, joined, reports))
    return 0


@click.command()
@click.argument("incident", metavar="ID", shell_complete=incident_ids, help="Incident; its first characters will do.")
@click.option("--all", "repeated", is_flag=True, help="Also where a value is only said again.")
@form_options
@as_of_option
@project_option
def timeline(incident: str, repeated: bool, form: str | None, as_of: str | None, project: str | None) -> int:
    """List how each value of an incident changed.

    And who changed it, the earliest first: first, adds (another value that fits), revises (by the same holder),
    disputes; with --all also what was repeated; and what people judged.
    """
    from sayso.ledger.asking.questions import find_incident
    from sayso.ledger.asking.telling import timeline as steps
    from sayso.showing.rows import step_row

    with open_project(project) as ledger:
        gathered = find_incident(ledger, incident, as_of=seq_of(ledger, as_of))
        found = [step for step in steps(gathered) if repeated or step.change != "repeated"]
        rows = [step_row(step, gathered) for step in found]
    return put_rows(rows, _STEPS, form, schema="sayso.timeline/1", key="steps", nothing="nothing is said of it")


# -- show -------------------------------------------------------------------------------------------------------------


def _reports(ledger: Ledger, gathered: Gathered) -> dict[str, Report]:
    return {report: ledger.report(report) for report in gathered.overview.incident.reports}


def _print(lines: Iterable[Text]) -> None:
    from sayso.cli.view import printed

    put(printed(lines, width(), colour=colour()))


def _shown(gathered: Gathered, reports: dict[str, Report]) -> Iterator[Text]:
    from rich.text import Text

    from sayso.cli.view import LEGEND, incident_lines, paragraph
    from sayso.showing.rows import outlet_names

    cells = max(width(), NARROWEST)
    view = gathered.overview
    names = outlet_names(reports)
    yield Text(f" {view.incident.id}", style="dim")
    yield from incident_lines(view.incident, view.by_id, 1, cells, names)
    yield from _origin_lines(gathered, reports, cells)
    for claim in gathered.rejected:
        yield from paragraph(f"rejected: {_brief(claim)}", cells, style="dim")
    yield from paragraph(LEGEND, cells, indent=0, style="dim")
    yield from paragraph(f"sayso why {view.incident.id[:11]} tells the reasons", cells, indent=0, style="dim")


def _origin_lines(gathered: Gathered, reports: dict[str, Report], cells: int) -> Iterator[Text]:
    """Yield the reports, those of one origin together with the reason."""
    from rich.text import Text

    from sayso.cli.view import paragraph

    count, of = len(reports), len(gathered.origins)
    yield Text(f"  {count} report{'s' * (count != 1)}, {of} origin{'s' * (of != 1)}", style="bold")
    for origin in gathered.origins:
        for number in origin.reports:
            report = reports[number]
            head = f"{(report.published or 'no date')[:10]}  {report.publisher or '?'}  {report.title or ''}  {number}"
            yield from paragraph(head, cells)
        if len(origin.reports) > 1:
            yield from paragraph(f"one origin: {origin.reason}", cells, indent=6, style="italic")
    yield Text()


def _brief(claim: Claim) -> str:
    from sayso.showing.wording import describe, who

    return f"{claim.field.replace('_', ' ')} {describe(claim)}, {who(claim)}"


# -- why --------------------------------------------------------------------------------------------------------------


def _why(gathered: Gathered, found: list[Ground], joined: list[Tie], reports: dict[str, Report]) -> Iterator[Text]:
    from rich.text import Text

    from sayso.cli.view import paragraph

    cells = max(width(), NARROWEST)
    yield from paragraph(gathered.overview.incident.title, cells, indent=1, style="bold")
    yield Text()
    for ground in found:
        yield from _ground_lines(ground, gathered, reports, cells)
    if joined:
        yield Text("  Why these reports are held to tell of one incident", style="bold")
        yield from _tie_lines(joined, reports, cells)
    if len(reports) > 1:
        yield from _origin_lines(gathered, reports, cells)


def _ground_lines(ground: Ground, gathered: Gathered, reports: dict[str, Report], cells: int) -> Iterator[Text]:
    from rich.text import Text

    from sayso.cli.view import paragraph
    from sayso.showing.labels import LABELS
    from sayso.showing.rows import group_of, is_shown, outlet_names, sentence
    from sayso.showing.wording import describe, how_sure, who

    finding = ground.judged.finding
    of = group_of(ground.judged.group)
    shown = next(claim for claim in ground.claims if is_shown(claim, ground))
    head = f"{LABELS[finding.field]}{f' of {of}' if of else ''}: {describe(shown)}"
    yield from paragraph(
        f"{head} ({finding.status}; shown because {ground.display.rule})", cells, indent=2, style="bold"
    )
    names = outlet_names(reports)
    for claim in ground.claims:
        sure = how_sure(claim)
        state = ground.reviews[claim.id].state if claim.id in ground.reviews else ""
        parts = [describe(claim), who(claim), sure, names[claim.evidence.report], state, claim.id[:11]]
        yield from paragraph(" · ".join(part for part in parts if part), cells, indent=4)
        yield from paragraph(sentence(reports[claim.evidence.report], claim.evidence), cells, indent=8, style="dim")
    for conflict in ground.judged.conflicts:
        one, other = gathered.overview.by_id[conflict.one], gathered.overview.by_id[conflict.other]
        yield from paragraph(
            f"≠ {describe(one)} ({who(one)}) and {describe(other)} ({who(other)}): {conflict.cause}", cells, indent=4
        )
    for revision in ground.judged.revisions:
        one, other = gathered.overview.by_id[revision.old], gathered.overview.by_id[revision.new]
        yield from paragraph(f"→ {revision.holder} replaced {describe(one)} by {describe(other)}", cells, indent=4)
    yield Text()


def _tie_lines(joined: list[Tie], reports: dict[str, Report], cells: int) -> Iterator[Text]:
    from rich.text import Text

    from sayso.cli.view import paragraph
    from sayso.showing.rows import outlet_names

    names = outlet_names(reports)
    for tie in joined:
        pair = f"{names.get(tie.one, tie.one)} and {names.get(tie.other, tie.other)}"
        yield from paragraph(f"{100 * tie.score:.0f} %  {pair}", cells)
        yield from paragraph("; ".join(str(reason["sentence"]) for reason in tie.reasons), cells, indent=8, style="dim")
    yield Text()


def _why_json(gathered: Gathered, found: list[Ground], joined: list[Tie], reports: dict[str, Report]) -> dict[str, Any]:
    from sayso.showing.rows import ground_row

    return {
        "schema": "sayso.why/1",
        "incident": gathered.overview.incident.id,
        "findings": [ground_row(ground, reports) for ground in found],
        "ties": [{"reports": [tie.one, tie.other], "score": tie.score, "reasons": list(tie.reasons)} for tie in joined],
        "origins": [origin.model_dump(mode="json") for origin in gathered.origins],
    }


_STEPS: Final = (
    Column("when", lambda row: (row["at"] or "no date")[:16].replace("T", " "), 10),
    Column("field", lambda row: row["field"].replace("_", " ") + (f" of {row['of']}" if row["of"] else ""), 8, True),
    Column("value", lambda row: row["value"], 12, True),
    Column("change", lambda row: row["change"], 8),
    Column("by", lambda row: row["by"] + (f": {row['why']}" if row["why"] else ""), 12, True),
    Column("outlet", lambda row: row["outlet"] or "", 8, True),
)
