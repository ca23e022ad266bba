"""``Poster``: sends to an address and takes the answer, past the same guard as fetching, within limits.

Nothing is followed: a redirect is an answer like any other, and it is whoever asked that judges it.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import httpcore2
import httpx2

from sayso.errors import InputError, RefusedError
from sayso.intake.archive import unpack
from sayso.intake.fetching.egress import Egress
from sayso.intake.fetching.fetcher import cause_of, check_address, seconds_of
from sayso.intake.fetching.wire import Budget, client_of

_RATIO: Final = 100


@dataclass(frozen=True, slots=True)
class Posted:
    """The answer to what was sent: its status, headers in order, and body, unpacked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def wait(self) -> float:
        """Seconds that the receiver asks to be left alone; 0 where it does not."""
        asked = next((value for name, value in self.headers if name.lower() == "retry-after"), None)
        return seconds_of(asked) or 0.0


@dataclass(slots=True)
class Poster:
    """Sends, one request after the other.

    Attributes:
        egress: which addresses it may connect to.
        seconds: that one request may take in all.
        size: bytes that one answer may have.
        offline: refuse everything.
        trust: certificates to trust; the system's if left out.

    """

    egress: Egress = field(default_factory=Egress)
    seconds: float = 20.0
    size: int = 65_536
    offline: bool = False
    trust: ssl.SSLContext | None = None
    connected: list[tuple[str, int]] = field(default_factory=list)
    _client: httpx2.Client | None = None
    _budget: Budget = field(default_factory=Budget)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        """Send a body and return the answer, whatever its status.

        Raises:
            RefusedError: not allowed: offline, no web address, not public.
            InputError: it did not work, took too long, or the answer is too large.

        """
        if self.offline:
            raise RefusedError("nothing is sent offline", place=url, way_out="run it without --offline")
        check_address(url)
        if self._client is None:
            self._client = client_of(self.egress, self._budget, self.connected, trust=self.trust)
        self._budget.start(self.seconds, self.size + 65_536)
        try:
            with self._client.stream("POST", url, content=body, headers=dict(headers)) as response:
                raw = b"".join(response.iter_raw())
                status, got = response.status_code, tuple(response.headers.multi_items())
        except (httpx2.TimeoutException, httpcore2.TimeoutException):
            raise InputError("took too long", place=url, way_out="try again later") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, UnicodeError, ValueError, OSError) as error:
            raise InputError(f"cannot be reached: {cause_of(error)}", place=url[:300], way_out="check it") from None
        coding = next((value for name, value in got if name.lower() == "content-encoding"), "")
        return Posted(status, got, self._unpacked(url, raw, coding))

    def _unpacked(self, url: str, raw: bytes, coding: str) -> bytes:
        body = unpack(raw, coding)
        if len(body) > self.size or len(body) > max(_RATIO * len(raw), 1 << 16):
            raise InputError("answers with too much", place=url, way_out="it may have another purpose")
        return body

    def close(self) -> None:
        """Close connections."""
        if self._client is not None:
            self._client.close()
        self._client = None

    def __enter__(self) -> Poster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
