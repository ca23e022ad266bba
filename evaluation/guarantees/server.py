"""A PostgreSQL server of our own for tests and proofs: in a temporary folder, reached by a socket, gone in the end.

Needs the programs of PostgreSQL (Debian: ``postgresql``). They refuse to run as root: then the account ``postgres`` or
``nobody`` runs them.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import sqlalchemy as sa

OWNER: Final = "sayso"
_PLACES: Final = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")


def programs() -> Path | None:
    """Return the folder of ``initdb`` and ``pg_ctl``, the newest version; None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    listed = [file.parent for place in _PLACES for file in Path(place).glob("*/bin/initdb")]
    return max(listed, key=lambda folder: folder.parent.name.rjust(20)) if listed else None


@dataclass(slots=True)
class Server:
    """A running server.

    Attributes:
        folder: with its data and its socket.
        bin: folder of its programs.
        durable: whether commits wait for the disk, as by default; tests that cut no power go without.

    """

    folder: Path
    bin: Path
    durable: bool = True
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def address(self, database: str = "postgres") -> str:
        """Return the address of a database."""
        return f"postgresql://{OWNER}@/{database}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """Make a database and return its name."""
        name = f"db{next(self._numbers)}"
        engine = sa.create_engine(
            self.address().replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        engine.dispose()
        return name

    def start(self) -> None:
        """Start it and wait until it answers."""
        slack = "" if self.durable else " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=200{slack}"
        self._run("pg_ctl", "start", "-w", "-o", options, "-l", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """Stop it; ``immediate`` is as if the machine had crashed."""
        self._run("pg_ctl", "stop", "-w", "-m", mode)

    def initialise(self) -> None:
        """Make its data."""
        fast = [] if self.durable else ["--no-sync"]
        self._run("initdb", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", *fast)

    def _run(self, program: str, *arguments: str) -> None:
        user = _runner()
        command = [str(self.bin / program), "-D", str(self.folder / "data"), *arguments]
        extra = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", timeout=120, check=False, **extra
        )  # type: ignore[call-overload]
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode(errors='replace')[-500:]}")


def _runner() -> pwd.struct_passwd | None:
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("no account that may run PostgreSQL")


@contextlib.contextmanager
def running(*, durable: bool = True) -> Iterator[Server]:
    """Give a server of our own; raises FileNotFoundError where PostgreSQL is not installed."""
    folder = programs()
    if folder is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="sayso-pg-", ignore_cleanup_errors=True) as home:
        user = _runner()
        if user:
            os.chown(home, user.pw_uid, user.pw_gid)
        server = Server(Path(home), folder, durable)
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(RuntimeError):
                server.stop("immediate")
