"""Where each fact of a report was found, beside the report: its record says what, this says on whose word.

The record of a report is part of the output contract (DESIGN §7) and stays as it is; ADR 0003 says why this stands in a
table of its own. Reports that an older sayso stored have none: that is unknown, not false.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from sayso.intake.notes import NOTHING_NOTED, Notes
from sayso.ledger.chain import canonical
from sayso.ledger.schema import provenance, reports

FACTS: Final = ("title", "publisher", "byline", "published", "url", "language")
"""Fields of a report of which it is told where they were found."""
_BESIDE: Final = tuple(column for column in provenance.columns if column.name not in {"report", "seq"})


def provenance_rows(report: str, notes: Notes) -> list[dict[str, Any]]:
    """Return the row of a report; none where nothing was noted."""
    if notes == NOTHING_NOTED:
        return []
    row = {name: getattr(notes, name) for name in ("modified", "modified_from", "credit", "reader", "recovered")}
    return [row | {"report": report, "found": canonical(dict(sorted(notes.found.items())))}]


def with_provenance(query: sa.Select[Any]) -> sa.Select[Any]:
    """Return a query on ``reports`` that also gives the columns of ``provenance``, null where there are none."""
    return query.add_columns(*_BESIDE).outerjoin(provenance, provenance.c.report == reports.c.id)


def told(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of such a query with ``title_from``, ``publisher_from`` … in place of ``found``."""
    found = json.loads(row["found"] or "{}")
    return {name: value for name, value in row.items() if name != "found"} | {
        f"{name}_from": row.get(f"{name}_from") or found.get(name) for name in FACTS
    }
