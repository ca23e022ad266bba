"""Queries that people keep under a name. State, no history: where somebody's sites are must be erasable."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.ledger import sqlite
from sayso.ledger.types import TEXT

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "queries",
        *(sa.Column(name, TEXT, nullable=False) for name in ("name", "filters", "who", "at")),
        sa.PrimaryKeyConstraint("name"),
        **sqlite.table_options(),
    )
