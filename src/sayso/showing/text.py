"""How text of others is put where people read it: hidden characters spelled out, and only addresses that are links."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import urlsplit

_KEPT: Final = frozenset("\n\t")


def spelled(text: str) -> str:
    """Return ``text`` with control, format and unpaired surrogate characters written as ``⟨U+200B⟩``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"⟨U+{ord(char):04X}⟩" if is_hidden(char) else char for char in text)


def is_hidden(char: str) -> bool:
    """Tell whether a character is not seen on a page: control, format, unpaired surrogate, private, line separator."""
    return char not in _KEPT and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def web_link(url: str | None) -> str | None:
    """Return an address that a page may link to: http or https, with a host, nothing hidden in it; else None."""
    if not url or any(is_hidden(char) or char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname and "\\" not in url else None
