"""The gate: whether a report can tell of an incident at all, by its words alone, before the model reads it.

Most pages of an archive are of sport, money, recipes. Words that tell of violence have a weight (``vocab/gate.txt``,
made by ``training/gate.py``); a report is read where those of some stretch of it, each once, come to enough. No word
speaks against: what is added at the end of a text takes none of its weight away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from sayso import vocab
from sayso.errors import VocabularyError

HELD_BACK: Final = "held back by the gate, and not read: its words tell of no incident"
"""The reason that stands in a reading (``not_understood``) where the gate was closed."""
SHORT: Final = 80
"""Words. A shorter text is read whatever it says: that costs little, and a headline tells in few words."""
HEAD: Final = 20
"""Words at the beginning, the headline: they weigh twice. Of some pages nothing else was kept."""
STRETCH: Final = 60
"""Words that are weighed together, about three sentences; each stretch begins in the middle of the one before."""
ENOUGH: Final = 26
"""Tenths, as all weights. What that lets through and what it loses: ``sayso eval gate``."""
TABLE: Final = Path(vocab.__file__).parent / "gate.txt"
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENDINGS: Final = ("ings", "ing", "ers", "ed", "er", "es", "s")
_DOUBLED: Final = frozenset("bdgmnprt")
_LEAST: Final = 3
"""Letters that an ending leaves."""


def may_tell(text: str) -> bool:
    """Tell whether a text has to be read, because its words may tell of an incident."""
    words = words_of(text)
    return len(words) < SHORT or 2 * _sum(words[:HEAD]) >= ENOUGH or any(_sum(each) >= ENOUGH for each in cut(words))


def weight(text: str) -> int:
    """Return the tenths that the heaviest stretch of a text weighs, or twice its head."""
    words = words_of(text)
    return max(2 * _sum(words[:HEAD]), *(_sum(each) for each in cut(words)))


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.lower())


def cut(words: Sequence[str]) -> list[Sequence[str]]:
    """Return the stretches of a text; the last one may be shorter."""
    half = STRETCH // 2
    return [words[at : at + STRETCH] for at in range(0, max(len(words) - half, 1), half)]


@lru_cache(50_000)
def root(word: str) -> str:
    """Return what the forms of a word have in common, roughly: bomb, bombs, bombed, bomber → bomb.

    >>> [root(word) for word in ("stabbing", "stabbed", "bodies", "buried", "grenades", "grenade", "glass", "died")]
    ['stab', 'stab', 'body', 'bury', 'grenad', 'grenad', 'glass', 'died']
    """
    if word.endswith(("ies", "ied")) and len(word) > _LEAST + 1:
        return word[:-3] + "y"
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _LEAST), "")
    if ending == "s" and word.endswith(("ss", "us", "is")):
        ending = ""
    left = word[: len(word) - len(ending)]
    if ending and len(left) > _LEAST and left[-1] == left[-2] and left[-1] in _DOUBLED:
        return left[:-1]
    return left[:-1] if left.endswith("e") and len(left) > _LEAST else left


def _sum(words: Sequence[str]) -> int:
    """Return what some words weigh, each root once."""
    return sum(dict(found for word in words if (found := _weighed(word))).values())


@lru_cache(50_000)
def _weighed(word: str) -> tuple[str, int] | None:
    """Return the root of a word and its tenths; None for a word that weighs nothing."""
    tenths = _table().get(root(word))
    return (root(word), tenths) if tenths else None


@cache
def _table() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        tenths, *roots = line.split()
        twice = sorted({each for each in roots if each in found or roots.count(each) > 1})
        if twice or not tenths.isdecimal():
            problem = f"a line begins with its weight, and no word stands twice: {' '.join(twice) or tenths}"
            raise VocabularyError(problem, place=f"vocab/{TABLE.name}, line {number}", way_out="correct the file")
        found |= dict.fromkeys(roots, int(tenths))
    return found


@cache
def digest() -> str:
    """Return the beginning of the SHA-256 of all that the gate goes by."""
    numbers = f"{SHORT} {HEAD} {STRETCH} {ENOUGH}\n"
    return hashlib.sha256(numbers.encode() + TABLE.read_bytes()).hexdigest()[:16]
