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
    "published_from": "where the date was found: option, field, json-ld, meta, time, list, dateline, address, htmldate",
    "title_from": "where the title was found; likewise",
    "publisher_from": "where the outlet was found; likewise",
    "byline": "author",
    "byline_from": "where the author was found; likewise",
    "modified": "when the page was last changed, as it says",
    "modified_from": "where that was found",
    "credit": "the first credit line of service or photographer",
    "recovered": "share of what a second reader takes for the article that is in the text",
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
