"""Lists lag behind by a batch at most, and whoever asks in between sees everything all the same."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sayso.ledger import Ledger, schema
from sayso.ledger.asking.gathering import members
from sayso.ledger.asking.parts import Part, part
from sayso.ledger.asking.questions import list_incidents, list_voices
from sayso.ledger.asking.selecting import Query
from sayso.ledger.asof import current, memberships
from sayso.ledger.summaries import all_incidents, marked
from tests.ledger.foretold import capture_of, put, text_of

TEXTS = [text_of(killed=3), text_of(killed=4, by="mayor"), text_of("raid", "Velm", 9, 2), text_of("raid", "Orth", 1, 1)]
QUESTIONS = [Query(), Query(background=True), Query(holder="mayor"), Query(holder="POLICE"), Query(text="velm")]


def answers(ledger: Ledger) -> list[object]:
    return [
        *(list_incidents(ledger, query) for query in QUESTIONS),
        list_voices(ledger),
        list_incidents(ledger, Query(), limit=1, offset=1),
    ]


def exported(ledger: Ledger, as_of: int | None = None) -> Part:
    with ledger.snapshot() as connection:
        return part(connection, all_incidents(connection, as_of), as_of)


def outdated(ledger: Ledger) -> list[str]:
    with ledger.snapshot() as connection:
        return marked(connection)


@pytest.fixture
def unfresh(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """A ledger whose writer was killed before it brought the lists up to date: half of them are outdated."""
    put(ledger, map(capture_of, TEXTS[:2]))
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "freshen", lambda self: None)
        put(ledger, map(capture_of, TEXTS[2:]))
        put(ledger, [capture_of(text_of(killed=5))])
    return ledger


def test_adding_leaves_no_list_outdated(ledger: Ledger) -> None:
    put(ledger, map(capture_of, TEXTS))
    assert outdated(ledger) == []
    assert list_incidents(ledger, Query()).total == len(ledger.clusters())


def test_outdated_lists_are_made_for_whoever_asks(unfresh: Ledger) -> None:
    assert outdated(unfresh)
    before = answers(unfresh)
    unfresh.freshen()
    assert outdated(unfresh) == []
    assert answers(unfresh) == before
    assert len(list_incidents(unfresh, Query(holder="mayor")).rows) == 1


def test_outdated_lists_are_made_for_whoever_exports(unfresh: Ledger) -> None:
    before = exported(unfresh)
    assert outdated(unfresh)
    unfresh.freshen()
    assert exported(unfresh) == before == exported(unfresh, unfresh.head().seq)
    assert len(before.summaries) == len(unfresh.clusters()) > 2


def test_incidents_of_an_earlier_time_are_made_of_the_readings_of_that_time(unfresh: Ledger) -> None:
    for as_of in range(unfresh.head().seq + 1):
        with unfresh.snapshot() as connection:
            within, readings = members(connection, all_incidents(connection, as_of), as_of)
            then = {row.incident: row.within for row in connection.execute(memberships(as_of))}
            assert within == then
            assert set(readings) <= set(connection.execute(current(as_of)).scalars())
    assert len(within) == 5


def test_the_next_batch_brings_up_to_date_what_a_killed_writer_left(unfresh: Ledger) -> None:
    put(unfresh, [capture_of(text_of("raid", "Nesk", 3, 1))])
    assert outdated(unfresh) == []
    shown = {row["within"]: row["reports"] for row in list_incidents(unfresh, Query()).rows}
    assert shown == {number: len(accounts) for number, accounts in unfresh.clusters().items()}


def test_lists_of_then_and_now_are_made_alike(ledger: Ledger) -> None:
    put(ledger, map(capture_of, TEXTS))
    for query in QUESTIONS:
        assert list_incidents(ledger, query, as_of=ledger.head().seq) == list_incidents(ledger, query)
    assert list_voices(ledger, as_of=ledger.head().seq) == list_voices(ledger)


def test_names_of_actors_are_no_voices(ledger: Ledger) -> None:
    put(ledger, map(capture_of, TEXTS))
    row = {"within": next(iter(ledger.clusters())), "sort": "actor", "name": "Red Hand", "claims": 0, "first": 0}
    with ledger.derived() as connection:
        connection.execute(sa.insert(schema.voices), {**row, "revised": 0, "disputed": 0})
    assert "Red Hand" not in {voice.name for voice in list_voices(ledger)}
    assert [found["within"] for found in list_incidents(ledger, Query(actor="red h")).rows] == [row["within"]]
    assert list_incidents(ledger, Query(holder="red h")).rows == ()
