"""The README shows what the program does: its view is printed again here, its Python is run, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sayso import read
from sayso.cli import COMMANDS
from sayso.cli.view import render
from sayso.intake import read_source
from sayso.records import Report

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = "examples/reports/2-harbour-meridian.html"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_the_view_in_the_readme_is_what_is_printed() -> None:
    (report,) = read_source(str(ROOT / SHOWN))
    assert isinstance(report, Report)
    assert SHOWN in README
    assert blocks("text") == [render(read([report]), 100)]


def test_the_python_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python")
    exec(compile(code, "README.md", "exec"), {})
    assert "killed | police | Two guards were killed" in capsys.readouterr().out


def test_the_commands_in_the_readme_exist() -> None:
    named = set(re.findall(r"(?:\.venv/bin/|`)sayso ([a-z]+)", README))
    assert named
    assert named <= set(COMMANDS)
