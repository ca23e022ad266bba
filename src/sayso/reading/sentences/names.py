"""Runs of capitalised words, and whether one may be a person’s name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

LONGEST = 6
"""Longer runs of capitals are headlines or lists, not names."""

PAIRING: Final = frozenset({"neither", "nor", "either", "both"})
"""Words that open a sentence before a name: "Neither Ruvian nor Kestrani planes"."""


def name_runs(passage: Passage) -> list[tuple[int, int]]:
    """Return the runs of capitalised words of a passage as token ranges."""
    found, index = [], 0
    while index < len(passage):
        if not passage.line.capitals[index]:
            index += 1
            continue
        last = _name_end(passage, index)
        if index < last <= index + LONGEST:
            found.append((index, last))
        index = max(index + 1, last)
    return found


def words_at(passage: Passage, first: int, last: int) -> str:
    """Return the words [first, last) as written, with single spaces where white space stands."""
    out, before = "", None
    for token in passage.line.tokens[first:last]:
        out += ("" if before is None or before.end == token.start else " ") + token.text
        before = token
    return out


def _name_end(passage: Passage, index: int) -> int:
    line = passage.line
    if not _name_word(passage, index) or line.shouting:
        return index
    last = index + 1
    while last < len(line) and (
        _name_word(passage, last)
        or (line.at(last) in closed("name particles") and _name_word(passage, last + 1 + (line.at(last + 1) == "-")))
        or (line.at(last) == "-" and _name_word(passage, last + 1) and not _is_dash(passage, last))
        or (line.at(last) == "-" and line.at(last - 1) in closed("name particles"))
    ):
        last += 1
    return last


def _is_dash(passage: Passage, index: int) -> bool:
    """Tell whether a hyphen stands between two spaces: "Omar Bey - Dunmore Herald" are two names."""
    before, mark, after = passage.line.tokens[index - 1 : index + 2]
    return before.end < mark.start and mark.end < after.start


def _name_word(passage: Passage, index: int) -> bool:
    if not passage.line.capital(index):
        return False
    word = passage.word(index)
    tagged = passage.syntax is not None and passage.syntax.upos[index] in ("AUX", "VERB")
    if passage.kind == "headline" and (tagged or (word == "left" and index > 0)):
        return False  # "Shooting That Left Teen Dead"
    opens = word in closed("determiners") or word in words_of("preposition", "adverb", "conjunction") or word in PAIRING
    if index == 0 and opens:
        return False
    return word.isalpha() or "-" in word or "." in word or "'" in word


def may_be_person(scan: Scan, passage: Passage, first: int, last: int) -> bool:
    """Tell whether a run names neither a place, a body nor a day."""
    words = words_at(passage, first, last)
    lowered = set(words.lower().split())
    if lowered & (words_of("day") | closed("organisation words")) or scan.world.country(words):
        return False
    return not scan.world.places(words) and scan.world.actor(words) is None


def apposition_after(passage: Passage, at: int) -> int | None:
    """Return where who somebody is may begin behind a name that ends at ``at``: ", 31, a singer", ", the mayor"."""
    aged = passage.word(at) == "," and passage.word(at + 1).isdigit() and passage.word(at + 2) == ","
    at += 2 * aged
    return at + 1 if passage.word(at) == "," and passage.word(at + 1) in ("a", "an", "the") else None
