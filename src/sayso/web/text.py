"""How text of others is put on a page: hidden characters spelled out, letters of several scripts in a name told (G16).

Pages never hold a character that cannot be seen and changes how its neighbours are read; the evidence keeps all.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from sayso.showing.text import is_hidden, spelled, web_link

__all__ = ["is_hidden", "link_host", "mixed_scripts", "spelled", "web_link"]

_WORD: Final = re.compile(r"[^\W\d_]+")
_MIXED: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Scripts whose letters look alike: two of them in one word deceive."""


def mixed_scripts(text: str) -> list[str]:
    """Return the words in which letters of two scripts that look alike stand side by side."""
    return [word for word in _WORD.findall(text) if not word.isascii() and len(_scripts(word)) > 1]


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(char, "").partition(" ")[0] for char in word)
    return {name for name in names if name in _MIXED}


def link_host(url: str) -> str:
    """Return the host of an address that ``web_link`` let pass."""
    return urlsplit(url).hostname or url
