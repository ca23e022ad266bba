"""Fetching from a server on loopback that stalls, lies, loops, drips and changes: limits hold, nothing is assumed."""

from __future__ import annotations

import gzip
import importlib.util
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sayso.errors import InputError, RefusedError
from sayso.intake import Inventory, capture_all, read_source
from sayso.intake.fetching import Egress, Fetcher, Manners
from sayso.intake.fetching.fetcher import BusyError
from sayso.records import Report


def _site() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_on_loopback", Path(__file__).parent / "site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SITE = _site()
answer = SITE.answer
LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."
PAGE = f"<html><body><article><h1>Bomb in Tarsk</h1><p>{LEDE}</p></article></body></html>".encode()
QUICK = Manners(pause=0.0, seconds=3.0)


@pytest.fixture
def site() -> Iterator[Any]:
    with SITE.serve() as site:
        yield site


def fetcher(site: Any, manners: Manners = QUICK, **more: Any) -> Fetcher:
    return Fetcher(manners, Egress(allowed=(site.allowed,)), **more)


def test_a_page_is_fetched_with_an_honest_name_and_kept_as_it_came(site: Any, tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    site.pages["/1"] = answer(packed, Content_Encoding="gzip", Content_Type="text/html; charset=utf-8")
    with fetcher(site, replace(QUICK, contact="desk@example.org"), keep=tmp_path) as getting:
        (report,) = read_source(site.url("/1"), fetcher=getting)
        got = getting.fetch(site.url("/1"))
    assert isinstance(report, Report)
    assert (report.url, report.title) == (site.url("/1"), "Bomb in Tarsk")
    assert (got.body, got.charset, got.raw) == (PAGE, "utf-8", packed)
    assert site.asked[-1][1]["user-agent"].startswith("sayso/")
    assert "desk@example.org" in site.asked[-1][1]["user-agent"]
    (archive,) = tmp_path.glob("*.warc.gz")
    told: list[Inventory] = []
    (again, _) = read_source(str(archive), tell=told.append)
    assert isinstance(again, Report)
    assert again.id == report.id
    assert told[0].passed["request"] >= 2


def test_robots_txt_is_asked_first_and_obeyed(site: Any) -> None:
    site.pages["/robots.txt"] = answer(
        b"User-agent: sayso\nDisallow: /private\nCrawl-delay: 1\n", Content_Type="text/plain"
    )
    site.pages["/1"] = answer(PAGE)
    slept: list[float] = []
    with fetcher(site, sleep=slept.append) as getting:
        getting.fetch(site.url("/1"))
        with pytest.raises(RefusedError, match=r"robots\.txt"):
            getting.fetch(site.url("/private/2"))
        getting.fetch(site.url("/1"))
    assert site.paths() == ["/1", "/1"]
    assert slept
    assert max(slept) == pytest.approx(1.0, abs=0.5)


@pytest.mark.parametrize(("status", "allowed"), [("404 X", True), ("500 X", False)])
def test_no_robots_txt_allows_all_and_a_failing_server_nothing(site: Any, status: str, allowed: bool) -> None:
    site.pages |= {"/robots.txt": answer(b"", status), "/1": answer(PAGE)}
    with fetcher(site) as getting:
        if allowed:
            assert getting.fetch(site.url("/1")).body == PAGE
        else:
            with pytest.raises(RefusedError):
                getting.fetch(site.url("/1"))


def test_what_has_not_changed_is_not_sent_again(site: Any) -> None:
    def page(connection: socket.socket, headers: dict[str, str]) -> None:
        same = headers.get("if-none-match") == '"v1"'
        connection.sendall(answer(b"", "304 Not Modified") if same else answer(PAGE, ETag='"v1"'))

    site.pages["/1"] = page
    with fetcher(site) as getting:
        first = getting.fetch(site.url("/1"))
        second = getting.fetch(site.url("/1"), etag=first.header("etag"))
    assert (first.status, second.status, second.body) == (200, 304, b"")


def stalls(connection: socket.socket, headers: dict[str, str]) -> None:
    time.sleep(8)


def drips(connection: socket.socket, headers: dict[str, str]) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.1)


def drips_headers(connection: socket.socket, headers: dict[str, str]) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for n in range(100):
        connection.sendall(f"X-{n}: y\r\n".encode())
        time.sleep(0.1)


BAD = [
    (stalls, "took too long"),
    (drips, "took too long"),
    (drips_headers, "took too long"),
    (answer(PAGE, length=len(PAGE) + 10), "cannot be fetched"),
    (answer(PAGE, "500 X"), "answers HTTP 500"),
    (answer(b"", "302 X", Location="/loop"), "redirects"),
    (answer(gzip.compress(b"\0" * 30_000_000), Content_Encoding="gzip"), "unpacks to too much"),
    (answer(b"x" * 300_000), "larger than"),
    (b"nonsense\r\n\r\n", "cannot be fetched"),
    (b"", "cannot be fetched"),
]


