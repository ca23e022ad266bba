"""Columns of the rows that each command prints with ``--csv``, with what each holds; ``--json`` has the same keys.

A command that has the option ``--csv`` has its line here: the reference lists it, and a test compares it with what is
printed. To add a list, describe its columns in ``showing/columns.py`` and add its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sayso.cli.queries import LIST as QUERIES
from sayso.showing import columns
from sayso.showing.tables import COLUMNS as CLAIMS

OF_COMMAND: Final[Mapping[str, Mapping[str, str]]] = {
    "read": CLAIMS,
    "demo": CLAIMS,
    "reports": columns.REPORTS,
    "reports --quarantined": columns.QUARANTINE,
    "log": columns.LOG,
    "incidents": columns.INCIDENTS,
    "timeline": columns.TIMELINE,
    "disputes": columns.DISPUTES,
    "search": columns.FOUND,
    "sources": columns.VOICES,
    "sources kinds": columns.KINDS,
    "sources look": columns.LOOKED,
    "queries list": QUERIES.columns,
    "quotes": columns.QUOTES,
    "places": columns.GROUNDED,
    "times": columns.GROUNDED,
    "actors": columns.GROUNDED,
}
"""Command, as typed after ``sayso``, → column → what it holds."""
