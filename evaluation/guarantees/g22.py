"""G22: requests begun and never finished are closed in time, a body without end is cut off, guessing is slow."""

from __future__ import annotations

import re
import resource
import socket
import time
import urllib.request
from pathlib import Path

from evaluation.desk.screenshots import served
from evaluation.guarantees import Proof
from sayso.ledger import create
from sayso.settings import load_project
from sayso.web.app import make_app
from sayso.web.desk import Desk
from sayso.web.limits import LOGINS

PROMISE = "Limits on body, header time and rate: half-open requests are closed, bodies are cut, guessing is slow"
BEGUN = (
    b"",
    b"GET /read HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
    b"POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nabc",
    b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\nname=ana&pass",
    b"POST /judge.json HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nContent-Length: 9\r\n\r\na",
)
CLOSED_WITHIN = 10.0  # seconds
BODY = 200_000_000  # bytes
GUESSES = 60


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
    heard, faults = _guesses(folder / "desk")
    figures = {
        "half_open": number, "left_open": left, "seconds": round(took, 1), "body_mb": round(taken / 1e6),
        "guesses": GUESSES, "guesses_heard": heard, "faults": faults,
    }  # fmt: skip
    closed = f"{number - left} of {number} half-open requests closed within {took:.1f} s"
    says = f"{closed}; a body was cut at {taken / 1e6:.0f} MB; of {GUESSES} passwords guessed {heard} were looked at"
    held = left == 0 and took <= CLOSED_WITHIN + 2 and taken < BODY / 4
    return Proof(answered and held and heard <= LOGINS.burst + 2 and not faults, figures, says)


def _guesses(folder: Path) -> tuple[int, int]:
    """Guess passwords as fast as one can; return how many were looked at, and how many answers were faults of ours."""
    from starlette.testclient import TestClient

    create(folder).close()
    desk = Desk(load_project(folder), login=True)
    client = TestClient(make_app(desk), base_url="http://127.0.0.1", follow_redirects=False)
    page = client.get("/login").text
    form = {"name": "ana", "password": "guess", "token": re.findall(r'name="token" value="(\w+)"', page)[0]}
    statuses = [client.post("/login", data=form).status_code for _ in range(GUESSES)]
    desk.close()
    return statuses.count(401), sum(status not in (401, 429) for status in statuses)


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
