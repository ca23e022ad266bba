"""The wire: connections that go where the guard says, end at a deadline, and carry no more than a budget of bytes."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any, Final

import httpcore2
import httpx2

from sayso.errors import InputError
from sayso.intake.fetching.egress import Egress

_LOOK: Final = 1.0
"""Seconds after which a read looks whether it was broken off."""


class Budget:
    """What one request may take: seconds until a deadline, and bytes; shared by all connections."""

    def __init__(self) -> None:
        self.deadline = float("inf")
        self.bytes = 0

    def start(self, seconds: float, size: int) -> None:
        """Begin a fetch."""
        self.deadline, self.bytes = time.monotonic() + seconds, size

    def end(self) -> None:
        """Let the next step be too late."""
        self.deadline = 0.0

    def left(self, timeout: float | None) -> float:
        """Return how long the next step may take; raises ReadTimeout when time is up."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the fetch took too long")
        return left if timeout is None else min(left, timeout)

    def take(self, size: int) -> None:
        """Count bytes; raises InputError beyond the budget."""
        self.bytes -= size
        if self.bytes < 0:
            raise TooLargeError("larger than a fetch may be", way_out="get it by other means, and pass the file")


class TooLargeError(InputError):
    """An answer of more bytes than a fetch may have."""


class _Stream(httpcore2.NetworkStream):
    """A connection that looks at the clock and at the budget at every read and write, however little comes."""

    def __init__(self, inner: httpcore2.NetworkStream, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come."""
        until = time.monotonic() + self._budget.left(timeout)
        while True:
            left = min(self._budget.left(None), _LOOK)
            try:
                got = self._inner.read(max_bytes, left)
            except httpcore2.ReadTimeout:
                if time.monotonic() >= until:
                    raise
                continue
            self._budget.take(len(got))
            return got

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send."""
        self._inner.write(buffer, self._budget.left(timeout))

    def close(self) -> None:
        """Close."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Return the connection under TLS, for the name that was asked for."""
        left = self._budget.left(timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._budget)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of the connection."""
        return self._inner.get_extra_info(info)


class Backend(httpcore2.NetworkBackend):
    """Connects to addresses that the guard lets through, and to nothing else."""

    def __init__(self, egress: Egress, budget: Budget, connected: list[tuple[str, int]]) -> None:
        self._connected = connected
        self._egress = egress
        self._budget = budget
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the address that the guard gives for the host; raises RefusedError."""
        address = self._egress.address(host, port)
        stream = self._plain.connect_tcp(address, port, self._budget.left(timeout), local_address, socket_options)
        self._connected.append((address, port))
        return _Stream(stream, self._budget)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        """Refuse: nothing that is fetched stands behind a socket of this machine."""
        raise httpcore2.ConnectError("sockets of this machine are not connected to")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(min(seconds, self._budget.left(None)))


def client_of(
    egress: Egress, budget: Budget, connected: list[tuple[str, int]], *, trust: ssl.SSLContext | None = None
) -> httpx2.Client:
    """Return a client that goes out through the guard only: no proxies, no environment, no redirects by itself.

    Args:
        egress: the guard.
        budget: what a fetch may take.
        connected: every address and port connected to is added; for counting.
        trust: certificates to trust; the system's if left out. Names are always checked (G13).

    """
    context = trust or ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not context.check_hostname or context.verify_mode != ssl.CERT_REQUIRED:
        raise ValueError("TLS without checks is no TLS")
    backend = Backend(egress, budget, connected)
    transport = httpx2.HTTPTransport(verify=context, trust_env=False)
    transport._pool = httpcore2.ConnectionPool(
        ssl_context=context, network_backend=backend, max_connections=8, keepalive_expiry=15.0, retries=0
    )
    return httpx2.Client(transport=transport, trust_env=False, follow_redirects=False, timeout=15.0)
