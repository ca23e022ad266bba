"""``sayso reports`` and ``sayso log``: what is in the ledger, and how it came there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.lists import List, list_options, put_list
from sayso.cli.project import as_of_option, open_project, project_option, seq_of
from sayso.tables import contents

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_SHORT: Final = 19  # characters of an id: a SHA-256 is cut
REPORTS: Final = List(
    schema="sayso.reports/1",
    key="reports",
    columns=contents.REPORT_LIST,
    shown=("id", "published", "publisher", "title"),
    wide="title",
    nothing="there are no reports: `sayso add SOURCE`",
)
QUARANTINE: Final = List(
    schema="sayso.quarantine/1",
    key="quarantine",
    columns=contents.QUARANTINE,
    shown=("place", "reason"),
    wide="reason",
    nothing="nothing is in quarantine",
)
LOG: Final = List(
    schema="sayso.log/1",
    key="entries",
    columns=contents.LOG,
    shown=("seq", "when", "what", "which", "tells"),
    wide="tells",
    nothing="the log has no such entry",
)


@click.command()
@click.option("--quarantined", is_flag=True, help="What could not be read, with the reason, in their place.")
@list_options
@as_of_option
@project_option
def reports(quarantined: bool, project: str | None, as_of: str | None, **forms: bool) -> int:
    """List the reports in the order they were added.

    A changed page is a report of its own that names the version before (`former`); `sayso diff ID` shows the change.
    Exit code 4: there are none.
    """
    with open_project(project) as ledger:
        if quarantined:
            rows = ({name: row[name] for name in QUARANTINE.columns} for row in ledger.quarantined())
            return put_list(rows, QUARANTINE, **forms)
        return put_list(_reports(ledger, seq_of(ledger, as_of)), REPORTS, **forms)


@click.command()
@click.option("--since", type=click.IntRange(0), metavar="N", default=0, help="Only entries after number N.")
@list_options
@as_of_option
@project_option
def log(since: int, project: str | None, as_of: str | None, **forms: bool) -> int:
    """Print the log of all changes.

    What changed, what it was about, and the hash of the entry.

    Each entry hashes the one before and the rows it added; `sayso doctor` checks all of them. Exit code 4: none.
    """
    with open_project(project) as ledger:
        last = seq_of(ledger, as_of)
        entries = (entry for entry in ledger.log(since=since) if last is None or entry["seq"] <= last)
        return put_list(map(_entry, entries), LOG, **forms)


def _reports(ledger: Ledger, as_of: int | None) -> Iterator[dict[str, Any]]:
    for row in ledger.report_rows(as_of=as_of):
        yield {name: row[name] for name in REPORTS.columns}


def _entry(entry: Any) -> dict[str, Any]:
    from sayso.showing.rows import entry_row

    row = entry_row(entry)
    return row | {"when": f"{row['at'][:19]}Z", "which": row["about"][:_SHORT]}
