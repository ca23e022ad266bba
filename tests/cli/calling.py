"""What tests of commands on a ledger have in common: a project in the current folder, and commands called in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sayso import adding
from sayso.cli import main
from tests.ledger.foretold import READER, read

Run = Callable[..., tuple[int, str, str]]


def enter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project's folder the current one, read by a reader that can be foretold."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("SAYSO_PROJECT", raising=False)
    monkeypatch.setattr(adding, "default_read", lambda: read)
    monkeypatch.setattr(adding, "default_reader", lambda: READER)
    monkeypatch.setenv("COLUMNS", "120")
    return folder


def caller(capsys: pytest.CaptureFixture[str], *first: str) -> Run:
    """Return what calls a command, the ``first`` words of which stay, and gives its exit code and both streams."""

    def call(*args: str) -> tuple[int, str, str]:
        code = main([*first, *args])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def write(name: str, text: str) -> str:
    """Write a file into the current folder and return its name."""
    Path(name).write_text(text, encoding="utf-8")
    return name
