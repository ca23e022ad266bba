from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sayso.web import guards


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "127.0.0.1@evil.example:80x"])
def test_a_name_that_is_not_the_desk_s_own_gets_nothing(nowhere: TestClient, host: str) -> None:
    answer = nowhere.get("/read", headers={"host": host})
    assert answer.status_code == 421
    assert "Who says what?" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8321", "localhost:1", "[::1]:8321", "LOCALHOST"])
def test_the_desk_s_own_names_are_heard(nowhere: TestClient, host: str) -> None:
    assert nowhere.get("/read", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},  # another port is another site
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://[bad"},
    ],
)
def test_forms_of_other_sites_are_refused(nowhere: TestClient, headers: dict[str, str]) -> None:
    assert nowhere.post("/read", data={"text": "Two were killed."}, headers=headers).status_code == 403


def test_own_forms_and_programs_are_heard(nowhere: TestClient) -> None:
    own = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
    assert nowhere.post("/read", data={"text": "Two were killed."}, headers=own).status_code == 200
    assert nowhere.post("/read.json", data={"text": "Two were killed."}).status_code == 200


def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_so(
    nowhere: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "LARGEST", 1000)
    assert nowhere.post("/read", content=b"x" * 1001).status_code == 413
    assert nowhere.post("/read", content=(b"x" * 100 for _ in range(11))).status_code == 413
    assert nowhere.post("/read", content=b"", headers={"content-length": "-1"}).status_code == 413


def test_a_long_address_is_refused(nowhere: TestClient) -> None:
    assert nowhere.get("/read?example=" + "x" * guards.LONGEST).status_code == 414


@pytest.mark.parametrize("path", ["/read", "/static/desk.css", "/no-such-page", "/openapi.json"])
def test_every_answer_carries_the_rules_for_the_browser(nowhere: TestClient, path: str) -> None:
    headers = nowhere.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "data:" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
