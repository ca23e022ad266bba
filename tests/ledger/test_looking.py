"""What there is to see of a ledger (``sayso top``, the metrics) is the same in a file and on a server."""

from __future__ import annotations

from sayso.observing.looking import look
from tests.ledger.conftest import NewLedger
from tests.ledger.foretold import capture_of, put, text_of


def test_a_ledger_is_counted_and_weighed_wherever_it_is(new_ledger: NewLedger) -> None:
    ledger = new_ledger("project")
    put(ledger, [capture_of(text_of(killed=7)), capture_of(text_of(killed=9, by="mayor")), capture_of("")])
    view = look(ledger.project)
    assert view.problem is None
    assert view.ledger == {"reports": 2, "incidents": 1, "claims": 2, "quarantined": 1, "entries": 4}
    assert view.bytes is not None
    assert view.bytes > 100_000
    assert look(ledger.project, ledger).ledger == view.ledger
