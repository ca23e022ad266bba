from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from sayso.cli import main


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example"])
def test_error_an_address_that_others_can_reach(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", host, "--port", "0"]) == 2
    assert "unprotected" in capsys.readouterr().err


def test_error_a_project_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "0", "--project", str(tmp_path)]) == 5
    assert "no sayso project" in capsys.readouterr().err


@pytest.mark.slow
def test_the_address_is_printed_answers_and_ends_with_an_interrupt(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in {"SAYSO_PROJECT", "USER", "LOGNAME"}}
    command = [sys.executable, "-m", "sayso", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}read", timeout=60) as answer:
            assert b"Who says what?" in answer.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
