"""The gazetteer's file: its tables, and how they are written. Read by ``sayso.vocab.gazetteer``."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, NamedTuple


class Place(NamedTuple):
    id: int
    level: int
    name: str
    country: str | None
    admin1: int | None
    admin2: int | None
    feature: str
    population: int
    lat: float | None
    lon: float | None


SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT, adjective TEXT, capital TEXT, lat REAL, lon REAL, geonames INT)
  WITHOUT ROWID;
CREATE TABLE country_name (name TEXT, kind INT, code TEXT, PRIMARY KEY (name, kind, code)) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, level INT, name TEXT, country TEXT, admin1 INT, admin2 INT, feature TEXT,
  population INT, lat INT, lon INT);
CREATE TABLE place_name (name TEXT, place INT, main INT, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE actor (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, sector TEXT, source TEXT);
CREATE TABLE actor_name (name TEXT, actor INT, PRIMARY KEY (name, actor)) WITHOUT ROWID;
CREATE TABLE leader (id INTEGER PRIMARY KEY, name TEXT, office TEXT, country TEXT, since TEXT, until TEXT);
CREATE TABLE leader_name (name TEXT, leader INT, PRIMARY KEY (name, leader)) WITHOUT ROWID;
"""


def write(target: Path, tables: dict[str, list[tuple[Any, ...]]]) -> None:
    """Write each table's rows in the order given; the same rows give the same bytes with one SQLite library."""
    connection = sqlite3.connect(target)
    connection.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;" + SCHEMA)
    for table, values in tables.items():
        marks = ", ".join("?" * len(values[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        print(f"{table}: {len(values)}")
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    pin_header(target)


def micro(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * 100_000)


def pin_header(target: Path) -> None:
    """Overwrite the writing library's version number in the file header (bytes 96-99): it is no fact of ours."""
    data = bytearray(target.read_bytes())
    data[96:100] = (0).to_bytes(4, "big")
    target.write_bytes(bytes(data))
