"""Where each fact of a report was found is kept with the report, and shown."""

from __future__ import annotations

import json

from sayso.adding import Tally, add
from sayso.intake import Capture, Given
from sayso.intake.guard import default_guard
from sayso.ledger import Ledger
from sayso.ledger.asking.history import report_facts, report_list
from sayso.ledger.verify import verify
from tests.ledger.foretold import READER, capture_of, put, read, text_of

PAGE = f"""<html><head><title>Blast - Wire</title><meta property="og:site_name" content="Coast Wire">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Blast in Tarsk",
"author": {{"name": "Ana Ruiz"}}, "dateModified": "2031-05-15T08:00:00+02:00"}}</script></head><body><article>
<p>{text_of(killed=3)}</p><p>(Reporting by Ivo Saric; editing by Mina Farah)</p></article></body></html>"""
GIVEN = Given(url="https://wire.example/2031/05/14/tarsk")


def page() -> Capture:
    return Capture(PAGE.encode(), "page.html", "page", GIVEN)


def test_each_fact_says_where_it_was_found(ledger: Ledger) -> None:
    put(ledger, [page(), capture_of(text_of(killed=9), published="2031-05-01")])
    first, second = ledger.report_rows()
    found = {name: first[f"{name}_from"] for name in ("title", "publisher", "byline", "published", "url", "language")}
    assert found == {
        "title": "json-ld",
        "publisher": "meta",
        "byline": "json-ld",
        "published": "address",
        "url": "address",
        "language": "text",
    }
    assert (first["modified"], first["modified_from"]) == ("2031-05-15T08:00+02:00", "json-ld")
    assert first["credit"] == "(Reporting by Ivo Saric; editing by Mina Farah)"
    assert second["published_from"] == "option"
    assert (second["title_from"], second["modified"], second["byline_from"]) == (None, None, None)


def test_lists_and_pages_of_the_desk_are_told_the_same(ledger: Ledger) -> None:
    put(ledger, [page()])
    (row,) = ledger.report_rows()
    with ledger.snapshot() as connection:
        facts = report_facts(connection, row["id"]) or {}
        (listed,), total = report_list(connection, limit=9, offset=0)
    assert total == 1
    assert {name: row[name] for name in facts} == facts == listed


def test_what_the_child_noted_is_kept_too(ledger: Ledger) -> None:
    list(add(ledger, [page()], Tally(), read=read, reader=READER, parse=default_guard()))
    (row,) = ledger.report_rows()
    assert (row["byline"], row["byline_from"], row["modified_from"]) == ("Ana Ruiz", "json-ld", "json-ld")


def test_it_is_part_of_the_log_and_cannot_be_changed_unseen(ledger: Ledger) -> None:
    put(ledger, [page()])
    assert verify(ledger) == []
    assert any("provenance" in json.loads(entry["rows"]) for entry in ledger.log())
