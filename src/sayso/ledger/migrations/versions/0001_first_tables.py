"""The first tables of the ledger: reports, readings and what is made of them; the hash-chained log; what is derived."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from sayso.ledger import sqlite
from sayso.ledger.database import dialect_of
from sayso.ledger.types import NUMBER, TEXT, WHOLE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _make(name: str, *parts: Any, clustered: bool = False) -> None:
    op.create_table(name, *parts, **sqlite.table_options(clustered=clustered))


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=null)


def _whole(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, WHOLE, nullable=null)


def _number(name: str, *, null: bool = True) -> sa.Column[float]:
    return sa.Column(name, NUMBER, nullable=null)


def _key(*columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns)


def _refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target])


def _logged() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["seq"], ["log.seq"], deferrable=True, initially="DEFERRED")


def upgrade() -> None:
    """Make the tables, the triggers that keep them append-only, and the full-text index."""
    _make_log_and_reports()
    _make_readings()
    _make_accounts()
    _make_judgements()
    _make_derived()
    connection = op.get_bind()
    dialect = dialect_of(connection)
    dialect.guard(connection, APPEND_ONLY)
    dialect.make_search(connection)
    if connection.dialect.name == "postgresql":
        from sayso.ledger import postgres

        postgres.make_evidence(connection)


def _make_log_and_reports() -> None:
    _make(
        "log",
        _whole("seq"),
        _text("at"),
        _text("what"),
        _text("about"),
        _text("detail"),
        _text("rows"),
        _text("former"),
        _text("hash"),
        _key("seq"),
    )
    _make(
        "reports",
        _text("id"),
        _whole("seq"),
        _text("sha256"),
        _whole("size"),
        _text("place"),
        _text("form"),
        _text("given"),
        _text("former", null=True),
        _text("external_id", null=True),
        _text("url", null=True),
        _text("publisher", null=True),
        _text("title", null=True),
        _text("byline", null=True),
        _text("dateline", null=True),
        _text("published", null=True),
        _text("published_from", null=True),
        _text("language", null=True),
        _text("text"),
        _text("blocks"),
        _key("id"),
        _logged(),
        _refers("former", "reports.id"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_index("reports_by_external_id", "reports", ["external_id"])
    op.create_index("reports_by_published", "reports", ["published"])
    op.create_index("reports_by_seq", "reports", ["seq"], unique=True)
    op.create_index("reports_by_url", "reports", ["url"])
    _make(
        "quarantine",
        _text("sha256"),
        _whole("seq"),
        _whole("size"),
        _text("place"),
        _text("form"),
        _text("given"),
        _text("reason"),
        _text("way_out"),
        _key("sha256"),
        _logged(),
    )
    _make(
        "traces",
        _text("report"),
        _whole("seq"),
        _text("features"),
        _key("report"),
        _refers("report", "reports.id"),
        _logged(),
    )


def _make_readings() -> None:
    _make(
        "readings",
        _text("id"),
        _whole("seq"),
        _text("report"),
        _text("version"),
        _text("model"),
        _text("sha256"),
        _text("rest"),
        _key("id"),
        _logged(),
        _refers("report", "reports.id"),
    )
    op.create_index("readings_by_report", "readings", ["report", "seq"])
    _make(
        "statements",
        _text("reading"),
        _whole("position"),
        _whole("seq"),
        _text("id"),
        _text("record"),
        _text("holder", null=True),
        _text("holder_kind"),
        _text("holder_country", null=True),
        _text("via", null=True),
        _text("stance"),
        _key("reading", "position"),
        _refers("reading", "readings.id"),
        _logged(),
    )
    op.create_index("statements_by_holder", "statements", ["holder"])
    op.create_index("statements_by_id", "statements", ["id"])
    _make(
        "events",
        _text("reading"),
        _whole("position"),
        _whole("seq"),
        _text("id"),
        _text("record"),
        _text("type"),
        _text("mode", null=True),
        _text("status"),
        _text("incident", null=True),
        _text("statement", null=True),
        _key("reading", "position"),
        _refers("reading", "readings.id"),
        _logged(),
    )
    op.create_index("events_by_id", "events", ["id"])
    _make(
        "incidents",
        _text("reading"),
        _whole("position"),
        _whole("seq"),
        _text("id"),
        _text("record"),
        _text("kind"),
        _text("title"),
        _whole("background"),
        _text("earliest", null=True),
        _text("latest", null=True),
        _text("place", null=True),
        _text("country", null=True),
        _text("admin1", null=True),
        _number("lat"),
        _number("lon"),
        _key("reading", "position"),
        _refers("reading", "readings.id"),
        _logged(),
    )
    op.create_index("incidents_by_country", "incidents", ["country"])
    op.create_index("incidents_by_earliest", "incidents", ["earliest"])
    op.create_index("incidents_by_id", "incidents", ["id"])
    op.create_index("incidents_by_kind", "incidents", ["kind"])
    _make(
        "claims",
        _text("reading"),
        _whole("position"),
        _whole("seq"),
        _text("id"),
        _text("record"),
        _text("incident"),
        _text("field"),
        _text("holder", null=True),
        _text("holder_kind"),
        _text("via", null=True),
        _text("stance"),
        _text("name", null=True),
        _number("low"),
        _number("high"),
        _text("earliest", null=True),
        _text("latest", null=True),
        _key("reading", "position"),
        _refers("reading", "readings.id"),
        _logged(),
    )
    op.create_index("claims_by_field", "claims", ["field"])
    op.create_index("claims_by_holder", "claims", ["holder"])
    op.create_index("claims_by_id", "claims", ["id"])
    op.create_index("claims_by_incident", "claims", ["incident"])


def _make_accounts() -> None:
    _make(
        "accounts",
        _text("id"),
        _whole("seq"),
        _whole("number"),
        _text("reading"),
        _text("report"),
        _whole("position"),
        _text("incident"),
        _text("features"),
        _text("filed_under"),
        _key("id"),
        _logged(),
        _refers("reading", "readings.id"),
        _refers("report", "reports.id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("accounts_by_incident", "accounts", ["incident"])
    op.create_index("accounts_by_reading", "accounts", ["reading"])
    op.create_index("accounts_by_report", "accounts", ["report"])
    _make(
        "pairs",
        _text("a"),
        _text("b"),
        _whole("seq"),
        _number("score", null=False),
        _text("reasons"),
        _key("a", "b"),
        _refers("a", "accounts.id"),
        _refers("b", "accounts.id"),
        _logged(),
    )
    op.create_index("pairs_by_b", "pairs", ["b"])
    _make(
        "memberships",
        _text("incident"),
        _whole("seq"),
        _text("within"),
        _key("incident", "seq"),
        _logged(),
    )
    op.create_index("memberships_by_within", "memberships", ["within"])


def _make_judgements() -> None:
    _make(
        "judgements",
        _text("id"),
        _whole("seq"),
        _text("decision"),
        _text("about"),
        _text("who"),
        _text("at"),
        _text("why"),
        _text("value", null=True),
        _key("id"),
        _logged(),
    )
    _make(
        "subjects",
        _text("judgement"),
        _text("about"),
        _whole("seq"),
        _key("judgement", "about"),
        _refers("judgement", "judgements.id"),
        _logged(),
    )
    op.create_index("subjects_by_about", "subjects", ["about"])


def _make_derived() -> None:
    _make(
        "current_readings",
        _text("report"),
        _text("reading"),
        _key("report"),
    )
    op.create_index("current_readings_by_reading", "current_readings", ["reading"])
    _make(
        "blocks",
        _text("key"),
        _whole("account"),
        _key("key", "account"),
        clustered=True,
    )
    _make(
        "block_sizes",
        _text("key"),
        _whole("accounts"),
        _key("key"),
        clustered=True,
    )
    _make(
        "links",
        _whole("a"),
        _whole("b"),
        _number("score", null=False),
        _key("a", "b"),
        clustered=True,
    )
    _make(
        "clusters",
        _text("incident"),
        _whole("account"),
        _text("within"),
        _key("incident"),
    )
    op.create_index("clusters_by_account", "clusters", ["account"])
    op.create_index("clusters_by_within", "clusters", ["within"])
    _make(
        "summaries",
        _text("within"),
        _text("kind"),
        _text("title"),
        _whole("background"),
        _text("earliest", null=True),
        _text("latest", null=True),
        _text("place", null=True),
        _text("country", null=True),
        _text("admin1", null=True),
        _number("lat"),
        _number("lon"),
        _text("precision", null=True),
        _whole("reports"),
        _whole("origins"),
        _text("statuses"),
        _whole("killed_low", null=True),
        _whole("killed_high", null=True),
        _whole("injured_low", null=True),
        _whole("injured_high", null=True),
        _key("within"),
    )
    op.create_index("summaries_by_country", "summaries", ["country"])
    op.create_index("summaries_by_earliest", "summaries", ["earliest"])
    op.create_index("summaries_by_kind", "summaries", ["kind"])
    _make(
        "voices",
        _text("within"),
        _text("sort"),
        _text("name"),
        _whole("claims"),
        _whole("first"),
        _whole("revised"),
        _whole("disputed"),
        _key("within", "sort", "name"),
    )
    op.create_index("voices_by_name", "voices", ["name"])


APPEND_ONLY = (
    "log",
    "judgements",
    "memberships",
    "quarantine",
    "reports",
    "readings",
    "subjects",
    "traces",
    "accounts",
    "claims",
    "events",
    "incidents",
    "statements",
    "pairs",
)


def downgrade() -> None:
    """There is no way back: history is not thrown away."""
    raise NotImplementedError("the first step cannot be undone")
