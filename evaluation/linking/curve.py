"""What linking so many accounts costs when it is spread over processes: time, processors, memory, disk.

    python -m evaluation.linking.curve FOLDER 1000 10000 100000 1000000 --workers 2

links synthetic accounts (``synthetic.py``, lots of ten thousand; making their texts is part of the time), each size in
a process and a folder of its own, and prints a row a size. Killed, it takes up the rest; the seconds are those of the
last run. ``--ray ADDRESS`` links on a Ray cluster instead, where the processors' time is not known here.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from evaluation.linking.scores import b_cubed, pairwise
from evaluation.linking.synthetic import accounts
from sayso.linking.features import Features
from sayso.scale.linking.link import link
from sayso.scale.linking.lots import Lot
from sayso.scale.pools import Pool, Spawned

LOT: Final = 10_000


class Cost(NamedTuple):
    """One row: what was linked, what it took, what bounding lost, and how well it came out."""

    accounts: int
    minutes: float
    """By the clock."""
    file_s: float
    """… of which for texts, features and keys; and so on, in seconds."""
    pair_s: float
    score_s: float
    cut_s: float
    cluster_s: float
    cpu_s: float
    """Of all processors."""
    us_each: float
    """Microseconds of a processor for an account."""
    here_mb: int
    """Most memory of the process that hands out the work, with the files that are mapped into it."""
    worker_mb: int
    """… and of the largest worker."""
    disk_mb: int
    pairs_each: float
    """Pairs compared for an account."""
    kept_each: float
    common_keys: int
    """Keys that are borne by too many to count."""
    share_common: float
    """Per cent of the keys that two accounts or more bear."""
    alone: int
    """Accounts that no other is compared with."""
    largest_part: int
    incidents: int
    pair_f: float
    b3_f: float


def lot_of(number: int, lot: int) -> list[Features]:
    """Return the accounts of one lot."""
    return [features for _, features in accounts(number, lot=lot)]


def lots_of(number: int) -> dict[str, Lot]:
    """Return so many synthetic accounts, in lots."""
    sizes = [min(LOT, number - first) for first in range(0, number, LOT)]
    return {f"synthetic {lot} {size}": partial(lot_of, size, lot) for lot, size in enumerate(sizes)}


def measure(number: int, folder: Path, workers: int, address: str | None) -> Cost:
    """Link so many accounts."""
    began = time.perf_counter()
    with _pool(workers, address) as pool:
        linked = link(lots_of(number), folder, pool)
    took = time.perf_counter() - began
    here, there = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = here.ru_utime + here.ru_stime + there.ru_utime + there.ru_stime
    gold = _gold(folder)
    return Cost(
        accounts=number,
        minutes=took / 60,
        file_s=linked.seconds["file"],
        pair_s=linked.seconds["pair"],
        score_s=linked.seconds["score"],
        cut_s=linked.seconds["cut"],
        cluster_s=linked.seconds["cluster"],
        cpu_s=cpu,
        us_each=1e6 * cpu / number,
        here_mb=here.ru_maxrss // 1024,
        worker_mb=there.ru_maxrss // 1024,
        disk_mb=sum(file.stat().st_size for file in folder.iterdir()) // 2**20,
        pairs_each=linked.compared / number,
        kept_each=linked.kept / number,
        common_keys=linked.bound.common,
        share_common=100 * linked.bound.common / max(1, linked.bound.keys),
        alone=linked.alone,
        largest_part=linked.largest,
        incidents=len(linked.groups),
        pair_f=pairwise(linked.groups, gold).f,
        b3_f=b_cubed(linked.groups, gold).f,
    )


@contextlib.contextmanager
def _pool(workers: int, address: str | None) -> Iterator[Pool]:
    if address is None:
        with Spawned(workers) as pool:
            yield pool
        return
    from sayso.scale.cluster import Tasks

    with Tasks(address, workers) as tasks:
        yield tasks


def _gold(folder: Path) -> list[list[str]]:
    """Return the accounts of each incident: reports are named by the incident they are made of."""
    import pyarrow as pa

    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.glob("lot-*.arrow")):
        table = pa.ipc.open_file(pa.memory_map(str(file))).read_all()
        for account, features in zip(table["account"].to_pylist(), table["features"].to_pylist(), strict=True):
            found[json.loads(features)["report"].split("_")[1]].append(account)
    return list(found.values())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--ray", metavar="ADDRESS")
    parser.add_argument("--row", action="store_true", help="print a row without its head (for the process of one size)")
    return parser.parse_args()


def main() -> None:
    """Print a row a size."""
    given = _arguments()
    if given.row:
        (size,) = given.sizes
        row = measure(size, given.folder, given.workers, given.ray)
        print("\t".join(f"{figure:.1f}" if isinstance(figure, float) else str(figure) for figure in row), flush=True)
        return
    print("\t".join(Cost._fields), flush=True)
    for size in given.sizes:
        command = [sys.executable, "-m", "evaluation.linking.curve", str(given.folder / str(size)), str(size), "--row"]
        command += ["--workers", str(given.workers), *(["--ray", given.ray] if given.ray else [])]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
