"""Our own tables of world facts load, and the gazetteer was built from them as they stand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sayso.vocab import Entry, load_table
from sayso.vocab.gazetteer import FILE, Gazetteer
from sayso.vocab.names import level
from sayso.vocab.world import ActorEntry, AreaEntry, CountryEntry, LeaderEntry, ShortNameEntry

TABLES: list[tuple[str, type[Entry]]] = [
    ("actors", ActorEntry),
    ("areas", AreaEntry),
    ("towns", AreaEntry),
    ("countries", CountryEntry),
    ("leaders", LeaderEntry),
    ("short_names", ShortNameEntry),
]


@pytest.mark.parametrize(("name", "model"), TABLES, ids=[name for name, _ in TABLES])
def test_the_gazetteer_was_built_from_the_table_as_it_stands(name: str, model: type[Entry]) -> None:
    assert load_table(name, model)
    digest = hashlib.sha256((Path(FILE).parent / f"{name}.toml").read_bytes()).hexdigest()
    assert Gazetteer.default().meta()[f"sha256 {name}.toml"] == digest, "run training/build_gazetteer.py"


# Acronyms that two bodies really share; only the countries of the report tell them apart.
SHARED = {"jem"}


def test_no_spelling_names_two_bodies_of_our_table() -> None:
    owner: dict[str, str] = {}
    for entry in load_table("actors", ActorEntry):
        for key in {level(word) for word in (entry.name, *entry.aliases)} - SHARED:
            assert owner.setdefault(key, entry.name) == entry.name, f"{key!r} names two bodies"


def test_every_country_of_the_tables_exists() -> None:
    gazetteer = Gazetteer.default()
    codes = {entry.country for entry in load_table("actors", ActorEntry)}
    codes |= {entry.country for entry in load_table("areas", AreaEntry)}
    codes |= {entry.country for entry in load_table("leaders", LeaderEntry)}
    assert [code for code in sorted(codes - {None}, key=str) if code and gazetteer.by_code(code) is None] == []


def test_terms_of_office_run_forward() -> None:
    for entry in load_table("leaders", LeaderEntry):
        assert all(len(term) == 1 or term[0] < term[1] for term in entry.terms), entry.name
