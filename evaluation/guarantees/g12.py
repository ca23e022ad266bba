"""G12: no fetch and no web hook reaches an address that is not public; counted at the socket, with name servers that lie and rebind."""

# ruff: noqa: E501 - inputs are written as they are
from __future__ import annotations

import ipaddress
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from evaluation.guarantees import Proof
from evaluation.guarantees.g8 import SHARED
from sayso.errors import InputError
from sayso.intake.fetching import Egress, Fetcher, Manners, Poster, is_public

PROMISE = "No fetch or web hook reaches a non-public address, at any redirect, whatever a name server answers"
HOSTS: Final = (
    "127.0.0.1", "127.1", "0", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[fec0::1]", "[fe80::1]", "100.64.0.1",
    "169.254.169.254", "[fd00:ec2::254]", "192.88.99.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "localhost",
    "localhost.", "10.0.0.1", "192.168.0.1", "172.31.255.255", "metadata.google.internal", "0.0.0.0", "[2001:db8::1]",
    "①②⑦.⓪.⓪.①", "127。0。0。1", "[::127.0.0.1]", "[2001:0:7f00:1::]", "rebinds.example", "lies.example",
)  # fmt: skip
LIES: Final = (
    "127.0.0.1",
    "10.0.0.1",
    "::1",
    "::ffff:127.0.0.1",
    "169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
)


class Socket:
    """Sees every connection that this process begins, and lets none of them through."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int]] = []
        self._watching = threading.Event()
        sys.addaudithook(self._see)  # it cannot be taken away again, only be told to look elsewhere

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch while the block runs."""
        self._watching.set()
        try:
            yield
        finally:
            self._watching.clear()

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and self._watching.is_set() and isinstance(arguments[1], tuple):
            self.begun.append(arguments[1][:2])
            raise ConnectionRefusedError("no traffic leaves this proof")


def prove(folder: Path, full: bool) -> Proof:
    """Fetch hostile addresses with name servers that answer with private addresses, at once or the second time."""
    urls = [f"{scheme}://{host}{port}/" for host in HOSTS for scheme in ("http", "https") for port in ("", ":8080")]
    urls += list(_collected())
    lies = cycle(LIES)
    lying = Egress(resolver=lambda host, port: [next(lies)])
    rebinding = cycle((["93.184.216.34"], ["127.0.0.1"]))
    rebinds = Egress(resolver=lambda host, port: next(rebinding))
    socket = Socket()
    escaped = 0
    with socket.watching():
        for egress in (lying, rebinds):
            with (
                Fetcher(Manners(pause=0.0, robots=False, seconds=5.0), egress) as fetcher,
                Poster(egress, seconds=5.0) as poster,
            ):
                for url in urls:
                    escaped += _fetched(fetcher, url) + _posted(poster, url)
    reached = [host for host, _ in socket.begun if not _public(host)]
    refused = len(lying.refused) + len(rebinds.refused)
    figures = {"urls": 4 * len(urls), "connections_to_private": len(reached), "refused": refused, "fetched": escaped}
    says = f"{4 * len(urls)} fetches and web hooks, {refused} refused at the door, {len(reached)} connections to addresses that are not public"
    return Proof(not reached and not escaped and refused > len(HOSTS), figures, says)


def _fetched(fetcher: Fetcher, url: str) -> bool:
    try:
        fetcher.fetch(url)
    except InputError:
        return False
    return True


def _posted(poster: Poster, url: str) -> bool:
    try:
        poster.post(url, b"{}", {})
    except InputError:
        return False
    return True


def _public(host: str) -> bool:
    try:
        return is_public(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return False


def _collected() -> Iterator[str]:
    """Yield the addresses of the collection of hostile ones, where it is there."""
    file = SHARED / "data" / "badinput" / "urltestdata.json"
    if file.is_file():
        for case in json.loads(file.read_text(encoding="utf-8")):
            if isinstance(case, dict) and isinstance(case.get("input"), str):
                yield case["input"]
