"""Watching feeds: each polled when it is due, its pages fetched, read and kept, looked at again while they may change.

All state is in the ledger (``watched``), written after what it speaks of: killed at any moment, watching goes on where
it was, and at worst looks at a page a second time, which changes nothing. Entries are parsed in the guarded child.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import sqlalchemy as sa

from sayso.adding import Outcome, Parse, Read, Tally, add, guarded
from sayso.errors import InputError, SaysoError, SetupError
from sayso.intake import Capture, Given
from sayso.intake.abreast import THREADS, abreast
from sayso.intake.sources import Got, got_items
from sayso.ledger.faults import step
from sayso.ledger.schema import watched
from sayso.ledger.store import Ledger
from sayso.ledger.storing import Reader
from sayso.records import Report

AGAIN: Final = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))
"""When a page is looked at again after each look: reports are corrected in their first days."""
LONGEST: Final = timedelta(days=1)
"""Longest pause after failures."""
TRIES: Final = 6
"""Failures in a row after which a page is given up; a feed never is."""


class Getter(Protocol):
    """What fetches (``sayso.intake.fetching.Fetcher``)."""

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Any:
        """Return an answer with status 200 or 304; raises InputError."""
        ...


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed to watch; each attribute is a key of ``[[feed]]`` in the file of feeds.

    Attributes:
        url: its address.
        publisher: name of the outlet; the feed's title if left out.
        every: minutes between two looks.
        follow: whether the pages it lists are fetched; else its entries themselves are the reports.

    """

    url: str
    publisher: str | None = None
    every: float = 15.0
    follow: bool = True


@dataclass(frozen=True, slots=True)
class Feeds:
    """What a file of feeds says.

    Attributes:
        feeds: in its order.
        contact: said with every request.
        allow: addresses that may be connected to though they are not public.

    """

    feeds: tuple[Feed, ...]
    contact: str | None = None
    allow: tuple[str, ...] = ()


def load_feeds(file: Path) -> Feeds:
    """Return what a file of feeds says.

    Raises:
        SetupError: it cannot be read, names no feed, or has a key that there is not.

    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        head = data.pop("watch", {})
        feeds = tuple(Feed(**each) for each in data.pop("feed", []))
        if data or not feeds or any(not isinstance(each.url, str) or each.every <= 0 for each in feeds):
            raise ValueError(f"unknown table {next(iter(data))!r}" if data else "no [[feed]] with a url")
        return Feeds(feeds, head.pop("contact", None), tuple(head.pop("allow", ())), **head)
    except OSError as error:
        raise SetupError(f"cannot be read: {error.strerror}", place=str(file), way_out="check the path") from error
    except (ValueError, TypeError, UnicodeDecodeError) as error:
        way_out = "[[feed]] with url, and where wanted publisher, every (minutes), follow; [watch] with contact, allow"
        raise SetupError(f"no list of feeds: {error}", place=str(file), way_out=way_out) from error


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look has brought.

    Attributes:
        address: that was looked at.
        feed: whether it is a feed.
        listed: new pages in a feed.
        outcomes: what became of its reports.
        problem: why it could not be had.
        due: when it is looked at again.

    """

    address: str
    feed: bool
    listed: int = 0
    outcomes: tuple[Outcome, ...] = ()
    problem: str | None = None
    due: str | None = None


