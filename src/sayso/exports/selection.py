"""``Selection``: which incidents an export holds, from one snapshot of the ledger, in parts that fit the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.exports.workers import WORTH, Workers
from sayso.ledger import Ledger
from sayso.ledger.asking.gathering import Gathered, gather
from sayso.ledger.asking.history import facts_of
from sayso.ledger.asking.parts import AT_ONCE, Part, part, summaries
from sayso.ledger.asking.questions import whole_id
from sayso.ledger.asking.selecting import Query, scan
from sayso.ledger.sqlite import Restless

if TYPE_CHECKING:
    import sqlalchemy as sa

Made = TypeVar("Made")


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
        options: what the user chose besides.
        asked: the filters that chose them, for the record.
        others: of a part, the ids of all that are exported; of the whole, none.
        workers: make the parts, where there are any; else this process does.
        went: is told of so many incidents each time that these are done with.

    """

    ledger: Ledger
    connection: sa.Connection
    ids: tuple[str, ...]
    as_of: int | None = None
    options: Options = Options()
    asked: Mapping[str, str] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    workers: Workers | None = None
    went: Callable[[int], None] = lambda _number: None

    def each(self, make: Callable[[Selection], Made]) -> Iterator[Made]:
        """Yield what is made of some hundred incidents at a time, in order.

        Args:
            make: gets these incidents as a selection; can be sent to another process.

        """
        lots = [self.ids[at : at + AT_ONCE] for at in range(0, len(self.ids), AT_ONCE)]
        work = partial(_made, make, self.as_of, self.options)
        if self.workers is not None:
            results = self.workers.each(work, lots)
        else:
            results = map(partial(work, self.ledger, self.connection, frozenset(self.ids)), lots)
        for ids, made in zip(lots, results, strict=True):
            yield made
            self.went(len(ids))

    def part(self) -> Part:
        """Return rows and records of some hundred incidents."""
        return part(self.connection, self.ids, self.as_of)

    def summaries(self) -> Iterator[Mapping[str, Any]]:
        """Yield the row of each of some hundred incidents, in order."""
        yield from summaries(self.connection, self.ids, self.as_of).values()

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


def _made(
    make: Callable[[Selection], Made],
    as_of: int | None,
    options: Options,
    ledger: Ledger,
    connection: sa.Connection,
    others: frozenset[str],
    ids: Sequence[str],
) -> Made:
    """Return what is made of some incidents, here or by a worker."""
    return make(Selection(ledger, connection, tuple(ids), as_of, options, others=others))


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
    workers: int = 1,
) -> Iterator[Selection]:
    """Give the incidents that a query means (all, without one), read from one snapshot.

    Args:
        ledger: where they are.
        query: the filters.
        as_of: number of an entry of the log; None for now.
        limit: at most so many.
        offset: incidents that are passed over.
        options: what the user chose besides.
        asked: the filters, for the record.
        workers: processes that make the export, where there are so many incidents that it pays.

    """

    def chosen(connection: sa.Connection, most: int | None) -> tuple[str, ...]:
        rows = scan(connection, query or Query(background=True), ("within",), as_of=as_of, limit=most)
        return tuple(number for (number,) in rows[offset:])

    last = None if limit is None else offset + limit
    given = as_of, options or Options(), dict(asked or {})
    known: tuple[str, ...] | None = None
    if workers > 1:
        with ledger.snapshot() as connection:
            first = chosen(connection, last if as_of else min(offset + WORTH, last or offset + WORTH))
        workers = workers if len(first) >= WORTH else 1
        known = first if as_of else None  # what was will not change, and takes long to find
    with ExitStack() as stack:
        connection, crew = _looking(stack, ledger, workers)
        ids = chosen(connection, last) if known is None else known
        if crew is not None:
            crew.know(ids)
        yield Selection(ledger, connection, ids, *given, workers=crew)


def _looking(stack: ExitStack, ledger: Ledger, workers: int) -> tuple[sa.Connection, Workers | None]:
    """Return a snapshot and who else looks at it: nobody, where one process does or others never stop writing."""
    if workers > 1:
        with ExitStack() as own, suppress(Restless):
            crew = own.enter_context(Workers(ledger.project, workers))
            connection = own.enter_context(crew.snapshot(ledger))
            stack.enter_context(own.pop_all())
            return connection, crew
    return stack.enter_context(ledger.snapshot()), None


@contextmanager
def single(ledger: Ledger, number: str, *, as_of: int | None = None) -> Iterator[Selection]:
    """Give one incident by its whole, former or shortened id; raises NotFoundError."""
    with ledger.snapshot() as connection:
        yield Selection(ledger, connection, (whole_id(connection, number, as_of),), as_of)
