"""What a language model was asked about and proposes, apart from the claims. State: judgements stand in the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.ledger import sqlite
from sayso.ledger.types import TEXT, WHOLE

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "proposals",
        *(sa.Column(name, TEXT, nullable=False) for name in ("id", "report", "method", "record", "at")),
        sa.PrimaryKeyConstraint("id"),
        **sqlite.table_options(),
    )
    op.create_index("proposals_by_report", "proposals", ["report"])
    op.create_table(
        "inquiries",
        *(sa.Column(name, TEXT, nullable=False) for name in ("report", "method", "at")),
        *(sa.Column(name, WHOLE, nullable=False) for name in ("proposed", "refused")),
        sa.PrimaryKeyConstraint("report", "method"),
        **sqlite.table_options(),
    )
