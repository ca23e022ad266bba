"""The two tables that lists are made from, as they stand now or stood after any entry of the log."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.asking.gathering import Gathered, gather
from sayso.ledger.asking.voices import voice_rows
from sayso.ledger.summaries import all_incidents, marked, summary


@dataclass(frozen=True, slots=True)
class Standing:
    """Summaries of incidents and the voices on them: tables of the ledger, or temporary ones."""

    summaries: sa.Table
    voices: sa.Table

    @property
    def kept(self) -> bool:
        """Tell whether these are the ledger's own, which have indexes."""
        return self.voices is schema.voices


@contextlib.contextmanager
def standing(
    connection: sa.Connection, as_of: int | None, *, among: Collection[str] | None = None
) -> Iterator[Standing]:
    """Give the tables of now or of any earlier moment.

    The kept tables are those of now, unless a writer is at work, or was killed, and some of their rows are outdated:
    then, and for earlier moments, temporary ones are made for the occasion; for an earlier moment with nothing but the
    incidents ``among`` which is asked for.
    """
    if as_of is None:
        outdated = marked(connection)
    else:
        outdated = all_incidents(connection, as_of) if among is None else sorted(among)
    if as_of is None and not outdated:
        yield Standing(schema.summaries, schema.voices)
        return
    made = Standing(_temporary(schema.summaries), _temporary(schema.voices))
    for table in (made.summaries, made.voices):
        table.create(connection)
    try:
        if as_of is None:
            _copy(connection, made, outdated)
        _fill(connection, made, gather(connection, outdated, as_of))
        yield made
    finally:
        for table in (made.summaries, made.voices):
            table.drop(connection)


def _temporary(table: sa.Table) -> sa.Table:
    columns = [sa.Column(each.name, each.type, primary_key=each.primary_key) for each in table.columns]
    return sa.Table(f"{table.name}_then", sa.MetaData(), *columns, prefixes=["TEMPORARY"])


def _copy(connection: sa.Connection, made: Standing, outdated: list[str]) -> None:
    """Take over the rows that are not outdated."""
    for table, kept in ((made.summaries, schema.summaries), (made.voices, schema.voices)):
        rows = sa.select(kept).where(kept.c.within.not_in(outdated))
        connection.execute(sa.insert(table).from_select([column.name for column in kept.columns], rows))


def _fill(connection: sa.Connection, made: Standing, given: Iterable[Gathered]) -> None:
    summaries, voices = [], []
    for each in given:
        summaries.append(summary(each))
        voices += voice_rows(each)
    for table, rows in ((made.summaries, summaries), (made.voices, voices)):
        if rows:
            connection.execute(sa.insert(table), rows)
