"""``Ledger``: one project's reports, readings and what is made of them, opened for reading or for writing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa

from sayso.errors import SetupError
from sayso.ledger import rows, schema
from sayso.ledger.asof import current, memberships
from sayso.ledger.chain import Entry, Head, head_of, sync_head, write_head
from sayso.ledger.database import database_of, dialect_of
from sayso.ledger.evidence import cannot_write
from sayso.ledger.faults import step
from sayso.ledger.frames import Records
from sayso.ledger.graph import Graph, Memory
from sayso.ledger.linker import Linker
from sayso.ledger.provenance import told, with_provenance
from sayso.ledger.sqlite import Mode
from sayso.ledger.upgrade import check_version, upgrade, version_of
from sayso.records import Claim, Event, Incident, Judgement, Reading, Report, Statement
from sayso.settings import Project

if TYPE_CHECKING:
    from sayso.ledger.asking.gathering import Gathered
    from sayso.ledger.asking.selecting import Query

_STREAMED = {"yield_per": 500}
_RECORDS = {table.name: table for table in (schema.statements, schema.events, schema.incidents, schema.claims)}


class Ledger:
    """The store of one project.

    Iterators take ``as_of``: the number of an entry of the log (:meth:`seq_at` finds it for a moment); they then yield
    what the ledger held right after it.

    Args:
        project: the folder with its settings.
        mode: "read" never writes and needs no right to; "write" waits for its turn among writers.
        linker: what brings accounts together; ``sayso.linking`` if left out.

    Raises:
        SetupError: there is no ledger, it was made by a newer sayso, or it cannot be opened.

    """

    def __init__(self, project: Project, mode: Mode = "read", *, linker: Linker | None = None) -> None:
        self.project = project
        self.mode = mode
        self.database = database_of(project)
        self.evidence = self.database.evidence()
        self._linker = linker
        self._memory: Memory | None = None
        if self.database.missing:
            raise SetupError("the ledger is missing", place=self.database.place, way_out="restore it from a backup")
        self._reader = self.database.engine("read")
        self._writer = self.database.engine("write") if mode == "write" else None
        self._check_version()

    @property
    def linker(self) -> Linker:
        """What brings accounts together."""
        if self._linker is None:
            from sayso.ledger.linking import default_linker

            self._linker = default_linker()
        return self._linker

    @property
    def memory(self) -> Memory:
        """What writing remembers of links and features between entries of the log."""
        if self._memory is None:
            self._memory = Memory(Graph(self.linker.levels, self.linker.largest))
        return self._memory

    def close(self) -> None:
        """Bring the head of the log to the disk and let go of the files."""
        if self._writer is not None:
            sync_head(self.project.head)
            self._writer.dispose()
        self._reader.dispose()
        self.evidence.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    # -- transactions -------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def snapshot(self, ticket: str | None = None) -> Iterator[sa.Connection]:
        """Give a connection that sees the ledger as it stood at its first query, whatever others write meanwhile.

        Args:
            ticket: of a snapshot of another process (:meth:`shared_snapshot`), which this one sees instead.

        """
        with self.database.meaning(), self._reader.begin() as connection:
            if ticket is not None:
                dialect_of(connection).look(connection, ticket)
            yield connection

    @contextlib.contextmanager
    def shared_snapshot(self, join: Callable[[str], None]) -> Iterator[sa.Connection]:
        """Give a snapshot that ledgers of other processes see too.

        Args:
            join: makes all of them begin a snapshot anew, with the ticket that it is given; it may be called again.

        Raises:
            sayso.ledger.sqlite.Restless: others write so often that no moment was found.

        """
        with self.database.meaning(), dialect_of(self._reader).shared(self._reader, join) as connection:
            yield connection

    @contextlib.contextmanager
    def rehearsal(self) -> Iterator[sa.Connection]:
        """Give a writer's connection of whose work nothing is kept; raises SetupError where nobody may write."""
        engine = self._writer or self.database.engine("write")
        with self.database.meaning(), engine.connect() as connection:
            transaction = connection.begin()
            try:
                yield connection
            finally:
                transaction.rollback()

    @contextlib.contextmanager
    def derived(self) -> Iterator[sa.Connection]:
        """Give a writer's connection for the derived tables: they are no part of history, so the log says nothing."""
        if self._writer is None:
            raise self._not_for_writing()
        with self.database.meaning(), self._writer.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def transaction(self, what: str, about: str, detail: Mapping[str, Any] | None = None) -> Iterator[Entry]:
        """Give an :class:`Entry` to add rows to; all of them are stored when the block ends, or none.

        When the block has added no row, nothing is written, not even to the log. ``entry.detail`` may be filled.

        Raises:
            SetupError: the ledger was opened for reading, the disk is full, another process does not let go.

        """
        if self._writer is None:
            raise self._not_for_writing()
        head: Head | None = None
        with self.database.meaning(), self._writer.connect() as connection:
            transaction = connection.begin()
            try:
                step()
                entry = Entry(connection, dict(detail or {}))
                yield entry
                head = entry.finish(what, about) if entry.changed else None
                transaction.commit() if head else transaction.rollback()
            except BaseException:
                transaction.rollback()
                raise
        if head:
            if self._memory is not None:
                self._memory.graph.finish(head.hash)
            step()
            self._tell(head)

    def _not_for_writing(self) -> SetupError:
        way_out = "open it with mode 'write'"
        return SetupError("the ledger was opened for reading", place=self.database.place, way_out=way_out)

    def _tell(self, head: Head) -> None:
        try:
            write_head(self.project.head, head)
        except OSError as error:
            raise cannot_write(error, self.project.head) from error

    def _check_version(self) -> None:
        with self.snapshot() as connection:
            found = version_of(connection)
        if check_version(found, self.database.place):
            if self.mode == "read":
                raise SetupError(
                    f"made by an older sayso (revision {found})",
                    place=self.database.place,
                    way_out="`sayso doctor --repair` brings it up to date",
                )
            with self.transaction("migrated", schema.VERSION, {"from": found}) as entry:
                upgrade(entry.connection)
                entry.changed = True
            self.freshen()

    def freshen(self) -> None:
        """Bring lists and voices up to date with what was added; they may lag behind by a batch of reports."""
        from sayso.ledger.summaries import freshen, marked

        with self.snapshot() as connection:
            waiting = bool(marked(connection))
        if waiting:
            with self.derived() as connection:
                freshen(connection)
                step()

    # -- what is in it ------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        """Return number and hash of the newest entry of the log."""
        with self.snapshot() as connection:
            return head_of(connection)

    def seq_at(self, moment: str) -> int:
        """Return the number of the last entry written up to a moment (ISO 8601 in UTC); 0 where there was none."""
        query = sa.select(sa.func.max(schema.log.c.seq)).where(schema.log.c.at <= moment)
        with self.snapshot() as connection:
            return connection.execute(query).scalar() or 0

    def reports(self, *, as_of: int | None = None) -> Records[Report]:
        """Yield all reports in the order in which they were added, every version of a page."""
        query = _until(sa.select(schema.reports).order_by(schema.reports.c.seq), schema.reports, as_of)
        return Records(rows.report_of(row) for row in self._rows(query))

    def report(self, report_id: str) -> Report:
        """Return one report; raises KeyError where there is none with this id."""
        for row in self._rows(sa.select(schema.reports).where(schema.reports.c.id == report_id)):
            return rows.report_of(row)
        raise KeyError(report_id)

    def report_rows(self, *, as_of: int | None = None) -> Iterator[Mapping[str, Any]]:
        """Yield each report without its text: its row, with ``added``, ``readings`` and where its facts were found."""
        table, log, readings = schema.reports, schema.log, schema.readings
        number = sa.select(sa.func.count()).where(_read_by(readings, table, as_of)).scalar_subquery()
        columns = [column for column in table.columns if column.name not in {"text", "blocks"}]
        query = sa.select(*columns, log.c.at.label("added"), number.label("readings"))
        joined = query.join(log, log.c.seq == table.c.seq).order_by(table.c.seq)
        yield from map(told, self._rows(with_provenance(_until(joined, table, as_of))))

    def raw(self, report_id: str) -> bytes:
        """Return the bytes of a report as they came in, checked against their SHA-256; raises KeyError, SetupError."""
        with self.snapshot() as connection:
            query = sa.select(schema.reports.c.sha256).where(schema.reports.c.id == report_id)
            found = connection.execute(query).scalar()
        if found is None:
            raise KeyError(report_id)
        return self.evidence.read(found)

    def readings(self, *, as_of: int | None = None) -> Iterator[Reading]:
        """Yield the newest reading of each report, in the order in which the reports were added."""
        for report in self.reports(as_of=as_of):
            yield self.reading(report.id, as_of=as_of)

    def reading(self, report_id: str, *, reading_id: str | None = None, as_of: int | None = None) -> Reading:
        """Return a reading of a report: the newest, or the one with this id; raises KeyError."""
        table = schema.readings
        query = sa.select(table).where(table.c.report == report_id).order_by(table.c.seq.desc())
        if reading_id is not None:
            query = query.where(table.c.id == reading_id)
        report = self.report(report_id)
        with self.snapshot() as connection:
            row = connection.execute(_until(query, table, as_of).limit(1)).mappings().first()
            if row is None:
                raise KeyError(reading_id or report_id)
            found = {name: _records(connection, record, row["id"]) for name, record in _RECORDS.items()}
        return rows.reading_of(report, dict(row), found)

    def report_of_reading(self, reading_id: str) -> str:
        """Return the id of the report that a reading is of; raises KeyError."""
        for row in self._rows(sa.select(schema.readings.c.report).where(schema.readings.c.id == reading_id)):
            return str(row["report"])
        raise KeyError(reading_id)

    def readings_of(self, report_id: str) -> list[Mapping[str, Any]]:
        """Return id, seq, version, model and sha256 of all readings of a report, the oldest first."""
        table = schema.readings
        columns = (table.c.id, table.c.seq, table.c.version, table.c.model, table.c.sha256)
        return list(self._rows(sa.select(*columns).where(table.c.report == report_id).order_by(table.c.seq)))

    def current_readings(self) -> Iterator[Mapping[str, Any]]:
        """Yield report, id, version and model of the newest reading of each report."""
        table, current = schema.readings, schema.current_readings
        columns = (table.c.report, table.c.id, table.c.version, table.c.model)
        yield from self._rows(sa.select(*columns).join(current, current.c.reading == table.c.id))

    def former_of(self, report_id: str) -> str | None:
        """Return the version before of the page that a report is, if it was stored when the report came."""
        for row in self._rows(sa.select(schema.reports.c.former).where(schema.reports.c.id == report_id)):
            return row["former"] and str(row["former"])
        raise KeyError(report_id)

    def versions_of(self, report_id: str) -> list[str]:
        """Return all versions of the page that a report is one of, the oldest first."""
        table = schema.reports
        chain = [report_id]
        while former := self.former_of(chain[0]):
            chain.insert(0, former)
        while later := list(self._rows(sa.select(table.c.id).where(table.c.former == chain[-1]))):
            chain.append(later[0]["id"])
        return chain

    def statements(self, *, as_of: int | None = None) -> Records[Statement]:
        """Yield the statements of all current readings, report by report."""
        return self._records_of(schema.statements, Statement, as_of)

    def events(self, *, as_of: int | None = None) -> Records[Event]:
        """Yield the events of all current readings, report by report."""
        return self._records_of(schema.events, Event, as_of)

    def claims(self, *, as_of: int | None = None) -> Records[Claim]:
        """Yield the claims of all current readings, report by report; each names the incident of the ledger."""
        with self.snapshot() as connection:
            within = {row.incident: row.within for row in connection.execute(memberships(as_of))}
        return Records(
            claim.model_copy(update={"incident": within.get(claim.incident, claim.incident)})
            for claim in self._records_of(schema.claims, Claim, as_of)
        )

    def incidents(self, query: Query | None = None, *, as_of: int | None = None) -> Records[Incident]:
        """Yield the incidents of the ledger that ``query`` means (all, without one), the latest first."""
        from sayso.ledger.asking.questions import incidents
        from sayso.ledger.summaries import summary
        from sayso.tables.rows import incident_row

        return Records(
            incidents(self, query, as_of=as_of),
            record=lambda gathered: gathered.overview.incident,
            row=lambda gathered: incident_row(summary(gathered)),
        )

    def incident(self, number: str, *, as_of: int | None = None) -> Gathered:
        """Return one incident with all that is said of it; raises NotFoundError."""
        from sayso.ledger.asking.questions import find_incident

        return find_incident(self, number, as_of=as_of)

    def judgements(self, *, as_of: int | None = None) -> Records[Judgement]:
        """Yield all judgements, retracted ones too, in the order in which they were made."""
        query = sa.select(schema.judgements).order_by(schema.judgements.c.seq)
        return Records(rows.judgement_of(row) for row in self._rows(_until(query, schema.judgements, as_of)))

    def judge(self, judgement: Judgement) -> bool:
        """Store a judgement; see ``storing.store_judgement``."""
        from sayso.ledger.storing import store_judgement

        return store_judgement(self, judgement)

    def log(self, *, since: int = 0) -> Iterator[Mapping[str, Any]]:
        """Yield the entries of the log after number ``since``."""
        yield from self._rows(sa.select(schema.log).where(schema.log.c.seq > since).order_by(schema.log.c.seq))

    def quarantined(self) -> Iterator[Mapping[str, Any]]:
        """Yield what could not be read and has not been read since: rows of ``quarantine``."""
        table, reports = schema.quarantine, schema.reports
        released = sa.exists().where(reports.c.sha256 == table.c.sha256)
        yield from self._rows(sa.select(table).where(~released).order_by(table.c.seq))

    def known(self, hashes: list[str]) -> dict[str, str]:
        """Return SHA-256 → id of the reports among these that are stored."""
        table = schema.reports
        query = sa.select(table.c.sha256, table.c.id).where(table.c.sha256.in_(hashes))
        return {row["sha256"]: row["id"] for row in self._rows(query)}

    def clusters(self, *, as_of: int | None = None) -> dict[str, tuple[str, ...]]:
        """Return id of an incident → ids of the incidents of single readings that make it up, sorted by both."""
        from sayso.ledger.asof import clusters_at

        with self.snapshot() as connection:
            return clusters_at(connection, as_of)

    def resolve(self, incident: str, *, as_of: int | None = None) -> str | None:
        """Return the id that an incident has now: its own, that of what it was merged into, or None if never known."""
        from sayso.ledger.asof import resolve

        with self.snapshot() as connection:
            return resolve(connection, incident, as_of)

    def _repr_html_(self) -> str:
        """Return how much is in it, for a notebook."""
        from html import escape

        counted = (schema.reports, schema.summaries, schema.claims, schema.judgements, schema.log)
        with self.snapshot() as connection:
            numbers = [connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() for table in counted]
        names = ("reports", "incidents", "claims", "judgements", "entries of the log")
        cells = "".join(
            f"<tr><th>{name}</th><td>{number}</td></tr>" for name, number in zip(names, numbers, strict=True)
        )
        return f"<table><caption>sayso ledger {escape(str(self.project.folder))}</caption>{cells}</table>"

    def _records_of(self, table: sa.Table, kind: type[Any], as_of: int | None) -> Records[Any]:
        query = (
            sa.select(table.c.record)
            .join(schema.readings, schema.readings.c.id == table.c.reading)
            .where(table.c.reading.in_(current(as_of)))
            .order_by(schema.readings.c.seq, table.c.position)
        )
        return Records(kind.model_validate_json(row["record"]) for row in self._rows(query))

    def _rows(self, query: sa.Select[Any]) -> Iterator[Mapping[str, Any]]:
        with self.snapshot() as connection, connection.execute(query, execution_options=_STREAMED) as result:
            for row in result.mappings():
                yield dict(row)


def _until(query: sa.Select[Any], table: sa.Table, as_of: int | None) -> sa.Select[Any]:
    return query if as_of is None else query.where(table.c.seq <= as_of)


def _read_by(readings: sa.Table, reports: sa.Table, as_of: int | None) -> sa.ColumnElement[bool]:
    own = readings.c.report == reports.c.id
    return own if as_of is None else own & (readings.c.seq <= as_of)


def _records(connection: sa.Connection, table: sa.Table, reading: str) -> list[str]:
    query = sa.select(table.c.record).where(table.c.reading == reading).order_by(table.c.position)
    return list(connection.execute(query).scalars())
