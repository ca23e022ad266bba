"""Incidents stand at a place that a map can show, and are found by every place that is asserted."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark the rows of all lists as outdated; whoever opens the ledger for writing makes them."""
    op.execute("UPDATE summaries SET kind = ''")
