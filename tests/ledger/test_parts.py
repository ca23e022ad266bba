"""Parts: what hangs together is clustered by itself, cut where it is too much, whatever came first."""

from __future__ import annotations

import random
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.adding import reread
from sayso.ledger import Ledger, open_ledger, schema
from sayso.ledger.contents import ledger_hash
from sayso.ledger.graph import Graph
from sayso.ledger.repairing import repair
from sayso.ledger.storing import Reader
from sayso.ledger.verify import verify
from sayso.linking.clusters import cluster
from tests.ledger.foretold import QuickLinker, capture_of, put, read, text_of

LEVELS = (0.5, 0.7, 0.9)
TEXTS = st.builds(text_of, place=st.sampled_from(["Tarsk", "Velm"]), day=st.integers(1, 9), killed=st.integers(1, 3))


def nothing(accounts: Collection[int]) -> dict[int, dict[int, float]]:
    """The store knows of no links."""
    return {account: {} for account in accounts}


def graph_of(*links: tuple[int, int, float], most: int = 3) -> Graph:
    graph = Graph(LEVELS, most)
    graph.start("")
    graph.link(links, nothing)
    return graph


@pytest.mark.parametrize(
    ("links", "part", "note"),
    [
        ([], {1}, "nothing is linked"),
        ([(1, 2, 0.5)], {1}, "as likely as not brings nobody together"),
        ([(1, 2, 0.6), (2, 3, 0.6)], {1, 2, 3}, "a chain that is not too long"),
        ([(1, 2, 0.8), (2, 3, 0.6), (3, 4, 0.8)], {1, 2}, "four are too many: cut at the weaker link"),
        ([(1, 2, 0.6), (2, 3, 0.6), (3, 4, 0.6)], {1}, "all too weak for the next level"),
        ([(1, 2, 0.95), (2, 3, 0.95), (3, 4, 0.95)], {1, 2, 3, 4}, "the last level cuts no more"),
    ],
)
def test_a_part_is_what_likely_links_lead_to_unless_it_is_too_much(
    links: list[tuple[int, int, float]], part: set[int], note: str
) -> None:
    assert graph_of(*links).parts([1], nothing) == {frozenset(part)}, note


def test_parts_are_known_as_they_were_when_the_entry_began() -> None:
    graph = graph_of((1, 2, 0.6))
    graph.start("")
    assert graph.touched == frozenset()
    graph.link([(2, 3, 0.6)], nothing)
    graph.unlink([(1, 2)], nothing)
    assert graph.touched == {1, 2, 3}
    assert graph.parts([1, 2, 3], nothing, before=True) == {frozenset({1, 2}), frozenset({3})}
    assert graph.parts([1, 2, 3], nothing) == {frozenset({1}), frozenset({2, 3})}


def test_links_are_looked_up_again_when_another_writer_was_there() -> None:
    graph = graph_of((1, 2, 0.6))
    graph.finish("mine")
    graph.start("mine")
    assert graph.parts([1], nothing) == {frozenset({1, 2})}
    graph.finish("mine again")
    graph.start("of another")
    assert graph.parts([1], nothing) == {frozenset({1})}


def test_links_of_an_entry_that_was_broken_off_are_forgotten() -> None:
    graph = graph_of((1, 2, 0.6))
    graph.start("")  # the former entry never finished; the log still ends where it did
    graph.finish("first")
    graph.start("first")
    graph.link([(1, 3, 0.6)], nothing)
    graph.start("first")
    assert graph.parts([3], nothing) == {frozenset({3})}


def at_once(ledger: Ledger) -> set[tuple[str, ...]]:
    """Return the incidents that all accounts and links of the ledger make, clustered together."""
    with ledger.snapshot() as connection:
        incident = {row.account: row.incident for row in connection.execute(sa.select(schema.clusters))}
        links = [(row.a, row.b, row.score) for row in connection.execute(sa.select(schema.links)) if row.a < row.b]
    scored = [(incident[a], incident[b], score) for a, b, score in links]
    return set(cluster(incident.values(), scored, most=QuickLinker.largest))


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory, empty_project: Path) -> Iterator[Path]:
    """Give as many empty projects as are asked for."""

    def fresh() -> Iterator[Path]:
        while True:
            folder = tmp_path_factory.mktemp("parts") / "project"
            shutil.copytree(empty_project, folder)
            yield folder

    return fresh()


