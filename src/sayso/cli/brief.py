"""``sayso brief``: what is said of incidents, for people who have to decide something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.filters import filter_options, query_in
from sayso.cli.project import as_of_option, open_project, project_option, seq_of
from sayso.cli.read import NOTHING_FOUND
from sayso.cli.streams import put, say

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sayso.exports.selection import Selection
    from sayso.ledger import Ledger

MOST: Final = 20
"""Incidents of one brief, unless --limit says otherwise."""
PAPER: Final = (".pdf", ".doc", ".docx", ".odt")
"""Ends of names that no brief has: Markdown in them would be a file that does not open."""


def _few(command: Any) -> Any:
    return filter_options(command, most=MOST)


@click.command()
@click.argument("asked", metavar="[ID|WORDS...]", nargs=-1, help="An incident, or words of reports.")
@click.option("--html", "as_html", is_flag=True, help="One HTML page for screen and paper (print it for a PDF).")
@click.option("--out", metavar="PATH", help="File to write; what ends in .html is HTML, else Markdown; - for stdout.")
@click.option("--replace", is_flag=True, help="Overwrite the file.")
@click.option("--dry-run", is_flag=True, help="Write nothing; only tell what would be written.")
@_few
@as_of_option
@project_option
def brief(
    asked: tuple[str, ...],
    as_html: bool,
    out: str | None,
    replace: bool,
    dry_run: bool,
    as_of: str | None,
    project: str | None,
    **given: Any,
) -> int:
    """Write a brief: an incident of many claims takes several pages.

    On one incident (ID), or on those in whose reports all WORDS stand.

    What is said, by whom, how sure; what is disputed; what nobody says; the exact words, numbered; and how a machine
    took part (version, model, hash). Markdown unless --html or a file that ends in .html is asked for.

    The filters are those of `sayso incidents`. Exit code 4: no incident is of that description.
    """
    page = as_html or (out or "").lower().endswith((".html", ".htm"))
    if (out or "").lower().endswith(PAPER):
        raise click.UsageError(f"{out}: a brief is HTML or Markdown; write it to a file .html and print that to a PDF")
    with open_project(project) as ledger, _chosen(ledger, asked, given, seq_of(ledger, as_of)) as chosen:
        if not chosen.ids:
            say("no incident of that description")
            return NOTHING_FOUND
        place = "standard output" if out in (None, "-") else str(out)
        if place == out:
            from sayso.exports.out import check_free

            check_free(Path(out), replace=replace)
        if dry_run:
            say(f"would write a brief on {len(chosen.ids)} incidents to {place}")
            return 0
        text = _written(chosen, " ".join(asked), html=page)
    if place != out:
        put(text)
        return 0
    from sayso.exports.out import write_text

    write_text(Path(out), text)
    say(f"wrote {out} ({len(text.encode()):,} bytes)")
    return 0


def _chosen(
    ledger: Ledger, asked: tuple[str, ...], given: dict[str, Any], seq: int | None
) -> AbstractContextManager[Selection]:
    from sayso.exports.selection import selection, single

    if len(asked) == 1 and asked[0].startswith("in_"):
        return single(ledger, asked[0], as_of=seq)
    words = " ".join([*asked, *([given["text"]] if given["text"] else [])])
    query = query_in(ledger, {**given, "text": words or None})
    return selection(ledger, query, as_of=seq, limit=given["limit"], offset=given["offset"])


def _written(chosen: Selection, asked: str, *, html: bool) -> str:
    from sayso.exports.brief.facts import brief as facts
    from sayso.exports.brief.markdown import markdown
    from sayso.exports.brief.page import page

    found = facts(chosen, asked)
    return page(found) if html else markdown(found)
