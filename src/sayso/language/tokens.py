"""Cut text into words and marks the way the English Universal Dependencies treebanks do, in linear time.

Text is cut at white space into chunks; how a chunk is cut is remembered (texts repeat themselves, and each other), so a
cut may look at its chunk and at the first character of the next one, and at nothing else.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from sayso.language.analysis import Token

# Combining marks are no letters to Python's \w; without them words of many scripts would fall apart.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u200c\u200d\u20d0-\u20f0\ufe00-\ufe0f"
)
_W = rf"[\w{_MARKS}]"
_APOSTROPHES = "'’`´"
_CHUNK = re.compile(r"\S+")
_CHUNK_START = re.compile(r"\S")
# Where a page lost its line breaks a sentence begins right behind the stop: "the fire.Four men". Of two letters before
# the stop and of the word behind it: no look further back or ahead.
_GLUED = r"(?<=[a-z]{2}\.)(?!(?i:com|org|net|gov|edu|info|tv|co|io|js)\b)[A-Z](?:[a-z]+\b|\b)(?!\.)"
# Every alternative either consumes what it has looked at or looks at a few characters only: the scan stays linear.
_PIECE_PATTERN = rf"""
      \d+(?:[-–.]\d+){{2,}}(?!{_W})            # 2003-12-30, 555-010-1696, 2.1.4
    | \d{{3}}-\d{{4}}(?![\w-])                  # 555-0116
    | \#[^\W\d_]{_W}*                         # #word
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|['’]s)\b   # 20th, 1990s, 1990's
    | \d+(?:[.,:/]\d+)*(?:[^\W\d_]{{1,3}}(?!{_W}))?  # 1,200  5:30  9/11  11/28/2000  5pm
    | (?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!{_W}))?   # U.S.  a.m.  e.g.  U.S.A
    | (?:[A-Z][a-z]?\.){{2,}}                  # Ph.D.
    | [^\W_]+(?:&[^\W_]+)+                     # AT&T
    | (?:U\.?S|A|C|HK|NZ)?\$(?!\$)             # US$
    | [^\W_]{_W}*(?:\.(?!{_GLUED})[^\W\d_]{_W}+)+  # example.org
    | {_W}+(?:[{_APOSTROPHES}]{_W}+)*           # O'Neill, don't, it's: clitics come off below
    | [{_APOSTROPHES}](?i:CLITICS)(?!{_W})
    | (?P<run>[^\w\s{_MARKS}])(?P=run)+        # ... -- !!! ====
    | [!?]{{2,}}
    | [:;=]-?[()DPp](?!{_W})                   # a smile or a frown
    | \S
"""
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,19}://|www\.)\S+|[\w.+%-]{1,200}@[\w-]{1,100}(?:\.[\w-]{1,100})*", re.IGNORECASE
)
_LONGEST_ADDRESS = 2_000  # longer chunks are no addresses; looking for one there would cost more than linear time
_AFTER_ADDRESS = ".,;:!?\"'”’»)]}>…"
_UNIT_AFTER_NUMBER = re.compile(r"(\d)([^\W\d_]{1,3})$")
_SHORT = 40  # how each shorter chunk is cut is remembered; longer ones come once


@cache
def words() -> dict[str, Any]:
    """Return the closed lists of ``words.toml``."""
    return tomllib.loads(files("sayso.language").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def abbreviations(kind: str) -> frozenset[str]:
    """Return one list of abbreviations ('titles', 'open', 'before_number'), lower case, with their stops."""
    return frozenset(words()["abbreviations"][kind])


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(_PIECE_PATTERN.replace("CLITICS", "|".join(words()["split"]["clitics"])), re.VERBOSE)


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``text[start:end]``, in order; every character that is no space is in exactly one."""
    end = len(text) if end is None else end
    split_words = _split_words()
    tokens: list[Token] = []
    for match in _CHUNK.finditer(text, start, end):
        chunk, at = match.group(), match.start()
        if chunk.isalpha() and chunk.lower() not in split_words:
            tokens.append(Token(at, at + len(chunk), chunk))
            continue
        ahead = _ahead(text, match.end(), end) if chunk[-1] == "." else ""
        cuts = _cut_once(chunk, ahead) if len(chunk) < _SHORT else cut(chunk, ahead)
        left = 0
        for right in cuts:
            tokens.append(Token(at + left, at + right, chunk[left:right]))
            left = right
    return tokens


