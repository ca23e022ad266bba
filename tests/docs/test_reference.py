"""The reference tells everything that is in the code, and the code describes everything that is in the reference."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from docs.generate import columns, commands, exams, records, settings, undescribed, vocabulary
from docs.generate.blocks import DOCS
from docs.generate.commands import Command
from sayso import create
from sayso import open as open_ledger
from sayso.cli.columns import OF_COMMAND
from tests.docs.shell import Shell


def test_everything_is_described() -> None:
    assert list(undescribed()) == []


COMMANDS = commands.every()


@pytest.mark.parametrize("command", COMMANDS[1:], ids=lambda command: command.name)
def test_every_command_has_a_page_with_its_options(command: Command) -> None:
    page = commands.pages()[f"reference/commands/{'-'.join(command.path[1:])}.md"]
    for option in command.options:
        assert f"```{{option}} {option.names[0]}" in page
    assert command.usage in page


@pytest.mark.parametrize("command", COMMANDS[1:], ids=lambda command: command.name)
def test_every_command_is_shown_at_work(command: Command) -> None:
    assert commands.seen_at_work(command), f"no console block in docs/ runs `{command.name}`"


def test_error_a_command_without_words_is_told() -> None:
    bare = Command(("sayso", "bare"), "", (), "sayso bare", (), (), (), "here")
    assert list(commands.undescribed([bare])) == ["sayso bare: its help has no first sentence (the docstring of here)"]


def test_error_a_key_of_a_word_list_that_its_head_does_not_tell_is_told(tmp_path: Path) -> None:
    file = vocabulary.SOURCE / "vocab" / "weapons.toml"
    found = vocabulary.read(file)
    assert set(found.keys()) >= {"class", "nouns"}
    assert list(vocabulary.undescribed([found])) == []
    bare = vocabulary.WordList(found.name, ("weapons",), found.entries, ())
    assert "does not tell what the key 'nouns' is" in " ".join(vocabulary.undescribed([bare]))


def test_every_value_of_a_closed_list_is_explained() -> None:
    text = (DOCS / "explanation" / "words.md").read_text(encoding="utf-8")
    elsewhere = {"ClaimField": "records.md", "WeaponClass": "records.md"}
    for name, values in records.closed_lists().items():
        section = text.partition(f"## {name}\n")[2].partition("\n## ")[0]
        assert section or name in elsewhere, f"explanation/words.md has no section {name}"
        for value in values if name not in elsewhere else ():
            assert f"| `{value}` |" in section, f"explanation/words.md does not explain {value!r} of {name}"


def test_every_setting_and_variable_is_on_the_page() -> None:
    (page,) = settings.pages().values()
    for name in settings.variables_in_code():
        assert f"`{name}`" in page


def test_the_readme_has_the_figures_that_the_exams_have_kept() -> None:
    text = exams.README.read_text(encoding="utf-8")
    assert exams.readme_with_table(text) == text, "run `python -m docs.generate.exams`"


# -- columns ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project with one report in it, and that report's file."""
    folder = tmp_path_factory.mktemp("columns")
    report = folder / "report.txt"
    report.write_text(
        "TARSK, May 14 – Nine people were killed by a bomb in Tarsk on Monday, police said. The army said six died.",
        encoding="utf-8",
    )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    create(folder / "desk").close()
    return folder / "desk", report


@pytest.mark.slow
@pytest.mark.parametrize("name", OF_COMMAND)
def test_the_columns_printed_are_those_told(
    name: str, desk: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, report = desk
    monkeypatch.setenv("SAYSO_PROJECT", str(project))
    shell = Shell(project)
    shell.run(f"sayso add {report} {report.parent}/broken.pdf --published 2031-05-14")
    incident = shell.run("sayso incidents --csv").splitlines()[1].split(",")[0]
    arguments = {"timeline": incident, "search": "police"}
    takes_sources = {"read", "quotes", "places", "times", "actors", "sources look"}
    argument = arguments.get(name, str(report) if name in takes_sources else "")
    out = shell.run(f"sayso {name} {argument} --csv")
    assert next(csv.reader(io.StringIO(out))) == list(OF_COMMAND[name])


def test_frames_have_the_columns_told(desk: tuple[Path, Path]) -> None:
    with open_ledger(desk[0]) as ledger:
        ledger_frames = {"claims": ledger.claims(), "incidents": ledger.incidents(), "statements": ledger.statements()}
        for name, found in ledger_frames.items():
            told = list(columns.of_frames()[f"Frames of {name}"])
            assert list(found.to_pandas().columns) == told


def test_columns_of_frames_and_commands_are_on_the_page() -> None:
    (page,) = columns.pages().values()
    for told in (*OF_COMMAND.values(), *columns.of_frames().values(), *columns.of_exports().values()):
        for column in told:
            assert f"| `{column}` |" in page
