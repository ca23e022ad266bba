"""A server for mail on loopback that speaks as much SMTP as a test needs, with STARTTLS where it is told to."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """What came, and whether it came under TLS."""

    port: int
    mails: list[bytes] = field(default_factory=list)
    safe: list[bool] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    refuse: bool = False


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None) -> Iterator[MailServer]:
    """Give a server; without a context it does not offer STARTTLS."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = MailServer(listener.getsockname()[1])
    ended = threading.Event()

    def loop() -> None:
        while not ended.is_set():
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                connection.settimeout(10)
                with contextlib.suppress(OSError), contextlib.ExitStack() as opened:
                    _talk(server, opened.enter_context(connection), context, opened)

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        ended.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(2)


def _talk(
    server: MailServer, connection: socket.socket, context: ssl.SSLContext | None, opened: contextlib.ExitStack
) -> None:
    safe = False
    lines = opened.enter_context(connection.makefile("rb"))

    def say(words: str) -> None:
        connection.sendall(f"{words}\r\n".encode())

    say("220 test")
    while line := lines.readline():
        verb = line.strip().upper()
        if verb.startswith(b"EHLO"):
            say("250-test")
            if context is not None and not safe:
                say("250-STARTTLS")
            say("250 AUTH PLAIN")
        elif verb == b"STARTTLS" and context is not None:
            say("220 go")
            connection = opened.enter_context(context.wrap_socket(connection, server_side=True))
            lines, safe = opened.enter_context(connection.makefile("rb")), True
        elif verb.startswith(b"AUTH"):
            server.logins.append(line.decode().strip())
            say("235 fine")
        elif verb == b"DATA":
            say("354 go on")
            body = b""
            while (part := lines.readline()) not in (b".\r\n", b""):
                body += part
            if server.refuse:
                say("451 not now")
                continue
            server.mails.append(body)
            server.safe.append(safe)
            say("250 taken")
        elif verb == b"QUIT":
            say("221 bye")
            return
        else:
            say("250 fine")
