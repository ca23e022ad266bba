"""Watching feeds: each report once, changes as versions, failures with patience; killed anywhere, it goes on."""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evaluation.guarantees.foretold import READER, QuickLinker, read
from sayso.adding import in_this_process
from sayso.errors import InputError, SetupError
from sayso.intake.fetching.fetcher import BusyError
from sayso.ledger import Ledger, create, faults, open_ledger
from sayso.ledger.contents import ledger_hash
from sayso.observing.logs import logging_to
from sayso.observing.run import Run
from sayso.records import Report
from sayso.watching import AGAIN, TRIES, Feed, Feeds, Watcher, load_feeds

FEED = "https://wire.example/feed"
START = datetime(2031, 5, 14, 10, tzinfo=UTC)


@dataclass
class Page:
    """An answer."""

    url: str
    body: bytes
    status: int = 200
    media: str = "text/html"
    charset: str | None = None
    at: str = "2031-05-14T10:00:00+00:00"
    etag: str | None = None

    def header(self, name: str) -> str | None:
        return self.etag if name == "etag" else None


@dataclass
class Web:
    """Answers as told; remembers what was asked for."""

    pages: dict[str, bytes | InputError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Any:
        self.asked.append(url)
        page = self.pages.get(url, InputError("answers HTTP 404", place=url))
        if isinstance(page, InputError):
            raise page
        tag = str(hash(page))
        same = tag == etag
        return Page(url, b"" if same else page, 304 if same else 200, "" if url == FEED else "text/html", etag=tag)


def feed_of(*links: str) -> bytes:
    entries = "".join(
        f"<item><title>{link}</title><link>{link}</link><pubDate>Wed, 14 May 2031 09:00:00 GMT</pubDate></item>"
        for link in links
    )
    return f'<rss version="2.0"><channel><title>Coast Wire</title>{entries}</channel></rss>'.encode()


def page_of(killed: int) -> bytes:
    text = f"bombing Tarsk 5 killed {killed}, the police said. Nobody has claimed it, and the market was closed."
    return f"<html><body><article><h1>Blast</h1><p>{text}</p></article></body></html>".encode()


LINKS = [f"https://wire.example/{n}" for n in range(3)]


def web() -> Web:
    pages: dict[str, bytes | InputError] = {FEED: feed_of(*LINKS)}
    return Web(pages | {link: page_of(n) for n, link in enumerate(LINKS)})


def watcher(ledger: Ledger, web: Web, after: timedelta = timedelta(), **feed: Any) -> Watcher:
    feeds = Feeds((Feed(FEED, **feed),))
    return Watcher(ledger, feeds, web, read, READER, in_this_process, now=lambda: START + after)


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    create(tmp_path / "project").close()
    with open_ledger(tmp_path / "project", "write", linker=QuickLinker()) as ledger:
        yield ledger


def look(watching: Watcher) -> list[Any]:
    watching.begin()
    return list(watching.looks())


def test_each_page_of_a_feed_is_kept_with_what_the_feed_says_of_it(ledger: Ledger) -> None:
    found = look(watcher(ledger, web()))
    assert [seen.feed for seen in found] == [True, False, False, False]
    reports = list(ledger.reports())
    assert [report.url for report in reports] == LINKS
    assert {(report.publisher, report.published) for report in reports} == {("Coast Wire", "2031-05-14T09:00+00:00")}


class BrokenLinker(QuickLinker):
    """Cannot file what killed two."""

    def trace(self, report: Report) -> str:
        if "killed 2" in report.text:
            raise ZeroDivisionError("two")
        return super().trace(report)


def test_a_fault_of_ours_while_filing_a_page_puts_that_page_in_quarantine_and_the_watch_goes_on(ledger: Ledger) -> None:
    ledger._linker = BrokenLinker()
    found = look(watcher(ledger, web()))
    outcomes = [outcome.verdict for seen in found for outcome in seen.outcomes]
    assert sorted(outcomes) == ["quarantined", "stored", "stored"]
    assert [seen.problem for seen in found] == [None] * 4
    (row,) = ledger.quarantined()
    assert row["reason"] == "filing it failed: ZeroDivisionError: two"


def test_a_second_look_asks_only_for_what_is_due_and_changes_nothing(ledger: Ledger) -> None:
    site = web()
    look(watcher(ledger, site))
    before = ledger_hash(ledger)
    site.asked.clear()
    look(watcher(ledger, site, timedelta(minutes=5)))
    assert site.asked == []
    look(watcher(ledger, site, timedelta(minutes=16)))
    assert site.asked == [FEED]
    look(watcher(ledger, site, AGAIN[0] + timedelta(minutes=1)))
    assert sorted(site.asked[1:]) == sorted([FEED, *LINKS])
    assert ledger_hash(ledger) == before


def test_what_a_feed_brings_is_told_under_one_trace_a_report(ledger: Ledger, tmp_path: Path) -> None:
    stream = io.StringIO()
    with logging_to(stream), Run(tmp_path / "runs", "watch") as run:
        look(replace(watcher(ledger, web()), adding=run.adding))
        assert run.status.counts == {"taken": 3, "stored": 3}
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    traces = {
        line["trace"]: [each["event"] for each in lines if each.get("trace") == line["trace"]] for line in lines[1:-1]
    }
    assert list(traces.values()) == [["taken", "parsed", "read", "stored"]] * 3


def test_feeds_begun_together_are_polled_in_one_order_however_long_it_takes(ledger: Ledger) -> None:
    last, first = "https://wire.example/last", "https://wire.example/first"
    web = Web({last: feed_of(), first: feed_of()})
    ticks = iter(range(1000))
    feeds = Feeds((Feed(last), Feed(first)))
    look(Watcher(ledger, feeds, web, read, READER, in_this_process, now=lambda: START + timedelta(seconds=next(ticks))))
    assert web.asked == [first, last]


def test_a_changed_page_becomes_a_version(ledger: Ledger) -> None:
    site = web()
    look(watcher(ledger, site))
    site.pages[LINKS[1]] = page_of(9)
    found = look(watcher(ledger, site, timedelta(hours=2)))
    (changed,) = [outcome for seen in found for outcome in seen.outcomes]
    assert (changed.verdict, changed.former is None) == ("stored", False)
    assert len(ledger.versions_of(changed.report or "")) == 2


def test_an_empty_feed_is_no_failure_and_a_page_instead_is(ledger: Ledger) -> None:
    site = Web({FEED: feed_of()})
    (seen,) = look(watcher(ledger, site))
    assert (seen.problem, seen.listed) == (None, 0)
    site.pages[FEED] = page_of(1)
    (seen,) = look(watcher(ledger, site, timedelta(minutes=20)))
    assert "no feed stands there" in (seen.problem or "")


def test_failures_make_the_pauses_longer_and_pages_are_given_up(ledger: Ledger) -> None:
    site = Web({FEED: BusyError("busy", place=FEED, way_out="wait", seconds=7200.0)})
    (seen,) = look(watcher(ledger, site))
    assert seen.due == (START + timedelta(hours=2)).isoformat(timespec="seconds")
    site = Web({FEED: feed_of(LINKS[0])})
    pauses = []
    for day in range(1, TRIES + 3):
        found = [each for each in look(watcher(ledger, site, timedelta(days=2 * day))) if not each.feed]
        pauses += [each.due for each in found]
    assert len(pauses) == TRIES
    assert pauses[-1] is None


def test_entries_can_be_the_reports_themselves(ledger: Ledger) -> None:
    text = "bombing Tarsk 5 killed 3, the police said."
    site = Web({FEED: feed_of(LINKS[0]).replace(b"</link>", f"</link><description>{text}</description>".encode())})
    look(watcher(ledger, site, follow=False))
    (report,) = ledger.reports()
    assert report.text == text
    assert site.asked == [FEED]


@pytest.mark.slow
def test_killed_at_any_step_it_goes_on_with_nothing_lost_or_doubled(tmp_path: Path) -> None:
    from evaluation.guarantees.killing import copy

    empty = tmp_path / "empty"
    create(empty).close()

    def run(folder: Path) -> None:
        with open_ledger(folder, "write", linker=QuickLinker()) as ledger:
            look(watcher(ledger, web()))

    whole = copy(empty, tmp_path / "whole")
    run(whole)
    with open_ledger(whole, linker=QuickLinker()) as ledger:
        goal = ledger_hash(ledger)
    points = 0
    for at in range(1, 400, 7):
        trial = copy(empty, tmp_path / "trial")
        child = os.fork()
        if child == 0:
            code = 1
            try:
                faults.arm(at)
                run(trial)
                code = 0
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code == 0:
            break
        assert code == faults.KILLED
        points += 1
        run(trial)
        with open_ledger(trial, linker=QuickLinker()) as ledger:
            assert ledger_hash(ledger) == goal
            assert len(list(ledger.reports())) == len(LINKS)
    assert points >= 5


BAD: list[tuple[str, str]] = [
    ("", "no .*feed"), ("[[feed]]\n", "url"), ("[[feed]]\nurl='x'\nevry=1\n", "evry"), ("[other]\nx=1\n", "other"),
    ("not toml", "list of feeds"), ("[[feed]]\nurl='x'\nevery=0\n", "no"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "problem"), BAD)
def test_error_a_file_that_is_no_list_of_feeds(tmp_path: Path, words: str, problem: str) -> None:
    (tmp_path / "feeds.toml").write_text(words, encoding="utf-8")
    with pytest.raises(SetupError, match=problem):
        load_feeds(tmp_path / "feeds.toml")
    with pytest.raises(SetupError, match="cannot be read"):
        load_feeds(tmp_path / "nowhere.toml")


def test_a_file_of_feeds(tmp_path: Path) -> None:
    words = "[watch]\ncontact = 'a@b'\nallow = ['127.0.0.1:1']\n[[feed]]\nurl = 'https://x.example'\nevery = 5\n"
    (tmp_path / "feeds.toml").write_text(words, encoding="utf-8")
    found = load_feeds(tmp_path / "feeds.toml")
    assert (found.contact, found.allow) == ("a@b", ("127.0.0.1:1",))
    assert found.feeds == (Feed("https://x.example", every=5),)
