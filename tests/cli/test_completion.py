"""A shell completes commands, options, kinds, fields, and the ids of incidents of the project here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from sayso import add, create
from sayso.cli import commands, main
from sayso.cli.completion import VARIABLE


def completed(*words: str, typed: str = "") -> list[tuple[str, str | None]]:
    """Return what may follow these words, with what is told of it."""
    found = ShellComplete(commands, {}, "sayso", VARIABLE).get_completions(list(words), typed)
    return [(each.value, each.help) for each in found]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text("Two guards were killed by gunmen in Talmira on Sunday, police said.", "utf-8")
    with create(tmp_path / "desk") as ledger:
        add(ledger, tmp_path / "a.txt")
    monkeypatch.setenv("SAYSO_PROJECT", str(tmp_path / "desk"))
    return tmp_path / "desk"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_the_shell_can_read(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "_SAYSO_COMPLETE" in script
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=script, text=True, check=False).returncode == 0


def test_commands_and_options_are_completed() -> None:
    assert ("incidents", "List incidents, the latest first.") in completed(typed="inc")
    assert [name for name, _ in completed("incidents", typed="--rad")] == ["--radius"]


def test_kinds_and_fields_are_completed_with_what_they_are_called() -> None:
    assert ("bombing", "Bombing") in completed("incidents", "--kind", typed="bomb")
    assert completed("disputes", typed="perp") == [("perpetrator", "who did it")]


@pytest.mark.slow
def test_ids_of_incidents_are_completed_with_their_titles(project: Path) -> None:
    ((number, title),) = completed("show", typed="in_")
    assert number.startswith("in_")
    assert title is not None
    assert "Talmira" in title
    assert completed("why", typed=number[:6]) == [(number, title)]
    assert completed("show", typed="in_zz") == []


def test_without_a_project_nothing_is_completed_and_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_PROJECT", raising=False)
    assert completed("show", typed="in_") == []
    assert capsys.readouterr() == ("", "")


def test_error_an_unknown_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "csh"]) == click.UsageError.exit_code
    assert "csh" in capsys.readouterr().err
