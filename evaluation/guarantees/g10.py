"""G10: same input, same version, same model: the same bytes, for any order, any number of threads, either database."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evaluation.guarantees import Proof
from evaluation.guarantees.server import Server, running

if TYPE_CHECKING:
    from sayso.ledger import Ledger

PROMISE = "Same input, version and model: the same bytes, for any number of workers and either database"


STAMP: Final = datetime(2031, 6, 1, tzinfo=UTC)
"""The time at which everything is added here: it is in every export, so it is part of what went in."""


def prove(folder: Path, full: bool) -> Proof:
    """Read and add the example reports in several orders, with one thread and two, in a file and on a server.

    Ledger and readings must be the same whatever the order. Exports name an incident by the report that told of it
    first, so those of one order are compared: of both databases, one thread and two, every format and profile. So are
    the entries of the log, part by part, which tells where to look.
    """
    found: set[str] = set()
    exports: dict[tuple[int, str], set[str]] = {}
    logs: dict[tuple[int, str], set[str]] = {}
    databases: list[str] = []
    with _server() as server:
        for run in range(12 if full else 3):
            order, threads = run // 2, run % 2 + 1
            named = server.address(server.new_database()) if server and run % 2 else ""
            command = [sys.executable, "-m", "evaluation.guarantees.g10"]
            command += [str(folder / str(run) / "desk"), str(order), str(threads), named]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            told = json.loads(done.stdout)
            found.add(told["kept"])
            for name, made in told["exports"].items():
                exports.setdefault((order, name), set()).add(made)
            for part, made in told["log"].items():
                logs.setdefault((order, part), set()).add(made)
            databases.append("PostgreSQL" if named else "SQLite")
    apart = _differ((name, hashes) for (_, name), hashes in exports.items())
    parts = _differ((part, hashes) for (_, part), hashes in logs.items())
    number = {line.split()[0] for line in found}
    says = f"{'/'.join(sorted(number))} reports, {len(databases)} runs in {len({key[0] for key in logs})} orders, "
    says += (
        f"1 and 2 threads, {' and '.join(sorted(set(databases)))}: {len(found)} pair of hashes of ledger and readings"
    )
    says += f"; of {len({key[1] for key in exports})} exports {', '.join(apart) or 'none'} differ"
    says += f"; parts of the log that differ: {', '.join(parts)}" if parts else ""
    figures = {"runs": len(databases), "different": len(found) - 1, "exports_different": len(apart)}
    figures |= {"log_parts_different": len(parts)}
    return Proof(len(found) == 1 and not apart and not parts and number != {"0"}, figures, says)


def _differ(made: Iterable[tuple[str, set[str]]]) -> list[str]:
    return sorted({name for name, hashes in made if len(hashes) > 1})


@contextlib.contextmanager
def _server() -> Iterator[Server | None]:
    try:
        with running(durable=False) as server:
            yield server
    except FileNotFoundError:
        yield None


def main(folder: Path, seed: int, threads: int, database: str | None) -> str:
    """Add the examples in the order of a seed; return hashes of ledger, readings, exports and log, as JSON."""
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
        kept = f"{tally.stored} {ledger_hash(ledger)} {read}"
        return json.dumps({"kept": kept, "exports": _exports(ledger), "log": _log(ledger)})


def _log(ledger: Ledger) -> dict[str, str]:
    """Return each part of each entry of the log (``4:provenance``) with its digest, and the head."""
    parts: dict[str, str] = {}
    for entry in ledger.log():
        parts |= {f"{entry['seq']}:{table}": str(digest) for table, digest in json.loads(entry["rows"]).items()}
        parts |= {f"{entry['seq']}:{name}": str(entry[name]) for name in ("at", "what", "about", "detail")}
        parts["head"] = str(entry["hash"])
    return parts


def _exports(ledger: Ledger) -> dict[str, str]:
    """Return the name and the hash of everything that every format and profile makes of a ledger."""
    from sayso.exports.out import pieces
    from sayso.exports.profiles import NAMES as PROFILES
    from sayso.exports.profiles import format_for
    from sayso.exports.registry import formats, missing
    from sayso.exports.selection import selection

    made = {}
    with selection(ledger) as chosen:
        for wanted in (*formats(), *map(format_for, PROFILES)):
            if not missing(wanted):
                made[wanted.name] = hashlib.sha256(b"".join(pieces(wanted, chosen))).hexdigest()
    return made


class _Stopped(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Stopped:
        return cls.fromtimestamp(STAMP.timestamp(), tz)


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] or None))
