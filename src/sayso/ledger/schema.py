"""The tables of the ledger, in SQLAlchemy Core, for SQLite and PostgreSQL alike.

Most tables are **append-only**: rows are added, never changed, never deleted (triggers see to it), and every row names
with ``seq`` the entry of the log that added it. The entry holds a digest of its rows, so that whatever is done to a row
afterwards shows. The few **derived** tables can be made again from the others at any time.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from sayso.ledger.sqlite import table_options
from sayso.ledger.types import NUMBER, TEXT, WHOLE

VERSION: Final = "0009"
"""The revision of the newest migration: what this sayso reads and writes."""

metadata: Final = sa.MetaData()


def _text(name: str, *, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=null, primary_key=key)


def _whole(name: str, *, null: bool = False, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, WHOLE, nullable=null, primary_key=key, autoincrement=False)


def _number(name: str) -> sa.Column[float]:
    return sa.Column(name, NUMBER, nullable=True)


def _seq() -> sa.Column[int]:
    """Return the column that names the entry of the log that added the row."""
    return sa.Column("seq", WHOLE, _entry(), nullable=False)


def _entry() -> sa.ForeignKey:
    """Refer to the entry of the log, which is written last in its transaction."""
    return sa.ForeignKey("log.seq", deferrable=True, initially="DEFERRED")


def _ref(name: str, target: str, *, key: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, sa.ForeignKey(target), primary_key=key, nullable=null)


def _table(name: str, *parts: Any, clustered: bool = False) -> sa.Table:
    options: Any = table_options(clustered=clustered)
    return sa.Table(name, metadata, *parts, **options)


log = _table(
    "log",
    _whole("seq", key=True),  # 1, 2, 3 … without gaps
    _text("at"),  # when, ISO 8601 in UTC with microseconds
    _text("what"),  # opened · report · reading · quarantine · judgement · relinked · migrated
    _text("about"),  # id of what it is about
    _text("detail"),  # JSON: what else a reader of the log wants to know
    _text("rows"),  # JSON: table → [number of rows, SHA-256 of them]
    _text("former"),  # hash of the entry before; 64 zeros for the first
    _text("hash"),  # SHA-256 over all the above
)

reports = _table(
    "reports",
    _text("id", key=True),
    _seq(),
    sa.Column("sha256", TEXT, nullable=False, unique=True),  # of the raw bytes
    _whole("size"),  # of the raw bytes
    _text("place"),  # file or line it came from
    _text("form"),  # how the bytes are read: text, page, line
    _text("given"),  # JSON: what the user said of it (published, publisher)
    _ref("former", "reports.id", null=True),  # the version before of the same page
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
    _text("blocks"),  # JSON
    sa.Index("reports_by_url", "url"),
    sa.Index("reports_by_external_id", "external_id"),
    sa.Index("reports_by_seq", "seq", unique=True),
    sa.Index("reports_by_published", "published"),
    sa.Index("reports_by_publisher", "publisher"),
)

provenance = _table(
    "provenance",  # where the facts of a report were found; one row a report, none for those of an older sayso
    _ref("report", "reports.id", key=True),
    _seq(),
    _text("found"),  # JSON: field of the report → option, field, json-ld, meta, time, list, dateline, address, …
    _text("modified", null=True),  # when the page was last changed, as it says
    _text("modified_from", null=True),
    _text("credit", null=True),  # the first credit line of service or photographer
    _text("reader", null=True),  # what found the text of a page
    _number("recovered"),  # share of what a second reader takes for the article, 0 to 1
)

readings = _table(
    "readings",
    _text("id", key=True),  # hash of report, reader and content
    _seq(),
    _ref("report", "reports.id"),
    _text("version"),  # of sayso
    _text("model"),  # version of the language model and digest of its files; "rules" where none was used
    _text("sha256"),  # of the reading as JSON
    _text("rest"),  # JSON: origins and not_understood, which nobody filters by
    sa.Index("readings_by_report", "report", "seq"),
)


def _record_table(name: str, *columns: Any, indexed: tuple[str, ...] = ()) -> sa.Table:
    """Return a table of records of a reading: the record as JSON, and the columns that asking filters by."""
    return _table(
        name,
        _ref("reading", "readings.id", key=True),
        _whole("position", key=True),  # in the reading
        _seq(),
        _text("id"),
        _text("record"),  # JSON
        *columns,
        sa.Index(f"{name}_by_id", "id"),
        *(sa.Index(f"{name}_by_{column}", column) for column in indexed),
    )


statements = _record_table(
    "statements",
    _text("holder", null=True),
    _text("holder_kind"),
    _text("holder_country", null=True),
    _text("via", null=True),
    _text("stance"),
    indexed=("holder",),
)
events = _record_table(
    "events",
    _text("type"),
    _text("mode", null=True),
    _text("status"),
    _text("incident", null=True),
    _text("statement", null=True),
)
incidents = _record_table(
    "incidents",  # of one reading, each of one report; the incidents of the ledger are clusters of these
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
    indexed=("kind", "earliest", "country"),
)
claims = _record_table(
    "claims",
    _text("incident"),  # id of the incident in the reading: its account
    _text("field"),
    _text("holder", null=True),
    _text("holder_kind"),
    _text("via", null=True),
    _text("stance"),
    _text("name", null=True),  # of the actor, place or target; class of a weapon; kind; status
    _number("low"),  # of a count
    _number("high"),
    _text("earliest", null=True),
    _text("latest", null=True),
    indexed=("incident", "field", "holder"),
)
accounts = _table(
    "accounts",
    _text("id", key=True),  # hash of reading and incident: what this reading of the report says of it
    _seq(),
    sa.Column("number", WHOLE, nullable=False, unique=True),  # short name for the derived tables
    _ref("reading", "readings.id"),
    _ref("report", "reports.id"),
    _whole("position"),
    _text("incident"),  # id of the incident in the reading
    _text("features"),  # JSON: what linking compares
    _text("filed_under"),  # JSON: keys; accounts that share one are compared
    sa.Index("accounts_by_incident", "incident"),
    sa.Index("accounts_by_reading", "reading"),
    sa.Index("accounts_by_report", "report"),
)
pairs = _table(
    "pairs",
    _ref("a", "accounts.id", key=True),  # a < b
    _ref("b", "accounts.id", key=True),
    _seq(),
    sa.Column("score", NUMBER, nullable=False),  # 0 to 1
    _text("reasons"),  # JSON
    sa.Index("pairs_by_b", "b"),
)
memberships = _table(
    "memberships",
    _text("incident", key=True),  # id of an incident of a reading
    sa.Column("seq", WHOLE, _entry(), primary_key=True, autoincrement=False),
    _text("within"),  # id of the ledger's incident that it has belonged to since this entry
    sa.Index("memberships_by_within", "within"),
)
traces = _table(
    "traces",
    _ref("report", "reports.id", key=True),
    _seq(),
    _text("features"),  # JSON: what tells copies of one story
)
judgements = _table(
    "judgements",
    _text("id", key=True),
    _seq(),
    _text("decision"),
    _text("about"),  # JSON: ids
    _text("who"),
    _text("at"),
    _text("why"),
    _text("value", null=True),  # JSON
)
subjects = _table(
    "subjects",
    _ref("judgement", "judgements.id", key=True),
    _text("about", key=True),  # one row for each id that a judgement is about
    _seq(),
    sa.Index("subjects_by_about", "about"),
)
quarantine = _table(
    "quarantine",
    _text("sha256", key=True),  # of the raw bytes
    _seq(),
    _whole("size"),
    _text("place"),
    _text("form"),
    _text("given"),  # JSON
    _text("reason"),
    _text("way_out"),
)

# -- derived: may be made again ---------------------------------------------------------------------------------------

current_readings = _table(
    "current_readings",
    _text("report", key=True),
    _text("reading"),  # the newest of the report
    sa.Index("current_readings_by_reading", "reading"),
)
blocks = _table(
    "blocks",
    _text("key", key=True),
    _whole("account", key=True),  # number of one of a current reading that has the key
    clustered=True,
)
block_sizes = _table(
    "block_sizes",
    _text("key", key=True),
    _whole("accounts"),  # how many have the key
    clustered=True,
)
links = _table(
    "links",
    _whole("a", key=True),  # pairs of current accounts that share a key which says something: what clustering sees
    _whole("b", key=True),  # numbers of accounts; each pair stands twice, once in each direction
    sa.Column("score", NUMBER, nullable=False),
    clustered=True,
)
clusters = _table(
    "clusters",
    _text("incident", key=True),  # id of an incident of a current reading
    _whole("account"),  # its number
    _text("within"),  # id of the ledger's incident
    sa.Index("clusters_by_within", "within"),
    sa.Index("clusters_by_account", "account"),
)

summaries = _table(
    "summaries",  # one row for each incident of the ledger: what lists show and filter by
    _text("within", key=True),
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
    _text("precision", null=True),  # of the place
    _whole("reports"),
    _whole("origins"),
    _text("statuses"),  # " field:status field:status ", blanks around each
    _whole("killed_low", null=True),  # over all tolls that somebody asserts
    _whole("killed_high", null=True),  # null beside a lower end: open
    _whole("injured_low", null=True),
    _whole("injured_high", null=True),
    sa.Index("summaries_by_earliest", "earliest"),
    sa.Index("summaries_by_country", "country"),
    sa.Index("summaries_by_kind", "kind"),
)
voices = _table(
    "voices",  # one row for each incident and each holder or outlet heard on it: how it did
    _text("within", key=True),
    _text("sort", key=True),  # holder or outlet
    _text("name", key=True),
    _whole("claims"),
    _whole("first"),  # fields on which it spoke before others
    _whole("revised"),  # values that it replaced itself
    _whole("disputed"),  # fields on which somebody contradicts it
    sa.Index("voices_by_name", "name"),
    sa.Index("voices_by_sort", "sort", "name", "claims", "first", "revised", "disputed"),  # all that sums need
)

# The entry of the log is written after the rows that refer to it; each time SQLite looks for these in all tables.
for _each in metadata.sorted_tables:
    if (
        "seq" in _each.c
        and _each is not log
        and not any("seq" in index.columns for index in _each.indexes if index.unique)
    ):
        sa.Index(f"{_each.name}_by_seq", _each.c.seq)

watched = _table(
    "watched",  # feeds, and the pages that they list: when each is due again, and what was last seen of it
    _text("address", key=True),
    _text("feed", null=True),  # address of the feed that lists it; null for a feed
    _text("due", null=True),  # ISO 8601 in UTC; null: not looked at again
    _whole("turns"),  # how often it was looked at
    _whole("failures"),  # in a row
    _text("etag", null=True),
    _text("modified", null=True),  # Last-Modified
    _text("given"),  # JSON: what the feed says of it
    sa.Index("watched_by_due", "due"),
)

queries = _table(
    "queries",  # filters that somebody keeps under a name: a working tool, so it can be changed and taken out for good
    _text("name", key=True),
    _text("filters"),  # query string of the desk's addresses, in the one form of `showing.filters.text_of_query`
    _text("who"),
    _text("at"),  # when it was saved, ISO 8601 in UTC
)

people = _table(
    "people",  # who may come to a desk that others can reach; see `ledger.people`
    _text("name", key=True),
    _text("role"),
    _text("password"),  # as argon2 writes it, with its parameters
    _text("made"),  # ISO 8601 in UTC, as all moments here
    _text("disabled", null=True),  # since when
)
sessions = _table(
    "sessions",
    _text("digest", key=True),  # SHA-256 of the secret in the cookie
    _text("person"),
    _text("made"),
    _text("seen"),
    _text("ends"),
)
tokens = _table(
    "tokens",
    _text("id", key=True),
    sa.Column("digest", TEXT, nullable=False, unique=True),
    _text("person"),
    _text("label"),  # what it is for, in its owner's words
    _text("role"),  # the most it may do; never more than its owner may at the time
    _text("made"),
    _text("seen", null=True),
)

alerts = _table(
    "alerts",  # who is told of what a saved query finds
    _text("id", key=True),  # hash of query and destination
    _text("query"),  # name of the saved query
    _text("destination"),  # feed, file, address of a web hook or of a person; see alerts.destinations
    _text("terms"),  # JSON: what is material, sites, how often
    _text("who"),
    _text("at"),
    _whole("seen"),  # entry of the log up to which it has been looked at
    _text("due", null=True),  # when it is looked at next, ISO 8601 in UTC; null: whenever anybody looks
)
told = _table(
    "told",  # what an alert's reader was last told of an incident: changes are counted from there
    _text("alert", key=True),
    _text("incident", key=True),
    _text("facts"),  # JSON
)
messages = _table(
    "messages",  # the outbox: written with what it tells of, sent afterwards, until somebody takes it
    _text("id", key=True),
    _text("alert"),
    _text("destination"),
    _text("body"),  # JSON, as it is sent and signed
    _text("made"),
    _whole("seq"),  # entry of the log that it speaks of
    _text("state"),  # waiting, delivered, dead
    _text("due", null=True),  # when it is tried next; null unless it waits
    _whole("attempts"),
    _text("done", null=True),  # when it was delivered or given up
    _text("problem", null=True),  # of the last attempt
    sa.Index("messages_by_due", "due"),
    sa.Index("messages_by_alert", "alert", "made"),
)

proposals = _table(
    "proposals",  # what a language model proposes: no claims; what people judge of it stands in the log
    _text("id", key=True),
    _text("report"),
    _text("method"),  # model, where it runs, digest of its instructions
    _text("record"),  # JSON
    _text("at"),
    sa.Index("proposals_by_report", "report"),
)

inquiries = _table(
    "inquiries",  # which reports a language model was asked about
    _text("report", key=True),
    _text("method", key=True),
    _text("at"),
    _whole("proposed"),
    _whole("refused"),  # claims whose words do not stand in the text, or that do not fit the schema
)

STATE: Final = (watched, queries, people, sessions, tokens, alerts, told, messages, proposals, inquiries)
"""Tables that are no part of history and cannot be made again: what to look at, what people keep, who they are."""
DERIVED: Final = (current_readings, blocks, block_sizes, links, clusters, summaries, voices)
APPEND_ONLY: Final = tuple(table for table in metadata.sorted_tables if table not in (*DERIVED, *STATE))
LOGGED: Final = tuple(table for table in APPEND_ONLY if table is not log)
"""Tables whose rows the log's digests cover."""
