"""What is being watched: feeds and the pages they list, with when each is due again. State, no history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.ledger import sqlite
from sayso.ledger.types import TEXT, WHOLE

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "watched",
        sa.Column("address", TEXT, nullable=False),
        sa.Column("feed", TEXT, nullable=True),
        sa.Column("due", TEXT, nullable=True),
        sa.Column("turns", WHOLE, nullable=False),
        sa.Column("failures", WHOLE, nullable=False),
        sa.Column("etag", TEXT, nullable=True),
        sa.Column("modified", TEXT, nullable=True),
        sa.Column("given", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("address"),
        **sqlite.table_options(),
    )
    op.create_index("watched_by_due", "watched", ["due"])
