"""What stands in front of every page: whose requests are heard, how large they may be, what a browser may do.

A page from elsewhere must not reach the desk: the Host header has to name it (a name that was rebound to this address
does not), and what changes anything has to come from its own pages. Bodies are read here, up to a limit, before the
application sees them (G22); every answer carries the rules for the browser (G14).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Collection, MutableMapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST: Final = 8 * 1024 * 1024
"""Bytes of a request's body: a long saved page."""
HELD: Final = 128 * 1024 * 1024
"""Bytes of all bodies that are held at once; whoever comes when it is full is told to come again."""
LONGEST: Final = 8192
"""Bytes of an address with its query."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS: Final = (
    (
        b"content-security-policy",
        b"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; "
        b"base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # not no-referrer: browsers then send our own forms with "Origin: null"
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
STAY_SECURE: Final = (b"strict-transport-security", b"max-age=31536000")


class Guard:
    """An ASGI application around another one.

    Args:
        app: the application.
        hosts: names that the Host header may give, without a port.
        numbers: whether it may also give any network address: no name can be rebound to that.
        secure: whether the desk is reached through TLS, and never without.

    """

    def __init__(self, app: App, hosts: Collection[str], *, numbers: bool = False, secure: bool = False) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self.numbers = numbers
        self.rules = (*HEADERS, *((STAY_SECURE,) if secure else ()))
        self.held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hear a request, or say why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        guarded = _with_headers(send, self.rules)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope, headers)
        if refusal:
            await _refuse(guarded, *refusal)
            return
        holding = [0]
        try:
            body = await self._body(receive, holding)
            if isinstance(body, bytes):
                await self.app(scope, _replay(body, receive), guarded)
            else:
                await _refuse(guarded, *body)
        finally:
            self.held -= holding[0]

    async def _body(self, receive: Receive, holding: list[int]) -> bytes | tuple[int, str]:
        """Return the whole body, or why not: too large, too many at once, broken off; ``holding`` counts its bytes."""
        parts = []
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return 400, "The request was broken off."
            parts.append(message.get("body", b""))
            holding[0] += len(parts[-1])
            self.held += len(parts[-1])
            if holding[0] > LARGEST:
                return 413, f"A request may have {LARGEST // 1024 // 1024} MB at most."
            if self.held > HELD:
                return 503, "Too much comes in at once: send it again in a minute."
            if not message.get("more_body"):
                return b"".join(parts)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "")
        name = _name(host)
        if name not in self.hosts and not (self.numbers and _is_number(name)):
            return 421, "This desk answers to its own name only: open the address that `sayso serve` printed."
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > LONGEST:
            return 414, f"An address may have {LONGEST} bytes at most."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return 413, f"A request may have {LARGEST // 1024 // 1024} MB at most."
        if scope["method"] not in SAFE and not _own(headers, host):
            return 403, "Only pages of this desk may send that."
        return None


def _own(headers: dict[str, str], host: str) -> bool:
    """Tell whether a request comes from a page of ours, or from a program (which sends neither header)."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return False
    return origin is None or _netloc(origin) == host


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting = [body]

    async def again() -> MutableMapping[str, Any]:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _with_headers(send: Send, rules: Sequence[tuple[bytes, bytes]]) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message.get("headers", ())}
            added = [pair for pair in rules if pair[0] not in present]
            if b"cache-control" not in present:
                added.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        await send(message)

    return sent


async def _refuse(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{words}\n".encode()})
