"""What is being watched: feeds and the pages they list, with when each is due again. State, no history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.ledger import sqlite

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "watched",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("feed", sa.Text, nullable=True),
        sa.Column("due", sa.Text, nullable=True),
        sa.Column("turns", _WHOLE, nullable=False),
        sa.Column("failures", _WHOLE, nullable=False),
        sa.Column("etag", sa.Text, nullable=True),
        sa.Column("modified", sa.Text, nullable=True),
        sa.Column("given", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("address"),
        **sqlite.table_options(),
    )
    op.create_index("watched_by_due", "watched", ["due"])
