"""A receiver of web hooks on loopback that does what it is told: takes, refuses, breaks off after it has taken."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

ANSWERS = {200: "OK", 204: "No Content", 302: "Found", 410: "Gone", 500: "Internal Server Error", 503: "Unavailable"}


@dataclass(frozen=True, slots=True)
class Taken:
    """One request: its path, its headers in small letters, and its body."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What came, and how it is answered.

    Attributes:
        port: on 127.0.0.1.
        taken: requests in the order in which they came.
        answers: statuses for the next requests, in order; 0: take it, and break off without a word; then 200.
        headers: of each answer.
        body: of each answer.
        reply: makes the body of an answer from the request, in place of ``body``.

    """

    port: int
    taken: list[Taken] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    reply: Callable[[Taken], bytes] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Address of it."""
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def allowed(self) -> str:
        """What is to be allowed."""
        return f"127.0.0.1:{self.port}"

    def answer(self, taken: Taken) -> bytes:
        """Return the answer to a request, nothing where it breaks off."""
        with self.lock:
            self.taken.append(taken)
            status = self.answers.pop(0) if self.answers else 200
        if status == 0:
            return b""
        body = self.reply(taken) if self.reply else self.body
        told = {"Content-Length": str(len(body)), "Connection": "close", **self.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        return f"HTTP/1.1 {status} {ANSWERS[status]}\r\n{head}\r\n".encode() + body


@contextlib.contextmanager
def receiving() -> Iterator[Receiver]:
    """Give a receiver on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    receiver = Receiver(listener.getsockname()[1])
    ended = threading.Event()

    def loop() -> None:
        while not ended.is_set():
            with contextlib.suppress(OSError, ValueError):
                connection, _ = listener.accept()
                with connection:
                    connection.settimeout(5)
                    if taken := _request(connection):
                        connection.sendall(receiver.answer(taken))

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        ended.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(2)


def _request(connection: socket.socket) -> Taken | None:
    raw = b""
    while b"\r\n\r\n" not in raw:
        got = connection.recv(65536)
        if not got:
            return None
        raw += got
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    size = int(headers.get("content-length", "0"))
    while len(body) < size:
        got = connection.recv(65536)
        if not got:
            return None
        body += got
    return Taken(first.split(" ")[1], headers, body)
