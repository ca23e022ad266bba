"""How the commands that print rows (`quotes`, `places`, `times`, `actors`) put them: a table, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sayso.cli.read import NOTHING_FOUND, SOME_FAILED, Intake
from sayso.cli.streams import colour, put, say, width
from sayso.errors import UsageError

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """The forms of one kind of rows."""

    schema: str
    key: str  # of the rows in the JSON object
    csv: Callable[[list[Row]], Iterable[str]]
    table: Callable[..., str]  # rows, cells, styled= → text
    nothing: str  # what is said where there are none


def check_one_form(as_json: bool, as_csv: bool) -> None:
    """Raise UsageError where two forms are asked for."""
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other", way_out="choose one")


def put_rows(found: list[Row], listing: Listing, intake: Intake, *, as_json: bool, as_csv: bool) -> int:
    """Print the rows in the form asked for; return the exit code (DESIGN §8)."""
    if as_json:
        put(json.dumps({"schema": listing.schema, listing.key: found}, ensure_ascii=False, sort_keys=True) + "\n")
    elif as_csv:
        put("".join(listing.csv(found)))
    elif found:
        put(listing.table(found, width(), styled=colour()))
    if intake.failed:
        return SOME_FAILED
    if not found:
        say(f"nothing found{listing.nothing}")
        return NOTHING_FOUND
    return 0
