"""The tables there are, each column with its meaning: the one place where a column is explained."""

from __future__ import annotations

from typing import Final

from sayso.tables.columns import Column, Table

ISO: Final = "ISO 8601, as precise as known"
POINTS: Final = "code points"

INCIDENTS: Final = Table(
    "incidents",
    "one happening as all its reports tell it",
    (
        Column("id", "string", "id of the incident"),
        Column("kind", "string", "what sort of incident: a name of vocab/incidents.toml"),
        Column("title", "string", "title of the first report of that kind"),
        Column("earliest", "string", "first moment at which it may have happened", ISO),
        Column("latest", "string", "last moment at which it may have happened", ISO),
        Column("place", "string", "where, by its canonical name; as written where the gazetteer does not know it"),
        Column("country", "string", "country of the place", "ISO 3166 alpha-3"),
        Column("admin1", "string", "first-level division of the place"),
        Column("lat", "number", "north of the equator; empty where only the country is known", "degrees, WGS 84"),
        Column("lon", "number", "east of Greenwich; empty where only the country is known", "degrees, WGS 84"),
        Column("precision", "string", "what the place is: point, settlement, district, province, country, area"),
        Column("background", "boolean", "reports mention it only to explain something else"),
        Column("reports", "integer", "reports that tell of it", "reports"),
        Column("origins", "integer", "independent sources behind these reports: copies count once", "origins"),
        Column("disputed", "string", "fields on which claims cannot all be true, with blanks between"),
        Column(
            "killed_low",
            "integer",
            "least that somebody asserts; of one group where nobody counts all",
            "people",
        ),
        Column("killed_high", "integer", "greatest of them; empty beside a least one: open", "people"),
        Column("injured_low", "integer", "least that somebody asserts; of one group where nobody counts all", "people"),
        Column("injured_high", "integer", "greatest of them; empty beside a least one: open", "people"),
    ),
)
CLAIMS: Final = Table(
    "claims",
    "one value for one field of an incident, on one holder's say-so",
    (
        Column("id", "string", "id of the claim"),
        Column("incident", "string", "id of the incident"),
        Column("report", "string", "id of the report it stands in"),
        Column("publisher", "string", "outlet of the report"),
        Column("published", "string", "when the report was published", ISO),
        Column("field", "string", "what the claim is about: killed, perpetrator, when …"),
        Column("words", "string", "the value as written"),
        Column("name", "string", "name of the actor, place or target"),
        Column("class", "string", "class of the weapon or target, kind, status or extent, where the value has one"),
        Column("country", "string", "country of the actor, place or target", "ISO 3166 alpha-3"),
        Column("of", "string", "whom or what a count or damage is of; empty for all"),
        Column("low", "integer", "least number that the words allow", "people or things"),
        Column("high", "integer", "greatest number; empty beside a least one: open", "people or things"),
        Column("earliest", "string", "first moment that the words allow", ISO),
        Column("latest", "string", "last moment that the words allow", ISO),
        Column("lat", "number", "north of the equator", "degrees, WGS 84"),
        Column("lon", "number", "east of Greenwich", "degrees, WGS 84"),
        Column("value", "string", "the whole value", "JSON"),
        Column("holder", "string", "who says so; as written where nobody is named"),
        Column("holder_kind", "string", "what the holder is; `report`: the report's own voice"),
        Column("holder_country", "string", "country of the holder", "ISO 3166 alpha-3"),
        Column("chain", "string", "through whom it came, outermost first, ' > ' between"),
        Column("via", "string", "channel: a name of vocab/channels.toml"),
        Column("stance", "string", "asserts, accuses, suspects, claims_own, denies, exonerates, doubts, questions"),
        Column("certainty", "string", "how sure, as worded; empty where nothing hedges"),
        Column("certainty_low", "number", "lower end of the band these words stand for", "probability, 0 to 1"),
        Column("certainty_high", "number", "upper end of the band these words stand for", "probability, 0 to 1"),
        Column("certainty_scale", "string", "where the band comes from: ICD 203 or sayso"),
        Column("said", "string", "when it was said, where the text tells", ISO),
        Column("said_words", "string", "when it was said, as worded"),
        Column("evidence", "string", "the words it was read from"),
        Column("start", "integer", "first character of the evidence in the text of the report", POINTS),
        Column("end", "integer", "one past its last character", POINTS),
        Column("statement", "string", "id of the statement it stands in"),
    ),
    refers=(("incident", "incidents"), ("report", "reports"), ("statement", "statements")),
)
STATEMENTS: Final = Table(
    "statements",
    "one attribution: somebody says or thinks something",
    (
        Column("id", "string", "id of the statement"),
        Column("report", "string", "id of the report it stands in"),
        Column("holder", "string", "who says it; as written where nobody is named"),
        Column("holder_kind", "string", "what the holder is"),
        Column("holder_country", "string", "country of the holder", "ISO 3166 alpha-3"),
        Column("via", "string", "channel: a name of vocab/channels.toml"),
        Column("cue", "string", "the words that attribute; empty for a bare quotation"),
        Column("words", "string", "everything attributed, ' … ' between its pieces"),
        Column("verbatim", "boolean", "all of it stands in quotation marks"),
        Column("stance", "string", "asserts, accuses, suspects, claims_own, denies, exonerates, doubts, questions"),
        Column("said", "string", "when it was said, where the text tells", ISO),
        Column("said_words", "string", "when it was said, as worded"),
        Column("inside", "string", "id of the statement in whose words this one stands"),
        Column("start", "integer", "first character of what is attributed, in the text of the report", POINTS),
        Column("end", "integer", "one past its last character", POINTS),
    ),
    refers=(("report", "reports"), ("inside", "statements")),
)
REPORTS: Final = Table(
    "reports",
    "one published text",
    (
        Column("id", "string", "id of the report: of the SHA-256 of its raw bytes"),
        Column("published", "string", "when it was published; empty where nothing tells", ISO),
        Column(
            "published_from",
            "string",
            "where the date was found: option, field, json-ld, meta, time, list, dateline, address, htmldate",
        ),
        Column("publisher", "string", "outlet"),
        Column("title", "string", "headline"),
        Column("byline", "string", "who wrote it"),
        Column("dateline", "string", "place and service at its head"),
        Column("url", "string", "where it was published"),
        Column("language", "string", "language of the text", "ISO 639-1"),
        Column("external_id", "string", "the id its source gave it"),
        Column("added", "string", "when it came into the ledger", "ISO 8601, UTC"),
        Column("former", "string", "id of the version before of the same page"),
        Column("place", "string", "file, line or address it came from"),
        Column("sha256", "string", "SHA-256 of its raw bytes", "hexadecimal"),
        Column("length", "integer", "length of its text", POINTS),
        Column("text", "string", "its text as stored: what start and end of claims and statements count in"),
    ),
    refers=(("former", "reports"),),
)
ORIGINS: Final = Table(
    "origins",
    "one report of an incident with the independent source behind it",
    (
        Column("incident", "string", "id of the incident"),
        Column("report", "string", "id of the report"),
        Column("origin", "string", "id of the origin; reports with the same one count once"),
        Column("name", "string", "wire service or outlet, where the reports name it"),
        Column("reason", "string", "why these reports count as one source"),
    ),
    key=("incident", "report"),
    refers=(("incident", "incidents"), ("report", "reports")),
)
PACKAGE: Final = (INCIDENTS, CLAIMS, STATEMENTS, REPORTS, ORIGINS)
"""What a data package holds."""

REPORT_LIST: Final = {
    **REPORTS.only(("id", "published", "publisher", "title", "url", "language", "added", "former")),
    "readings": "how many readings of it are kept",
    **REPORTS.only(("place", "sha256", "published_from")),
    "title_from": "where the title was found; likewise",
    "publisher_from": "where the outlet was found; likewise",
    **REPORTS.only(("byline",)),
    "byline_from": "where the author was found; likewise",
    "modified": "when the page was last changed, as it says",
    "modified_from": "where that was found",
    "credit": "the first credit line of service or photographer",
    "recovered": "share of what a second reader takes for the article that is in the text",
}
"""Columns of the list of reports."""
QUARANTINE: Final = {
    "sha256": "of the raw bytes",
    "place": "file or line it came from",
    "reason": "why it could not be read",
    "way_out": "what can be done",
    "size": "of the raw bytes",
}
LOG: Final = {
    "seq": "number of the entry",
    "at": "when, UTC",
    "what": "opened, report, reading, quarantine, judgement, migrated",
    "about": "id of what it is about",
    "detail": "what else there is to tell, as JSON",
    "hash": "of this entry and the one before",
}
