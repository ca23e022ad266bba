"""Linking in pieces: the groups of linking at once, however it is cut, killed and taken up again."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.linking.growth import grow
from evaluation.linking.synthetic import accounts, readings
from sayso.adding import Prepared
from sayso.errors import InputError, SetupError
from sayso.intake.notes import Notes
from sayso.ledger import create
from sayso.linking.clusters import Pair
from sayso.linking.features import Features
from sayso.linking.link import link as link_at_once
from sayso.scale.linking.link import Linked, link
from sayso.scale.linking.lots import Lot, of_shard
from sayso.scale.linking.steps import Settings
from sayso.scale.pools import Here, Spawned
from sayso.scale.shards import pack

pytest.importorskip("pyarrow", reason="pyarrow is not installed")
ACCOUNTS = [features for _, features in accounts(150)]
IDS = sorted(features.account for features in ACCOUNTS)
AT_ONCE = link_at_once(ACCOUNTS)
WHOLE: dict[str, Lot] = {"all": partial(list, ACCOUNTS)}


class Counting(Here):
    """Works here, counts its tasks, and fails when it has done so many."""

    def __init__(self, lives: int = 10**6) -> None:
        self.lives, self.done = lives, 0

    def each(self, function: Callable[[Any], Any], given: Iterable[Any]) -> Iterator[Any]:
        for one in given:
            if self.done == self.lives:
                raise SetupError("the machine is gone")
            self.done += 1
            yield function(one)


def linked(lots: dict[str, Lot], cut: Settings | None = None, **judged: list[Pair]) -> Linked:
    with TemporaryDirectory() as folder:
        return link(lots, Path(folder), Here(), settings=cut, **judged)  # type: ignore[arg-type]


def told(link: Callable[[], Any]) -> object:
    """Return the groups, or what is wrong with the judgements."""
    try:
        made = link()
    except InputError as error:
        return str(error)
    return made.groups if isinstance(made, Linked) else made


def cut_up(chance: random.Random, sizes: Iterable[int]) -> dict[str, Lot]:
    """Shuffle the accounts and cut them into lots of these sizes, the last of what is left."""
    shuffled, lots = chance.sample(ACCOUNTS, len(ACCOUNTS)), dict[str, Lot]()
    for size in (*sizes, len(shuffled)):
        lots[f"lot {len(lots)}"] = partial(list, shuffled[:size])
        del shuffled[:size]
    return lots


@settings(max_examples=12)
@given(
    st.randoms(use_true_random=False),
    st.lists(st.integers(0, 70), max_size=3),
    st.builds(
        Settings, stripe=st.integers(1, 200), filings=st.sampled_from([300, 2000, 10**6]), batch=st.integers(1, 200)
    ),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=4),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=4),
)
def test_the_groups_are_those_of_linking_at_once(
    chance: random.Random, sizes: list[int], cut: Settings, same: list[Pair], not_same: list[Pair]
) -> None:
    lots = cut_up(chance, sizes)
    pieces, at_once = (
        told(partial(linked, lots, cut, same=same, not_same=not_same)),
        told(partial(link_at_once, ACCOUNTS, same, not_same)),
    )
    assert pieces == at_once


def test_judgements_join_and_part_whatever_part_of_the_work_accounts_are_in() -> None:
    apart = next(group for group in AT_ONCE if len(group) > 2)[:2]
    ends = AT_ONCE[0][0], AT_ONCE[-1][0]
    groups = linked(WHOLE, Settings(stripe=20, batch=1), same=[ends, ("in_?", ends[0])], not_same=[apart]).groups  # type: ignore[list-item]
    home = {name: group for group in groups for name in group}
    assert home[ends[0]] is home[ends[1]]
    assert home[apart[0]] is not home[apart[1]]


def test_processes_make_what_one_makes_and_what_was_lost_is_counted(tmp_path: Path) -> None:
    with Spawned(2) as pool:
        spread = link(cut_up(random.Random(2), [40, 50]), tmp_path, pool, settings=Settings(stripe=50, batch=40))
    whole = linked(WHOLE)
    assert spread.groups == whole.groups == AT_ONCE
    assert spread._replace(seconds={}) == whole._replace(seconds={})
    assert 0 < whole.kept < whole.compared
    assert list(whole.seconds) == ["file", "pair", "score", "cut", "cluster"]


@pytest.mark.parametrize("lives", [0, 1, 3, 4, 6, 8])
def test_what_was_done_before_a_stop_is_not_done_again(tmp_path: Path, lives: int) -> None:
    lots, cut = cut_up(random.Random(3), [60, 60]), Settings(stripe=40, batch=40)
    undisturbed = Counting()
    link(lots, tmp_path / "whole", undisturbed, settings=cut)
    with pytest.raises(SetupError, match="the machine is gone"):
        link(lots, tmp_path / "killed", Counting(lives), settings=cut)
    again = Counting()
    assert link(lots, tmp_path / "killed", again, settings=cut).groups == AT_ONCE
    kept = min(lives, len(list((tmp_path / "whole").glob("[ls]*-*"))))  # lots and scores leave files
    assert again.done == undisturbed.done - kept


def test_pairs_that_were_half_written_are_written_anew(tmp_path: Path) -> None:
    link(WHOLE, tmp_path, Here())
    (tmp_path / "paired.json").unlink()
    for file in tmp_path.glob("scores-*"):
        file.unlink()
    assert link(WHOLE, tmp_path, Here()).groups == AT_ONCE


def test_the_incidents_are_those_of_a_ledger(tmp_path: Path) -> None:
    made = [reading for _, reading in readings(80)]
    files = [tmp_path / f"{at}.parquet" for at in range(0, 80, 30)]
    for file in files:
        part = made[int(file.stem) : int(file.stem) + 30]
        file.write_bytes(pack({row.reports[0].id: Prepared(row, Notes()) for row in part}))
    with create(tmp_path / "ledger") as ledger:
        grow(ledger, made)
        kept = {frozenset(group) for group in ledger.clusters().values()}
    lots: dict[str, Lot] = {file.name: partial(of_shard, file) for file in files}
    assert {frozenset(group) for group in link(lots, tmp_path / "linking", Here()).groups} == kept


@pytest.mark.parametrize("lots", [{}, {"empty": partial(list, ())}], ids=["no lots", "a lot of none"])
def test_nothing_to_link(tmp_path: Path, lots: dict[str, Lot]) -> None:
    assert link(lots, tmp_path, Here()).groups == ()


def test_accounts_of_nothing_stand_alone(tmp_path: Path) -> None:
    bare = [Features(account=name, report="re_1") for name in "ab"]
    found = link({"bare": partial(list, bare)}, tmp_path, Here())
    assert (found.groups, found.alone, found.compared) == ((("a",), ("b",)), 2, 0)


def test_error_a_folder_of_other_lots(tmp_path: Path) -> None:
    link(WHOLE, tmp_path, Here())
    with pytest.raises(SetupError, match="what is linked here is something else"):
        link({"other": WHOLE["all"]}, tmp_path, Here())


def test_error_an_account_in_two_lots(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="150 accounts stand in the lots twice"):
        link(WHOLE | {"again": WHOLE["all"]}, tmp_path, Here())


def test_error_a_process_that_is_killed() -> None:
    with Spawned(1) as pool, pytest.raises(SetupError, match="ended from outside"):
        list(pool.each(os._exit, [9]))
