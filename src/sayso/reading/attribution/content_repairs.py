"""Mends contents that the model breaks off or tears: "in the municipality of", "the regional … was calm".

Everything here works on ranges of tokens inside one sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import BREAKS, QUOTES, STOPS, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.language.analysis import Token
    from sayso.reading.attribution.contents import Range

_LONGEST_TAIL: Final = 25  # tokens that a content broken off may still be given
_HARMING: Final = ("killing", "wounding", "injuring", "destroying", "damaging")
_SCRAP: Final = 2  # tokens of a piece that says nothing by itself


def repaired(
    tokens: Sequence[Token],
    pieces: Sequence[Range],
    taken: Sequence[Range],
    cues: Sequence[int],
    end: int,
    *,
    last: bool,
) -> list[Range]:
    """Return the pieces of one content in one sentence, joined where they are torn, and finished where broken off.

    Args:
        tokens: of the whole report.
        pieces: ranges of tokens in text order.
        taken: cue and source, which belong to no content.
        cues: first tokens of all cues.
        end: one past the last token of the sentence, or the next cue in it.
        last: no other cue follows in the sentence.

    """
    pieces = _on_one_side(tokens, pieces, taken)
    between = [*(first for first, _ in taken), *cues]
    joined = list(_joined(tokens, pieces, between))
    *before, final = [(start, _finish(tokens, start, stop, taken, end)) for start, stop in joined]
    finished = [*before, (final[0], _go_on(tokens, final, taken, end) if last else final[1])]
    kept = [piece for piece in finished if not _is_scrap(tokens, piece)]
    return list(_joined(tokens, kept or finished, between))


def _on_one_side(tokens: Sequence[Token], pieces: Sequence[Range], taken: Sequence[Range]) -> Sequence[Range]:
    """Drop what a semicolon parts from "…, residents say; army opens inquiry": it is news of its own."""
    before = [piece for piece in pieces if all(piece[1] <= first for first, _ in taken)]
    ends = max(last for _, last in taken)
    parted = ends < len(tokens) and tokens[ends].text == ";"
    return before if before and parted else pieces


def _joined(tokens: Sequence[Token], pieces: Sequence[Range], between: Sequence[int]) -> Iterator[Range]:
    """Yield the pieces; those with no mark, cue or source between them, or torn inside a phrase, as one."""
    last: Range | None = None
    for piece in sorted(pieces):
        if (
            last is not None
            and not any(last[1] <= place < piece[0] for place in between)
            and (
                tokens[last[1] - 1].text.lower() in _open_words() | words_of("auxiliary")
                or all(token.text not in BREAKS for token in tokens[last[1] : piece[0]])
            )
        ):
            last = (last[0], max(last[1], piece[1]))
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _finish(tokens: Sequence[Token], first: int, last: int, taken: Sequence[Range], end: int) -> int:
    """Return where a piece ends that must not end with "of" or "the": before the next break, cue or source."""
    word, ahead = tokens[last - 1].text.lower(), tokens[last].text if last < end else ""
    placed = word in ("in", "on", "at", "to") and (ahead[:1].isupper() or ahead.lower() in ("the", "a", "an"))
    if word not in _open_words() | words_of("be") and not placed:
        return last
    stop = min([start for start, _ in taken if start >= last] + [end, last + _LONGEST_TAIL])
    place = last
    while place < stop and tokens[place].text not in BREAKS:
        place += 1
    return place


def _open_words() -> frozenset[str]:
    """Words after which something must follow."""
    return words_of("preposition", "determiner") - _CLOSES


_CLOSES: Final = frozenset(
    {"in", "on", "over", "by", "around", "about", "through", "before", "after", "since", "this", "these", "those",
     "her", "his", "both", "another", "any", "all", "each", "one", "two", "three", "four", "five", "six", "seven",
     "eight", "nine", "ten", "some", "several", "many", "most", "few", "outside", "inside", "along", "behind", "under",
     "like", "to", "across", "within"}
)  # fmt: skip


def _is_scrap(tokens: Sequence[Token], piece: Range) -> bool:
    light = words_of("preposition") | words_of("subordinator") - {"what", "how", "why"}
    words = [token.text.lower() for token in tokens[piece[0] : piece[1]]]
    return len(words) <= _SCRAP and all(word in light for word in words)


def _go_on(tokens: Sequence[Token], piece: Range, taken: Sequence[Range], end: int) -> int:
    """Return where what follows a cue ends: "…; another 12 were injured", ", while five were wounded" belong to it.

    So does what goes on with the harm that is told of: "that rebels had ambushed a truck, killing three".
    """
    at = piece[1]
    while end > at and tokens[end - 1].text in STOPS | QUOTES:
        end -= 1
    if at + 1 >= end or any(first >= piece[0] for first, _ in taken) or tokens[at + 1].start > tokens[at].end + 1:
        return at  # nothing follows, or another line
    mark, word = tokens[at].text, tokens[at + 1].text.lower()
    return end if mark == ";" or (mark == "," and word in ("while", *_HARMING)) else at
