"""Processes of this machine that read: the same ledger, and none outlives or brings down the one that stores."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from evaluation.guarantees.foretold import QuickLinker, capture_of, read, text_of
from sayso.adding import Prepared, Tally, default_reader, in_this_process, prepared
from sayso.adding import add as add_alone
from sayso.errors import InputError
from sayso.intake import Capture
from sayso.ledger import create
from sayso.ledger.contents import ledger_hash
from sayso.ledger.verify import verify
from sayso.scale.adding import add_here
from sayso.scale.processes import SIZE, WORTH, Processes
from sayso.scale.reading import read_on_this_machine
from sayso.scale.shards import cut

ITEMS: list[Capture | InputError] = [
    *(capture_of(text_of(day=number % 9 + 1, killed=number)) for number in range(1, 60)),
    capture_of(""),
    InputError("no bytes to be had", place="gone.txt"),
    capture_of(text_of(day=2, killed=1)),
]
DEADLY = capture_of(text_of(day=3, killed=777))


def quick(captures: Sequence[Capture]) -> Mapping[str, Prepared]:
    """Read as foretold; one capture ends the process, as a fault of a library would."""
    if DEADLY.raw in [item.raw for item in captures]:
        os.kill(os.getpid(), signal.SIGKILL)
    return prepared(captures, read=read, parse=in_this_process)


def never(captures: Sequence[Capture]) -> Mapping[str, Prepared]:
    """Read for longer than any test waits."""
    time.sleep(600)
    return quick(captures)


def processes(number: int) -> Processes:
    return Processes(number, quick)


@pytest.mark.parametrize("number", [2, 3])
def test_the_ledger_is_the_same_with_several_processes(tmp_path: Path, number: int) -> None:
    with (
        create(tmp_path / "several", linker=QuickLinker()) as several,
        create(tmp_path / "alone", linker=QuickLinker()) as alone,
    ):
        tally, expected = Tally(), Tally()
        told: list[str] = []
        outcomes = list(
            add_here(several, ITEMS, tally, number, lambda item, _notes: told.append(item.place), start=processes)
        )
        assert outcomes == list(
            add_alone(alone, ITEMS, expected, read=read, reader=default_reader(), parse=in_this_process)
        )
        assert tally == expected
        assert (tally.stored, tally.duplicate, tally.quarantined, tally.unreadable) == (59, 1, 1, 1)
        assert ledger_hash(several) == ledger_hash(alone)
        assert verify(several) == []
        assert len(told) == 60  # the last is known by then


def test_a_capture_that_ends_its_reader_goes_into_quarantine_and_all_others_are_stored(tmp_path: Path) -> None:
    items = [*ITEMS[:20], DEADLY, *ITEMS[20:]]
    with create(tmp_path / "project", linker=QuickLinker()) as ledger:
        tally = Tally()
        outcomes = list(add_here(ledger, items, tally, 2, start=processes))
        assert (tally.stored, tally.duplicate, tally.quarantined) == (59, 1, 2)
        assert "reading it ended the process that read" in str(outcomes[20].problem)
        assert verify(ledger) == []


def test_reading_without_a_ledger_keeps_the_order() -> None:
    made = list(read_on_this_machine(ITEMS, 2, start=processes))
    assert [item for item, _ in made] == ITEMS
    alone = prepared([item for item in ITEMS if isinstance(item, Capture)], read=read, parse=in_this_process)
    readings = [made.result for made in alone.values() if not isinstance(made.result, InputError)]
    assert [each.result for _, each in made if isinstance(each, Prepared)][:59] == readings


def test_few_captures_start_no_process() -> None:
    def start(_number: int) -> Processes:
        raise AssertionError("a process for so few")

    few = [capture_of(text_of(day=1, killed=number)) for number in range(3)]
    assert len(few) < WORTH
    assert len(list(read_on_this_machine(few, 2, start=start))) == 3


def test_a_shard_that_is_not_wanted_is_passed_on_in_its_place() -> None:
    shards = list(cut(ITEMS, SIZE))
    with processes(1) as pool:
        made = list(pool.prepare((shard, at % 2 == 0) for at, shard in enumerate(shards)))
    assert [shard for shard, _ in made] == shards
    assert [each is None for _, each in made] == [at % 2 == 1 for at in range(len(shards))]


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    """However it ends: here by SIGKILL, which lets it clean up nothing."""
    script = tmp_path / "script.py"
    script.write_text(
        "import os, time\n"
        "from sayso.scale.processes import Processes\n"
        "def told(captures):\n    return {'pid': os.getpid()}\n"
        "if __name__ == '__main__':\n"
        "    from sayso.scale.shards import Shard\n"
        "    pool = Processes(1, told)\n"
        "    for _, made in pool.prepare([(Shard(()), True)]):\n        print(made['pid'], flush=True)\n"
        "    time.sleep(60)\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    assert _ends(child)


def test_processes_that_never_answer_are_ended_with_their_pool() -> None:
    """So is one begun in the moment in which another broke it: Python would wait for either when it exits."""
    known = set(multiprocessing.active_children())
    with Processes(1, never) as workers:
        workers._asked((DEADLY,))
        (silent,) = set(multiprocessing.active_children()) - known
    assert silent.pid is not None
    assert _ends(silent.pid)


def _ends(pid: int) -> bool:
    """Wait for a process to end; tell whether it did."""
    deadline = time.monotonic() + 20
    while _lives(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not _lives(pid)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):  # the latter where it ends between opening and reading
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each is started anew")
def test_what_processes_are_forked_from_has_no_thread_of_its_own_and_all_that_they_import() -> None:
    code = (
        "import os, sys, threading\n"
        "import numpy\n"
        "of_numpy = len(os.listdir('/proc/self/task'))\n"
        "import sayso.scale.warm\n"
        "assert threading.active_count() == 1\n"
        "assert len(os.listdir('/proc/self/task')) == of_numpy\n"
        "assert {'sayso.pipeline', 'trafilatura', 'tokenizers'} <= {*sys.modules}\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
