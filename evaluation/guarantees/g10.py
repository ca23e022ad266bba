"""G10: same input, same version, same model: the same bytes, for any order, any number of threads, either database."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.server import Server, running

PROMISE = "Same input, version and model: the same bytes, for any number of workers and either database"


def prove(folder: Path, full: bool) -> Proof:
    """Read and add the example reports in several orders, with one thread and two, in a file and on a server."""
    found: set[str] = set()
    databases: list[str] = []
    with _server() as server:
        for run in range(12 if full else 2):
            threads = run % 2 + 1
            named = server.address(server.new_database()) if server and run % 3 else ""
            command = [sys.executable, "-m", "evaluation.guarantees.g10"]
            command += [str(folder / str(run)), str(run), str(threads), named]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found.add(done.stdout.strip())
            databases.append("PostgreSQL" if named else "SQLite")
    number = {line.split()[0] for line in found}
    says = f"{'/'.join(sorted(number))} reports, {len(databases)} runs in as many orders, 1 and 2 threads, "
    says += f"{' and '.join(sorted(set(databases)))}: {len(found)} pair of hashes of ledger and readings"
    return Proof(len(found) == 1 and number != {"0"}, {"runs": len(databases), "different": len(found) - 1}, says)


@contextlib.contextmanager
def _server() -> Iterator[Server | None]:
    try:
        with running(durable=False) as server:
            yield server
    except FileNotFoundError:
        yield None


def main(folder: Path, seed: int, threads: int, database: str | None) -> str:
    """Add the examples in the order of a seed; return how many, the hash of the ledger, and that of all readings."""
    from sayso import adding
    from sayso.intake import Capture, capture
    from sayso.ledger import create
    from sayso.ledger.contents import ledger_hash
    from sayso.showing.examples import examples

    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, allowed[:threads])
    items = [item for item in capture(str(examples())) if isinstance(item, Capture)]
    random.Random(seed).shuffle(items)
    tally = adding.Tally()
    with create(folder, database=database) as ledger:
        for _ in adding.add(ledger, items, tally):
            pass
        texts = sorted(reading.model_dump_json() for reading in ledger.readings())
        return f"{tally.stored} {ledger_hash(ledger)} {hashlib.sha256(''.join(texts).encode()).hexdigest()}"


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] or None))
