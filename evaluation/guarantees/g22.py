"""G22: requests that are begun and never finished are closed in time, however many; a body without end is cut off."""

from __future__ import annotations

import resource
import socket
import time
import urllib.request
from pathlib import Path

from evaluation.desk.screenshots import served
from evaluation.guarantees import Proof

PROMISE = "Limits on body and header time: half-open requests are closed, bodies are cut"
BEGUN = (
    b"",
    b"GET /read HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
    b"POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nabc",
)
CLOSED_WITHIN = 10.0  # seconds
BODY = 200_000_000  # bytes


def prove(folder: Path, full: bool) -> Proof:
    """Begin many requests at once and wait; ask for a page meanwhile; send a body that is far too large."""
    number = 1000 if full else 200
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, 4 * number + 200), hard), hard))
    with served(None) as base:
        port = int(base.rpartition(":")[2])
        began = time.monotonic()
        clients = [_begun(port, BEGUN[turn % len(BEGUN)]) for turn in range(number)]
        with urllib.request.urlopen(f"{base}/read", timeout=30) as answer:
            answered = answer.status == 200
        left = _wait(clients, began + 3 * CLOSED_WITHIN)
        took = time.monotonic() - began
        taken = _send_body(port)
    figures = {"half_open": number, "left_open": left, "seconds": round(took, 1), "body_mb": round(taken / 1e6)}
    closed = f"{number - left} of {number} half-open requests closed within {took:.1f} s"
    says = f"{closed}; a body was cut at {taken / 1e6:.0f} MB"
    return Proof(answered and left == 0 and took <= CLOSED_WITHIN + 2 and taken < BODY / 4, figures, says)


def _begun(port: int, begun: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=30)
    client.sendall(begun)
    client.setblocking(False)
    return client


def _wait(clients: list[socket.socket], until: float) -> int:
    """Wait until the server has closed all, and return how many it has not."""
    waiting = clients
    while waiting and time.monotonic() < until:
        waiting = [client for client in waiting if not _is_closed(client)]
        time.sleep(0.05)
    for client in clients:
        client.close()
    return len(waiting)


def _is_closed(client: socket.socket) -> bool:
    try:
        return client.recv(4096) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _send_body(port: int) -> int:
    """Send a body without a length and return how many bytes went out before it was cut off."""
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(b"POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while sent < BODY:
                client.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
                sent += 65536
        except OSError:
            pass
    return sent
