"""A project: the folder that ``sayso init`` makes, how it is found, and what its ``sayso.toml`` says."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from sayso.errors import SetupError, UsageError

CONFIG: Final = "sayso.toml"
VARIABLE: Final = "SAYSO_PROJECT"
SERVERS: Final = ("postgresql://", "postgres://")
"""How the address of a database on a server begins."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``sayso.toml`` may say; each field is a key of its table ``[ledger]``.

    Attributes:
        database: file of the database, from the project's folder; or postgresql://USER@HOST/NAME for a server that
            several share (a password belongs into PGPASSWORD or ~/.pgpass).
        evidence: folder of the raw bytes, from the project's folder; on a server they are in the database.
        head: file that holds the head of the log outside the database.
        wait_seconds: how long a writer waits for another one before it gives up.

    """

    database: str = "ledger.db"
    evidence: str = "evidence"
    head: str = "log.head"
    wait_seconds: float = 30.0


VARIABLES: Final = {
    "SAYSO_PROJECT": "folder of the project, where `--project` does not say it",
    "SAYSO_WHO": "who judges, where `--who` does not say it; else the login",
    "SAYSO_OFFLINE": "1: nothing is fetched, as with `--offline`",
    "SAYSO_ALLOW": "addresses, parted by commas, that may be fetched though they are not public: `10.1.0.5:8080`",
    "SAYSO_CONTACT": "address at which you can be reached; said to every server that is asked",
    "SAYSO_MODEL": "folder of another build of the language model",
    "SAYSO_ATTRIBUTION": "`rules`: who says what is found by rules, without the language model; default `model`",
    "SAYSO_TRACEBACK": "1: a bug of ours shows where in the code it struck",
    "SAYSO_FAULT_AT": "number of the step at which the process kills itself; for the proofs of promises only",
    "NO_COLOR": "set to anything: no colours",
    "COLUMNS": "width of what is printed, in characters; default: that of the terminal, else 100",
}
"""Every variable of the environment that sayso heeds, with what it does."""


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What ``sayso.toml`` may say of the desk; each field is a key of its table ``[desk]``.

    Attributes:
        second_person: whether a value counts as reviewed only when a second person decides the same, unseen; the
            review queue then holds what one person has judged for the others.

    """

    second_person: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folder with its settings."""

    folder: Path
    settings: Settings = Settings()
    desk: DeskSettings = DeskSettings()

    @property
    def address(self) -> str | None:
        """Address of the database on a server; None for a file."""
        named = self.settings.database
        return named if named.startswith(SERVERS) else None

    @property
    def database(self) -> Path:
        """File of the database; none there when it is on a server."""
        return self.folder / self.settings.database

    @property
    def evidence(self) -> Path:
        """Folder of the raw bytes."""
        return self.folder / self.settings.evidence

    @property
    def head(self) -> Path:
        """File with the head of the log."""
        return self.folder / self.settings.head


TABLES: Final[dict[str, type]] = {"ledger": Settings, "desk": DeskSettings}
"""The tables of ``sayso.toml``; each is a field of Project by the type it has there."""


def default_config() -> str:
    """Return the ``sayso.toml`` of a new project: every key with its default."""
    return _config(Settings())


def _config(settings: Settings) -> str:
    """Return a ``sayso.toml``: what differs from the default stands there, all else as a comment."""
    shown = [_shown("ledger", settings), *(_shown(name, TABLES[name]()) for name in TABLES if name != "ledger")]
    return "# A sayso project. Keys and their defaults:\n" + "".join(shown)


def _shown(name: str, table: Any) -> str:
    """Return a table; that of the ledger is open for keys to be added below, the others are comments."""
    lines = [f"[{name}]" if name == "ledger" else f"# [{name}]"]
    for field in fields(table):
        value = getattr(table, field.name)
        lines.append(f"{'# ' if value == field.default else ''}{field.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def load_project(folder: Path) -> Project:
    """Return the project in ``folder``.

    Raises:
        SetupError: no project there, or a ``sayso.toml`` that cannot be read or has a key that does not exist.

    """
    file = folder / CONFIG
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SetupError("no sayso project", place=str(folder), way_out=f"make one: sayso init {folder}") from None
    except OSError as error:
        raise SetupError(f"cannot be read: {error.strerror}", place=str(file), way_out="check the file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"no TOML: {error}", place=str(file), way_out="correct it") from error
    found = _settings(data, str(file))
    return Project(folder, found["ledger"], found["desk"])


def find_project(chosen: str | os.PathLike[str] | None = None, *, start: Path | None = None) -> Project:
    """Return the project that the user means.

    Args:
        chosen: folder given with ``--project``; else ``SAYSO_PROJECT`` says it, else the nearest folder with a
            ``sayso.toml``, from ``start`` upwards.
        start: where the search begins; the current folder if left out.

    Raises:
        SetupError: there is none, or its ``sayso.toml`` is no good.

    """
    named = chosen or os.environ.get(VARIABLE)
    if named:
        return load_project(Path(named))
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return load_project(folder)
    raise SetupError(
        "no sayso project here or above",
        place=str(here),
        way_out="make one with `sayso init DIR`, or name one with --project DIR",
    )


def make_project(folder: Path, settings: Settings | None = None) -> Project:
    """Make the folder with its ``sayso.toml``; the folder may exist if no project is in it.

    Raises:
        UsageError: there is a project already.
        SetupError: the folder cannot be made or written.

    """
    file = folder / CONFIG
    if file.exists():
        raise UsageError("a sayso project already", place=str(folder), way_out="choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(_config(settings or Settings()), encoding="utf-8")
    except OSError as error:
        raise SetupError(
            f"cannot be written: {error.strerror}", place=str(folder), way_out="choose another folder"
        ) from error
    return Project(folder, settings or Settings())


def _settings(data: dict[str, Any], place: str) -> dict[str, Any]:
    """Return the settings of each table; every problem with keys and types is said at once."""
    problems = [f"unknown key {key!r}" for key in data if key not in TABLES]
    tables = {name: data.get(name, {}) for name in TABLES}
    for name, table in tables.items():
        problems += _problems(name, table)
    if problems:
        listed = "; ".join(f"known keys of [{name}]: {', '.join(_kinds(name))}" for name in TABLES)
        raise SetupError("; ".join(problems), place=place, way_out=listed)
    return {
        name: TABLES[name](**{key: _kinds(name)[key](value) for key, value in table.items()})
        for name, table in tables.items()
    }


def _kinds(name: str) -> dict[str, Any]:
    return {field.name: type(field.default) for field in fields(TABLES[name])}


def _problems(name: str, table: Any) -> list[str]:
    if not isinstance(table, dict):
        return [f"{name!r} is no table"]
    known = _kinds(name)
    return [f"unknown key '{name}.{key}'" for key in table if key not in known] + [
        f"'{name}.{key}' is no {known[key].__name__}"
        for key, value in table.items()
        if key in known and not _fits(value, known[key])
    ]


def _fits(value: Any, kind: type) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) if kind is float else isinstance(value, kind)


def _toml(value: Any) -> str:
    return json.dumps(value) if isinstance(value, str | bool) else str(value)
