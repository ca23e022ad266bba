"""Two nodes of a Ray cluster on this machine, and what becomes of the ledger when one is killed while they read.

    python -m evaluation.guarantees.nodes FOLDER 5000

adds so many reports with two nodes, kills all processes of the second after a third of them, adds the same reports
without a cluster, and prints both hashes. The reader is that of ``foretold``, so that the way there and back is what
takes the time; ``--true`` reads in earnest.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from evaluation.guarantees import foretold
from sayso import adding
from sayso.adding import Tally, default_reader, in_this_process
from sayso.intake import Capture
from sayso.ledger import create, open_ledger
from sayso.ledger.contents import ledger_hash
from sayso.ledger.verify import verify
from sayso.scale import adding as spread
from sayso.scale.cluster import Cluster, Worker

ROOM: Final = {"num_cpus": 1, "object_store_memory": 100 * 2**20}
"""Of each node."""
STARTS: Final = 4
"""Times that a node is started: it gives up where its helpers take more than fifteen seconds, as on a busy machine."""
TOWNS: Final = ("Tarsk", "Velatma", "Quorn", "Brumm", "Oskel", "Fenmar", "Jasdor", "Lomnok")


class QuickWorker(Worker):
    """Reads what can be foretold."""

    def __init__(self) -> None:
        self._read, self._parse = foretold.read, in_this_process


class Nodes:
    """Two nodes with one processor each: a raylet of its own, as on two machines; the first is that of the driver."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster as LocalNodes

        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        head = {"include_dashboard": False, **ROOM}
        self._nodes: Any = _patiently(lambda: LocalNodes(initialize_head=True, head_node_args=head))
        self._second: Any = None
        self.address: str = self._nodes.address

    def add_second(self) -> None:
        """Start the second node, or another in its place."""
        self._second = _patiently(lambda: self._nodes.add_node(**ROOM))

    def raylets(self) -> list[int]:
        """Return the numbers of the two processes that are the nodes."""
        return [node.all_processes["raylet"][0].process.pid for node in (self._nodes.head_node, self._second)]

    def kill_second(self) -> int:
        """Kill all processes of the second node at once; return how many there were."""
        raylet = self.raylets()[1]
        listed = Path(f"/proc/{raylet}/task").glob("*/children")
        gone = [raylet, *(int(child) for file in listed for child in file.read_text().split())]
        for process in gone:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return len(gone)

    def close(self) -> None:
        """End both, and what of this process is connected with them."""
        import ray

        ray.shutdown()
        self._nodes.shutdown()


def _patiently(start: Callable[[], Any]) -> Any:
    """Return what starts, at the last of several tries."""
    os.environ.update({"RAY_raylet_start_wait_time_s": "40"})  # beyond, it has given up
    for _ in range(STARTS - 1):
        with contextlib.suppress(Exception):  # Ray raises plain ones
            return start()
    return start()


def items_of(number: int) -> list[Capture]:
    """Return so many reports that ``foretold`` reads."""
    return [
        foretold.capture_of(foretold.text_of(place=TOWNS[at % len(TOWNS)], day=at % 997, killed=at), f"{at}.txt")
        for at in range(number)
    ]


def add_spread(
    folder: Path, items: Sequence[Capture], cluster: Cluster, quick: bool, halfway: Callable[[], Any]
) -> str:
    """Add with a cluster; call ``halfway`` after a third of the reports; return the hash of the ledger."""
    tally = Tally()
    create(folder).close()
    with open_ledger(folder, "write", linker=foretold.QuickLinker() if quick else None) as ledger:
        for _ in spread.add(ledger, items, tally, cluster):
            if sum((tally.stored, tally.duplicate)) == max(1, len(items) // 3):
                halfway()
        assert tally.stored == len(items)
        assert verify(ledger) == []
        return ledger_hash(ledger)


def add_here(folder: Path, items: Sequence[Capture], quick: bool) -> str:
    """Add without a cluster; return the hash of the ledger."""
    create(folder).close()
    given = {"read": foretold.read, "parse": in_this_process} if quick else {}
    with open_ledger(folder, "write", linker=foretold.QuickLinker() if quick else None) as ledger:
        for _ in adding.add(ledger, items, Tally(), reader=default_reader(), **given):  # type: ignore[arg-type]
            pass
        return ledger_hash(ledger)


def main() -> None:
    """Print the hashes; exit with 1 where they differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("reports", type=int)
    parser.add_argument("--true", action="store_true", help="read with the model")
    given = parser.parse_args()
    items, began = items_of(given.reports), time.perf_counter()
    with contextlib.closing(Nodes()) as nodes:
        nodes.add_second()
        print(f"two nodes: processes {nodes.raylets()}", flush=True)
        with Cluster(nodes.address, 2, Worker if given.true else QuickWorker) as cluster:

            def halfway() -> None:
                print(f"killed the second node: {nodes.kill_second()} processes", flush=True)

            there = add_spread(given.folder / "spread", items, cluster, not given.true, halfway)
    took = time.perf_counter() - began
    here = add_here(given.folder / "here", items, not given.true)
    print(f"{len(items)} reports in {took:.0f} s\nwith two nodes  {there}\nwithout         {here}")
    sys.exit(there != here)


if __name__ == "__main__":
    main()
