"""How names are levelled before they are compared: case, accents, apostrophes, hyphens, articles."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Letters that NFKD does not take apart, as English newsrooms write them.
_LETTERS: Final = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
        "&": " and ",
    }
)
_SILENT: Final = re.compile(r"[.'’‘`´ʼʻʿʾ]")
_BREAK: Final = re.compile(r"[\W_]+")
_ARTICLE: Final = re.compile(r"^the ")
_ARABIC_ARTICLE: Final = re.compile(r"^(?:al|el|as|ash|ad|an|ar|at|az|adh|ath) (?=\w{3})")


@lru_cache(100_000)
def level(name: str) -> str:
    """Return the key under which a name is stored and looked up: "The Sana'a" and "Sanaa" give "sanaa"."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)).casefold()  # "𝑨" gives "A" only here
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = _BREAK.sub(" ", _SILENT.sub("", text)).strip()
    return _ARTICLE.sub("", text)


def without_arabic_article(key: str) -> str:
    """Return a levelled name without a leading Arabic article: "al mukalla" gives "mukalla"."""
    return _ARABIC_ARTICLE.sub("", key)


def is_name(words: str) -> bool:
    """Tell whether words are written as a name: they hold a capital or a letter that has no case."""
    return words[:1].isupper() or any(
        char.isupper() or (char.isalpha() and char.lower() == char.upper()) for char in words
    )
