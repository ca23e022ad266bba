"""Where each fact of a report was found; append-only, and empty for the reports that are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.ledger import sqlite
from sayso.ledger.database import dialect_of
from sayso.ledger.types import NUMBER, TEXT, WHOLE

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and what keeps it append-only."""
    op.create_table(
        "provenance",
        sa.Column("report", TEXT, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("found", TEXT, nullable=False),
        sa.Column("modified", TEXT, nullable=True),
        sa.Column("modified_from", TEXT, nullable=True),
        sa.Column("credit", TEXT, nullable=True),
        sa.Column("reader", TEXT, nullable=True),
        sa.Column("recovered", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("report"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"]),
        sa.ForeignKeyConstraint(["seq"], ["log.seq"], deferrable=True, initially="DEFERRED"),
        **sqlite.table_options(),
    )
    op.create_index("provenance_by_seq", "provenance", ["seq"])
    connection = op.get_bind()
    dialect_of(connection).guard(connection, ["provenance"])
