"""Columns of the rows that each command prints with ``--csv``, with what each holds; ``--json`` has the same keys.

A command that has the option ``--csv`` has its line here: the reference lists it, and a test compares it with what is
printed. To add a list, describe its columns in ``showing/columns.py`` and add its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sayso.cli import alerts, proposals
from sayso.cli.queries import LIST as QUERIES
from sayso.showing import columns
from sayso.tables import contents

CLAIMS: Final = {column.name: column.meaning for column in contents.CLAIMS.columns}

OF_COMMAND: Final[Mapping[str, Mapping[str, str]]] = {
    "read": CLAIMS,
    "demo": CLAIMS,
    "reports": contents.REPORT_LIST,
    "reports --quarantined": contents.QUARANTINE,
    "log": contents.LOG,
    "incidents": columns.INCIDENTS,
    "timeline": columns.TIMELINE,
    "disputes": columns.DISPUTES,
    "search": columns.FOUND,
    "sources": columns.VOICES,
    "sources kinds": columns.KINDS,
    "sources look": columns.LOOKED,
    "queries list": QUERIES.columns,
    "alerts list": alerts.LIST.columns,
    "alerts outbox": alerts.OUTBOX.columns,
    "proposals list": proposals.LIST.columns,
    "quotes": columns.QUOTES,
    "places": columns.GROUNDED,
    "times": columns.GROUNDED,
    "actors": columns.GROUNDED,
}
"""Command, as typed after ``sayso``, → column → what it holds."""
