"""Adding with the help of workers: what was made of captures there is stored here in order, as if made here."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, Protocol, Self, TypeVar

from sayso import adding
from sayso.adding import Outcome, Prepare, Prepared, Tally, default_reader, gate_as_reader
from sayso.errors import InputError
from sayso.intake import Capture
from sayso.intake.notes import Notes
from sayso.ledger.store import Ledger
from sayso.scale import processes, shards
from sayso.scale.processes import Processes, prepare_here
from sayso.scale.shards import Shard

if TYPE_CHECKING:
    from sayso.scale.cluster import Cluster

FOLDER: Final = "shards"
"""In the project: files of shards that a cluster has read and that are not yet stored."""
Told = Callable[[Capture, Notes], None]
"""Hears how each new capture was read, before it is stored."""
Made = TypeVar("Made")
"""What workers make of a shard: on a cluster a Parquet file, in processes of this machine the results themselves."""
Given = TypeVar("Given", covariant=True)
Taken = TypeVar("Taken", contravariant=True)


class Workers(Protocol[Given]):
    """What parses and reads shards elsewhere."""

    def prepare(self, shards: Iterable[tuple[Shard, bool]]) -> Iterator[tuple[Shard, Given | None]]:
        """Yield each shard in order with what was made of it; None for one that comes with False."""


class Pool(Workers[Mapping[str, Prepared]], Protocol):
    """Processes of this machine; a context."""

    def __enter__(self) -> Self:
        """Start."""

    def __exit__(self, *problem: object) -> None:
        """End them."""


class Keeper(Protocol[Taken]):
    """What knows the shards of a run before, and gives out what was made of each."""

    def has(self, shard: Shard) -> bool:
        """Tell whether a shard was read in a run before."""

    def results(self, shard: Shard, made: Taken | None) -> Mapping[str, Prepared]:
        """Return what was made of a shard, now or in a run before; nothing where all of it is in the ledger."""


def add(
    ledger: Ledger,
    items: Iterable[Capture | InputError],
    tally: Tally,
    cluster: Workers[bytes] | Cluster,
    told: Told | None = None,
    *,
    gated: bool = False,
) -> Iterator[Outcome]:
    """Add reports that a cluster reads, and yield what became of each, in order, once it is on the disk.

    Killed at any time, adding the same again takes up the rest: shards that were read are not read again, and their
    files go once they are stored. ``gated``: the workers are behind the gate; what others have read is not taken up.
    """
    files = _Files(ledger.project.folder / FOLDER, gated=gated)
    yield from _add(ledger, shards.cut(items), tally, Spread(ledger, cluster, files, shards.SIZE), told)
    files.clear()


def add_here(
    ledger: Ledger,
    items: Iterable[Capture | InputError],
    tally: Tally,
    number: int,
    told: Told | None = None,
    start: Callable[[int], Pool] = Processes,
    prepare: Prepare = prepare_here,
) -> Iterator[Outcome]:
    """Add reports that processes of this machine read, and yield what became of each, in order, once it is on the disk.

    Args:
        ledger: open for writing.
        items: what intake captured; where they are few, they are read in this process.
        tally: is kept up to date.
        number: of processes; with one, all is done in this process.
        told: hears how each was read.
        start: starts so many processes.
        prepare: parses and reads captures in this process, where they are few.

    """
    coming = iter(items)
    first = list(islice(coming, processes.WORTH)) if number > 1 else []
    if len(first) < processes.WORTH:
        yield from adding.add(ledger, chain(first, coming), tally, prepare=_telling(prepare, told))
        return
    with start(number) as pool:
        cut = shards.cut(chain(first, coming), processes.SIZE)
        yield from _add(ledger, cut, tally, Spread(ledger, pool, _Nothing(), processes.SIZE), told)


def _add(
    ledger: Ledger, cut: Iterable[Shard], tally: Tally, spread: Spread[Made], told: Told | None
) -> Iterator[Outcome]:
    prepare = _telling(spread.prepare, told)
    return adding.add(ledger, spread.items(cut), tally, reader=default_reader(), prepare=prepare)


def _telling(prepare: Prepare, told: Told | None) -> Prepare:
    """Return a function that prepares captures and tells how each was read."""

    def telling(new: Sequence[Capture]) -> Mapping[str, Prepared]:
        made = prepare(new)
        if told is not None:
            for item, sha256 in zip(new, shards.digests(new), strict=True):
                told(item, made[sha256].notes)
        return made

    return telling


class Spread(Generic[Made]):
    """Captures on their way through workers.

    Args:
        ledger: what is in it already is not read again.
        workers: read.
        keeper: knows what was read in a run before.
        size: of a shard, in captures.

    """

    def __init__(self, ledger: Ledger, workers: Workers[Made], keeper: Keeper[Made], size: int) -> None:
        self._ledger, self._workers, self._keeper = ledger, workers, keeper
        spans = adding.BATCH // size + 2  # shards that one batch can span
        self._made: deque[Mapping[str, Prepared]] = deque(maxlen=spans)

    def items(self, cut: Iterable[Shard]) -> Iterator[Capture | InputError]:
        """Yield the captures in order; when one comes out, it has been read, or it is in the ledger."""
        for shard, made in self._workers.prepare((shard, self._wanted(shard)) for shard in cut):
            self._made.append(self._keeper.results(shard, made))
            yield from shard.items

    def prepare(self, new: Sequence[Capture]) -> dict[str, Prepared]:
        """Return what was made of captures."""
        return {sha256: self._find(sha256) for sha256 in dict.fromkeys(shards.digests(new))}

    def _wanted(self, shard: Shard) -> bool:
        """Tell whether a shard must be read: it was not in a run before, and something in it is not in the ledger."""
        if self._keeper.has(shard):
            return False
        named = set(shards.digests(shard.captures))
        return len(self._ledger.known(sorted(named))) < len(named)

    def _find(self, sha256: str) -> Prepared:
        return next(made[sha256] for made in self._made if sha256 in made)


class _Nothing:
    """Keeps nothing: what processes of this machine have read is stored within seconds."""

    def has(self, _shard: Shard) -> bool:
        return False

    def results(self, _shard: Shard, made: Mapping[str, Prepared] | None) -> Mapping[str, Prepared]:
        return made or {}


class _Files:
    """Keeps each shard that a cluster has read as a file until it is stored."""

    def __init__(self, folder: Path, *, gated: bool) -> None:
        self._folder, self._reader = folder, default_reader()
        if gated:
            self._reader = replace(self._reader, model=f"{self._reader.model}, {gate_as_reader().model}")
        self._done: list[Path] = []

    def has(self, shard: Shard) -> bool:
        return self._path(shard).exists()

    def results(self, shard: Shard, made: bytes | None) -> Mapping[str, Prepared]:
        file = self._path(shard)
        self._done.append(file)
        if made is not None:
            shards.keep(file, made)
        return shards.unpack(made or shards.kept(file))

    def clear(self) -> None:
        """Take away the files of all shards: what was in them is stored."""
        for file in self._done:
            file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._folder.rmdir()

    def _path(self, shard: Shard) -> Path:
        return shards.path(self._folder, shard.name(self._reader))
