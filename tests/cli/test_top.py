"""``sayso top``, ``--metrics`` and ``--log-json``: what somebody sees who looks on while others add."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.ledger import create
from sayso.observing import runs
from tests.cli.calling import Run, caller, enter, write
from tests.ledger.foretold import text_of


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return caller(capsys)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project in the current folder, read by a reader that can be foretold."""
    create(tmp_path / "desk").close()
    monkeypatch.delenv("SAYSO_LOG_JSON", raising=False)
    return enter(tmp_path / "desk", monkeypatch)


def running(**more: object) -> runs.Status:
    """Let the project have a run of this process."""
    status = runs.new("add", ["x.warc.gz"], 1000)
    told = {
        "began": "2031-05-14T10:00:00+00:00", "updated": "2031-05-14T10:30:00+00:00", "bytes_done": 400, "rate": 11.25,
        "counts": {"taken": 1232, "stored": 1190, "duplicate": 8, "quarantined": 2}, "waiting": 32, "now": "read",
        "seconds": {"take": 1.0, "parse": 100.0, "read": 800.0, "link": 19.0, "store": 80.0},
        "troubles": [{"at": "2031-05-14T10:12:07Z", "place": "x.warc.gz@77", "problem": "x.warc.gz@77: none \u202e"}],
    }  # fmt: skip
    made = replace(status, **told | more)
    runs.write(Path("runs"), made)
    return made


def test_of_a_project_in_which_nothing_ran_it_tells_the_ledger(run: Run) -> None:
    code, out, _ = run("top", "--once")
    assert code == 4
    assert out.splitlines()[0].startswith("desk   0 reports · 0 incidents · 0 claims · 0 in quarantine · database ")
    assert out.splitlines()[-1] == "Nothing is running."


def test_it_shows_rate_time_left_stages_and_troubles_of_what_runs(run: Run) -> None:
    running()
    code, out, _ = run("top", "--once")
    assert code == 0
    for words in (
        "1,190 stored", "8 duplicate", "2 quarantined", "11.2", "about 45 min", f"pid {os.getpid()}", "read",
        "parse 10% read 80% link 2% store 8%", "10:12:07  x.warc.gz@77: none ⟨U+202E⟩",
    ):  # fmt: skip
        assert words in out, words


def test_workers_and_shards_of_a_cluster_are_shown(run: Run) -> None:
    running(workers=4, shards=7)
    assert "4, 7 shards out" in run("top", "--once")[1]


def test_a_watcher_that_waits_says_until_when(run: Run) -> None:
    running(now="wait", due="2031-05-14T11:15:00+00:00")
    assert "until 11:15" in run("top", "--once")[1]


def test_a_command_that_was_killed_is_told_as_such(run: Run) -> None:
    running(ticks=1)
    code, out, _ = run("top", "--once")
    assert code == 4
    assert "add was killed" in out
    assert "1200 reports done; the same command takes up the rest" in out


def test_as_json_it_tells_the_same(run: Run) -> None:
    status = running()
    code, out, _ = run("top", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["schema"] == "sayso.top/1"
    assert told["running"][0]["id"] == status.id
    assert told["running"][0]["left_seconds"] == 2700
    assert told["ledger"]["reports"] == 0


def test_after_add_it_tells_what_became_of_the_reports(run: Run) -> None:
    write("a.txt", text_of())
    Path("b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert run("add", "a.txt", "b.png")[0] == 3
    _, out, _ = run("top", "--once")
    assert "1 reports · 1 incidents" in out
    assert "The last was add, 0 s ago: 1 quarantined, 1 stored." in out
    assert "b.png: not a text: it is a PNG picture" in out


def test_a_rehearsal_is_not_shown_and_leaves_nothing(run: Run, project: Path) -> None:
    before = set(project.iterdir())
    run("add", "--dry-run", write("a.txt", text_of()))
    assert {path.name for path in set(project.iterdir()) - before} <= {"a.txt"}


def test_with_log_json_stderr_is_lines_of_json_and_stdout_is_as_ever(run: Run) -> None:
    code, out, err = run("add", write("a.txt", text_of()), "--log-json")
    assert code == 0
    assert out.startswith("stored ")
    events = [json.loads(line) for line in err.splitlines()]
    assert [each["event"] for each in events] == [
        "began", "taken", "parsed", "read", "linked", "stored", "said", "ended",
    ]  # fmt: skip
    assert events[-2]["message"] == "1 went in = 1 stored + 0 duplicate + 0 quarantined"


def test_metrics_of_add_are_kept_in_a_file_and_are_whole_when_it_ends(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sayso.prom"
    assert run("add", write("a.txt", text_of()), "--metrics", str(file))[0] == 0
    text = file.read_text(encoding="utf-8")
    assert 'sayso_reports_total{command="add",verdict="stored"} 1.0' in text
    assert 'sayso_running{command="add"} 0.0' in text
    assert 'sayso_ledger{what="reports"} 1.0' in text
    assert [path for path in tmp_path.iterdir() if path.name.startswith("sayso.prom.")] == []


def test_error_metrics_that_cannot_be_written_are_told_before_anything_is_done(run: Run) -> None:
    code, out, err = run("add", write("a.txt", text_of()), "--metrics", "nowhere/x.prom")
    assert (code, out) == (5, "")
    assert "cannot be written" in err


def test_retry_is_watched_too(run: Run) -> None:
    Path("b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    run("add", "b.png")
    code, _, err = run("retry", "--log-json")
    assert code == 3
    quarantined = next(each for each in map(json.loads, err.splitlines()) if each["event"] == "quarantined")
    assert quarantined["trace"]
    assert "The last was retry" in run("top", "--once")[1]


@pytest.mark.slow
def test_on_a_terminal_it_stays_and_follows_what_happens_until_ctrl_c(project: Path) -> None:
    master, slave = pty.openpty()
    environment = os.environ | {
        "TERM": "xterm",
        "COLUMNS": "110",
        "LINES": "20",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "sayso", "top", str(project), "--every", "0.2"]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment) as process:
        os.close(slave)
        shown: list[str] = []
        reader = threading.Thread(target=drain, args=(master, shown), daemon=True)
        reader.start()  # all the time: who writes to a terminal that nobody reads waits for ever
        try:
            until(shown, "Nothing is running")
            running(counts={"stored": 4321})
            until(shown, "4,321 stored")
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()
    reader.join(30)
    os.close(master)
    assert "\x1b[?1049h" in "".join(shown)  # a screen of its own: what stood on the terminal before comes back


def drain(master: int, shown: list[str]) -> None:
    """Keep what a terminal shows until its other end is closed."""
    with contextlib.suppress(OSError):  # Linux: the last program at the other end has gone
        while piece := os.read(master, 65536):
            shown.append(piece.decode("utf-8", "replace"))


def until(shown: list[str], words: str) -> None:
    """Wait until a terminal has shown these words, a minute at most."""
    ends = time.monotonic() + 60
    while words not in "".join(shown):
        assert time.monotonic() < ends, "".join(shown)
        time.sleep(0.05)
