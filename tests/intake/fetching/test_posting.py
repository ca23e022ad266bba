"""Sending: past the guard, within limits, and nothing is followed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from evaluation.guarantees.receiving import Receiver, receiving
from sayso.errors import InputError, RefusedError
from sayso.intake.fetching import Egress, Poster


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def test_what_is_sent_arrives_and_the_answer_comes_back(receiver: Receiver) -> None:
    receiver.body, receiver.headers = gzip.compress(b"taken"), {"Content-Encoding": "gzip", "Retry-After": "7"}
    with Poster(Egress(allowed=(receiver.allowed,))) as poster:
        answer = poster.post(receiver.url, b"body", {"x-one": "1"})
    (taken,) = receiver.taken
    assert (taken.body, taken.headers["x-one"]) == (b"body", "1")
    assert (answer.status, answer.body, answer.wait) == (200, b"taken", 7.0)


def test_a_redirect_is_an_answer_and_is_not_followed(receiver: Receiver) -> None:
    receiver.answers, receiver.headers = [302], {"Location": "http://169.254.169.254/"}
    with Poster(Egress(allowed=(receiver.allowed,))) as poster:
        assert poster.post(receiver.url, b"", {}).status == 302
    assert poster.connected == [("127.0.0.1", receiver.port)]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{}/", "http://localhost:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://2130706433:{}/"]
)
def test_error_what_is_not_public_is_refused_unless_allowed(receiver: Receiver, url: str) -> None:
    with Poster() as poster, pytest.raises(RefusedError):
        poster.post(url.format(receiver.port), b"", {})
    assert (poster.connected, receiver.taken) == ([], [])


@pytest.mark.parametrize("url", ["ftp://a.example/", "https://u:p@a.example/", "x", "http://a.example:99999/"])
def test_error_what_is_no_address(url: str) -> None:
    with Poster() as poster, pytest.raises(RefusedError):
        poster.post(url, b"", {})


def test_error_offline_nothing_is_sent(receiver: Receiver) -> None:
    with (
        Poster(Egress(allowed=(receiver.allowed,)), offline=True) as poster,
        pytest.raises(RefusedError, match="offline"),
    ):
        poster.post(receiver.url, b"", {})
    assert receiver.taken == []


def test_error_an_answer_that_is_too_large_is_cut_off(receiver: Receiver) -> None:
    receiver.body = b"x" * 500_000
    with Poster(Egress(allowed=(receiver.allowed,)), size=1000) as poster, pytest.raises(InputError, match="larger"):
        poster.post(receiver.url, b"", {})
    receiver.body, receiver.headers = gzip.compress(b"x" * 500_000), {"Content-Encoding": "gzip"}
    with Poster(Egress(allowed=(receiver.allowed,)), size=1000) as poster, pytest.raises(InputError, match="too much"):
        poster.post(receiver.url, b"", {})


def test_error_a_receiver_that_breaks_off(receiver: Receiver) -> None:
    receiver.answers = [0]
    with Poster(Egress(allowed=(receiver.allowed,))) as poster, pytest.raises(InputError, match="cannot be reached"):
        poster.post(receiver.url, b"", {})
