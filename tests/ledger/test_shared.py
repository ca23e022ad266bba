"""A snapshot that several processes see: whoever commits while they begin makes them begin again."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
import sqlalchemy as sa

from sayso.ledger import Ledger, open_ledger, schema
from sayso.ledger.sqlite import Restless
from tests.ledger.foretold import capture_of, put, text_of

ITEMS = [capture_of(text_of(day=day, killed=day)) for day in range(1, 9)]


def reports_in(connection: sa.Connection) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(schema.reports)).scalar() or 0


@pytest.mark.parametrize("times", [0, 1, 3])
def test_all_see_the_same_however_often_somebody_commits_meanwhile(ledger: Ledger, times: int) -> None:
    put(ledger, ITEMS[:2])
    rest, seen_there = iter(ITEMS[2 : 2 + times]), []
    with open_ledger(ledger.project) as one, open_ledger(ledger.project) as other, ExitStack() as looking:

        def join(ticket: str) -> None:
            """Let the other one begin anew; just before, somebody commits."""
            looking.close()
            put(ledger, [item for item in (next(rest, None),) if item])
            seen_there.append(looking.enter_context(other.snapshot(ticket)))

        with one.shared_snapshot(join) as here:
            put(ledger, ITEMS[6:8])
            assert reports_in(here) == reports_in(seen_there[-1])
            with one.snapshot() as later:
                assert reports_in(later) > reports_in(here), "what came since is seen by whoever looks now"
    a_file = ledger.project.address is None
    assert len(seen_there) == (times + 1 if a_file else 1), "a server hands its snapshot on, at a file all look again"


def test_error_somebody_commits_each_time(file_ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ledger.sqlite._TRIES", 3)
    items = iter(ITEMS)

    def join(_ticket: str) -> None:
        put(file_ledger, [next(items)])

    with (
        open_ledger(file_ledger.project) as reading,
        pytest.raises(Restless),
        reading.shared_snapshot(join),
    ):
        raise AssertionError("nothing is to be seen")
    assert next(items) is ITEMS[3], "three times, and no more"
