"""Parsing in a child that may be killed: what breaks the limits is one error, and the next report is read at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from sayso.errors import InputError, SetupError
from sayso.intake import Capture, Given, report_of
from sayso.intake.guard import Guard, Limits, Parsed

LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."
GOOD = Capture(LEDE.encode(), "a.txt", "text", Given(published="2031-05-14"))
SLOW = Capture(
    b'<rss version="2.0"><channel><item><author>' + b"a" * 40_000 + b"</author><title>x</title></item></channel></rss>",
    "slow.rss",
    "entry",
)


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    with Guard(Limits(wall=2.0, cpu=10)) as guard:
        yield guard


def test_a_report_is_the_same_as_without_the_child(guard: Guard) -> None:
    made = guard.parse(GOOD)
    assert isinstance(made, Parsed)
    assert made.report == report_of(GOOD)
    assert made.notes.found["published"] == "option"


def test_error_what_cannot_be_read_is_said_as_without_the_child(guard: Guard) -> None:
    made = guard(Capture(b"\x89PNG\r\n", "a.png", "text"))
    assert isinstance(made, InputError)
    assert str(made) == "a.png: not a text: it is a PNG picture (give a text or a saved page)"


def test_error_what_takes_too_long_is_ended_and_the_next_is_read_within_a_second(guard: Guard) -> None:
    began = time.monotonic()
    made = guard(SLOW)
    assert isinstance(made, InputError)
    assert "more than 2 s" in made.problem
    assert time.monotonic() - began < 10
    began = time.monotonic()
    assert not isinstance(guard(GOOD), InputError)
    assert time.monotonic() - began < 5  # a second on a machine that is not shared; `doctor --guarantees` measures it


def test_a_child_that_has_died_is_replaced_and_no_report_blamed(guard: Guard) -> None:
    guard(GOOD)
    os.kill(guard._pid, signal.SIGKILL)
    assert not isinstance(guard(GOOD), InputError)


def test_error_a_report_that_kills_its_child_twice_is_to_blame(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(sender: object, deadline: float) -> None:
        raise EOFError

    monkeypatch.setattr("sayso.intake.guard.receive", dies)
    made = guard(GOOD)
    assert isinstance(made, InputError)
    assert "broke off" in made.problem
    monkeypatch.undo()
    assert not isinstance(guard(GOOD), InputError)


def test_error_more_memory_than_a_report_may_take() -> None:
    with Guard(Limits(memory=192 * 2**20)) as guard:
        made = guard(Capture(b"<p>x</p>" * 2_500_000, "large.html", "page"))
        assert isinstance(made, InputError)
        assert not isinstance(guard(GOOD), InputError)


def test_a_forked_process_has_children_of_its_own(guard: Guard) -> None:
    guard(GOOD)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = int(isinstance(guard(GOOD), InputError))
            guard.close()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not isinstance(guard(GOOD), InputError)


def test_error_no_child_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(SetupError, match="no child process"):
        Guard()


def test_what_a_child_says_is_not_believed_blindly(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.guard.receive", lambda sender, deadline: ({"report": {"id": 7}}, b""))
    made = guard(GOOD)
    assert isinstance(made, InputError)
    assert "nonsense" in made.problem


def test_a_nursery_that_is_forked_parses_and_ends_as_one_that_is_started() -> None:
    code = (
        "import os\n"
        "from sayso.errors import InputError\n"
        "from sayso.intake import guard, nursery\n"
        "from tests.intake.test_guard import GOOD\n"
        "nursery.make_ready()\n"
        "guard.fork_guard()\n"
        "guarded = guard.default_guard()\n"
        "assert not isinstance(guarded(GOOD), InputError)\n"
        "child = guarded._nursery._pid\n"
        "assert open(f'/proc/{child}/cmdline').read() == open('/proc/self/cmdline').read()  # no new program\n"
        "assert {os.readlink(f'/proc/{child}/fd/{fd}') for fd in (0, 1)} == {os.devnull}\n"
        "guarded.close()\n"
        "assert guarded._nursery is None and not os.path.exists(f'/proc/{child}')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
