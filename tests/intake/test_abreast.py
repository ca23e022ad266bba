"""Hosts side by side: the order of the tasks is kept, a host is asked in single file, and nothing waits for nothing."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from sayso.intake.abreast import abreast

Task = tuple[str, int]


def tasks(*sizes: int) -> list[Task]:
    """Return tasks of hosts a, b, c …, so many each, the hosts mixed."""
    hosts = [(chr(ord("a") + at), size) for at, size in enumerate(sizes)]
    return [(host, n) for n in range(max(sizes)) for host, size in hosts if n < size]


def host(task: Task) -> str:
    return task[0]


def test_answers_come_in_the_order_of_the_tasks_though_hosts_overlap() -> None:
    meeting = threading.Barrier(3, timeout=10)  # passed only when three hosts are asked at the same time

    def get(task: Task) -> str:
        if task[1] == 0:
            meeting.wait()
        return f"{task[0]}{task[1]}"

    wanted = tasks(5, 9, 2)
    assert list(abreast(wanted, host, get)) == [(task, f"{task[0]}{task[1]}") for task in wanted]


def test_a_host_is_asked_by_one_thread_at_a_time_and_in_order() -> None:
    busy, worst, asked = Counter[str](), Counter[str](), list[Task]()
    lock = threading.Lock()

    def get(task: Task) -> None:
        with lock:
            busy[task[0]] += 1
            worst[task[0]] = max(worst[task[0]], busy[task[0]])
            asked.append(task)
        threading.Event().wait(0.002)
        with lock:
            busy[task[0]] -= 1

    list(abreast(tasks(9, 9, 9), host, get, threads=3))
    assert set(worst.values()) == {1}
    for name in "abc":
        assert [number for each, number in asked if each == name] == list(range(9))


def test_no_more_hosts_are_asked_than_there_are_threads() -> None:
    busy, worst, lock = [0], [0], threading.Lock()

    def get(_: Task) -> None:
        with lock:
            busy[0] += 1
            worst[0] = max(worst[0], busy[0])
        threading.Event().wait(0.002)
        with lock:
            busy[0] -= 1

    list(abreast(tasks(3, 3, 3, 3, 3, 3), host, get, threads=2))
    assert 1 <= worst[0] <= 2


def test_what_needs_no_fetching_is_handed_on_and_nothing_behind_it_is_read_before() -> None:
    read: list[int] = []

    def coming() -> Iterator[int]:
        for number in range(6):
            read.append(number)
            yield number

    found = abreast(coming(), lambda n: "h" if n < 2 else None, lambda n: n * 10)
    assert next(found) == (0, 0)
    assert read == [0, 1, 2]
    assert list(found) == [(1, 10), (2, None), (3, None), (4, None), (5, None)]


def test_only_so_much_is_fetched_ahead() -> None:
    asked: list[int] = []
    found = abreast(range(50), str, lambda n: asked.append(n), ahead=5)
    next(found)
    threading.Event().wait(0.05)
    assert len(asked) <= 6
    assert sum(1 for _ in found) == 49


def test_error_is_raised_where_the_answer_would_come() -> None:
    def get(number: int) -> int:
        if number == 2:
            raise KeyError(number)
        return number

    found = abreast(range(4), str, get)
    assert [next(found), next(found)] == [(0, 0), (1, 1)]
    with pytest.raises(KeyError):
        next(found)


def test_whoever_stops_waits_for_nobody_and_nothing_more_is_begun() -> None:
    asked, never = list[int](), threading.Event()

    def get(number: int) -> int:
        asked.append(number)
        if number:
            never.wait(10)
        return number

    found = abreast(range(9), lambda n: str(n % 3), get)
    assert next(found) == (0, 0)
    found.close()  # type: ignore[attr-defined]
    never.set()
    threading.Event().wait(0.05)
    assert len(asked) <= 4


def test_an_end_is_noticed_while_an_answer_is_waited_for() -> None:
    never = threading.Event()
    assert list(abreast(range(3), str, lambda _: never.wait(10), ended=lambda: True)) == []
    never.set()
