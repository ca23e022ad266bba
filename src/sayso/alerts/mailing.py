"""Mail: a message as text and HTML, through a server with STARTTLS that is checked, or through sendmail.

TLS is never given up: a server that does not offer it, or whose certificate does not fit, gets nothing.
"""

from __future__ import annotations

import os
import smtplib
import ssl
import subprocess
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from sayso.alerts.outbox import Message
from sayso.alerts.rendering import as_html, as_text, data_of, heading
from sayso.errors import InputError, SetupError
from sayso.settings import Mailing, Project

SECONDS: Final = 30.0
"""That each step of a talk with a server may take."""
PASSWORD: Final = "SAYSO_MAIL_PASSWORD"
_TLS_AT_ONCE: Final = 465
_SUBMISSION: Final = 587


def mail_of(message: Message, to: str, mail: Mailing) -> EmailMessage:
    """Return the mail of a message: it has the same Message-ID however often it is sent."""
    if not mail.sender:
        raise SetupError("nobody is named as sender", place="sayso.toml", way_out='[mail] sender = "sayso@example.org"')
    made = EmailMessage(policy=SMTP)
    made["From"] = mail.sender
    made["To"] = to
    made["Subject"] = f"[sayso] {heading(data_of(message))}"
    made["Date"] = format_datetime(datetime.fromisoformat(message.made))
    made["Message-ID"] = f"<{message.id}@{mail.sender.rpartition('@')[2].rstrip('>') or 'sayso.invalid'}>"
    made["Auto-Submitted"] = "auto-generated"
    made["X-Sayso-Query"] = data_of(message)["query"]
    made.set_content(as_text(message), cte="quoted-printable")
    made.add_alternative(as_html(message), subtype="html", cte="quoted-printable")
    return made


def send_mail(message: Message, to: str, project: Project) -> None:
    """Send a message; return when the server, or sendmail, has taken it.

    Raises:
        SetupError: neither is named, or what is named does not exist.
        InputError: it was not taken.

    """
    made = mail_of(message, to, project.mail)
    if project.mail.sendmail:
        return _through_program(made, project.mail.sendmail)
    if not project.mail.server:
        way_out = '[mail] server = "smtp.example.org:587", or sendmail = "/usr/sbin/sendmail"'
        raise SetupError("no server for mail is named", place="sayso.toml", way_out=way_out)
    return _through_server(made, project)


def _through_program(made: EmailMessage, program: str) -> None:
    try:
        ended = subprocess.run(
            [program, "-i", "-t"], input=made.as_bytes(), capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(f"does not take mail: {error}", place=program, way_out="check [mail] sendmail") from None
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip()[:200]
        raise InputError(f"ends with {ended.returncode}: {said}", place=program, way_out="check [mail] sendmail")


def _through_server(made: EmailMessage, project: Project) -> None:
    mail = project.mail
    host, port = _address(mail.server)
    context = _context(project)
    password = _password(project) if mail.user else ""
    try:
        with _talk(host, port, context) as server:
            if port != _TLS_AT_ONCE:
                server.starttls(context=context)
                server.ehlo()
            if mail.user:
                server.login(mail.user, password)
            server.send_message(made)
    except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
        said = " ".join(str(error).split())[:200]
        way_out = "check [mail] in sayso.toml; TLS is never given up"
        raise InputError(f"{type(error).__name__}: {said}", place=f"{host}:{port}", way_out=way_out) from None


def _talk(host: str, port: int, context: ssl.SSLContext) -> smtplib.SMTP:
    if port == _TLS_AT_ONCE:
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    return smtplib.SMTP(host, port, timeout=SECONDS)


def _address(server: str) -> tuple[str, int]:
    host, colon, port = server.rpartition(":")
    if colon and port.isdigit():
        return host, int(port)
    return server, _SUBMISSION


def _context(project: Project) -> ssl.SSLContext:
    named = project.mail.authorities
    try:
        context = ssl.create_default_context(cafile=str(project.folder / named) if named else None)
    except (OSError, ssl.SSLError) as error:
        raise SetupError(f"no certificates: {error}", place=named, way_out="[mail] authorities: a PEM file") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _password(project: Project) -> str:
    return secret(project, project.mail.password_file, PASSWORD)


def secret(project: Project, file: str, variable: str) -> str:
    """Return a secret from a file of the project, or from the environment; raises SetupError where neither has it."""
    if not file:
        return os.environ.get(variable) or _missing(variable)
    try:
        return (project.folder / Path(file)).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"cannot be read: {error}", place=file, way_out="check the file") from error


def _missing(variable: str) -> str:
    raise SetupError("no password is given", place="sayso.toml", way_out=f"name a file, or set {variable}")