def now_in_utc() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Watcher:
    """Watches feeds into a ledger.

    Attributes:
        ledger: open for writing.
        feeds: what to watch.
        fetcher: gets what stands at addresses.
        read: reads reports; the pipeline if left out.
        reader: who reads.
        parse: makes reports of captures; in the guarded child if left out.
        now: the clock.
        threads: hosts that are asked at the same time; what they answer is taken in order, one after the other.
        ended: says that nothing more is to be looked at; what is being fetched then is dropped.
        adding: adds reports, as ``sayso.adding.add`` does.

    """

    ledger: Ledger
    feeds: Feeds
    fetcher: Getter
    read: Read | None = None
    reader: Reader | None = None
    parse: Parse | None = None
    now: Callable[[], datetime] = now_in_utc
    threads: int = THREADS
    ended: Callable[[], bool] = bool
    adding: Callable[..., Iterator[Outcome]] = add
    tally: Tally = field(default_factory=Tally)

    def begin(self) -> None:
        """Note the feeds that are not known yet; they are due at once, all alike, so that no clock orders them."""
        due = self._at()
        with self.ledger.derived() as connection:
            for feed in self.feeds.feeds:
                _note(connection, feed.url, None, due, {})

    def looks(self) -> Iterator[Seen]:
        """Look at everything that is due, once, pages before feeds; yield what each look has brought."""
        seen: set[str] = set()
        while rows := self._due(seen):
            seen.update(row["address"] for row in rows)
            for row, got in abreast(rows, _host, self._get, threads=self.threads, ended=self.ended):
                step()
                yield self._look(row, got)

    def next_due(self) -> datetime | None:
        """Return when something is due next; None where nothing ever is."""
        with self.ledger.snapshot() as connection:
            due = connection.execute(sa.select(sa.func.min(watched.c.due)).where(self._mine())).scalar()
        return datetime.fromisoformat(due) if due else None

    def _mine(self) -> sa.ColumnElement[bool]:
        addresses = [feed.url for feed in self.feeds.feeds]
        return watched.c.address.in_(addresses) | watched.c.feed.in_(addresses)

    def _due(self, seen: set[str]) -> list[Mapping[str, Any]]:
        """Return what is due and not in ``seen``, in the order in which it is looked at."""
        query = sa.select(watched).where(self._mine(), watched.c.due <= self._at())
        order = query.order_by(watched.c.feed.is_(None), watched.c.due, watched.c.address)
        with self.ledger.snapshot() as connection:
            return [dict(row) for row in connection.execute(order).mappings() if row["address"] not in seen]

    def _get(self, row: Mapping[str, Any]) -> Any:
        """Fetch, in a thread of its own; what is wrong is returned."""
        try:
            return self.fetcher.fetch(row["address"], etag=row["etag"], modified=row["modified"])
        except InputError as error:
            return error

    def _look(self, row: Mapping[str, Any], got: Any) -> Seen:
        """Look at one address, and note when it is due again: last, so that a kill before only repeats the look."""
        is_feed = row["feed"] is None
        try:
            if isinstance(got, InputError):
                raise got
            if got.status == 304:
                return self._noted(row, Seen(row["address"], is_feed))
            seen = self._feed(row, got) if is_feed else self._page(row, got)
            return self._noted(row, seen, etag=got.header("etag"), modified=got.header("last-modified"))
        except InputError as error:
            return self._failed(row, error, getattr(error, "seconds", 0.0))

    def _feed(self, row: Mapping[str, Any], got: Got) -> Seen:
        feed = next(each for each in self.feeds.feeds if each.url == row["address"])
        items = list(got_items(got, Given(publisher=feed.publisher)))
        entries = [item for item in items if isinstance(item, Capture) and item.form in {"entry", "json-item"}]
        if items and not entries:
            raise InputError("no feed stands there", place=feed.url, way_out="check the address")
        if not feed.follow:
            return Seen(feed.url, feed=True, outcomes=self._added(entries))
        listed = [link for entry in entries if (link := self._link(entry))]
        with self.ledger.derived() as connection:
            due = self._at()
            new = sum(_note(connection, address, feed.url, due, given) for address, given in listed)
        step()
        alone = [entry for entry in entries if not self._link(entry)]
        return Seen(feed.url, feed=True, listed=new, outcomes=self._added(alone))

    def _link(self, entry: Capture) -> tuple[str, dict[str, Any]] | None:
        """Return where an entry leads, and what the feed says of it."""
        made = (self.parse or guarded())(entry)
        if not isinstance(made, Report) or made.url is None:
            return None
        given = Given(
            publisher=entry.given.publisher,
            listed_published=made.published,
            listed_title=made.title,
            listed_publisher=made.publisher,
        )
        return made.url, {name: value for name, value in asdict(given).items() if value is not None}

    def _page(self, row: Mapping[str, Any], got: Got) -> Seen:
        items = [item for item in got_items(got, Given(**json.loads(row["given"]))) if isinstance(item, Capture)]
        return Seen(row["address"], feed=False, outcomes=self._added(items))

    def _added(self, items: list[Capture]) -> tuple[Outcome, ...]:
        added = self.adding(self.ledger, items, self.tally, read=self.read, reader=self.reader, parse=self.parse)
        return tuple(added)

    def _noted(self, row: Mapping[str, Any], seen: Seen, **found: str | None) -> Seen:
        turns = row["turns"] + 1
        if seen.feed:
            pause: timedelta | None = self._every(row["address"])
        else:
            pause = AGAIN[turns - 1] if turns <= len(AGAIN) else None
        due = self._at(pause) if pause else None
        self._set(row["address"], due=due, turns=turns, failures=0, **found)
        return Seen(seen.address, seen.feed, seen.listed, seen.outcomes, None, due)

    def _failed(self, row: Mapping[str, Any], error: SaysoError, seconds: float) -> Seen:
        failures = row["failures"] + 1
        pause = min(
            max(self._every(row["feed"] or row["address"]) * 2 ** min(failures, 10), timedelta(seconds=seconds)),
            LONGEST,
        )
        given_up = row["feed"] is not None and failures >= TRIES
        due = None if given_up else self._at(pause)
        self._set(row["address"], due=due, failures=failures)
        return Seen(row["address"], row["feed"] is None, problem=str(error), due=due)

    def _every(self, feed: str) -> timedelta:
        return timedelta(minutes=next((each.every for each in self.feeds.feeds if each.url == feed), 15.0))

    def _set(self, address: str, **values: Any) -> None:
        step()
        with self.ledger.derived() as connection:
            connection.execute(sa.update(watched).where(watched.c.address == address).values(**values))
        step()

    def _at(self, later: timedelta = timedelta()) -> str:
        return (self.now() + later).isoformat(timespec="seconds")


def _host(row: Mapping[str, Any]) -> str:
    try:
        return urlsplit(row["address"]).hostname or ""
    except ValueError:
        return ""


def _note(connection: sa.Connection, address: str, feed: str | None, due: str, given: dict[str, Any]) -> bool:
    """Note an address to be looked at, unless it is known; return whether it is new."""
    if connection.execute(sa.select(watched.c.address).where(watched.c.address == address)).first():
        return False
    row = {"address": address, "feed": feed, "due": due, "turns": 0, "failures": 0, "given": json.dumps(given)}
    connection.execute(sa.insert(watched), row)
    return True
