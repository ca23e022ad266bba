"""``sayso diff``: what has changed between two readings of a report, or two versions of a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.project import open_project, project_option
from sayso.cli.read import NOTHING_FOUND
from sayso.cli.streams import put, say
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.differing import Difference
    from sayso.records import Claim, Reading


@click.command()
@click.argument("one", metavar="ID", help="Report or reading.")
@click.argument("other", metavar="[ID]", required=False, help="Another one, to compare with.")
@click.option("--json", "as_json", is_flag=True, help='One JSON object: {"schema", "from", "to", "fields", "text", …}.')
@project_option
def diff(one: str, other: str | None, as_json: bool, project: str | None) -> int:
    """Show what has changed: "-" was there before, "+" is there now.

    ID is a report: its newest reading against the one before, or, where it was read once, the page against its
    version before. Two IDs, of reports (re_…) or readings (rd_…): the first against the second.

    Exit code 4: there is nothing to compare with, or nothing has changed.
    """
    from sayso.ledger.differing import differ

    with open_project(project) as ledger:
        pair = (one, other) if other else _before(ledger, one)
        if pair is None:
            say(f"{one}: read once, and no version before: nothing to compare with")
            return NOTHING_FOUND
        found = differ(_reading(ledger, pair[0]), _reading(ledger, pair[1]))
    put(_json(pair, found) if as_json else _text(pair, found))
    if not found:
        say("nothing has changed")
        return NOTHING_FOUND
    return 0


def _before(ledger: Ledger, report: str) -> tuple[str, str] | None:
    """Return what a report is compared with, and itself or its newest reading."""
    readings = ledger.readings_of(report)
    if len(readings) > 1:
        return readings[-2]["id"], readings[-1]["id"]
    if not readings:
        raise _unknown(report)
    former = ledger.former_of(report)
    return (former, report) if former else None


def _reading(ledger: Ledger, which: str) -> Reading:
    try:
        if which.startswith("rd_"):
            return ledger.reading(ledger.report_of_reading(which), reading_id=which)
        return ledger.reading(which)
    except KeyError:
        raise _unknown(which) from None


def _unknown(which: str) -> UsageError:
    return UsageError("no such report or reading", place=which, way_out="`sayso reports` lists the reports")


def _json(pair: tuple[str, str], found: Difference) -> str:
    content = {
        "schema": "sayso.diff/1",
        "from": pair[0],
        "to": pair[1],
        "fields": [{"name": name, "from": old, "to": new} for name, old, new in found.fields],
        "text": list(found.text),
        "removed": [_claim(claim) for claim in found.removed],
        "added": [_claim(claim) for claim in found.added],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n"


def _claim(claim: Claim) -> Any:
    return claim.model_dump(mode="json", by_alias=True)


def _text(pair: tuple[str, str], found: Difference) -> str:
    """Return the change for a person: what is known of the report, the text, the claims."""
    from sayso.showing.wording import visible

    lines = [f"--- {pair[0]}", f"+++ {pair[1]}"]
    for name, old, new in found.fields:
        lines += [f"{sign} {name}: {visible(value)}" for sign, value in (("-", old), ("+", new)) if value is not None]
    lines += [f"{line[:2]}{visible(line[2:])}" for line in found.text]
    lines += [f"- {_told(claim)}" for claim in found.removed] + [f"+ {_told(claim)}" for claim in found.added]
    return "\n".join(lines) + "\n"


def _told(claim: Claim) -> str:
    from sayso.showing.wording import describe, how_sure, visible, who

    says = " ".join(part for part in (who(claim), how_sure(claim)) if part)
    return f"claim {claim.field}: {describe(claim)}, {says}: “{visible(claim.evidence.text)}”"