@pytest.mark.parametrize(("page", "problem"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_error_a_bad_server_costs_no_more_than_the_limits(site: Any, page: Any, problem: str) -> None:
    site.pages["/loop"] = page
    manners = Manners(pause=0.0, seconds=1.5, size=200_000, robots=False)
    began = time.monotonic()
    with fetcher(site, manners) as getting, pytest.raises(InputError, match=problem):
        getting.fetch(site.url("/loop"))
    assert time.monotonic() - began < 6


def test_error_a_server_that_asks_to_be_left_alone_is(site: Any) -> None:
    site.pages["/1"] = answer(b"", "429 X", Retry_After="120")
    with fetcher(site) as getting:
        with pytest.raises(BusyError, match="120 s"):
            getting.fetch(site.url("/1"))
        with pytest.raises(BusyError, match="left alone"):
            getting.fetch(site.url("/2"))
    assert site.paths() == ["/1"]


REFUSED = [
    "file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "http://", "http://a@127.0.0.1/", "http://[::1",
    "//127.0.0.1/", "http:\\\\127.0.0.1\\", "http://127.0.0.1:99999/",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_error_no_web_address(url: str) -> None:
    with Fetcher(replace(QUICK, robots=False)) as getting:
        with pytest.raises(InputError):
            getting.fetch(url)
        assert getting.connected == []


def test_error_redirects_are_checked_like_the_first_address(site: Any) -> None:
    with SITE.serve() as other:
        other.pages["/x"] = answer(PAGE)
        site.pages["/1"] = answer(b"", "302 X", Location=other.url("/x"))
        with fetcher(site, replace(QUICK, robots=False)) as getting, pytest.raises(RefusedError, match="no public"):
            getting.fetch(site.url("/1"))
        assert other.asked == []


def test_error_offline_nothing_is_connected_to(site: Any) -> None:
    with fetcher(site, offline=True) as getting, pytest.raises(RefusedError, match="offline"):
        getting.fetch(site.url("/1"))
    assert site.asked == []


def test_a_feed_at_an_address_is_read_entry_by_entry(site: Any) -> None:
    item = f"<item><title>B</title><description>{LEDE}</description></item>"
    feed = f'<rss version="2.0"><channel><title>Coast Wire</title>{item}</channel></rss>'
    site.pages["/f"] = answer(feed.encode(), Content_Type="application/rss+xml")
    with fetcher(site) as getting:
        (report,) = read_source(site.url("/f"), fetcher=getting)
    assert isinstance(report, Report)
    assert (report.text, report.publisher) == (LEDE, "Coast Wire")


def test_hosts_are_asked_side_by_side_and_each_keeps_its_pause(site: Any) -> None:
    hosts = ("a.example", "b.example", "c.example")
    begun: dict[str, list[float]] = {host: [] for host in hosts}
    meeting = threading.Barrier(3, timeout=10)

    def page(connection: socket.socket, headers: dict[str, str]) -> None:
        host = headers["host"].partition(":")[0]
        begun[host].append(time.monotonic())
        if len(begun[host]) == 1:
            meeting.wait()  # passed only when all three are asked at the same time
        connection.sendall(answer(PAGE.replace(b"Bomb", host.encode())))

    site.pages |= {f"/{n}": page for n in range(3)}
    getting = Fetcher(
        replace(QUICK, pause=0.2, robots=False), Egress((site.allowed,), resolver=lambda *_: ["127.0.0.1"])
    )
    addresses = [site.url(f"/{n}", host) for n in range(3) for host in hosts]
    with getting:
        found = list(capture_all(addresses, fetcher=getting))
    assert [item.place for item in found] == addresses
    for times in begun.values():
        assert min(later - sooner for sooner, later in pairwise(times)) >= 0.2


def test_two_threads_never_ask_one_host_at_once(site: Any) -> None:
    busy, worst = [0], [0]

    def page(connection: socket.socket, _: dict[str, str]) -> None:
        busy[0] += 1
        worst[0] = max(worst[0], busy[0])
        time.sleep(0.05)
        busy[0] -= 1
        connection.sendall(answer(PAGE))

    site.pages |= {"/1": page}
    with fetcher(site, replace(QUICK, robots=False)) as getting:
        threads = [threading.Thread(target=getting.fetch, args=(site.url("/1"),)) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(10)
    assert (len(site.asked), worst[0]) == (4, 1)


def test_error_what_is_being_fetched_when_all_is_closed_is_dropped(site: Any, tmp_path: Path) -> None:
    begun, said = threading.Event(), []

    def page(connection: socket.socket, _: dict[str, str]) -> None:
        begun.set()
        time.sleep(2.0)
        connection.sendall(answer(PAGE))

    site.pages["/slow"] = page
    getting = fetcher(site, replace(QUICK, robots=False, seconds=30.0), keep=tmp_path)

    def get() -> None:
        try:
            getting.fetch(site.url("/slow"))
        except InputError as error:
            said.append(error.problem)

    thread = threading.Thread(target=get)
    thread.start()
    assert begun.wait(10)
    getting.close()
    thread.join(10)
    assert len(said) == 1
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError, match="broken off"):
        getting.fetch(site.url("/slow"))
