"""``sayso accounts``, and what ``sayso serve`` asks for before others can reach it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from sayso.cli import main
from sayso.ledger import create, open_ledger, people
from sayso.web import passwords


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(passwords, "_hasher", lambda: PasswordHasher(1, 8, 1))
    create(tmp_path / "desk").close()
    monkeypatch.setenv("SAYSO_PROJECT", str(tmp_path / "desk"))
    return tmp_path / "desk"


def test_an_account_is_made_listed_changed_and_closed(
    project: Path, stdin: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    stdin(b"four quiet herons\n")
    assert main(["accounts", "add", "Ana", "--role", "admin"]) == 0
    assert capsys.readouterr().out == "ana  admin\n"
    assert main(["accounts", "add", "ben", "--generate"]) == 0
    generated = capsys.readouterr().out.splitlines()[1]
    with open_ledger(project) as ledger, ledger.snapshot() as connection:
        assert passwords.is_right(people.password_of(connection, "ana"), "four quiet herons")
        assert passwords.is_right(people.password_of(connection, "ben"), generated)
    assert main(["accounts", "role", "ben", "reviewer"]) == 0
    assert main(["accounts", "token", "ben", "--label", "nightly", "--role", "analyst"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("sayso_")
    assert main(["accounts", "list", "--json"]) == 0
    ana, ben = json.loads(capsys.readouterr().out)
    assert (ana["role"], ben["role"], ben["tokens"][0]["label"]) == ("admin", "reviewer", "nightly")
    assert main(["accounts", "disable", "ben"]) == 0
    assert main(["accounts", "list"]) == 0
    assert "disabled since" in capsys.readouterr().out


def test_error_names_and_passwords_that_will_not_do(
    project: Path, stdin: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    stdin(b"short\n")
    assert main(["accounts", "add", "ana"]) == 2
    assert main(["accounts", "add", "a na", "--generate"]) == 2
    assert main(["accounts", "add", "ana", "--role", "admin", "--generate"]) == 0
    assert main(["accounts", "add", "ANA", "--generate"]) == 2
    assert main(["accounts", "role", "nobody", "reader"]) == 4
    assert main(["accounts", "role", "ana", "reader"]) == 2  # the only admin
    assert main(["accounts", "token", "ana", "--revoke", "to_none"]) == 4
    assert "no token" in capsys.readouterr().err


def test_error_a_desk_that_asks_for_a_login_and_has_no_accounts(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--login", "--port", "0"]) == 5
    assert "nobody could log in" in capsys.readouterr().err
    assert main(["serve", "--host", "0.0.0.0", "--plain", "--port", "0"]) == 5
