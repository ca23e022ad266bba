"""Alerts: who is told of what, what they were last told, and the outbox. State, no history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.ledger import sqlite
from sayso.ledger.types import TEXT, WHOLE

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alerts",
        *(sa.Column(name, TEXT, nullable=False) for name in ("id", "query", "destination", "terms", "who", "at")),
        sa.Column("seen", WHOLE, nullable=False),
        sa.Column("due", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        **sqlite.table_options(),
    )
    op.create_table(
        "told",
        *(sa.Column(name, TEXT, nullable=False) for name in ("alert", "incident", "facts")),
        sa.PrimaryKeyConstraint("alert", "incident"),
        **sqlite.table_options(),
    )
    op.create_table(
        "messages",
        *(sa.Column(name, TEXT, nullable=False) for name in ("id", "alert", "destination", "body", "made")),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("due", TEXT, nullable=True),
        sa.Column("attempts", WHOLE, nullable=False),
        sa.Column("done", TEXT, nullable=True),
        sa.Column("problem", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        **sqlite.table_options(),
    )
    op.create_index("messages_by_due", "messages", ["due"])
    op.create_index("messages_by_alert", "messages", ["alert", "made"])
