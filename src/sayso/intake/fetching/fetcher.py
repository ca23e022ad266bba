"""``Fetcher``: gets what stands at an address, slowly, honestly and within limits, and keeps what came.

It says who it is, obeys robots.txt (RFC 9309), leaves a host its pause, asks only for what has changed, and waits when
it is told to. Each redirect is checked like the first address; https never becomes http.
"""

from __future__ import annotations

import hashlib
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2

from sayso import __version__
from sayso.errors import InputError, RefusedError
from sayso.intake.archive import unpack
from sayso.intake.decode import LIMIT
from sayso.intake.fetching.egress import Egress
from sayso.intake.fetching.keeping import Keeper
from sayso.intake.fetching.robots import Robots
from sayso.intake.fetching.wire import Budget, client_of
from sayso.intake.kinds.warc import charset_of

AGENT: Final = "sayso"
"""Product token, as robots.txt names it."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_RATIO: Final = 100
"""Most bytes that one byte of a compressed answer may become."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How a fetcher behaves.

    Attributes:
        contact: address or page at which whoever runs it can be reached; said with every request.
        pause: seconds between two requests to one host.
        longest_pause: seconds; a site that asks for longer ones (Crawl-delay, Retry-After) is left for another time.
        seconds: that one fetch may take in all.
        size: bytes that one fetch may bring.
        redirects: that are followed.
        robots: whether robots.txt is obeyed.

    """

    contact: str | None = None
    pause: float = 2.0
    longest_pause: float = 30.0
    seconds: float = 60.0
    size: int = LIMIT
    redirects: int = 5
    robots: bool = True

    @property
    def agent(self) -> str:
        """What the fetcher calls itself."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"{AGENT}/{__version__} (reads reports of security incidents{contact})"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came: the answer to a request, its body unpacked.

    Attributes:
        url: address that answered, after redirects.
        asked: address that was asked for.
        status: 200, or 304 where nothing has changed since.
        headers: as they came, in order.
        raw: the body as it came.
        body: the body unpacked.
        sha256: of ``raw``.
        at: when, ISO 8601 in UTC.

    """

    url: str
    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    body: bytes
    sha256: str
    at: str

    def header(self, name: str) -> str | None:
        """Return the first header of this name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def media(self) -> str:
        """Media type, in small letters."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """Encoding that the server named."""
        return charset_of(self.header("content-type") or "")


class BusyError(InputError):
    """A server that asks to be left alone for a while; ``seconds`` says how long."""

    def __init__(self, problem: str, *, place: str, way_out: str, seconds: float) -> None:
        super().__init__(problem, place=place, way_out=way_out)
        self.seconds = seconds


@dataclass(slots=True)
class _Line:
    """What one thread fetches with."""

    client: httpx2.Client
    budget: Budget


@dataclass(slots=True)
class Fetcher:
    """Gets what stands at addresses. Several threads may share it; a host is asked by one of them at a time.

    Attributes:
        manners: how it behaves.
        egress: which addresses it may connect to.
        keep: folder in which everything that comes is kept as WARC; None keeps nothing.
        offline: refuse everything.
        trust: certificates to trust; the system's if left out.
        sleep: waits; for tests.
        connected: every address and port connected to; for counting.

    """

    manners: Manners = field(default_factory=Manners)
    egress: Egress = field(default_factory=Egress)
    keep: Path | None = None
    offline: bool = False
    trust: ssl.SSLContext | None = None
    sleep: Callable[[float], None] = time.sleep
    connected: list[tuple[str, int]] = field(default_factory=list)
    _mine: threading.local = field(default_factory=threading.local)  # the line of the thread
    _lines: list[_Line] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)  # of the attributes here
    _turns: dict[str, threading.Lock] = field(default_factory=dict)  # host → held by the thread that asks it
    _closed: bool = False
    _robots: Robots = field(default_factory=Robots)
    _keeper: Keeper | None = None
    _free: dict[str, float] = field(default_factory=dict)  # host → when it may be asked again (monotonic)

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answered:
        """Return what stands at an address.

        Args:
            url: http or https.
            etag: of what we have; then the answer may be a 304 without a body.
            modified: Last-Modified of what we have; likewise.

        Raises:
            RefusedError: not allowed: offline, not public, robots.txt, https to http.
            BusyError: the server asks to be left alone.
            InputError: it did not work, or took too long, or is too large.

        """
        if self.offline:
            raise RefusedError("nothing is fetched offline", place=url, way_out="run it without --offline")
        if self._closed:
            raise InputError("was broken off", place=url, way_out="run it again")
        asked = url
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        given = {name: value for name, value in conditions.items() if value}
        for _ in range(self.manners.redirects + 1):
            self._check(url)
            answer = self._once(url, given, asked)
            if answer.status not in _REDIRECTS:
                return self._checked(answer)
            url = self._next(url, answer)
        raise InputError(f"more than {self.manners.redirects} redirects", place=asked, way_out="name the page itself")

    def close(self) -> None:
        """Close connections and the archive; what other threads are still fetching is dropped."""
        with self._lock:
            self._closed = True
            lines, self._lines = self._lines, []
            if self._keeper is not None:
                self._keeper.close()
            self._keeper = None
        for line in lines:
            line.budget.end()
            line.client.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check(self, url: str) -> None:
        """Raise unless the address is one that may be asked for."""
        check_address(url)
        if self.manners.robots and not self._may_be_asked(url):
            raise RefusedError("its robots.txt asks not to", place=url, way_out="save the page by hand, if you may")

    def _may_be_asked(self, url: str) -> bool:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if not self._robots.knows(origin):
            self._robots.learn(origin, *self._robots_txt(f"{origin}/robots.txt"))
        return self._robots.allows(origin, url, AGENT)

    def _robots_txt(self, url: str) -> tuple[int, bytes]:
        """Return status and body of a robots.txt, through five redirects (RFC 9309 §2.3.1.2); 0 where there is none."""
        asked = url
        for _ in range(6):
            try:
                answer = self._once(url, {}, asked, paced=False)
                if answer.status not in _REDIRECTS:
                    return answer.status, answer.body
                url = self._next(url, answer)
            except RefusedError:
                raise
            except InputError:
                return 0, b""
        return 404, b""

    def _next(self, url: str, answer: Answered) -> str:
        to = urljoin(url, answer.header("location") or "")
        if url.startswith("https://") and not to.startswith("https://"):
            raise RefusedError("redirects from https to less", place=url, way_out="name the page itself")
        return to

    def _once(self, url: str, given: dict[str, str], asked: str, *, paced: bool = True) -> Answered:
        """Send one request and take its answer, within the limits."""
        headers = {"User-Agent": self.manners.agent, "Accept-Encoding": "gzip, deflate", **given}
        with self._turn(url):
            if paced:
                self._wait_for(url)
            status, got, raw = self._sent(url, headers)
        coding = next((value for name, value in got if name.lower() == "content-encoding"), "")
        answer = Answered(url, asked, status, got, raw, unpack(raw, coding), hashlib.sha256(raw).hexdigest(), _now())
        self._store(answer, headers)
        return answer

    def _line(self) -> _Line:
        """Return what this thread fetches with."""
        line: _Line | None = getattr(self._mine, "line", None)
        if line is None:
            budget = Budget()
            line = self._mine.line = _Line(client_of(self.egress, budget, self.connected, trust=self.trust), budget)
            with self._lock:
                self._lines.append(line)
        return line

    def _turn(self, url: str) -> threading.Lock:
        """Return what the thread holds that asks the host of an address."""
        with self._lock:
            return self._turns.setdefault(urlsplit(url).hostname or "", threading.Lock())

    def _sent(self, url: str, headers: dict[str, str]) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        """Send a request; return status, headers and body of its answer."""
        line = self._line()
        line.budget.start(self.manners.seconds, self.manners.size + 65_536)
        try:
            with line.client.stream("GET", url, headers=headers) as response:
                raw = b"".join(response.iter_raw())
                return response.status_code, tuple(response.headers.multi_items()), raw
        except (httpx2.TimeoutException, httpcore2.TimeoutException):
            raise InputError("took too long", place=url, way_out="try again later") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, UnicodeError, ValueError, OSError) as error:
            raise InputError(f"cannot be fetched: {cause_of(error)}", place=url[:300], way_out="check it") from None
        finally:
            self._leave_alone(url, self.manners.pause)

    def _checked(self, answer: Answered) -> Answered:
        """Return the answer if it is one."""
        if answer.status in {429, 503}:
            seconds = max(seconds_of(answer.header("retry-after")) or 60.0, 1.0)
            self._leave_alone(answer.url, seconds)
            problem = f"asks to be left alone for {seconds:.0f} s (HTTP {answer.status})"
            raise BusyError(problem, place=answer.url, way_out="try again later", seconds=seconds)
        if answer.status not in {200, 304}:
            raise InputError(f"answers HTTP {answer.status}", place=answer.url, way_out="check the address")
        if len(answer.body) > self.manners.size or len(answer.body) > max(_RATIO * len(answer.raw), 1 << 16):
            raise InputError("unpacks to too much", place=answer.url, way_out="get it by other means")
        length = answer.header("content-length") or ""
        if length.isdigit() and len(answer.raw) < int(length):
            raise InputError("breaks off", place=answer.url, way_out="try again")
        return answer

    def _wait_for(self, url: str) -> None:
        host = urlsplit(url).hostname or ""
        wait = self._free.get(host, 0.0) - time.monotonic()
        if wait > self.manners.longest_pause:
            raise BusyError(
                f"{host} wants to be left alone for {wait:.0f} s", place=url, way_out="try again later", seconds=wait
            )
        if wait > 0:
            self.sleep(wait)

    def _leave_alone(self, url: str, seconds: float) -> None:
        parts = urlsplit(url)
        own = self._robots.delay(f"{parts.scheme}://{parts.netloc}", AGENT) or 0.0
        until = time.monotonic() + max(seconds, own)
        host = parts.hostname or ""
        self._free[host] = max(self._free.get(host, 0.0), until)

    def _store(self, answer: Answered, sent: dict[str, str]) -> None:
        with self._lock:
            if self._closed:
                raise InputError("was broken off", place=answer.url, way_out="run it again")
            if self.keep is not None:
                self._keeper = self._keeper or Keeper(self.keep)
                self._keeper.keep(answer.url, sent, answer.status, answer.headers, answer.raw, answer.at)


def check_address(url: str) -> None:
    """Raise RefusedError unless this is a web address with a host, and no name or password in it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise RefusedError("no web address", place=url[:300], way_out="http:// or https:// and a host")
    if parts.username is not None or parts.password is not None or "\\" in url:
        raise RefusedError("a name or password in the address", place=url[:300], way_out="take it out")


def cause_of(error: BaseException) -> str:
    """Return what lies at the bottom of an error of the client; a refusal is raised as what it is."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, InputError):
            raise cause
        last, cause = cause, cause.__cause__ or cause.__context__
    return f"{type(last).__name__}: {str(last)[:160]}"


def seconds_of(words: str | None) -> float | None:
    """Return the seconds that Retry-After asks for, as a number or a date."""
    if not words:
        return None
    if words.strip().isdigit():
        return min(float(words.strip()), 7 * 86_400.0)
    try:
        then = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError):
        return None
    now = datetime.now(then.tzinfo or UTC)
    return min(max((then - now).total_seconds(), 0.0), 7 * 86_400.0)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
