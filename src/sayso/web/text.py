"""How text of others is put on a page: hidden characters spelled out, letters of several scripts in a name told (G16).

Pages never hold a character that cannot be seen and changes how its neighbours are read; the evidence keeps all.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup

_KEPT: Final = frozenset("\n\t")
_WORD: Final = re.compile(r"[^\W\d_]+")
_MIXED: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Scripts whose letters look alike: two of them in one word deceive."""


def spelled(text: str) -> str:
    """Return ``text`` with control, format and unpaired surrogate characters written as ``⟨U+200B⟩``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"⟨U+{ord(char):04X}⟩" if is_hidden(char) else char for char in text)


def is_hidden(char: str) -> bool:
    """Tell whether a character is not seen on a page: control, format, unpaired surrogate, private, line separator."""
    return char not in _KEPT and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def finalize(value: Any) -> Any:
    """Spell out whatever string a template puts on a page, and put nothing for None."""
    if value is None:
        return ""
    return spelled(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def mixed_scripts(text: str) -> list[str]:
    """Return the words in which letters of two scripts that look alike stand side by side."""
    return [word for word in _WORD.findall(text) if not word.isascii() and len(_scripts(word)) > 1]


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(char, "").partition(" ")[0] for char in word)
    return {name for name in names if name in _MIXED}


def web_link(url: str | None) -> str | None:
    """Return an address that a page may link to: http or https, with a host, nothing hidden in it; else None."""
    if not url or any(is_hidden(char) or char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname and "\\" not in url else None


def link_host(url: str) -> str:
    """Return the host of an address that ``web_link`` let pass."""
    return urlsplit(url).hostname or url
