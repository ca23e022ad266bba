"""Lots: some thousands of accounts that are filed together, as one Arrow file that is mapped into memory.

A row is an account: its id, its features as JSON, the day it is sorted by, and the hashes of its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from sayso.errors import InputError
from sayso.linking.blocking import block_keys
from sayso.linking.features import Features, features_of, main_incident
from sayso.records import Reading
from sayso.scale.shards import unpack

if TYPE_CHECKING:
    import pyarrow as pa

Lot = Callable[[], Iterable[Features]]
"""Makes the features of some thousands of accounts, the same ones whenever it is asked, wherever it is sent."""

HASHED: Final = 8
"""Bytes of a key's hash. Ten million accounts have some hundred million keys: once in four thousand such runs two keys
have one hash, and count as one."""
UNDATED: Final = 0


def of_shard(file: Path) -> Iterator[Features]:
    """Yield the features of all accounts in a shard's file; ``partial(of_shard, file)`` is a lot."""
    for made in unpack(file.read_bytes()).values():
        if isinstance(made.result, Reading):
            yield from of_reading(made.result)


def of_reading(reading: Reading) -> Iterator[Features]:
    """Yield the features of the accounts that the reading of one report gives, as the ledger files them."""
    (report,) = reading.reports
    main = main_incident(reading.incidents)
    for incident in reading.incidents:
        yield features_of(report, incident, reading.claims, main=incident is main)


def filed(lot: Lot) -> bytes:
    """Return the accounts of a lot, filed under their keys, as an Arrow file."""
    import pyarrow as pa

    rows = [_row(features) for features in lot()]
    table = pa.Table.from_pylist(rows, schema=_schema())
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def _schema() -> pa.Schema:
    import pyarrow as pa

    columns = [("account", pa.string()), ("day", pa.int32()), ("features", pa.large_binary())]
    return pa.schema([*columns, ("keys", pa.large_list(pa.uint64()))])


def _row(features: Features) -> dict[str, Any]:
    return {
        "account": features.account,
        "day": features.days[0][0] if features.days else features.published or UNDATED,
        "features": features.model_dump_json().encode(),
        "keys": [_hash(key) for key in block_keys(features)],
    }


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=HASHED).digest(), "little")


class Accounts:
    """All accounts of some lots, numbered by their days: most that are compared stand near each other.

    Args:
        files: of the lots.

    Raises:
        InputError: an account stands in two places.

    """

    def __init__(self, files: Sequence[Path]) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        tables = [pa.ipc.open_file(pa.memory_map(str(file))).read_all() for file in files]
        self._table = pa.concat_tables(tables or [_schema().empty_table()])
        ids = self._table["account"]
        if (known := pc.count_distinct(ids).as_py()) < len(ids):
            problem = f"{len(ids) - known:,} accounts stand in the lots twice"
            raise InputError(problem, place=str(files[0].parent), way_out="give each report in one lot")
        self._order = np.argsort(self._table["day"].to_numpy(), kind="stable")
        self._numbers = np.empty(len(ids), np.uint32)
        self._numbers[self._order] = np.arange(len(ids), dtype=np.uint32)

    def __len__(self) -> int:
        return len(self._order)

    @property
    def filings(self) -> int:
        """How many times an account is filed under a key."""
        return sum(len(chunk.values) for chunk in self._table["keys"].chunks)

    def ids(self, numbers: npt.NDArray[np.uint32]) -> list[str]:
        """Return the ids of accounts."""
        found: list[str] = self._table["account"].take(self._order[numbers]).to_pylist()
        return found

    def features(self, numbers: npt.NDArray[np.uint32]) -> pa.Array:
        """Return the features of accounts, each as JSON."""
        return self._table["features"].take(self._order[numbers]).combine_chunks()

    def numbered(self, ids: Iterable[str]) -> dict[str, int]:
        """Return id → number of those accounts that are there."""
        import pyarrow as pa
        import pyarrow.compute as pc

        wanted = pa.array(sorted(set(ids)), pa.string())
        rows = np.flatnonzero(pc.is_in(self._table["account"], wanted).to_numpy(zero_copy_only=False))
        found = self._table["account"].take(rows).to_pylist()
        return dict(zip(found, self._numbers[rows].tolist(), strict=True))

    def keys(self, part: int, parts: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
        """Return the hashes of one part of all keys, and who bears each: two columns."""
        hashes, bearers, first = [np.empty(0, np.uint64)], [np.empty(0, np.uint32)], 0
        for chunk in self._table["keys"].chunks:
            flat = chunk.flatten().to_numpy()
            lengths = np.diff(chunk.offsets.to_numpy())
            own = np.repeat(self._numbers[first : first + len(chunk)], lengths)
            mine = flat % np.uint64(parts) == part
            hashes.append(flat[mine])
            bearers.append(own[mine])
            first += len(chunk)
        return np.concatenate(hashes), np.concatenate(bearers)
