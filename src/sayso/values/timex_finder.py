"""Finds time expressions in running text and says which way the verb beside each looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from sayso.values import timex_words as words
from sayso.values.timex_calendar import Period
from sayso.values.timex_expressions import Context, Expression, Tense, Unresolved
from sayso.values.timex_starts import may_start
from sayso.values.timex_tokens import Tokens, pieces, tokenize

Rule = Callable[[Tokens, int], tuple[Expression, int] | None]
CLAUSE: Final = 14  # tokens before an expression in which its verb is looked for
_STOPS: Final = {".", ";", "!", "?", "“", "”", '"', ":"}
INFINITIVE: Final = 7  # tokens before an expression in which its infinitive begins: "to resume talks there on Monday"
_IRREGULAR: Final = frozenset(words.LISTS["past"])
_PAST: Final = re.compile(r"(?:was|were|had|did|said|[a-z]{2,}ed)$")


@dataclass(frozen=True)
class Found:
    """One expression in a text: half-open code points, what it means, and the tense of its clause."""

    start: int
    end: int
    expression: Expression
    tense: Tense


def find(text: str, rule: Rule) -> Iterator[Found]:
    """Yield the expressions that ``rule`` reads, left to right, the longest at each place, none within another.

    Linear in the length of ``text``.
    """
    for offset, piece in pieces(text):
        tokens = tokenize(piece)
        i = 0
        while i < len(tokens.items):
            hit = rule(tokens, i) if may_start(tokens, i) else None
            if hit is None or _within_word(tokens, i, hit[1]):
                i += 1
                continue
            first, last = tokens.items[i], tokens.items[hit[1] - 1]
            yield Found(offset + first.start, offset + last.end, hit[0], _tense(tokens, i))
            i = hit[1]


def resolve(expression: Expression, context: Context) -> Period | str:
    """Return the stretch an expression means, or in words what is missing."""
    try:
        return expression.read(context)
    except Unresolved as missing:
        return missing.what
    except (ValueError, OverflowError):
        return "not a day of the calendar"


def _within_word(t: Tokens, i: int, end: int) -> bool:
    """Whether the expression is glued to letters or digits on either side ("post-May2019x")."""
    before = i > 0 and t.glued(i) and t.kind(i - 1) not in {"mark", "possessive"}
    after = t.glued(end) and t.kind(end) in {"word", "number"} and t.kind(end - 1) != "mark"
    return before or after


def _tense(t: Tokens, i: int) -> Tense:
    """Return the tense of the nearest verb sign before (else after) an expression in its clause; unknown when none."""
    if _aims_at(t, i):
        return "future"
    for at in range(i - 1, max(-1, i - CLAUSE), -1):
        word = t.word(at)
        if word in _STOPS:
            break
        if word in words.LISTS["future"]:
            return "past" if _given_up(t, at) else "future"
        if _past(word) and not t.capital(at):  # "the United States"
            return "past"
    for at in range(i + 1, i + CLAUSE):
        word = t.word(at)
        if word in _STOPS:
            break
        if word in {"will", "shall"} or (word in {"plans", "plan", "intends"} and t.word(at + 1) == "to"):
            return "future"
        if _past(word) and not t.capital(at):
            return "past"
    return "unknown"


def _past(word: str) -> bool:
    return bool(_PAST.match(word)) or word in _IRREGULAR


def _aims_at(t: Tokens, i: int) -> bool:
    """Whether what stands right before looks ahead: "until", "as soon as", "to meet" after a word of intent."""
    if (t.word(i - 1) == "until" and t.kind(i - 2) == "word") or (t.word(i - 3), t.word(i - 1)) == ("as", "as"):
        return True
    ends = range(i - 1, max(-1, i - INFINITIVE), -1)
    to = next((at for at in ends if t.word(at) == "to" or t.word(at) in _STOPS), -1)
    return t.word(to) == "to" and t.word(to - 1) in words.LISTS["intent"] and not _given_up(t, to - 1)


def _given_up(t: Tokens, at: int) -> bool:
    """Whether a look ahead is itself past: "had been due to expire on Friday"."""
    return t.word(at - 1) == "been" and "had" in {t.word(at - 2), t.word(at - 3)}
