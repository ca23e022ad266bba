"""Where an alert goes: ``feed``, ``feed:FILE``, ``file:FILE``, ``-``, a web address, or an address of mail."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from sayso.errors import UsageError

Means = Literal["feed", "file", "stdout", "hook", "mail"]
_MAIL: Final = re.compile(r"[^\s@,;:<>()\[\]\\\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_WAY_OUT: Final = "feed, file:alerts.jsonl, -, https://example.org/hook, or ana@example.org"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an alert goes.

    Attributes:
        means: feed, file, stdout, hook (a web hook) or mail.
        where: file from the project's folder, web address, or address of mail; empty for a feed without a file.

    """

    means: Means
    where: str = ""

    def __str__(self) -> str:
        if self.means == "stdout":
            return "-"
        if self.means in {"hook", "mail"}:
            return self.where
        return f"{self.means}:{self.where}" if self.where else self.means


def destination_of(given: str) -> Destination:
    """Return the destination that a person has written; raises UsageError with what is wrong."""
    text = given.strip()
    if text in {"-", "feed"}:
        return Destination("stdout" if text == "-" else "feed")
    scheme, _, rest = text.partition(":")
    if scheme in {"feed", "file"} and rest and rest.isprintable():
        return Destination("feed" if scheme == "feed" else "file", rest)
    if scheme in {"http", "https"}:
        return Destination("hook", _checked_hook(text))
    address = rest if scheme == "mailto" else text
    if _MAIL.fullmatch(address) and address.isascii():
        return Destination("mail", address)
    raise UsageError(f"an alert cannot go to {given[:100]!r}", way_out=_WAY_OUT)


def _checked_hook(url: str) -> str:
    """Return the address of a web hook: https, or http on this computer only."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if not host or port == 0 or parts.username is not None or "\\" in url or not url.isprintable() or " " in url:
        raise UsageError("no address for a web hook", place=url[:100], way_out=_WAY_OUT)
    if parts.scheme == "http" and not _is_loopback(host):
        raise UsageError("a web hook goes over https", place=url[:100], way_out="http is for this computer only")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
