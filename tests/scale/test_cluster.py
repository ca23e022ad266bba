"""A Ray cluster of two workers on this machine: the same ledger as without, though a worker is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso import adding
from sayso.adding import Tally
from sayso.errors import SetupError
from sayso.intake import Capture, capture
from sayso.ledger import create
from sayso.ledger.contents import ledger_hash
from sayso.ledger.verify import verify
from sayso.scale.adding import add
from sayso.showing.examples import examples

ray: Any = pytest.importorskip("ray", reason="Ray is not installed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from sayso.scale.cluster import Cluster

    try:
        made = Cluster("local", 2)
    except SetupError as error:
        pytest.skip(str(error))
    with made:
        yield made


def _killing(items: list[Any], victim: int) -> Iterator[Any]:
    """Yield the items; kill a process while it reads the first shard, before the third goes out."""
    for at, item in enumerate(items):
        if at == 5:
            os.kill(victim, signal.SIGKILL)
        yield item


def test_the_ledger_is_the_same_though_a_worker_is_killed(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.scale.shards.SIZE", 2)
    items = list(capture(str(examples())))
    victim = ray.get(cluster.workers[0].process.remote())
    with create(tmp_path / "spread") as ledger:
        outcomes = add(ledger, _killing(items, victim), Tally(), cluster)
        assert all(outcome.verdict == "stored" for outcome in outcomes)
        assert verify(ledger) == []
        spread = ledger_hash(ledger)
    assert victim not in ray.get([worker.process.remote() for worker in cluster.workers])
    with create(tmp_path / "alone") as ledger:
        for _ in adding.add(ledger, [item for item in items if isinstance(item, Capture)], Tally()):
            pass
        assert ledger_hash(ledger) == spread


def test_error_no_cluster_at_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is started: Ray itself tries for minutes."""
    from sayso.scale.cluster import Cluster

    def init(**_options: object) -> None:
        raise ConnectionError("nobody listens\nat all")

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", init)
    with pytest.raises(SetupError, match="the Ray cluster cannot be reached: nobody listens"):
        Cluster("127.0.0.1:1")
