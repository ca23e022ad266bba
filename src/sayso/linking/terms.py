"""Words of a text as linking compares them: in one normal form, weighed by how rare they are in a fixed background.

The background is ``vocab/frequencies.txt``, not the texts at hand: what two reports share must not weigh more or less
for having been read first or last.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from sayso import vocab
from sayso.errors import VocabularyError

SCALE: Final = 1000
"""Length of every vector: weights are whole numbers, so that features print and compare exactly."""
UNSEEN: Final = 9.0
"""Weight of a word the background does not have: fewer than one text in eight thousand."""
_TABLE: Final = Path(vocab.__file__).parent / "frequencies.txt"
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_SOUNDS: Final = (("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("sh", "s"), ("dj", "j"))
_LETTERS: Final = str.maketrans({"c": "k", "q": "k", "z": "s", **dict.fromkeys("aeiouyw", None)})
COMMON: Final = 5.0
"""Names of words no rarer than this (big towns, services) tell nothing of the incident."""
PLAIN: Final = 1.6
"""Words less rare than this ("police", "said", "killed") tell no story from another."""
CALENDAR: Final = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat",
    "sun", "today", "yesterday",
})  # fmt: skip
"""Words of dates: days are compared as days."""
FURNITURE: Final = frozenset({
    "advertisement", "anonymou", "bookmark", "caption", "click", "comment", "cookie", "copyright", "download", "email",
    "facebook", "file", "hide", "hotline", "instagram", "linkedin", "loading", "login", "mail", "newsletter", "photo",
    "pinterest", "playlist", "privacy", "reddit", "redistributed", "rewritten", "rss", "share", "slideshow",
    "stopper", "stoppers", "subscribe", "telegram", "tweet", "twitter", "video", "web", "website", "whatsapp", "www",
    "youtube",
})  # fmt: skip
"""Words of pages, not of stories: a page tells them under every story."""
ASKING: Final = FURNITURE | frozenset({
    "account", "activate", "app", "browser", "folder", "frequently", "inbox", "javascript", "junk", "notification",
    "password", "profile", "register", "registering", "registration", "signing", "spam", "subscriber", "subscription",
    "updated", "verification", "visit", "zipcode",
})  # fmt: skip
"""Words of sentences that ask the reader to do something on the page, where they speak to "you"."""
AFTERMATH: Final = frozenset({
    "acquitted", "anniversary", "appeal", "arraigned", "arrest", "arrested", "arrests", "autopsy", "bail", "buried",
    "charge", "charged", "convicted", "coroner", "court", "defendant", "extradited", "funeral", "guilty", "hearing",
    "identified", "indicted", "indictment", "inquest", "judge", "jury", "lawsuit", "manslaughter", "mourn", "mourned",
    "plea", "plead", "pleaded", "pled", "prison", "prosecutor", "remembered", "sentence", "sentenced", "sentencing",
    "sue", "sued", "testify", "testimony", "trial", "tribunal", "verdict", "vigil", "warrant",
})  # fmt: skip
"""Words of a headline that tells of what came after: weeks or years later, and of days of its own."""
ADDRESSES: Final = frozenset({
    "apartment", "ave", "avenue", "blvd", "boulevard", "center", "county", "department", "dr", "drive", "hospital",
    "lane", "parkway", "road", "st", "street", "university",
})  # fmt: skip
"""Words of names of streets and houses, which are no names by themselves."""
IDLE: Final = CALENDAR | FURNITURE
_LONG: Final = 4  # shorter words keep their s: "gas", "bus"

Vector = dict[str, int]
"""Terms with their weights, in the order of the terms; the squares of the weights add up to about ``SCALE`` squared."""


class Word(NamedTuple):
    """A word in its normal form, where it starts, and whether it begins with a capital."""

    form: str
    start: int
    capital: bool


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text`` in order; numbers too."""
    for match in _WORD.finditer(text):
        yield Word(normal(match[0]), match.start(), match[0][0].isupper())


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """Return a word without case, accents, possessive and plural s: "Aïn’s" is "ain", "attacks" is "attack"."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain[:-1] if len(plain) > _LONG and plain.endswith("s") and not plain.endswith("ss") else plain


@lru_cache(maxsize=65536)
def skeleton(form: str) -> str:
    """Return what stays of a name however it is spelt in Latin letters: "akrameh" and "ikrima" are both "krm"."""
    for sound, letter in _SOUNDS:
        form = form.replace(sound, letter)
    bare = form[:1].translate(_LETTERS) + form[1:].translate(_LETTERS).replace("h", "")
    return re.sub(r"(.)\1+", r"\1", bare)


def rarity(form: str) -> float:
    """Return the weight of a word: the natural logarithm of how many texts hold one with it."""
    return table().get(form, UNSEEN)


@lru_cache(maxsize=65536)
def tellingness(name: str) -> int:
    """Return how much a name of one word or more tells, in tenths: 0 for common words, 40 for words never seen.

    "Baton Rouge" stands in hundreds of reports and tells 12; the name of a victim tells 30.
    """
    words = name.split()
    return round(max(0.0, 10 * (sum(map(rarity, words)) / len(words) - COMMON)))


def tells(form: str) -> bool:
    """Tell whether a word can tell one story from another."""
    return len(form) > 1 and form.isalpha() and form not in IDLE and rarity(form) > PLAIN


def vector(forms: Iterable[str], most: int) -> Vector:
    """Return the ``most`` weightiest words by (1 + log count) × rarity, at length ``SCALE``.

    Numbers, words of dates, those of web pages and those all texts have are left out.
    """
    counts = Counter(form for form in forms if tells(form))
    weights = {form: (1 + math.log(count)) * rarity(form) for form, count in counts.items()}
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return dict(sorted((form, round(SCALE * weight / length)) for form, weight in kept))


@cache
def table(path: Path = _TABLE) -> dict[str, float]:
    """Return word → weight of the background; raises VocabularyError where the file is missing or broken.

    Each line is a weight in tenths and the words that have it.
    """
    try:
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        return {word: int(line[0]) / 10 for line in lines for word in line[1:]}
    except (OSError, ValueError, IndexError) as error:
        raise VocabularyError(f"no table of word frequencies: {error}", place=str(path.name)) from error
