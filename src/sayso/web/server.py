"""The server: uvicorn, with a deadline on every wait for a client (G22).

uvicorn keeps a connection for ever on which a request was begun and not finished. Here a connection that has not
brought a whole request within ``PATIENCE`` seconds is closed, however many bytes trickle in meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from sayso.errors import SetupError
from sayso.web.guards import App

PATIENCE: Final = 8.0
"""Seconds for a whole request to come in, and for the next one on a connection that is kept."""
AT_ONCE: Final = 2000
"""Connections that are held at once; more are answered with 503."""
HEADER: Final = 32 * 1024
"""Bytes of a request's header."""


class Impatient(H11Protocol):
    """HTTP/1.1 with a clock that runs whenever it is the client's turn."""

    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Start the clock with the connection."""
        super().connection_made(transport)
        self._wind()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Stop the clock when the request is whole."""
        super().data_received(data)
        if not self._waits():
            self._stop()

    def on_response_complete(self) -> None:
        """Start it again for the next request."""
        super().on_response_complete()
        if not self.transport.is_closing():
            self._wind()

    def _waits(self) -> bool:
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def _wind(self) -> None:
        self._stop()
        self._clock = self.loop.call_later(PATIENCE, self._give_up)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _give_up(self) -> None:
        if self._waits() and not self.transport.is_closing():
            self.transport.abort()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises SetupError where that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        way_out = "take another one: --port N, or --port 0 for any that is free"
        raise SetupError(f"cannot listen: {error.strerror}", place=f"{host}:{port}", way_out=way_out) from error
    return made


def run(
    app: App,
    listening: socket.socket,
    ready: Callable[[], None] | None = None,
    *,
    tls: tuple[Path, Path | None] | None = None,
) -> None:
    """Serve until Ctrl-C.

    Args:
        app: what answers.
        listening: a bound socket.
        ready: called when requests are answered.
        tls: files with certificate and key (PEM); without one no TLS is spoken.

    """
    with contextlib.suppress(KeyboardInterrupt):
        _Server(configuration(app, tls), ready).run(sockets=[listening])


def configuration(app: App, tls: tuple[Path, Path | None] | None = None) -> uvicorn.Config:
    """Return how uvicorn serves: quietly, with limits; raises SetupError for files that are no certificate and key."""
    certificate, key = tls or (None, None)
    config = uvicorn.Config(
        app, http=Impatient, ws="none", lifespan="off", log_level="warning", access_log=False, server_header=False,
        date_header=False, timeout_keep_alive=int(PATIENCE), limit_concurrency=AT_ONCE, proxy_headers=False,
        h11_max_incomplete_event_size=HEADER, timeout_graceful_shutdown=2, backlog=AT_ONCE,
        ssl_certfile=certificate, ssl_keyfile=key,
    )  # fmt: skip
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise SetupError(
            f"no certificate and key: {error}", place=str(certificate), way_out="two PEM files that belong together"
        ) from error
    return config


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        if self.config.is_ssl:  # uvicorn leaves a handshake that is begun and not finished open for a minute
            loop: Any = asyncio.get_running_loop()
            loop.create_server = partial(loop.create_server, ssl_handshake_timeout=PATIENCE)
        await super().startup(sockets)
        if self._ready is not None and self.started:
            self._ready()
