"""The exam ``actors``: the share of our own table of strings that are read as the right actor.

The table, ``actors.toml``, was written for this project: offices, demonyms, groups, acronyms, spelling variants and
traps. A row is right when name, kind, country and sector all are. It needs no data of others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evaluation import Exam
from sayso.values.actor import Actor
from sayso.vocab.gazetteer import Gazetteer

TABLE = Path(__file__).parent / "actors.toml"


class Row(NamedTuple):
    """One string and who it names; fields as in ``Actor``."""

    words: str
    name: str | None
    kind: str
    country: str | None
    sector: str | None
    note: str


def table(file: Path = TABLE) -> Iterator[Row]:
    """Yield the rows of the table in its order."""
    groups: dict[str, list[dict[str, Any]]] = tomllib.loads(file.read_text(encoding="utf-8"))
    for rows in groups.values():
        for row in rows:
            yield Row(row["words"], row.get("name"), row["kind"], row.get("country"), row.get("sector"), row["note"])


def right(row: Row, world: Gazetteer) -> bool:
    """Tell whether the string of a row is read as the row says."""
    actor = Actor.parse(row.words, world, ())
    return (actor.name, actor.kind, actor.country, actor.sector) == (row.name, row.kind, row.country, row.sector)


def exam(data: Path, split: str | None) -> Exam:
    """Hold the exam; the table has one part only."""
    rows = list(table())
    share = sum(right(row, Gazetteer.default()) for row in rows) / len(rows)
    return Exam("actors", split or "all", len(rows), {"right": 100 * share})
