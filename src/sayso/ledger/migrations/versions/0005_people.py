"""Who may sit at the desk: people, their sessions and tokens: state, no history. Indexes for pages on sources."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.ledger import sqlite
from sayso.ledger.types import TEXT

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=null)


def upgrade() -> None:
    """Make the tables and the indexes."""
    op.create_table(
        "people",
        _text("name"),
        _text("role"),
        _text("password"),
        _text("made"),
        _text("disabled", null=True),
        sa.PrimaryKeyConstraint("name"),
        **sqlite.table_options(),
    )
    op.create_table(
        "sessions",
        _text("digest"),
        _text("person"),
        _text("made"),
        _text("seen"),
        _text("ends"),
        sa.PrimaryKeyConstraint("digest"),
        **sqlite.table_options(),
    )
    op.create_table(
        "tokens",
        _text("id"),
        _text("digest"),
        _text("person"),
        _text("label"),
        _text("role"),
        _text("made"),
        _text("seen", null=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
        **sqlite.table_options(),
    )
    op.create_index("voices_by_sort", "voices", ["sort", "name", "claims", "first", "revised", "disputed"])
    op.create_index("reports_by_publisher", "reports", ["publisher"])
