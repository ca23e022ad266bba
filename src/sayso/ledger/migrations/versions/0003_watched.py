"""What is being watched: feeds and the pages they list, with when each is due again. State, no history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.ledger import sqlite

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "watched",
        sa.Column("address", _TEXT, nullable=False),
        sa.Column("feed", _TEXT, nullable=True),
        sa.Column("due", _TEXT, nullable=True),
        sa.Column("turns", _WHOLE, nullable=False),
        sa.Column("failures", _WHOLE, nullable=False),
        sa.Column("etag", _TEXT, nullable=True),
        sa.Column("modified", _TEXT, nullable=True),
        sa.Column("given", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("address"),
        **sqlite.table_options(),
    )
    op.create_index("watched_by_due", "watched", ["due"])
