"""``sayso reports`` and ``sayso log``: what is in the ledger, and how it came there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.lists import List, list_options, put_list
from sayso.cli.project import as_of_option, open_project, project_option, seq_of

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_SHORT: Final = 19  # characters of an id: a SHA-256 is cut
REPORTS: Final = List(
    schema="sayso.reports/1",
    key="reports",
    columns={
        "id": "of the report",
        "published": "when, as precise as known",
        "publisher": "outlet",
        "title": "headline",
        "url": "where it was published",
        "language": "ISO 639-1",
        "added": "when it was added, UTC",
        "former": "id of the version before of the same page",
        "readings": "how many readings of it are kept",
        "place": "file or line it came from",
        "sha256": "of its raw bytes",
    },
    shown=("id", "published", "publisher", "title"),
    wide="title",
    nothing="there are no reports: `sayso add SOURCE`",
)
QUARANTINE: Final = List(
    schema="sayso.quarantine/1",
    key="quarantine",
    columns={
        "sha256": "of the raw bytes",
        "place": "file or line it came from",
        "reason": "why it could not be read",
        "way_out": "what can be done",
        "size": "of the raw bytes",
    },
    shown=("place", "reason"),
    wide="reason",
    nothing="nothing is in quarantine",
)
LOG: Final = List(
    schema="sayso.log/1",
    key="entries",
    columns={
        "seq": "number of the entry",
        "at": "when, UTC",
        "what": "opened, report, reading, quarantine, judgement, migrated",
        "about": "id of what it is about",
        "detail": "what else there is to tell, as JSON",
        "hash": "of this entry and the one before",
    },
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
    detail = json.loads(entry["detail"])
    shown = {"when": f"{entry['at'][:19]}Z", "which": entry["about"][:_SHORT], "tells": _tells(entry["what"], detail)}
    return {name: entry[name] for name in LOG.columns} | shown | {"detail": detail}


def _tells(what: str, detail: dict[str, Any]) -> str:
    """Return in a few words what an entry has led to."""
    parts = [f"new version of {detail['former']}"] if what == "report" and "former" in detail else []
    parts += [f"was {detail['former']}"] if what == "reading" else []
    parts += [str(detail["decision"])] if "decision" in detail else []
    parts += [f"{old} is now {new}" for old, new in detail.get("merged", {}).items()]
    parts += [f"{new} was split off" for new in detail.get("split", ())]
    incidents = detail.get("incidents", ())
    parts += [f"incident{'s' if len(incidents) > 1 else ''} {', '.join(incidents)}"] if incidents else []
    return "; ".join(parts)
