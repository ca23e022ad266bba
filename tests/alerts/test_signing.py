"""Signatures as the Standard Webhooks specification wants them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from sayso.alerts.signing import FILE, is_signed, keep_keys, keys_of, new_secret, signed_headers
from sayso.errors import SetupError
from sayso.settings import Project

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'


def test_the_signature_is_that_of_the_example_of_the_specification() -> None:
    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY, [KEY])
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_while_secrets_change_either_of_them_fits() -> None:
    old, new = new_secret(), new_secret()
    headers = signed_headers("msg_1", 1000, BODY, [new, old])
    assert headers["webhook-signature"].count("v1,") == 2
    assert is_signed(headers, BODY, old, now=1010)
    assert is_signed(headers, BODY, new, now=1010)
    assert not is_signed(headers, BODY, new_secret(), now=1010)


@pytest.mark.parametrize(
    ("changed", "body", "now"),
    [
        ({"webhook-id": "msg_2"}, BODY, 1000),
        ({"webhook-timestamp": "1001"}, BODY, 1000),
        ({"webhook-timestamp": "x"}, BODY, 1000),
        ({"webhook-signature": "v1,"}, BODY, 1000),
        ({}, BODY + b" ", 1000),
        ({}, BODY, 1000 + 301),
    ],
)
def test_whatever_is_changed_or_old_fits_no_more(changed: dict[str, str], body: bytes, now: float) -> None:
    headers = signed_headers("msg_1", 1000, BODY, [KEY])
    assert is_signed(headers, BODY, KEY, now=1000)
    assert not is_signed(headers | changed, body, KEY, now=now)


def test_secrets_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with pytest.raises(SetupError, match="no secret"):
        keys_of(project, "alert_1")
    keep_keys(project, "alert_1", ["whsec_b", "whsec_a"])
    keep_keys(project, "alert_2", ["whsec_c"])
    assert keys_of(project, "alert_1") == ("whsec_b", "whsec_a")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    keep_keys(project, "alert_1", [])
    assert keys_of(project, "alert_2") == ("whsec_c",)
    with pytest.raises(SetupError, match="no secret"):
        keys_of(project, "alert_1")


def test_error_a_damaged_file_or_secret_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[1]", encoding="utf-8")
    with pytest.raises(SetupError, match="no file of secrets"):
        keys_of(Project(tmp_path), "alert_1")
    with pytest.raises(SetupError, match="damaged"):
        signed_headers("msg_1", 1, b"", ["whsec_#"])
