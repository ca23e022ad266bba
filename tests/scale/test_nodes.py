"""Two nodes on this machine, each a raylet of its own: one is killed with all its processes, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from evaluation.guarantees.nodes import Nodes, QuickWorker, add_here, add_spread, items_of
from evaluation.linking.synthetic import accounts
from sayso.linking.link import link as link_at_once
from sayso.scale.cluster import Cluster, Tasks
from sayso.scale.linking.link import link
from sayso.scale.linking.steps import Settings

pytest.importorskip("ray", reason="Ray is not installed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def first() -> Iterator[Nodes]:
    started = _or_skip(Nodes)
    yield started
    started.close()


@pytest.fixture
def nodes(first: Nodes) -> Nodes:
    _or_skip(first.add_second)
    return first


def _or_skip(start: Callable[[], Any]) -> Any:
    try:
        return start()
    except Exception as error:  # noqa: BLE001 - Ray raises plain ones
        pytest.skip(f"no node starts on this machine: {error}")


def test_the_ledger_is_the_same_though_a_node_is_killed(
    nodes: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.scale.shards.SIZE", 2)
    items, killed = items_of(90), list[int]()
    assert len(set(nodes.raylets())) == 2
    with Cluster(nodes.address, 2, QuickWorker) as cluster:
        there = add_spread(tmp_path / "spread", items, cluster, True, lambda: killed.append(nodes.kill_second()))
        assert len(cluster.workers) == 1  # the other waits for room
    assert killed[0] > 1
    assert there == add_here(tmp_path / "here", items, True)


def test_the_incidents_are_the_same_though_a_node_is_killed(nodes: Nodes, tmp_path: Path) -> None:
    known = [features for _, features in accounts(200)]
    lots = {str(at): partial(list, known[at : at + 50]) for at in range(0, 200, 50)}
    with Tasks(nodes.address, 2) as tasks:
        found = link(lots, tmp_path, Killing(tasks, nodes.kill_second), settings=Settings(stripe=10, batch=20))
    assert found.groups == link_at_once(known)


class Killing:
    """A pool whose node is killed when it has done six tasks: between filing and scoring."""

    def __init__(self, tasks: Tasks, kill: Callable[[], object]) -> None:
        self._tasks, self._kill, self._left = tasks, kill, 6

    def each(self, function: Callable[[Any], Any], given: Iterable[Any]) -> Iterator[Any]:
        for made in self._tasks.each(function, given):
            self._left -= 1
            if self._left == 0:
                self._kill()
            yield made
