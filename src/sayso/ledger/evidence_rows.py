"""Raw bytes of reports in a table of PostgreSQL, for projects that several machines share."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from sayso.errors import SetupError
from sayso.ledger.evidence import WAY_OUT, unpack
from sayso.ledger.faults import step

if TYPE_CHECKING:
    from sayso.ledger.database import OnServer

_TABLE: Final = sa.table("evidence", sa.column("sha256", sa.Text), sa.column("packed", sa.LargeBinary))
_AT_ONCE: Final = 1000


class Rows:
    """Compressed bytes, each in a row named by their SHA-256; committed before a report that needs them is stored."""

    def __init__(self, database: OnServer) -> None:
        self._database = database
        self._engine: sa.Engine | None = None

    def keep(self, many: Iterable[bytes]) -> list[str]:
        """Store bytes and return their hashes, in order; on return all of them are on the server's disk.

        Raises:
            SetupError: they cannot be stored.

        """
        from sqlalchemy.dialects.postgresql import insert

        named = [(hashlib.sha256(raw).hexdigest(), raw) for raw in many]
        step()
        rows = [{"sha256": name, "packed": zlib.compress(raw, 6)} for name, raw in sorted(dict(named).items())]
        if rows:
            with self._database.meaning(), self._connect().begin() as connection:
                connection.execute(insert(_TABLE).on_conflict_do_nothing(), rows)
        step()
        return [name for name, _ in named]

    def read(self, sha256: str) -> bytes:
        """Return the bytes with this hash.

        Raises:
            SetupError: they are missing, or are not what was stored.

        """
        query = sa.select(_TABLE.c.packed).where(_TABLE.c.sha256 == sha256)
        with self._database.meaning(), self._connect().begin() as connection:
            packed: Any = connection.execute(query).scalar()
        if packed is None:
            raise SetupError("evidence is missing", place=f"evidence {sha256}", way_out=WAY_OUT)
        raw = unpack(bytes(packed))
        if raw is None or hashlib.sha256(raw).hexdigest() != sha256:
            raise SetupError(
                "evidence was changed: it has another SHA-256", place=f"evidence {sha256}", way_out=WAY_OUT
            )
        return raw

    def stored(self) -> Iterator[str]:
        """Yield the hashes of all bytes, sorted."""
        last = ""
        while True:
            query = sa.select(_TABLE.c.sha256).where(_TABLE.c.sha256 > last).order_by(_TABLE.c.sha256).limit(_AT_ONCE)
            with self._database.meaning(), self._connect().begin() as connection:
                found = list(connection.execute(query).scalars())
            yield from found
            if len(found) < _AT_ONCE:
                return
            last = found[-1]

    def close(self) -> None:
        """Let go of the connections."""
        if self._engine is not None:
            self._engine.dispose()

    def _connect(self) -> sa.Engine:
        if self._engine is None:
            reading = self._database.engine("read")
            self._engine = reading.execution_options(isolation_level="READ COMMITTED")
        return self._engine
