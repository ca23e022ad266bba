"""Signatures of web hooks by the Standard Webhooks specification, and the secrets they are made with.

What is signed is ``id.timestamp.body`` with HMAC-SHA256; the header carries ``v1,`` and the digest in base64, one for
each secret that is in force. Secrets stand in a file of their own, readable by its owner only: not in the database, so
that no backup or copy of it carries them away.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from sayso.errors import SetupError
from sayso.ledger.faults import step
from sayso.settings import Project

PREFIX: Final = "whsec_"
FILE: Final = "alerts.secrets"
_BYTES: Final = 32  # the specification asks for 24 to 64
TOLERANCE: Final = 300
"""Seconds that a receiver's clock may differ from ours."""


def new_secret() -> str:
    """Return a new secret: ``whsec_`` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed_headers(number: str, timestamp: int, body: bytes, keys: Sequence[str]) -> dict[str, str]:
    """Return the three headers of a message.

    Args:
        number: id of the message, the same at every attempt.
        timestamp: of this attempt, in seconds since 1970: receivers refuse what is older than some minutes.
        body: as it is sent.
        keys: secrets in force, the newest first.

    """
    signatures = [f"v1,{_digest(number, timestamp, body, key)}" for key in keys]
    return {
        "webhook-id": number,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def is_signed(headers: Mapping[str, str], body: bytes, key: str, *, now: float) -> bool:
    """Tell whether a message was signed with a secret, some minutes ago at most: what a receiver checks."""
    number, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not number or not at.isdigit() or abs(now - int(at)) > TOLERANCE:
        return False
    wanted = f"v1,{_digest(number, int(at), body, key)}"
    return any(hmac.compare_digest(wanted, each) for each in headers.get("webhook-signature", "").split(" "))


def _digest(number: str, timestamp: int, body: bytes, key: str) -> str:
    signed = f"{number}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(_bytes_of(key), signed, hashlib.sha256).digest()).decode()


def _bytes_of(key: str) -> bytes:
    try:
        return base64.b64decode(key.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise SetupError("a secret is damaged", place=FILE, way_out="make a new one: sayso alerts secret ID") from None


# -- the file --------------------------------------------------------------------------------------------------------


def keys_of(project: Project, alert: str) -> tuple[str, ...]:
    """Return the secrets in force for an alert, the newest first; raises SetupError where there is none."""
    keys = _read(_file(project)).get(alert, ())
    if not keys:
        way_out = "make one, and give it to the receiver: sayso alerts secret ID --new"
        raise SetupError(f"{alert} has no secret", place=str(_file(project)), way_out=way_out)
    return tuple(keys)


def keep_keys(project: Project, alert: str, keys: Sequence[str]) -> None:
    """Write the secrets of an alert; none takes them out. The file is on the disk when this returns."""
    file = _file(project)
    there = {name: value for name, value in _read(file).items() if name != alert}
    made = there | ({alert: list(keys)} if keys else {})
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(made, out, indent=1, sort_keys=True)
            out.flush()
            os.fsync(out.fileno())
        step()
        fresh.replace(file)
        _sync(file.parent)
    except OSError as error:
        raise SetupError(f"cannot be written: {error.strerror}", place=str(file), way_out="check the folder") from error
    step()


def _sync(folder: Path) -> None:
    """Wait until the folder's entry is on the disk, where the system lets us."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _file(project: Project) -> Path:
    return project.folder / FILE


def _read(file: Path) -> dict[str, list[str]]:
    try:
        found: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
        fine = isinstance(found, dict) and all(
            isinstance(keys, list) and all(isinstance(key, str) for key in keys) for keys in found.values()
        )
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SetupError(f"cannot be read: {error}", place=str(file), way_out="restore it, or remove it") from error
    if not fine:
        raise SetupError("no file of secrets", place=str(file), way_out="restore it, or remove it")
    return found
