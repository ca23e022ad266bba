"""Columns of the lists of a ledger, with what each holds."""

from __future__ import annotations

from typing import Final

REPORTS: Final = {
    "id": "of the report",
    "published": "when, as precise as known",
    "publisher": "outlet",
    "title": "headline",
    "url": "where it was published",
    "language": "ISO 639-1",
    "added": "when it was added, UTC",
    "former": "id of the version before of the same page",
    "readings": "how many readings of it are kept",
    "place": "file or line it came from",
    "sha256": "of its raw bytes",
}
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
INCIDENTS: Final = {
    "id": "of the incident",
    "kind": "a name of `vocab/incidents.toml`",
    "title": "what, where and when, in one line",
    "background": "1 where reports mention it only to explain",
    "earliest": "first day or minute it may have been, ISO 8601",
    "latest": "last day or minute",
    "place": "name of the place shown",
    "country": "ISO 3166 alpha-3",
    "admin1": "first-level division",
    "lat": "degrees north; empty where only the country is known",
    "lon": "degrees east",
    "precision": "what kind of area the place is",
    "reports": "how many reports tell of it",
    "origins": "how many independent origins these have",
    "statuses": "field:status of each finding, parted by blanks",
    "killed_low": "least number of dead that somebody asserts",
    "killed_high": "greatest number; empty beside a least one: open",
    "injured_low": "least number of injured that somebody asserts",
    "injured_high": "greatest number; empty beside a least one: open",
}
DISPUTES: Final = {
    "incident": "id of the incident",
    "title": "of the incident",
    "field": "what is disputed",
    "of": "whom a count is of, as worded; empty for all",
    "one": "one value",
    "one_holder": "who says it",
    "other": "the other value",
    "other_holder": "who says that",
    "cause": "why they cannot both be true",
    "claims": "ids of the two claims, as JSON",
}
TIMELINE: Final = {
    "at": "when it was said, else published; of a judgement, when it was made",
    "field": "of the claim",
    "of": "whom a count is of, as worded; empty for all",
    "value": "the value",
    "change": "first, adds, revises, disputes, repeated, or a person's decision",
    "by": "the holder, or who judged",
    "outlet": "of the report",
    "why": "the reason of a judgement",
    "claim": "id of the claim",
    "about": "id of the claim that is revised or disputed",
}
FOUND: Final = {
    "report": "id of the report",
    "title": "headline",
    "publisher": "outlet",
    "published": "when",
    "snippet": "a piece of the text around the words",
    "incidents": "ids of the incidents it tells of, as JSON",
}
VOICES: Final = {
    "sort": "holder (whom reports quote) or outlet (who publishes)",
    "name": "its name; of a holder without one, its words",
    "incidents": "on how many it is heard",
    "claims": "how many claims it makes",
    "first": "fields on which it spoke before others, where others spoke at all",
    "revised": "values that it replaced itself",
    "disputed": "fields on which somebody contradicts it",
}
KINDS: Final = {
    "kind": "of source",
    "suffixes": "by which a file of it is known",
    "what": "it is",
}
LOOKED: Final = {
    "id": "of the report",
    "title": "headline",
    "title_from": "where it was found",
    "publisher": "outlet",
    "publisher_from": "where it was found",
    "byline": "who wrote it",
    "byline_from": "where it was found",
    "published": "when, as precise as known",
    "published_from": "where it was found",
    "language": "ISO 639-1",
    "language_from": "where it was found",
    "url": "address of the page",
    "url_from": "where it was found",
    "modified": "when the page was changed",
    "modified_from": "where it was found",
    "credit": "the service that it credits",
    "reader": "what found the text of a page: `article` (its own markup) or `trafilatura`",
    "recovered": "share of a second reader's text that was recovered, 0 to 1",
    "lost": "beginnings of paragraphs that only the second reader has, as JSON",
    "refused": "how many paragraphs were left out as lists of links",
    "letters": "code points of the text",
    "hidden": "characters that hide something, as JSON",
}
QUOTES: Final = {
    "speaker": "who says so, as resolved in the report; empty where nobody is named",
    "speaker_kind": "what the speaker is",
    "speaker_words": "the speaker as written",
    "inside": "id of the statement in which this one is told",
    "cue": "the words that attribute; empty for a bare quotation",
    "words": "what is said, as written; pieces apart are joined by ' … '",
    "verbatim": "true where all of it stands in quotation marks",
    "channel": "through what it came",
    "stance": "asserts, accuses, denies …",
    "certainty": "how sure, as worded",
    "when": "when it was said, as worded",
    "earliest": "first moment at which it can have been said",
    "latest": "last moment",
    "report": "id of the report",
    "publisher": "outlet of the report",
    "start": "first code point of what is said",
    "end": "one past its last code point",
    "statement": "id of the statement",
}
GROUNDED: Final = {
    "report": "id of the report",
    "start": "first code point of the words",
    "end": "one past their last code point",
    "words": "as written",
    "shown": "the value for a reader; empty where it stays unresolved",
    "reason": "why this value, or why none",
    "value": "the whole value, as JSON",
}
