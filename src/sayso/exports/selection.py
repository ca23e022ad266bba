"""``Selection``: which incidents an export holds, from one snapshot of the ledger, in parts that fit the memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.ledger import Ledger
from sayso.ledger.asking.gathering import Gathered, gather
from sayso.ledger.asking.history import facts_of
from sayso.ledger.asking.parts import Part, parts, summaries
from sayso.ledger.asking.questions import whole_id
from sayso.ledger.asking.selecting import Query, scan

if TYPE_CHECKING:
    import sqlalchemy as sa

AT_ONCE = 200
"""Incidents of which the whole view is held at once."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user may choose besides the format.

    Attributes:
        text: reports with their text; without it, only its length and hash.
        licence: of the data, an SPDX name or an address; "" where the user says nothing.
        profile: name of a profile; "" for none.
        hxl: a row of HXL tags under the headings of CSV.

    """

    text: bool = True
    licence: str = ""
    profile: str = ""
    hxl: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One incident with what is known of its reports: id → row of ``reports``, with ``added``."""

    gathered: Gathered
    reports: Mapping[str, Mapping[str, Any]]

    @property
    def id(self) -> str:
        """Id of the incident."""
        return self.gathered.overview.incident.id


@dataclass(frozen=True)
class Selection:
    """Incidents of one snapshot.

    Attributes:
        ledger: where they are.
        connection: the snapshot.
        ids: of the incidents, the latest first.
        as_of: number of an entry of the log; None for now.
        asked: the options that chose them, for the record.

    """

    ledger: Ledger
    connection: sa.Connection
    ids: tuple[str, ...]
    as_of: int | None = None
    options: Options = Options()
    asked: Mapping[str, str] = field(default_factory=dict)

    def parts(self) -> Iterator[Part]:
        """Yield rows and records, some hundred incidents at once."""
        return parts(self.connection, self.ids, self.as_of)

    def summaries(self) -> Iterator[Mapping[str, Any]]:
        """Yield the row of each incident, in order."""
        return summaries(self.connection, self.ids, self.as_of)

    def cases(self, *, text: bool = False) -> Iterator[Case]:
        """Yield the whole view of each incident with what is known of its reports, in order.

        Args:
            text: whether the rows of the reports have their texts.

        """
        for at in range(0, len(self.ids), AT_ONCE):
            wanted = self.ids[at : at + AT_ONCE]
            found = {each.overview.incident.id: each for each in gather(self.connection, wanted, self.as_of)}
            of = {report for each in found.values() for report in each.overview.incident.reports}
            facts = facts_of(self.connection, of, text=text)
            for number in wanted:
                if number in found:
                    reports = found[number].overview.incident.reports
                    yield Case(found[number], {report: facts[report] for report in reports})


@contextmanager
def selection(
    ledger: Ledger,
    query: Query | None = None,
    *,
    as_of: int | None = None,
    limit: int | None = None,
    offset: int = 0,
    options: Options | None = None,
    asked: Mapping[str, Any] | None = None,
) -> Iterator[Selection]:
    """Give the incidents that a query means (all, without one), read from one snapshot."""
    with ledger.snapshot() as connection:
        most = None if limit is None else offset + limit
        rows = scan(connection, query or Query(background=True), ("within",), as_of=as_of, limit=most)
        ids = tuple(number for (number,) in rows[offset:])
        yield Selection(ledger, connection, ids, as_of, options or Options(), dict(asked or {}))


@contextmanager
def single(ledger: Ledger, number: str, *, as_of: int | None = None) -> Iterator[Selection]:
    """Give one incident by its whole, former or shortened id; raises NotFoundError."""
    with ledger.snapshot() as connection:
        yield Selection(ledger, connection, (whole_id(connection, number, as_of),), as_of)


class Seen:
    """Which entries of the log were met already: a bit each, so that memory stays flat."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def first(self, number: int) -> bool:
        """Tell whether an entry is met for the first time, and remember it."""
        at, bit = divmod(number, 8)
        if at >= len(self._bits):
            self._bits.extend(bytes(at + 1 - len(self._bits)))
        new = not self._bits[at] >> bit & 1
        self._bits[at] |= 1 << bit
        return new
