"""Shards: some dozens of captures that are read together, and what was made of them as one Parquet file.

A shard is named by what is in it and who reads it, so a run that is taken up again finds what was done before; its file
gets its name when it is whole, which is the mark of completion.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sayso.adding import Prepared
from sayso.errors import InputError, SetupError
from sayso.intake import Capture
from sayso.intake.notes import Notes
from sayso.ledger.storing import Reader
from sayso.records import Reading

if TYPE_CHECKING:
    import pyarrow as pa

SIZE: Final = 64
"""Captures of a shard: some seconds of work, so that a worker that is killed costs little."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Captures that are read together, and sources without bytes that stand between them."""

    items: tuple[Capture | InputError, ...]

    @property
    def captures(self) -> tuple[Capture, ...]:
        """What has bytes."""
        return tuple(item for item in self.items if isinstance(item, Capture))

    def name(self, reader: Reader) -> str:
        """Return the name of the shard's file: a digest of its captures and of who reads them."""
        told = [[_sha256(each.raw), each.form, each.place, asdict(each.given)] for each in self.captures]
        return hashlib.sha256(json.dumps([told, asdict(reader)]).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def cut(items: Iterable[Capture | InputError], size: int | None = None) -> Iterator[Shard]:
    """Cut captures into shards, in order."""
    waiting = iter(items)
    while part := tuple(islice(waiting, size or SIZE)):
        yield Shard(part)


def pack(made: Mapping[str, Prepared]) -> bytes:
    """Return what was made of captures as a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [_row(sha256, each) for sha256, each in made.items()]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=_schema()), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def unpack(packed: bytes | None) -> dict[str, Prepared]:
    """Return what :func:`pack` packed; nothing for None."""
    if packed is None:
        return {}
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(pa.BufferReader(packed))
    return {row["sha256"]: _prepared(row) for row in table.to_pylist()}


def path(folder: Path, name: str) -> Path:
    """Return where the file of a shard is."""
    return folder / f"{name}.parquet"


def keep(file: Path, packed: bytes) -> None:
    """Write a shard's file; it has its name only once it is whole and on the disk."""
    part = file.with_suffix(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as opened:
            opened.write(packed)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
    except OSError as error:
        raise SetupError(f"cannot be written: {error.strerror}", place=str(part), way_out="make room") from error


def kept(file: Path) -> bytes | None:
    """Return a shard's file, or None where it was not finished."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _schema() -> pa.Schema:
    import pyarrow as pa

    names = ("sha256", "reading", "problem", "place", "way_out", "notes")
    return pa.schema([(name, pa.string()) for name in names])


def _row(sha256: str, made: Prepared) -> dict[str, Any]:
    row: dict[str, Any] = {"sha256": sha256, "notes": json.dumps(asdict(made.notes))}
    if isinstance(made.result, InputError):
        error = made.result
        return row | {"problem": _clean(error.problem), "place": _clean(error.place), "way_out": _clean(error.way_out)}
    return row | {"reading": made.result.model_dump_json()}


def _prepared(row: Mapping[str, Any]) -> Prepared:
    told = json.loads(row["notes"])
    notes = Notes(**told | {"lost": tuple(told["lost"])})
    if row["reading"] is None:
        return Prepared(InputError(row["problem"], place=row["place"], way_out=row["way_out"]), notes)
    return Prepared(Reading.model_validate_json(row["reading"]), notes)


def _clean(text: str) -> str:
    """Return a text with the lone surrogates of odd file names spelled out: Parquet takes none."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def digests(captures: Sequence[Capture]) -> list[str]:
    """Return the SHA-256 of each capture."""
    return [_sha256(each.raw) for each in captures]
