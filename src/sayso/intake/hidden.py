"""Characters that show a reader something else than they say (GUARANTEES G16): marked, never removed from the text.

Direction controls ("Trojan source"), zero-width characters, tag characters (text that no font shows), and words of
two scripts that look like one. What a script needs (a zero-width joiner between Arabic or Indic letters, a variation
selector behind a picture) is no disguise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
)
_TAGS: Final = "\U000e0000-\U000e0fff"
_HIDDEN: Final = re.compile(f"[{_BIDI}]+|[{_ZERO}]+|[{_TAGS}]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_MARKS: Final = re.compile(f"[{_BIDI}{_ZERO}{_TAGS}]")
_SCRIPTS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Scripts with letters that look like those of another one of them."""
_JOINED: Final = frozenset(
    ("ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU",
     "KANNADA", "MALAYALAM", "SINHALA", "MYANMAR", "KHMER", "TIBETAN", "HEBREW", "THAANA", "NKO")
)  # fmt: skip
MOST: Final = 200
"""Places of one text that are told; of more, the last one says so."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A place [start, end) of a text where something is hidden, and in words what."""

    start: int
    end: int
    says: str


def hidden_in(text: str) -> tuple[Hidden, ...]:
    """Return the places where a text hides something, in order; linear in the text."""
    found: list[Hidden] = []
    for each in _all(text):
        if len(found) == MOST:
            found[-1] = Hidden(found[-1].start, len(text), f"more than {MOST} places with hidden characters")
            break
        found.append(each)
    return tuple(found)


def _all(text: str) -> Iterator[Hidden]:
    if text.isascii():
        return
    controls = [Hidden(m.start(), m.end(), _says(m[0])) for m in _HIDDEN.finditer(text) if not _is_needed(text, m)]
    yield from sorted([*controls, *_mixed(text)], key=lambda each: (each.start, each.end))


def _says(characters: str) -> str:
    first = characters[0]
    if first >= "\U000e0000":
        said = "".join(chr(ord(each) - 0xE0000) for each in characters if 0x20 <= ord(each) - 0xE0000 < 0x7F)
        return f"hidden: {len(characters)} tag characters" + (f" that spell {said[:80]!r}" if said else "")
    name = unicodedata.name(first, "control character").lower()
    kind = "direction" if re.match(f"[{_BIDI}]", first) else "zero-width"
    more = f" and {len(characters) - 1} more" if len(characters) > 1 else ""
    return f"hidden: {kind} character U+{ord(first):04X} ({name}){more}"


def _is_needed(text: str, found: re.Match[str]) -> bool:
    """Tell whether a script or a picture needs these characters: a joiner between letters that join, a soft hyphen."""
    if found[0] == "\u00ad":
        return True
    if found[0] in {"\u200c", "\u200d"}:
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if _script(before) in _JOINED or _script(after) in _JOINED:
            return True
        return found[0] == "\u200d" and any(unicodedata.category(each) in {"So", "Sk", "Mn"} for each in before + after)
    if found[0] in {"\u200e", "\u200f", "\u061c"}:  # marks between scripts of two directions, as editors set them
        around = text[max(0, found.start() - 20) : found.end() + 20]
        return any(unicodedata.bidirectional(each) in {"R", "AL"} for each in _MARKS.sub("", around))
    return False


def _mixed(text: str) -> Iterator[Hidden]:
    """Yield the words whose letters are of two scripts that look alike."""
    if {_script(each) for each in set(text)}.isdisjoint(_SCRIPTS[1:]):
        return  # there is one of these scripts only
    for found in _LETTERS.finditer(text):
        word = found[0]
        if word.isascii() or len(word) < 2:
            continue
        scripts = {script for each in set(word) if (script := _script(each)) in _SCRIPTS}
        if len(scripts) > 1:
            names = " and ".join(sorted(name.capitalize() for name in scripts))
            yield Hidden(found.start(), found.end(), f"hidden: letters of two scripts in one word ({names})")


def _script(character: str) -> str:
    if not character:
        return ""
    if character.isascii():
        return "LATIN" if character.isalpha() else ""
    return unicodedata.name(character, "").partition(" ")[0]
