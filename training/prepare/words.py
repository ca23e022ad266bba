"""A rule tokenizer and sentence splitter for corpora that come as raw text (training only; the runtime has its own)."""

from __future__ import annotations

import re
from collections.abc import Iterator

CLITICS = r"(?:'|’)(?:s|S|m|M|d|D|re|RE|ve|VE|ll|LL)\b"
ABBREVIATIONS = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|St|Jr|Sr|Prof|Rev|Hon|Maj|Adm|Brig|No|vs|etc|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\."
    r"|(?:[A-Za-z]\.){2,}|[A-Z]\.)"
)
NUMBER = r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?\b"
URL = r"(?:https?://|www\.)\S+[^\s.,;:!?)\"'”’]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@#]\w+"
WORD = r"[^\W_]+?(?=n['’]t\b)|n['’]t\b|[^\W_]+?(?=" + CLITICS + r")|" + CLITICS + r"|[^\W_]+"
MARKS = r"\.{3,}|…|--+|—|–|``|''|[^\w\s]|_+"
HYPHENED = r"[^\W_]+(?:-[^\W_]+)+(?!['’])"

APART = re.compile(f"{URL}|{ABBREVIATIONS}|{NUMBER}|{WORD}|{MARKS}")
KEPT = re.compile(f"{URL}|{ABBREVIATIONS}|{HYPHENED}|{NUMBER}|{WORD}|{MARKS}")
CLOSING = {'"', "”", "''", "’", "'", ")", "]"}
OPENING = {'"', "“", "``", "‘", "'", "(", "["}


def tokenise(text: str, keep_hyphens: bool = False) -> list[tuple[str, int, int]]:
    """(word, start, end) with code-point offsets; hyphens apart as in Universal Dependencies, or kept as in CoreNLP."""
    pattern = KEPT if keep_hyphens else APART
    return [(match.group(), match.start(), match.end()) for match in pattern.finditer(text)]


def sentence_starts(words: list[str], first: int = 0) -> Iterator[int]:
    """Indices (from ``first``) at which a sentence begins: after . ! ? and its closing quotes, before a capital, digit or quote."""
    yield first
    ended = False
    for place, word in enumerate(words):
        if ended and word not in CLOSING | {".", "!", "?", ",", ";"}:
            if word[0].isupper() or word[0].isdigit() or word in OPENING:
                yield first + place
            ended = False
        elif (
            ended
            and word == '"'
            and words[place + 1 : place + 2]
            and words[place + 1][0].isupper()
            and words[:place].count('"') % 2 == 0
        ):
            yield first + place
            ended = False
        if word in {".", "!", "?"}:
            ended = True
    return


def cover(tokens: list[tuple[str, int, int]], start: int, end: int) -> tuple[int, int] | None:
    """First and last token that overlap the characters start…end (half-open), or None."""
    inside = [place for place, (_, begin, stop) in enumerate(tokens) if begin < end and stop > start]
    return (inside[0], inside[-1]) if inside else None
