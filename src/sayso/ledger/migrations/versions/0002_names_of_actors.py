"""Incidents are found by the names of authors and targets through ``voices``: all lists are made anew."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark the rows of all incidents as outdated; whoever opens the ledger for writing makes them anew."""
    op.execute("UPDATE summaries SET kind = ''")
