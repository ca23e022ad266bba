"""Where the source of a cue stands: the noun phrase before or behind it, with its apposition."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import BREAKS, QUOTES, is_adverb, words_of
from sayso.reading.speaking.title_words import titles

if TYPE_CHECKING:
    from sayso.reading.sentences.grammar import Line

_RELATIVE: Final = 20  # tokens of a relative clause without commas
_LONGEST: Final = 40  # tokens of one noun phrase with its apposition
_BEFORE_NOUN: Final = frozenset(
    {"all", "both", "half", "such", "what", "of", "even", "only", "not", "'s", "’s", "'", "’"}
)
_INNER: Final = frozenset({"-", "/", ".", "'", "’", "&", "%", "$", "'s", "’s"})


def source_before(line: Line, end: int, floor: int) -> tuple[int, int] | None:
    """Return the token range of the noun phrase that ends at ``end``, not reaching left of ``floor``."""
    end = _without_time(line, end, floor)
    last = end
    if line.at(end - 1) in BREAKS - {",", ")"} - {"-"}:
        return None
    if line.at(end - 1) == ",":
        return _with_apposition(line, end - 1, floor)
    if line.at(end - 1) in ("who", "which"):
        return end - 1, end
    start = _phrase_start(line, _before_relative(line, end, floor), floor)
    return None if start is None else (start, last)


def _before_relative(line: Line, end: int, floor: int) -> int:
    """In "officials who asked not to be named" return where "officials" ends; ``end`` where no such clause is."""
    for place in range(end - 1, max(floor, end - _RELATIVE), -1):
        word = line.lower[place]
        if word in ("who", "whose"):
            return place
        if word in BREAKS or word in words_of("subordinator"):
            return end
    return end


def _without_time(line: Line, end: int, floor: int) -> int:
    """Walk left over "on Wednesday", "late on Sunday", "last week" behind a noun phrase."""
    start = end
    while start > floor and (
        line.lower[start - 1] in words_of("day") - {"may"} | words_of("time") | {"on"}
        or line.lower[start - 1].isdigit()
    ):
        start -= 1
    days = words_of("day", "time")
    if start > floor + 1 and line.at(start - 1) == "the" and line.at(start - 2) in ("on", "in", "during"):
        start -= 2
    dated = start < end and any(
        word in words_of("day") or word in ("week", "month", "year", "weekend") for word in line.lower[start:end]
    )
    return start if dated and start > floor and line.lower[start] in days | {"on", "in", "during"} else end


def _with_apposition(line: Line, comma: int, floor: int) -> tuple[int, int] | None:
    """Return "Name, a so-and-so of such-and-such" before the closing comma; a mere aside is left out."""
    openings: list[int] = []
    opening: int | None = comma
    while opening is not None and len(openings) < 5:
        opening = _comma_before(line, opening, max(floor, comma - _LONGEST))
        if opening is not None:
            openings.append(opening)
    relative = [place for place in openings if line.at(place + 1) in ("who", "which", "whose")]
    nearer: tuple[int, int] | None = None
    for place in relative or openings:
        kind = _aside(line, place + 1, comma)
        start = None if kind is None or line.at(place - 1) in BREAKS else _phrase_start(line, place, floor)
        if start is None or all(word.isdigit() for word in line.lower[start:place]):
            continue
        found = start, place if kind == "aside" else comma
        if line.at(start - 1) != "," or line.at(start) not in words_of("determiner"):
            return found if nearer is None or line.capital(start) else nearer
        nearer = nearer or found  # "Name, the so-and-so of X, one of …": look further left for the name
    return nearer


def _comma_before(line: Line, index: int, floor: int) -> int | None:
    depth = 0
    for place in range(index - 1, floor - 1, -1):
        word = line.lower[place]
        depth += (word == ")") - (word == "(")
        if depth == 0 and word == ",":
            return place
        if depth == 0 and word in QUOTES | {";", ":"}:
            return None
    return None


def _aside(line: Line, start: int, end: int) -> str | None:
    """Say what stands between two commas: an apposition, a mere aside ("in a statement"), or None of both."""
    if end <= start:
        return None
    first = line.at(start)
    if first in ("who", "which", "whose", "where", "whom"):
        return "apposition"
    inside = line.lower[start:end]
    if (
        any(word in words_of("auxiliary") and word[0] not in "'’" for word in inside)
        and "who" not in inside
        and ("which" not in inside and "that" not in inside)
    ):
        return None
    if first in words_of("preposition") or is_adverb(first) or first in words_of("day"):
        return "aside"
    if first in words_of("pronoun") - {"one", "both"} or first in words_of("subordinator") - {"as"}:
        return None
    return "apposition"


def _phrase_start(line: Line, end: int, floor: int) -> int | None:
    """Return where the noun phrase that ends at ``end`` begins, or None if none ends there."""
    if line.at(end - 1) in words_of("pronoun") | {"who", "which", "that"}:
        return end - 1
    start = end
    depth = 0
    while start > max(floor, end - _LONGEST):
        word = line.lower[start - 1]
        if depth or word in (")", "]"):
            depth += (word in (")", "]")) - (word in ("(", "["))
            start -= 1
            continue
        if _bounds(line, start - 1):
            break
        start -= 1
    return _trim(line, start, end)


@cache
def _stops() -> frozenset[str]:
    """Words that never stand inside a noun phrase read from its end."""
    words = words_of("auxiliary") | words_of("subordinator") - {"as"} | {"but", "yet", "so", "who", "which"}
    return words | words_of("pronoun") - {"one", "both", "others"} | BREAKS - _INNER


def _bounds(line: Line, index: int) -> bool:
    """Tell whether the token at ``index`` cannot belong to the noun phrase on its right."""
    word = line.lower[index]
    if word not in _stops() or word in ("'s", "’s", "'", "’"):
        return False
    return not (word == "may" and line.capital(index))


def _trim(line: Line, start: int, end: int) -> int | None:
    """Drop what opens the clause before the noun phrase: conjunctions, adverbs, "on Sunday", "in a statement"."""
    while (
        start < end
        and (line.lower[start] in words_of("conjunction") or is_adverb(line.lower[start]) or not line.word(start))
        and line.lower[start] not in ("[",)
    ):
        start += 1
    if start >= end:
        return None
    fresh = [i for i in range(start + 1, end) if _begins_phrase(line, i) and not _carries(line.lower[i - 1])]
    if fresh:
        start = fresh[-1]
    elif line.lower[start] in words_of("preposition") | {"as"}:
        start = _behind_preposition(line, start, end)
    while start < end and (line.lower[start] in words_of("day") - {"may"} or is_adverb(line.lower[start])):
        start += 1
    if start >= end or not any(line.word(index) for index in range(start, end)):
        return None
    return start


def _carries(word: str) -> bool:
    """Tell whether a noun phrase behind ``word`` belongs to what stands before it: "supporting the bill"."""
    if word in words_of("preposition", "conjunction", "determiner") | _BEFORE_NOUN | _INNER:
        return True
    return len(word) > 4 and word.endswith("ing") and word not in ("being", "thing", "during", "bring", "spring")


def _begins_phrase(line: Line, index: int) -> bool:
    word = line.lower[index]
    return word in words_of("determiner") - {"one", "all", "no"} and word not in _BEFORE_NOUN


def _behind_preposition(line: Line, start: int, end: int) -> int:
    """In "On Sunday police", "In Madib officials": return where the second noun phrase begins."""
    if line.lower[start] in ("after", "before", "since", "until", "as", "than"):
        return start + 1
    for index in range(start + 1, end):
        before = line.lower[index - 1]
        if before in words_of("day") and line.lower[index] not in words_of("day", "time"):
            return index if line.lower[index] not in words_of("preposition") else _behind_preposition(line, index, end)
        if before in words_of("time") and line.capital(index):
            return index
        if line.capital(index - 1) and index - 1 > start and not line.capital(index) and line.word(index) and (
            line.lower[index] not in words_of("preposition") and line.lower[index] not in _BEFORE_NOUN
            and line.lower[index - 1] not in _INNER and line.lower[index] not in words_of("conjunction")
        ):  # fmt: skip
            return index
        if (
            index - 1 > start
            and not line.capital(index - 1)
            and line.capital(index)
            and line.word(index - 1)
            and (before not in words_of("preposition", "determiner", "conjunction") | _INNER)
        ):
            return index
    return end - 1


def source_behind(line: Line, start: int, end: int, *, opens: bool = False) -> tuple[int, int] | None:
    """Return the token range of the noun phrase that begins at ``start``, not reaching beyond ``end``.

    Args:
        line: the sentence.
        start: first token of the phrase.
        end: one past the last token allowed.
        opens: the phrase opens the clause ("According to X, …"): the first comma ends it unless an apposition follows.

    """
    if start < end and line.at(start) in words_of("pronoun"):
        return start, start + 1
    stop = _phrase_end(line, start, end)
    if stop == start:
        return None
    while line.at(stop) == "," and stop + 1 < end:
        comma = _next_comma(line, stop + 1, end)
        limit = comma if comma is not None else end
        closed = comma is not None or not opens
        if not closed or not _apposes(line, stop + 1, limit, strict=opens):
            break
        stop = limit
        if comma is None:
            break
    return start, stop


def _next_comma(line: Line, start: int, end: int) -> int | None:
    for index in range(start, end):
        if line.lower[index] == ",":
            return index
        if line.lower[index] in QUOTES | {";", ":", "(", "—"}:
            return None
    return None


def _apposes(line: Line, start: int, end: int, *, strict: bool) -> bool:
    """Tell whether the words between commas name the one just named once more."""
    if end <= start or end - start > 25:
        return False
    inside = line.lower[start:end]
    if 2 <= end - start <= 4 and all(map(line.capital, range(start, end))):
        return not line.capital(start - 2)  # "the mayor, Ana Ruiz,"
    if inside[0] in ("who", "whose", "which"):
        return "said" not in inside and "says" not in inside and "saying" not in inside
    if any(word in words_of("auxiliary") and word[0] not in "'’" for word in inside):
        return False
    if any(word.endswith("ing") for word in inside[:1]) or inside[0] in words_of("conjunction"):
        return False
    named = (
        any((word,) in titles() for word in inside[:8])
        or inside[0].isdigit()
        or (
            not strict and (inside[0] in ("a", "an", "the", "his", "her", "its", "their", "one") or "of" in inside[1:3])
        )
    )
    return named and inside[0] not in words_of("preposition", "pronoun")


def _phrase_end(line: Line, start: int, end: int) -> int:
    """Return one past the last token of the noun phrase that begins at ``start``."""
    index = start
    depth = 0
    while index < end:
        word = line.lower[index]
        if word in ("(", "["):
            depth += 1
        elif word in (")", "]"):
            depth -= 1
        elif (depth <= 0 and index > start and _ends_phrase(line, index)) or (depth <= 0 and word in BREAKS - _INNER):
            break
        index += 1
    return index


def _ends_phrase(line: Line, index: int) -> bool:
    word = line.lower[index]
    if word in ("'s", "’s", "'", "’"):
        return False
    if word in BREAKS - _INNER or word in words_of("auxiliary") or is_adverb(word):
        return True
    if word in words_of("subordinator") or word in ("but", "who", "which") or word in words_of("day"):
        return True
    if word in ("after", "before", "during", "when", "following", "amid"):
        return True
    if word.endswith("ed") and index > 1 and _counts(line, index + 1):
        return True  # "the Black Falcons killed more villagers than …"
    if word in ("last", "this", "late", "early", "next") and line.at(index + 1) in words_of("time", "day"):
        return True
    made = word == "by" and index > 0 and _is_document(line, index - 1)  # "a tally by the agency"
    if word in ("in", "at", "on", "during", "via", "by", "to", "as", "through") and not made and _says_how(line, index):
        return True
    return (
        word in words_of("determiner") - {"no", "one", "all"}
        and index > 0
        and (line.lower[index - 1] not in words_of("preposition", "conjunction", "determiner") | _BEFORE_NOUN)
    )


def _counts(line: Line, index: int) -> bool:
    """Tell whether an object that is counted begins at ``index``: its verb stands before it."""
    word = line.at(index)
    return (
        word in _COUNTS
        or word in words_of("determiner")
        or word.isdigit()
        or (word == "at" and line.at(index + 1) == "least")
    )


_COUNTS: Final = frozenset({"more", "several", "dozens", "scores", "hundreds", "thousands", "nearly", "about", "some"})


def _is_document(line: Line, index: int) -> bool:
    title = titles().get((line.lower[index],))
    return title is not None and title.sort == "document"


def _says_how(line: Line, index: int) -> bool:
    """Tell whether a prepositional phrase tells when, where or through what it was said rather than who."""
    for place in range(index + 1, min(index + 6, len(line))):
        if line.lower[place] in words_of("channel", "day") | {
            "reporters",
            "journalists",
            "conference",
            "briefing",
        }:
            return True
        if line.lower[place] in BREAKS:
            return False
    return False