def _ahead(text: str, at: int, end: int) -> str:
    """Say what follows the chunk that ends at ``at``: 'digit', 'end' or '' for anything else."""
    match = _CHUNK_START.search(text, at, end)
    if match is None:
        return "end"
    return "digit" if match.group().isdigit() else ""


@cache
def _split_words() -> dict[str, int]:
    return dict(words()["split"]["words"])


def cut(chunk: str, ahead: str = "") -> tuple[int, ...]:
    """Return the ends of the tokens of a chunk without spaces; ``ahead`` is 'digit', 'end' or ''."""
    ends: list[int] = []
    at = 0
    if len(chunk) <= _LONGEST_ADDRESS and ("@" in chunk or "://" in chunk or "www." in chunk.lower()):
        for match in _ADDRESS.finditer(chunk):
            stop = match.start() + len(match.group().rstrip(_AFTER_ADDRESS))
            if stop > match.start():
                ends += _cut_plain(chunk[at : match.start()], at, "")
                ends.append(stop)
                at = stop
    return tuple(ends + _cut_plain(chunk[at:], at, ahead))


_cut_once = lru_cache(20_000)(cut)


def _cut_plain(chunk: str, offset: int, ahead: str) -> list[int]:
    """Return the ends of the tokens of a chunk that holds no address, counted from ``offset``."""
    bounds = [0, *(match.end() for match in _piece().finditer(chunk))]
    pieces = [chunk[left:right] for left, right in pairwise(bounds)]
    pieces = _join_hyphens(_join_stops(pieces, ahead))
    ends = []
    at = offset
    for piece in pieces:
        inner = _inside(piece)
        if inner:
            ends.append(at + inner)
        at += len(piece)
        ends.append(at)
    return ends


def _join_stops(pieces: list[str], ahead: str) -> list[str]:
    """Give abbreviations and initials their full stop back: Mr + . → Mr."""
    joined: list[str] = []
    for index, piece in enumerate(pieces):
        last = index == len(pieces) - 1
        if piece == "." and joined and joined[-1][-1].isalpha() and _keeps_stop(joined[-1], ahead if last else ""):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _keeps_stop(word: str, ahead: str) -> bool:
    """Say whether ``word`` and the full stop behind it are one token."""
    lower = word.lower() + "."
    if lower in abbreviations("titles"):
        return ahead != "end"
    if lower in abbreviations("open"):
        return True
    if lower in abbreviations("before_number"):
        return ahead == "digit"
    return len(word) == 1 and word.isupper() and word != "I" and ahead != "end"  # an initial


def _join_hyphens(pieces: list[str]) -> list[str]:
    """Join a bound prefix, its hyphen and the next word: anti-tank, mid-1980s."""
    joined: list[str] = []
    index = 0
    while index < len(pieces):
        if pieces[index].lower() in _prefixes() and _hyphenated(pieces, index):
            joined.append("".join(pieces[index : index + 3]))
            index += 3
        else:
            joined.append(pieces[index])
            index += 1
    return joined


def _hyphenated(pieces: list[str], index: int) -> bool:
    return pieces[index + 1 : index + 2] == ["-"] and len(pieces) > index + 2 and pieces[index + 2][0].isalnum()


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(words()["hyphen"]["prefixes"])


@cache
def _clitics() -> frozenset[str]:
    return frozenset(words()["split"]["clitics"])


def _inside(piece: str) -> int:
    """Return where a second word begins inside a piece (do|n't, it|'s, can|not, 5|pm), 0 for nowhere."""
    lower = piece.lower()
    if lower in _split_words():
        return _split_words()[lower]
    if len(piece) > 3 and lower[-1] == "t" and piece[-2] in _APOSTROPHES and lower[-3] == "n":
        return len(piece) - 3
    for length in (2, 3):
        if len(piece) > length and piece[-length] in _APOSTROPHES and lower[1 - length :] in _clitics():
            return 0 if piece[0].isdigit() else len(piece) - length
    if piece[0].isdigit() and (match := _UNIT_AFTER_NUMBER.search(piece)):
        return 0 if match[2].lower() in {"st", "nd", "rd", "th", "s"} else match.start(2)
    return 0
