"""Mail: under TLS that is checked or not at all, once written always the same, and nothing of it is active."""

from __future__ import annotations

import email
import email.policy
import shutil
import ssl
import stat
import subprocess
from email.message import EmailMessage
from pathlib import Path

import pytest

from sayso.alerts.mailing import PASSWORD, mail_of, send_mail
from sayso.errors import InputError, SetupError
from sayso.settings import Mailing, Project
from tests.alerts.mailserver import serving
from tests.alerts.test_rendering import HOSTILE, message_of

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    key, crt = folder / "key.pem", folder / "crt.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    named = ["-keyout", str(key), "-out", str(crt), "-days", "30", "-subj", "/CN=localhost"]
    subprocess.run([*command, *named, "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    (folder / "both.pem").write_bytes(crt.read_bytes() + key.read_bytes())
    return folder


def context_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(str(certificate / "both.pem"))
    return context


def project_of(folder: Path, port: int, **more: str) -> Project:
    mail = Mailing(**{"sender": "sayso@example.org", "server": f"localhost:{port}", **more})
    return Project(folder, mail=mail)


def parsed(raw: bytes) -> EmailMessage:
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


@needs_openssl
def test_mail_goes_under_tls_with_a_login(certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "open")
    with serving(context_of(certificate)) as server:
        trusted = str(certificate / "crt.pem")
        send_mail(message_of("x"), "ana@example.org", project_of(tmp_path, server.port, authorities=trusted, user="s"))
    assert server.safe == [True]
    assert len(server.logins) == 1
    mail = parsed(server.mails[0])
    assert (mail["To"], mail["Message-ID"]) == ("ana@example.org", "<msg_1@example.org>")
    assert mail["Subject"] == "[sayso] q: 1 incident (1 toll)"
    text = mail.get_body(("plain",))
    assert text is not None
    assert "who says what" in text.get_content()


@needs_openssl
def test_error_a_certificate_that_does_not_fit_gets_nothing(certificate: Path, tmp_path: Path) -> None:
    trusted = str(certificate / "crt.pem")
    with serving(context_of(certificate)) as server:
        for project in (
            project_of(tmp_path, server.port),  # not trusted
            project_of(tmp_path, server.port, server=f"127.0.0.1:{server.port}", authorities=trusted),  # another name
        ):
            with pytest.raises(InputError, match=r"(?i)certificate"):
                send_mail(message_of("x"), "ana@example.org", project)
    assert server.mails == []


def test_error_a_server_without_tls_gets_nothing(tmp_path: Path) -> None:
    with serving(None) as server, pytest.raises(InputError, match="STARTTLS"):
        send_mail(message_of("x"), "ana@example.org", project_of(tmp_path, server.port))
    assert server.mails == []


@needs_openssl
def test_error_mail_that_is_not_taken_is_not_delivered(certificate: Path, tmp_path: Path) -> None:
    with serving(context_of(certificate)) as server:
        server.refuse = True
        project = project_of(tmp_path, server.port, authorities=str(certificate / "crt.pem"))
        with pytest.raises(InputError, match="not now"):
            send_mail(message_of("x"), "ana@example.org", project)


def test_sendmail_takes_it_in_place_of_a_server(tmp_path: Path) -> None:
    program = tmp_path / "sendmail"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/asked\ncat > {tmp_path}/mail\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    project = Project(tmp_path, mail=Mailing(sender="sayso@example.org", sendmail=str(program)))
    send_mail(message_of("x"), "ana@example.org", project)
    assert (tmp_path / "asked").read_text().split() == ["-i", "-t"]
    assert parsed((tmp_path / "mail").read_bytes())["To"] == "ana@example.org"
    program.write_text("#!/bin/sh\necho full >&2\nexit 75\n", encoding="utf-8")
    with pytest.raises(InputError, match="ends with 75: full"):
        send_mail(message_of("x"), "ana@example.org", project)


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        (Mailing(), "nobody is named as sender"),
        (Mailing(sender="a@example.org"), "no server for mail"),
        (Mailing(sender="a@example.org", server="x:1", authorities="none.pem"), "no certificates"),
        (Mailing(sender="a@example.org", server="x:1", user="a"), "no password"),
        (Mailing(sender="a@example.org", server="x:1", user="a", password_file="none"), "cannot be read"),
    ],
)
def test_error_what_is_missing_is_said(
    tmp_path: Path, mail: Mailing, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PASSWORD, raising=False)
    with pytest.raises(SetupError, match=said):
        send_mail(message_of("x"), "ana@example.org", Project(tmp_path, mail=mail))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_makes_no_header_and_nothing_active(words: str) -> None:
    raw = mail_of(message_of(words), "ana@example.org", Mailing(sender="s@example.org")).as_bytes()
    mail = parsed(raw)
    assert mail["Bcc"] is None
    page = mail.get_body(("html",))
    assert page is not None
    assert "<script" not in page.get_content()
    assert "<img" not in page.get_content()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
