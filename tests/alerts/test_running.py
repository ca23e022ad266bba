"""Sending: taken, refused, broken off, gone; offline; past the guard; one run at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.guarantees.receiving import Receiver
from sayso.alerts.book import find_alert
from sayso.alerts.noticing import notice, write
from sayso.alerts.outbox import listed
from sayso.alerts.running import LOCK, one_at_a_time
from sayso.alerts.signing import is_signed, keys_of
from sayso.errors import SetupError
from tests.alerts.conftest import World
from tests.ledger.foretold import capture_of, text_of

FIRST = capture_of(text_of(killed=7), publisher="Coast Wire")


def test_a_web_hook_gets_a_signed_message_once_it_takes_it(world: World, receiver: Receiver) -> None:
    world.allowed = (receiver.allowed,)
    alert = world.alert(receiver.url)
    world.add(FIRST)
    (sent,) = world.run()
    (taken,) = receiver.taken
    (key,) = keys_of(world.ledger.project, alert.id)
    assert sent.state == "delivered"
    assert is_signed(taken.headers, taken.body, key, now=world.now.timestamp())
    assert taken.headers["webhook-id"] == sent.message.id
    assert taken.headers["content-type"] == "application/json"
    body = json.loads(taken.body)
    assert (body["type"], body["timestamp"], body["data"]["query"]) == ("sayso.alert", "2031-05-07T12:00:00Z", "q")
    world.later(days=1)
    assert world.run() == []


@pytest.mark.parametrize("answer", [0, 302, 500])
def test_what_is_not_taken_is_sent_again_under_the_same_id(world: World, receiver: Receiver, answer: int) -> None:
    """Redirects are not followed: the address that was given is the address that was checked."""
    world.allowed = (receiver.allowed,)
    world.alert(receiver.url)
    world.add(FIRST)
    receiver.answers += [answer]
    receiver.headers = {"Location": "/elsewhere"}
    (sent,) = world.run()
    assert sent.state == "waiting"
    assert sent.problem
    assert world.run() == []
    world.later(minutes=1)
    (again,) = world.run()
    assert again.state == "delivered"
    first, second = receiver.taken
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]


def test_a_receiver_that_is_gone_gets_no_more(world: World, receiver: Receiver) -> None:
    world.allowed = (receiver.allowed,)
    world.alert(receiver.url)
    world.add(FIRST)
    receiver.answers += [410]
    (sent,) = world.run()
    assert (sent.state, len(listed(world.ledger, state="dead"))) == ("dead", 1)


def test_a_web_hook_reaches_no_private_address_unless_allowed(world: World, receiver: Receiver) -> None:
    world.alert(receiver.url)
    world.add(FIRST)
    (sent,) = world.run()
    assert "no public address" in (sent.problem or "")
    assert receiver.taken == []


def test_one_receiver_that_fails_does_not_hold_up_the_others(world: World, receiver: Receiver) -> None:
    world.allowed = (receiver.allowed,)
    world.alert(receiver.url)
    world.alert("-")
    world.add(FIRST, capture_of(text_of(place="Velm")), capture_of(text_of(place="Orsk")))
    receiver.answers += [500]
    sent = world.run()
    assert sorted(each.state for each in sent) == ["delivered", "delivered", "delivered", "waiting"]
    assert len(receiver.taken) == 1
    world.later(minutes=6)
    assert [each.state for each in world.run()] == ["delivered"] * 3


def test_offline_nothing_leaves_this_computer_and_nothing_is_lost(world: World, receiver: Receiver) -> None:
    world.allowed = (receiver.allowed,)
    world.alert(receiver.url)
    world.alert("ana@example.org")
    world.alert("-")
    world.add(FIRST)
    sent = world.run(offline=True)
    assert sorted(each.state for each in sent) == ["delivered", "waiting", "waiting"]
    assert receiver.taken == []
    assert {each.attempts for each in listed(world.ledger, state="waiting")} == {0}
    world.later(minutes=6)
    assert [each.state for each in world.run() if each.message.destination == receiver.url] == ["delivered"]


def test_files_get_lines_and_a_feed_is_written_whole(world: World) -> None:
    for to in ("file:out.jsonl", "file:out.txt", "feed:q.atom"):
        world.alert(to)
    world.add(FIRST, capture_of(text_of(place="Velm")))
    assert {each.state for each in world.run()} == {"delivered"}
    folder = world.ledger.project.folder
    lines = [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]
    assert len({line["id"] for line in lines}) == 2
    assert (folder / "out.txt").read_text("utf-8").count("what has changed") == 2
    assert (folder / "q.atom").read_bytes().count(b"<entry>") == 2


def test_error_a_file_that_cannot_be_written_waits(world: World) -> None:
    world.alert("file:missing/out.txt")
    world.add(FIRST)
    (sent,) = world.run()
    assert sent.state == "waiting"
    assert "cannot be written" in (sent.problem or "")


def test_two_runs_do_not_send_the_same(world: World) -> None:
    alert = world.alert("-")
    world.add(FIRST)
    present = find_alert(world.ledger, alert.id)
    one, other = notice(world.ledger, present, world.now), notice(world.ledger, present, world.now)
    assert write(world.ledger, one, world.now)
    assert not write(world.ledger, other, world.now)
    assert len(listed(world.ledger)) == 1
    with (
        one_at_a_time(world.ledger.project.folder / LOCK),
        pytest.raises(SetupError, match="another process"),
    ):
        world.run()


def test_error_without_a_server_mail_waits_and_says_why(world: World, tmp_path: Path) -> None:
    world.alert("ana@example.org")
    world.add(FIRST)
    (sent,) = world.run()
    assert sent.state == "waiting"
    assert "sender" in (sent.problem or "")
