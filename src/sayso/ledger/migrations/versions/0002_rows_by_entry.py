"""Rows are found by the entry that added them, and incidents by the names of authors and targets in ``voices``."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES: Final = (
    "accounts", "claims", "events", "incidents", "judgements", "memberships", "pairs", "quarantine", "readings",
    "statements", "subjects", "traces",
)  # fmt: skip


def upgrade() -> None:
    """Add the indexes, and mark the rows of all lists as outdated; whoever opens the ledger for writing makes them."""
    for table in _TABLES:
        op.create_index(f"{table}_by_seq", table, ["seq"])
    op.execute("UPDATE summaries SET kind = ''")
