"""Adding with the help of a cluster: what was made of captures there is stored here in order, as if made here."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sayso import adding
from sayso.adding import Outcome, Prepared, Tally, default_reader
from sayso.errors import InputError
from sayso.intake import Capture
from sayso.ledger.store import Ledger
from sayso.scale import shards
from sayso.scale.cluster import Cluster
from sayso.scale.shards import Shard

FOLDER = "shards"
"""In the project: files of shards that are read and not yet stored."""


def add(ledger: Ledger, items: Iterable[Capture | InputError], tally: Tally, cluster: Cluster) -> Iterator[Outcome]:
    """Add reports and yield what became of each, in order, once it is on the disk; see ``adding.add``.

    Killed at any time, adding the same again takes up the rest: shards that were read are not read again, and their
    files go once they are stored.
    """
    spread = Spread(ledger, cluster, ledger.project.folder / FOLDER)
    yield from adding.add(ledger, spread.items(items), tally, reader=default_reader(), prepare=spread.prepare)
    spread.clear()


class Spread:
    """Captures on their way through the cluster.

    Args:
        ledger: what is in it already is not read again.
        cluster: reads.
        folder: of the files of shards.

    """

    def __init__(self, ledger: Ledger, cluster: Cluster, folder: Path) -> None:
        self._ledger, self._cluster, self._folder = ledger, cluster, folder
        self._reader = default_reader()
        spans = adding.BATCH // shards.SIZE + 2  # shards that one batch can span
        self._made: deque[dict[str, Prepared]] = deque(maxlen=spans)
        self._done: list[Path] = []

    def items(self, items: Iterable[Capture | InputError]) -> Iterator[Capture | InputError]:
        """Yield the captures in order; when one comes out, the cluster has read it, or it is in the ledger."""
        cut = ((shard, self._wanted(shard)) for shard in shards.cut(items))
        for shard, packed in self._cluster.prepare(cut):
            self._made.append(shards.unpack(self._kept(shard, packed)))
            yield from shard.items

    def prepare(self, new: Sequence[Capture]) -> dict[str, Prepared]:
        """Return what the cluster made of captures."""
        return {sha256: self._find(sha256) for sha256 in dict.fromkeys(shards.digests(new))}

    def clear(self) -> None:
        """Take away the files of all shards: what was in them is stored."""
        for file in self._done:
            file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._folder.rmdir()

    def _wanted(self, shard: Shard) -> bool:
        """Tell whether a shard must be read: it has no file, and something in it is not in the ledger."""
        if shards.path(self._folder, shard.name(self._reader)).exists():
            return False
        named = set(shards.digests(shard.captures))
        return len(self._ledger.known(sorted(named))) < len(named)

    def _kept(self, shard: Shard, packed: bytes | None) -> bytes | None:
        """Return what was made of a shard, now or in a run before; None where all of it is in the ledger."""
        file = shards.path(self._folder, shard.name(self._reader))
        self._done.append(file)
        if packed is not None:
            shards.keep(file, packed)
        return packed or shards.kept(file)

    def _find(self, sha256: str) -> Prepared:
        return next(made[sha256] for made in self._made if sha256 in made)
