"""``sayso proposals``: what the optional language model proposes, for a person to judge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.judge import login
from sayso.cli.lists import List, list_options, put_list
from sayso.cli.project import open_project, project_option
from sayso.cli.read import SOME_FAILED
from sayso.cli.sourcing import OFFLINE
from sayso.cli.streams import put, say
from sayso.errors import InputError, RefusedError, UsageError

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.proposing.asking import Asker
    from sayso.proposing.keeping import Kept, Verdict

LIST: Final = List(
    schema="sayso.proposals/1",
    key="proposals",
    columns={
        "id": "of the proposal",
        "report": "id of the report",
        "field": "what it is about",
        "value": "in words",
        "holder": "who says so",
        "sure": "stance and certainty, as worded",
        "words": "of the report, that make the claim",
        "start": "first code point of these words",
        "end": "one past the last",
        "verdict": "accept, reject or open",
        "ours": "whether our own reading says the same of the same words",
        "method": "model, where it runs, digest of its instructions",
        "at": "when it was proposed, UTC",
    },
    shown=("proposal", "field", "value", "holder", "words", "ours", "verdict"),
    wide="words",
    nothing="nothing is proposed: `sayso proposals ask REPORT`",
)


@click.group()
def proposals() -> None:
    """Let a language model propose claims, and judge them.

    Off until sayso.toml names an endpoint ([llm], see docs/language-model.md). What it proposes is listed here and
    nowhere else; it is no claim of the ledger. Each proposal's words stand in the report, character for character.
    """


@proposals.command()
@click.argument("reports", metavar="REPORT...", nargs=-1, help="Ids of reports.")
@click.option("--missing", is_flag=True, help="All reports that were not asked about by this model yet.")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True, help="With --missing.")
@click.option("--offline", is_flag=True, envvar=OFFLINE, help="Ask nobody: refused (exit code 6).")
@click.option("--dry-run", is_flag=True, help="Ask, and print what would be kept; keep nothing.")
@project_option
def ask(reports: tuple[str, ...], missing: bool, limit: int, offline: bool, dry_run: bool, project: str | None) -> int:
    """Send reports to the language model, and keep what it proposes.

    The text of each REPORT (its id) leaves this computer, unless the model runs here. Exit code 3: one could not be
    asked about.
    """
    from sayso.proposing.asking import Asker
    from sayso.proposing.keeping import without

    if bool(reports) == missing:
        raise UsageError("name reports, or --missing", way_out="sayso reports lists them")
    with open_project(project, writing=not dry_run) as ledger, Asker(ledger.project, offline=offline) as asker:
        chosen = without(ledger, asker.method)[:limit] if missing else list(dict.fromkeys(reports))
        failed = sum(_failed(ledger, asker, each, dry_run=dry_run) for each in chosen)
    return SOME_FAILED if failed else 0


@proposals.command(name="list")
@click.option("--report", metavar="ID", help="Only of this report.")
@click.option("--open", "still_open", is_flag=True, help="Only what nobody has judged.")
@list_options
@project_option
def list_(report: str | None, still_open: bool, project: str | None, **forms: bool) -> int:
    """List what is proposed, in the order of the texts. Exit code 4: nothing."""
    from sayso.proposing.keeping import kept

    with open_project(project) as ledger:
        found = [each for each in kept(ledger, report=report) if not still_open or each.verdict == "open"]
        return put_list([_row(each) for each in found], LIST, **forms)


@proposals.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, help="Ids of proposals.")
@click.option("--who", envvar="SAYSO_WHO", metavar="NAME", help="Who judges (SAYSO_WHO; else the user's login).")
@click.option("--why", metavar="WORDS", default="", help="Why; a sentence others will read.")
@project_option
def accept(ids: tuple[str, ...], who: str | None, why: str, project: str | None) -> int:
    """Judge that proposals were read rightly. The log keeps it; they stay proposals of the model, marked so."""
    return _judge(ids, "accept", who, why, project)


@proposals.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, help="Ids of proposals.")
@click.option("--who", envvar="SAYSO_WHO", metavar="NAME", help="Who judges (SAYSO_WHO; else the user's login).")
@click.option("--why", metavar="WORDS", default="", help="Why; a sentence others will read.")
@project_option
def reject(ids: tuple[str, ...], who: str | None, why: str, project: str | None) -> int:
    """Judge that proposals were read wrongly."""
    return _judge(ids, "reject", who, why, project)


def _judge(ids: tuple[str, ...], verdict: Verdict, who: str | None, why: str, project: str | None) -> int:
    from sayso.proposing.keeping import judge

    with open_project(project, writing=True) as ledger:
        for each in dict.fromkeys(ids):
            made = judge(ledger, each, verdict, who=who or login(), why=why)
            put(f"{made.id}  {verdict}  {made.about[0]}\n")
    return 0


def _failed(ledger: Ledger, asker: Asker, number: str, *, dry_run: bool) -> bool:
    """Ask about one report, keep and tell what came; return whether it could not be asked."""
    from sayso.proposing.claims import proposals as proposed_in
    from sayso.proposing.keeping import Kept, keep

    try:
        report = ledger.report(number)
    except KeyError:
        say(f"{number}: no such report (sayso reports lists them)")
        return True
    try:
        asked = asker.ask(report)
    except RefusedError:
        raise
    except InputError as error:
        say(f"{number}: {error}")
        return True
    found, refused = proposed_in(report, asked.text, asked.method)
    new = len(found) if dry_run else keep(ledger, number, asked.method, found, len(refused))
    cut = f"; its last {asked.cut:,} characters were not sent" if asked.cut else ""
    say(f"{number}: {len(found)} proposed ({new} new), {len(refused)} refused{cut}")
    for each in refused:
        say(f"  refused: {each.reason}: {each.piece}")
    if dry_run:
        put("".join(_lines(Kept(each, "", None, ours=False) for each in found)))
    return False


def _lines(found: Iterator[Kept]) -> Iterator[str]:
    for each in found:
        row = _row(each)
        sure = f" {row['sure']}" if row["sure"] else ""
        yield f"{row['field']}: {row['value']}  {row['holder']}{sure}: “{row['words']}”\n"


def _row(kept: Kept) -> dict[str, Any]:
    from sayso.proposing.rows import row_of

    return {**row_of(kept), "proposal": kept.proposal.id[:11]}