@given(texts=st.lists(TEXTS, min_size=2, max_size=14, unique=True), seed=st.integers(0, 999))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_ledger_is_the_same_for_all_orders_and_as_if_all_had_come_at_once(
    projects: Iterator[Path], texts: list[str], seed: int
) -> None:
    shuffled = random.Random(seed).sample(texts, len(texts))
    hashes = set()
    for order in (texts, shuffled):
        with open_ledger(next(projects), "write", linker=QuickLinker()) as ledger:
            put(ledger, map(capture_of, order))
            assert set(ledger.clusters().values()) == at_once(ledger)
            hashes.add(ledger_hash(ledger))
    assert len(hashes) == 1


@given(texts=st.lists(TEXTS, min_size=3, max_size=12, unique=True), again=st.integers(0, 11))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_reading_again_leaves_parts_as_if_all_had_come_at_once(
    projects: Iterator[Path], texts: list[str], again: int
) -> None:
    folder = next(projects)
    with open_ledger(folder, "write", linker=QuickLinker()) as ledger:
        put(ledger, map(capture_of, texts))
        before = ledger.clusters()
    with open_ledger(folder, "write", linker=QuickLinker()) as ledger:  # nothing in memory
        list(reread(ledger, read=read, reader=Reader("1", "foretold")))
        put(ledger, [capture_of(text_of(place="Tarsk", day=again, killed=9))])
        assert set(ledger.clusters().values()) == at_once(ledger)
        assert {account for ids in before.values() for account in ids} <= {
            account for ids in ledger.clusters().values() for account in ids
        }


@given(texts=st.lists(TEXTS, min_size=2, max_size=14, unique=True), again=st.booleans())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_links_that_are_repaired_are_those_that_adding_made(
    projects: Iterator[Path], texts: list[str], again: bool
) -> None:
    with open_ledger(next(projects), "write", linker=QuickLinker()) as ledger:
        put(ledger, map(capture_of, texts))
        if again:
            list(reread(ledger, read=read, reader=Reader("1", "foretold")))
        made = links_of(ledger)
        with ledger.derived() as connection:
            connection.execute(sa.delete(schema.links))
        assert links_of(ledger) == set()
        repair(ledger)
        assert links_of(ledger) == made
        assert verify(ledger) == []


@pytest.mark.parametrize(
    ("deed", "note"),
    [
        (sa.delete(schema.links).where(schema.links.c.a < schema.links.c.b), "one direction is gone"),
        (sa.update(schema.links).where(schema.links.c.a < schema.links.c.b).values(score=0.5), "two scores"),
        (sa.insert(schema.links).values([{"a": 1, "b": 2, "score": 0.5}, {"a": 2, "b": 1, "score": 0.5}]), "of nobody"),
    ],
)
def test_error_links_that_were_tampered_with_are_found_and_repaired(
    ledger: Ledger, deed: sa.Executable, note: str
) -> None:
    put(ledger, map(capture_of, [text_of(place="Tarsk", day=day, killed=1) for day in (1, 2, 3)]))
    made = links_of(ledger)
    assert made
    with ledger.derived() as connection:
        connection.execute(deed)
    (problem,) = verify(ledger)
    assert problem.startswith("derived: links are not what the other tables make of them"), note
    repair(ledger)
    assert (links_of(ledger), verify(ledger)) == (made, []), note


def links_of(ledger: Ledger) -> set[tuple[int, int, float]]:
    """Return all rows of the links."""
    with ledger.snapshot() as connection:
        return {(row.a, row.b, row.score) for row in connection.execute(sa.select(schema.links))}


@given(texts=st.lists(TEXTS, min_size=4, max_size=12, unique=True))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_two_writers_by_turns_make_the_ledger_of_one(projects: Iterator[Path], texts: list[str]) -> None:
    folder = next(projects)
    with (
        open_ledger(folder, "write", linker=QuickLinker()) as one,
        open_ledger(folder, "write", linker=QuickLinker()) as other,
    ):
        for at, text in enumerate(texts):
            put((one, other)[at % 2], [capture_of(text)])
        assert set(one.clusters().values()) == at_once(one)
