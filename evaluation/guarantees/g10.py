"""G10: same input, same version, same model: the same bytes, for any order, any number of threads, either database."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evaluation.guarantees import Proof
from evaluation.guarantees.server import Server, running
from sayso.errors import SetupError

if TYPE_CHECKING:
    from sayso.ledger import Ledger

PROMISE = "Same input, version and model: the same bytes, for any number of workers and either database"


STAMP: Final = datetime(2031, 6, 1, tzinfo=UTC)
"""The time at which everything is added here: it is in every export, so it is part of what went in."""


def prove(folder: Path, full: bool) -> Proof:
    """Read and add the example reports in several orders, with one thread and two, in a file and on a server.

    Ledger and readings must be the same whatever the order. Exports name an incident by the report that told of it
    first, so those of one order are compared: of both databases, one thread and two, every format and profile.
    """
    found: set[str] = set()
    exports: dict[int, set[str]] = {}
    databases: list[str] = []
    with _server() as server:
        for run in range(12 if full else 3):
            order, threads = run // 2, run % 2 + 1
            named = server.address(server.new_database()) if server and run % 2 else ""
            command = [sys.executable, "-m", "evaluation.guarantees.g10"]
            command += [str(folder / str(run) / "desk"), str(order), str(threads), named]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            kept, _, written = done.stdout.strip().rpartition(" ")
            found.add(kept)
            exports.setdefault(order, set()).add(written)
            databases.append("PostgreSQL" if named else "SQLite")
    number = {line.split()[0] for line in found}
    apart = sum(map(len, exports.values())) - len(exports)
    says = f"{'/'.join(sorted(number))} reports, {len(databases)} runs in {len(exports)} orders, 1 and 2 threads, "
    says += f"{' and '.join(sorted(set(databases)))}: {len(found)} pair of hashes of ledger and readings, "
    says += f"{apart} exports of one order that differ"
    figures = {"runs": len(databases), "different": len(found) - 1, "exports_different": apart}
    return Proof(len(found) == 1 and apart == 0 and number != {"0"}, figures, says)


@contextlib.contextmanager
def _server() -> Iterator[Server | None]:
    try:
        with running(durable=False) as server:
            yield server
    except FileNotFoundError:
        yield None


def main(folder: Path, seed: int, threads: int, database: str | None) -> str:
    """Add the examples in the order of a seed; return how many, and the hashes of ledger, all readings, all exports."""
    from sayso import adding
    from sayso.intake import Capture, capture
    from sayso.ledger import chain, create
    from sayso.ledger.contents import ledger_hash
    from sayso.showing.examples import examples

    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, allowed[:threads])
    items = [item for item in capture(str(examples())) if isinstance(item, Capture)]
    random.Random(seed).shuffle(items)
    tally = adding.Tally()
    chain.datetime = _Stopped  # type: ignore[attr-defined]
    folder.parent.mkdir(exist_ok=True)
    with create(folder, database=database) as ledger:
        for _ in adding.add(ledger, items, tally):
            pass
        texts = sorted(reading.model_dump_json() for reading in ledger.readings())
        ledger.freshen()
        read = hashlib.sha256("".join(texts).encode()).hexdigest()
        return f"{tally.stored} {ledger_hash(ledger)} {read} {_exports(ledger)}"


def _exports(ledger: Ledger) -> str:
    """Return the hash of everything that every format and profile makes of a ledger."""
    from sayso.exports.out import pieces
    from sayso.exports.profiles import NAMES as PROFILES
    from sayso.exports.profiles import format_for
    from sayso.exports.registry import formats
    from sayso.exports.selection import selection

    made = hashlib.sha256()
    with selection(ledger) as chosen:
        for wanted in (*formats(), *map(format_for, PROFILES)):
            with contextlib.suppress(SetupError):  # its extra is not installed
                for piece in pieces(wanted, chosen):
                    made.update(piece)
    return made.hexdigest()


class _Stopped(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Stopped:
        return cls.fromtimestamp(STAMP.timestamp(), tz)


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] or None))
