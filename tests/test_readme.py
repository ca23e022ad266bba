"""The README shows what the program does: its view is printed again here, its Python is run, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.generate.blocks import blocks_of
from sayso import read
from sayso.cli import COMMANDS
from sayso.cli.view import render
from sayso.intake import read_source
from sayso.records import Report
from tests.docs.shell import Shell, tokens

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


def typed() -> list[list[str]]:
    """Return the words of every command that stands in a block; what stands between dots is one each."""
    lines = [
        re.sub(r"\s+#.*", "", line)
        for block in blocks_of(README)
        if not block.language
        for line in block.text.splitlines()
        if line
    ]
    commands = [part for line in lines for part in re.split(" && | · ", line.removeprefix(".venv/bin/"))]
    return [tokens(part if part.startswith(("sayso ", "make ", "cd ")) else f"sayso {part}") for part in commands]


def test_every_command_of_a_block_has_the_options_it_is_shown_with(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shown = [words[1:] for words in typed() if words[0] == "sayso"]
    assert len(shown) > 20
    for words in shown:
        shell.parsed(words)
