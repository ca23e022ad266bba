"""Saved queries: kept under a name, changed on purpose only, and gone for good when removed."""

from __future__ import annotations

import pytest

from sayso.errors import NotFoundError, SetupError, UsageError
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.contents import ledger_hash
from sayso.ledger.queries import remove_query, save_query, saved_queries, saved_query
from sayso.ledger.verify import verify
from tests.ledger.foretold import QuickLinker


def test_what_is_saved_is_there_and_history_says_nothing_of_it(ledger: Ledger) -> None:
    before = ledger.head(), ledger_hash(ledger)
    made = save_query(ledger, "harbour", "kind=bombing", who="ana")
    assert saved_query(ledger, "harbour") == made
    assert (made.filters, made.who) == ("kind=bombing", "ana")
    save_query(ledger, "all", "", who="ben")
    assert [each.name for each in saved_queries(ledger)] == ["all", "harbour"]
    assert remove_query(ledger, "harbour") == made
    assert [each.name for each in saved_queries(ledger)] == ["all"]
    assert (ledger.head(), ledger_hash(ledger)) == before
    assert verify(ledger) == []


def test_a_name_changes_its_filters_only_on_purpose(ledger: Ledger) -> None:
    first = save_query(ledger, "harbour", "kind=bombing", who="ana")
    assert save_query(ledger, "harbour", "kind=bombing", who="ben") == first
    with pytest.raises(UsageError, match="another query"):
        save_query(ledger, "harbour", "kind=shooting", who="ben")
    assert save_query(ledger, "harbour", "kind=shooting", who="ben", replace=True).who == "ben"
    assert saved_query(ledger, "harbour").filters == "kind=shooting"


@pytest.mark.parametrize("name", ["", "Harbour", "a b", "../x", "-x", "a" * 65, "a.b", "ä", "a\n"])
def test_error_a_name_that_fits_no_address(ledger: Ledger, name: str) -> None:
    with pytest.raises(UsageError, match="no name"):
        save_query(ledger, name, "", who="ana")
    assert saved_queries(ledger) == []


def test_error_what_is_not_there(ledger: Ledger) -> None:
    for ask in (saved_query, remove_query):
        with pytest.raises(NotFoundError, match="no saved query 'x'"):
            ask(ledger, "x")


def test_error_a_ledger_open_for_reading_saves_nothing(ledger: Ledger) -> None:
    with (
        open_ledger(ledger.project, linker=QuickLinker()) as reading,
        pytest.raises(SetupError, match="reading"),
    ):
        save_query(reading, "x", "", who="ana")
