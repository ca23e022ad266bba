"""What becomes of shards whose workers die, with a Ray that is played: nothing is started here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from evaluation.guarantees.foretold import capture_of
from sayso.adding import default_reader
from sayso.errors import SetupError
from sayso.ledger.storing import Reader
from sayso.scale.cluster import TRIES, Cluster
from sayso.scale.shards import Shard


class GoneError(Exception):
    """The worker is gone."""


class Errors:
    RayActorError = ObjectLostError = GoneError


class Actor:
    """A worker that reads so many shards and dies over the next; ``late`` ones never start."""

    def __init__(self, name: str, lives: int, reader: Reader | None = None, late: bool = False) -> None:
        self.name, self.lives, self.late, self.given = name, lives, late, list[str]()
        self.reader, self.prepare = Remote(lambda: reader or default_reader(), late), Remote(self._prepare, late)

    def _prepare(self, captures: Any) -> bytes:
        self.given.append(captures[0].place)
        if self.lives == 0:
            raise GoneError
        self.lives -= 1
        return f"{self.name} {captures[0].place}".encode()


class Remote:
    def __init__(self, function: Callable[..., Any], late: bool) -> None:
        self._function, self._late = function, late

    def remote(self, *given: Any) -> Any:
        return (lambda: self._function(*given)), self._late


class PlayedRay:
    """Hands out the actors it was given, one after the other."""

    exceptions = Errors

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = iter(actors)
        self.killed: list[Actor] = []

    def remote(self, **_options: Any) -> Callable[[Any], Any]:
        return lambda _class: Hiring(self._actors)

    def get(self, coming: Any) -> Any:
        return [each[0]() for each in coming] if isinstance(coming, list) else coming[0]()

    def wait(self, says: list[Any], timeout: float) -> tuple[list[Any], list[Any]]:
        return [each for each in says if not each[1]][:1], []

    def kill(self, actor: Actor) -> None:
        self.killed.append(actor)


class Hiring:
    def __init__(self, actors: Iterator[Actor]) -> None:
        self._actors = actors

    def remote(self) -> Actor:
        return next(self._actors)


def read(monkeypatch: pytest.MonkeyPatch, number: int, workers: int, *actors: Actor) -> tuple[list[str], Cluster]:
    """Read so many shards; return who read which, in order."""
    monkeypatch.setattr("sayso.scale.cluster.connect", lambda _address, _workers: (PlayedRay(actors), False))
    cluster = Cluster("played", workers)
    shards = [Shard((capture_of("", str(at)),)) for at in range(number)]
    made = [packed.decode() for _, packed in cluster.prepare((shard, True) for shard in shards) if packed]
    return made, cluster


def test_shards_of_a_dead_worker_go_to_one_that_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    made, cluster = read(monkeypatch, 8, 2, Actor("a", 1), Actor("b", 99), Actor("c", 99, late=True))
    assert [row.split()[1] for row in made] == list("01234567")
    assert [row.split()[0] for row in made].count("a") == 1
    assert [worker.name for worker in cluster.workers] == ["b"]


def test_one_that_is_hired_gets_work_when_it_has_started(monkeypatch: pytest.MonkeyPatch) -> None:
    made, cluster = read(monkeypatch, 8, 1, Actor("a", 2), Actor("b", 99))
    assert [row.split()[1] for row in made] == list("01234567")
    assert [worker.name for worker in cluster.workers] == ["b"]


def test_error_one_that_is_hired_reads_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SetupError, match="no worker is left"):
        read(monkeypatch, 8, 1, Actor("a", 2), Actor("b", 99, Reader("0.0.0", "other")), Actor("c", 99))


def test_error_a_shard_ends_all_who_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SetupError, match=r"2: every worker that reads the shard of 1 reports from here on dies"):
        read(monkeypatch, 8, 1, Actor("a", 2), *(Actor(str(at), 0) for at in range(TRIES)))


def test_error_nobody_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SetupError, match="no worker is left, and none has started"):
        read(monkeypatch, 8, 1, Actor("a", 2), Actor("b", 99, late=True))
