"""The server itself, on this computer's own address: nobody keeps it waiting."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest
import uvicorn

from sayso.web import server
from sayso.web.app import make_app
from sayso.web.desk import Desk


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(server, "PATIENCE", 1.0)
    listening = server.listen("127.0.0.1", 0)
    made = uvicorn.Server(server.configuration(make_app(Desk(None))))
    thread = threading.Thread(target=made.run, kwargs={"sockets": [listening]})
    thread.start()
    while not made.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    made.should_exit = True
    thread.join()
    listening.close()


BEGUN = (
    b"",
    b"GET /read HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    b"POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nabc",
    b"POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
)


@pytest.mark.parametrize("begun", BEGUN)
def test_requests_that_are_begun_and_not_finished_are_closed(port: int, begun: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(begun)
        assert _until_closed(client) == b""


def test_bytes_that_trickle_in_do_not_stop_the_clock(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"GET /read HTTP/1.1\r\nX: ")
        started = time.monotonic()
        with pytest.raises(OSError, match=r"(?i)reset|broken"):
            _trickle(client, until=started + 8)


def test_a_connection_that_is_kept_is_answered_again_and_then_closed(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        for _ in range(2):
            client.sendall(b"GET /static/icon.svg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            answer = HTTPResponse(client)
            answer.begin()
            assert (answer.status, answer.read()[:4]) == (200, b"<svg")
        _until_closed(client)


def _until_closed(client: socket.socket) -> bytes:
    got = b""
    try:
        while part := client.recv(4096):
            got += part
    except ConnectionResetError:
        pass
    return got


def _trickle(client: socket.socket, until: float) -> None:
    while time.monotonic() < until:
        client.sendall(b"a")
        time.sleep(0.05)
