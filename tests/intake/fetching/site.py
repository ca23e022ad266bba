"""A server on loopback that does what it is told: answers, stalls, drips, lies, redirects, changes."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket, dict[str, str]], None]


@dataclass
class Site:
    """What stands at each path, and what was asked for."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    scheme: str = "http"

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def allowed(self) -> str:
        """Return what is to be allowed."""
        return f"127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


def answer(body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """Return a response as bytes; headers are named with underscores."""
    told = {"Content-Type": "text/html", "Content-Length": str(len(body) if length is None else length)}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{head}Connection: close\r\n\r\n".encode() + body


@contextlib.contextmanager
def serve(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Give a site on a free port; unknown paths answer 404."""
    listener = socket.create_server(("127.0.0.1", 0))
    site = Site(listener.getsockname()[1], scheme="https" if context else "http")
    ended = threading.Event()

    def one(plain: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            connection = context.wrap_socket(plain, server_side=True) if context else plain
            connection.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head and (got := connection.recv(65536)):
                head += got
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name
            }
            path = first.split(" ")[1]
            site.asked.append((path, headers))
            page = site.pages.get(path, answer(b"gone", "404 Not Found"))
            if isinstance(page, bytes):
                connection.sendall(page)
            else:
                page(connection, headers)
            connection.close()

    def loop() -> None:
        while not ended.is_set():
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                threading.Thread(target=one, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        ended.set()
        listener.close()
