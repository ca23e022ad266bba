"""What the exports hold, as data: what the documentation and ``sayso export --list --json`` are made of."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sayso.exports.profiles import profiles
from sayso.exports.registry import formats
from sayso.tables import Table


def reference() -> dict[str, Any]:
    """Return all formats and profiles with their columns: name, type, unit, meaning, and a profile's rules."""
    return {
        "schema": "sayso.exports/1",
        "formats": [
            {
                "name": each.name,
                "title": each.title,
                "files": "several" if each.stream is None else "one",
                "media_type": each.media_type,
                "needs": [{"library": library, "extra": extra} for library, extra in each.needs],
                "described_at": each.schema,
                "tables": [table_data(table) for table in each.tables],
            }
            for each in formats()
        ],
        "profiles": [
            {"name": each.name, "title": each.title, "table": table_data(each.table), "rules": list(each.rules)}
            for each in profiles()
        ],
    }


def table_data(table: Table) -> dict[str, Any]:
    """Return a table with its columns as plain values."""
    return {
        "name": table.name,
        "title": table.title,
        "key": list(table.key),
        "columns": [asdict(column) for column in table.columns],
    }
