"""A project: the folder that ``sayso init`` makes, how it is found, and what its ``sayso.toml`` says.

Secrets do not stand there: a password or key is read from a file of its own, or from the environment.
"""

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


TRACEBACK: Final = "SAYSO_TRACEBACK"
VARIABLES: Final = {
    "SAYSO_PROJECT": "folder of the project, where `--project` does not say it",
    "SAYSO_WHO": "who judges, where `--who` does not say it; else the login",
    "SAYSO_OFFLINE": "1: nothing is fetched, as with `--offline`",
    "SAYSO_ALLOW": "addresses, parted by commas, that may be fetched though they are not public: `10.1.0.5:8080`",
    "SAYSO_CONTACT": "address at which you can be reached; said to every server that is asked",
    "SAYSO_MAIL_PASSWORD": "password of the mail server, where `[mail]` names no file with it",
    "SAYSO_LLM_KEY": "key of the language model's endpoint, where `[llm]` names no file with it",
    "SAYSO_MODEL": "folder of another build of the language model",
    "SAYSO_THREADS": "how many windows of text are read at a time; default: one a processor",
    "SAYSO_ATTRIBUTION": "`rules`: who says what is found by rules, without the language model; default `model`",
    "SAYSO_LOG_JSON": "1: what happens is told as JSON lines on stderr, as with `--log-json`",
    TRACEBACK: "1: a bug of ours shows where in the code it struck",
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
class Alerting:
    """How alerts go out; each field is a key of the table ``[alerts]``.

    Attributes:
        desk: address at which readers reach the desk ("https://desk.example.org"), for links; none without it.
        allow: addresses that webhooks may go to though they are not public ("10.1.2.3:8443").

    """

    desk: str = ""
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mailing:
    """How mail goes out; each field is a key of the table ``[mail]``.

    Attributes:
        sender: address that stands in From.
        server: host, or host:port (587 if left out); it must offer STARTTLS, or TLS at once on port 465.
        user: name at the server; none: it asks for none.
        password_file: file with the password, from the project's folder; else SAYSO_MAIL_PASSWORD says it.
        authorities: file with the certificates to trust (PEM), from the project's folder; else the system's.
        sendmail: program that takes mail over in place of a server ("/usr/sbin/sendmail").

    """

    sender: str = ""
    server: str = ""
    user: str = ""
    password_file: str = ""
    authorities: str = ""
    sendmail: str = ""


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """The optional language model that proposes claims; each field is a key of the table ``[llm]``.

    Attributes:
        endpoint: address of an OpenAI-compatible interface ("https://models.example.org/v1"); empty: there is none.
        model: name of the model there.
        key_file: file with the key, from the project's folder; else SAYSO_LLM_KEY says it; none: it asks for none.
        local: whether the endpoint may be on this computer (loopback).
        allow: other addresses that are not public and may be connected to.
        seconds: that one answer may take.
        size: bytes that one answer may have.

    """

    endpoint: str = ""
    model: str = ""
    key_file: str = ""
    local: bool = False
    allow: tuple[str, ...] = ()
    seconds: float = 120.0
    size: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folder with its settings."""

    folder: Path
    settings: Settings = Settings()
    desk: DeskSettings = DeskSettings()
    alerts: Alerting = Alerting()
    mail: Mailing = Mailing()
    llm: LanguageModel = LanguageModel()

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


TABLES: Final[dict[str, Any]] = {
    "ledger": Settings, "desk": DeskSettings, "alerts": Alerting, "mail": Mailing, "llm": LanguageModel,
}  # fmt: skip
"""The tables of ``sayso.toml``, in the order of the fields of Project that hold them."""


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
    return Project(folder, *_tables(data, str(file)))


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


def _tables(data: dict[str, Any], place: str) -> list[Any]:
    """Return what each table says, in the order of TABLES; every problem is said at once."""
    problems = [f"unknown key {key!r}" for key in data if key not in TABLES]
    made = []
    for name, kind in TABLES.items():
        table = data.get(name, {})
        if not isinstance(table, dict):
            problems.append(f"{name!r} is no table")
            continue
        known: dict[str, Any] = {field.name: type(field.default) for field in fields(kind)}
        wrong = [_problem(f"{name}.{key}", value, known.get(key)) for key, value in table.items()]
        problems += filter(None, wrong)
        made.append(kind() if any(wrong) else kind(**{key: known[key](value) for key, value in table.items()}))
    if problems:
        listed = "; ".join(
            f"[{name}]: {', '.join(field.name for field in fields(kind))}" for name, kind in TABLES.items()
        )
        raise SetupError("; ".join(problems), place=place, way_out=f"known keys of {listed}")
    return made


def _problem(key: str, value: Any, kind: type | None) -> str | None:
    if kind is None:
        return f"unknown key {key!r}"
    return None if _fits(value, kind) else f"{key!r} is no {'list of texts' if kind is tuple else kind.__name__}"


def _fits(value: Any, kind: type) -> bool:
    if kind is tuple:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if kind is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value) if isinstance(value, str | bool) else str(value)
