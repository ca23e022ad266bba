"""Keys that grow too common, and become telling again: links are those of a ledger made at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from sayso.adding import reread
from sayso.ledger import Ledger, schema
from sayso.ledger.storing import Reader
from sayso.records import Reading, Report
from tests.ledger.foretold import QuickLinker, capture_of, put, read, text_of


def links_of(ledger: Ledger) -> set[tuple[str, str]]:
    """Return the linked pairs by the texts of their reports."""
    accounts, reports = schema.accounts, schema.reports
    query = sa.select(accounts.c.number, reports.c.text).join(reports, reports.c.id == accounts.c.report)
    with ledger.snapshot() as connection:
        texts = {row.number: row.text for row in connection.execute(query)}
        return {(texts[row.a], texts[row.b]) for row in connection.execute(sa.select(schema.links))}


def days(*numbers: int) -> list[str]:
    """One report each, far enough apart to share the key of the place alone."""
    return [text_of(f"kind{number}", day=10 * number) for number in numbers]


def test_pairs_that_share_only_a_key_that_grew_too_common_are_let_go(ledger: Ledger) -> None:
    put(ledger, map(capture_of, days(*range(QuickLinker.most))))
    assert len(links_of(ledger)) == QuickLinker.most * (QuickLinker.most - 1)
    put(ledger, map(capture_of, days(QuickLinker.most)))
    assert links_of(ledger) == set()


def test_reading_again_does_not_bring_back_what_is_too_common(ledger: Ledger) -> None:
    put(ledger, map(capture_of, days(*range(QuickLinker.most + 1))))
    list(reread(ledger, read=read, reader=Reader("1", "foretold")))
    assert links_of(ledger) == set()


def read_without_the_last(reports: Iterable[Report]) -> Iterator[Reading]:
    last = days(QuickLinker.most)[0]
    for reading in read(reports):
        yield Reading(reports=reading.reports) if reading.reports[0].text == last else reading


def test_a_key_that_is_telling_again_links_those_who_bear_it(ledger: Ledger) -> None:
    put(ledger, map(capture_of, days(*range(QuickLinker.most + 1))))
    list(reread(ledger, read=read_without_the_last, reader=Reader("1", "foretold")))
    assert len(links_of(ledger)) == QuickLinker.most * (QuickLinker.most - 1)
