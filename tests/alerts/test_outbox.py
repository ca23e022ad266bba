"""The outbox: pauses that grow for days, the same for the same message, and an end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sayso.alerts.outbox import (
    PAUSES,
    Message,
    delivered,
    due,
    failed,
    listed,
    next_due,
    pause_after,
    put,
    revive,
    tidy,
)
from sayso.errors import NotFoundError
from tests.alerts.conftest import START, World

ONE = Message("msg_1", "alert_1", "-", '{"data":{}}', "2031-05-07T12:00:00Z", 3, due="2031-05-07T12:00:00Z")


def test_pauses_grow_for_days_and_are_the_same_for_the_same_message() -> None:
    whole = sum(PAUSES, timedelta())
    assert timedelta(days=3) < whole < timedelta(days=6)
    for attempt in range(1, len(PAUSES) + 1):
        pause = pause_after("msg_1", attempt)
        assert PAUSES[attempt - 1] <= pause <= PAUSES[attempt - 1] * 1.2
        assert pause == pause_after("msg_1", attempt)
    assert len({pause_after(f"msg_{number}", 3) for number in range(50)}) > 40


def test_a_message_that_nobody_takes_is_dead_after_days_and_can_be_revived(world: World) -> None:
    put(world.ledger, ONE)
    tries = 0
    while waiting := due(world.ledger, world.now):
        assert failed(world.ledger, waiting[0], "no", world.now) in {"waiting", "dead"}
        tries += 1
        world.later(days=2)
    (dead,) = listed(world.ledger, state="dead")
    assert (tries, dead.attempts, dead.problem, dead.due) == (len(PAUSES) + 1, len(PAUSES) + 1, "no", None)
    assert next_due(world.ledger) is None
    with pytest.raises(NotFoundError, match="no dead message"):
        revive(world.ledger, "msg_2", world.now)
    revive(world.ledger, "msg_1", world.now)
    assert [each.id for each in due(world.ledger, world.now)] == ["msg_1"]


def test_a_receiver_that_asks_for_a_pause_gets_it(world: World) -> None:
    put(world.ledger, ONE)
    failed(world.ledger, ONE, "busy", START, wait=4000.0)
    assert due(world.ledger, START + timedelta(seconds=3999)) == []
    assert len(due(world.ledger, START + timedelta(seconds=4000))) == 1


def test_what_was_delivered_long_ago_is_taken_out(world: World) -> None:
    put(world.ledger, ONE)
    delivered(world.ledger, ONE, START)
    tidy(world.ledger, START + timedelta(days=80))
    assert len(listed(world.ledger)) == 1
    tidy(world.ledger, START + timedelta(days=91))
    assert listed(world.ledger) == []
