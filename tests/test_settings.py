"""A project is found where it is, and what its sayso.toml says is checked."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from sayso.errors import SetupError, UsageError
from sayso.settings import TABLES, Project, Settings, default_config, find_project, load_project, make_project


def test_a_new_project_has_the_defaults(tmp_path: Path) -> None:
    project = make_project(tmp_path / "a" / "b")
    assert load_project(project.folder) == project
    assert project.settings == Settings()
    assert project.database == tmp_path / "a" / "b" / "ledger.db"


def test_the_config_of_a_new_project_names_every_key(tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text(
        default_config().replace("# database", "database").replace("# wait", "wait"), "utf-8"
    )
    assert load_project(tmp_path).settings == Settings()
    everything = default_config().replace("# ", "").replace("A sayso", "# A sayso")
    (tmp_path / "sayso.toml").write_text(everything, "utf-8")
    assert load_project(tmp_path) == Project(tmp_path)
    assert everything.count(" = ") == sum(len(fields(kind)) for kind in TABLES.values())


def test_a_project_is_found_from_any_folder_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYSO_PROJECT", raising=False)
    make_project(tmp_path)
    deep = tmp_path / "x" / "y"
    deep.mkdir(parents=True)
    assert find_project(start=deep).folder == tmp_path
    monkeypatch.chdir(deep)
    assert find_project().folder == tmp_path


def test_the_option_goes_before_the_variable_before_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        make_project(tmp_path / name)
    monkeypatch.setenv("SAYSO_PROJECT", str(tmp_path / "b"))
    assert find_project(tmp_path / "a", start=tmp_path / "c").folder == tmp_path / "a"
    assert find_project(start=tmp_path / "c").folder == tmp_path / "b"
    monkeypatch.delenv("SAYSO_PROJECT")
    assert find_project(start=tmp_path / "c").folder == tmp_path / "c"


WRONG = [
    ("[ledger]\ndatabse = 'x'", "unknown key 'ledger.databse'"),
    ("[ledger]\ndatabase = 5", "'ledger.database' is no str"),
    ("[ledger]\nwait_seconds = true", "'ledger.wait_seconds' is no float"),
    ("[ledgers]\n", "unknown key 'ledgers'"),
    ("ledger = 3", "'ledger' is no table"),
    ("[ledger", "no TOML"),
    ("[mail]\nserver = 25", "'mail.server' is no str"),
    ("[llm]\nlocal = 'yes'", "'llm.local' is no bool"),
    ("[llm]\nsize = true", "'llm.size' is no int"),
    ("[alerts]\nallow = '10.0.0.1'", "'alerts.allow' is no list of texts"),
    ("[alerts]\nallow = [1]\n[mail]\nport = 3", "'alerts.allow' is no list of texts; unknown key 'mail.port'"),
]


@pytest.mark.parametrize(("text", "problem"), WRONG)
def test_error_what_the_config_may_not_say_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "sayso.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match=problem):
        load_project(tmp_path)


def test_what_the_tables_say_is_read(tmp_path: Path) -> None:
    text = "[alerts]\nallow = ['10.0.0.1:443']\n[mail]\nserver = 'mx'\n[llm]\nlocal = true\nsize = 5"
    (tmp_path / "sayso.toml").write_text(text, encoding="utf-8")
    found = load_project(tmp_path)
    assert (found.alerts.allow, found.mail.server, found.llm.local, found.llm.size) == (
        ("10.0.0.1:443",),
        "mx",
        True,
        5,
    )


def test_a_whole_number_of_seconds_will_do(tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text("[ledger]\nwait_seconds = 2", encoding="utf-8")
    assert load_project(tmp_path).settings.wait_seconds == 2.0


def test_error_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYSO_PROJECT", raising=False)
    with pytest.raises(SetupError, match="no sayso project here or above"):
        find_project(start=tmp_path)
    with pytest.raises(SetupError, match="no sayso project"):
        find_project(tmp_path)


def test_error_a_project_already(tmp_path: Path) -> None:
    make_project(tmp_path)
    with pytest.raises(UsageError, match="a sayso project already"):
        make_project(tmp_path)
