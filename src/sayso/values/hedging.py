"""Finds the words that say how sure a sayer is, and turns them into probability bands.

Phrases, bands and the words that guards look for stand in ``hedges.toml``; here is how they are applied: the longest
phrase wins, a negation before a hedge turns its band round, and a guard looks at the words around those phrases that
also have other meanings ("in May", "military might", "three suspects").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast

from sayso.values.words import Phrases, Words, load, perceived

HedgeKind = Literal["hedge", "booster", "negation", "question"]
Scale = Literal["ICD 203", "sayso"]
_LOW_PERCENTILE: Final = 10
_HIGH_PERCENTILE: Final = 90
# Words between "not" and "confirmed": "could not immediately be independently verified".
_MOST_FILLERS: Final = 5


@dataclass(frozen=True, slots=True)
class Hedge:
    """What one phrase of the lexicon stands for; ``guard`` names the test of the words around it ("" none)."""

    low: float
    high: float
    scale: Scale
    kind: HedgeKind
    guard: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A hedge over the tokens [start, end)."""

    start: int
    end: int
    hedge: Hedge


_TABLE: Final = load("hedges")
_NEGATION: Final = _TABLE["negation"]
_GUARD_WORDS: Final[dict[str, frozenset[str]]] = {name: frozenset(words) for name, words in _TABLE["guards"].items()}


def _hedge(row: dict[str, Any]) -> Hedge:
    low, high = row.get("low"), row.get("high")
    if "perceived" in row:
        low = perceived("probabilities", row["perceived"], _LOW_PERCENTILE)
        high = perceived("probabilities", row["perceived"], _HIGH_PERCENTILE)
    scale = cast(Scale, row.get("scale", "sayso"))
    return Hedge(float(low or 0), float(high or 0), scale, row.get("kind", "hedge"), row.get("guard", ""))


_HEDGES: Final[Phrases[Hedge]] = Phrases({word: _hedge(row) for row in _TABLE["entry"] for word in row["words"]})
_NOT: Final = Phrases(dict.fromkeys(_NEGATION["words"], True))
_EXCEPTIONS: Final = Phrases(dict.fromkeys(_TABLE["exceptions"]["words"], True))
_OPENERS: Final = frozenset(_NEGATION["openers"])
_FILLERS: Final = frozenset(_NEGATION["fillers"])
_CHECKED: Final = frozenset(_NEGATION["checked"])
_UNCHECKED: Final = next(_hedge(row) for row in _TABLE["entry"] if _NEGATION["stands_for"] in row["words"])
_FIRST_WORDS: Final = {first for first, _ in _HEDGES.openings() | _NOT.openings() | _EXCEPTIONS.openings()} | _OPENERS


def find(words: Words) -> list[Found]:
    """Return all hedges in text order, none overlapping another."""
    found: list[Found] = []
    at = 0
    while at < len(words):
        at = _step(words, at, found) if words.keys[at] in _FIRST_WORDS else at + 1
    return found


def read(words: Words, at: int) -> Found | None:
    """Return the hedge that starts with token ``at``, whatever stands around it."""
    direct = _HEDGES.match(words, at)
    turned = _unchecked(words, at) or _turned(words, at)
    if direct and (turned is None or direct[0] >= turned.end):
        return Found(at, direct[0], direct[1])
    return turned


def _step(words: Words, at: int, found: list[Found]) -> int:
    """Add the hedge at ``at`` to ``found`` if there is one; return where to read on."""
    hedge = read(words, at)
    exception = _EXCEPTIONS.match(words, at)
    if exception and (hedge is None or exception[0] >= hedge.end):
        return exception[0]
    if hedge is None or not _GUARDS[hedge.hedge.guard](words, hedge):
        return at + 1
    found.append(hedge)
    return hedge.end


def _unchecked(words: Words, at: int) -> Found | None:
    """Read "not yet been independently confirmed", "unable to verify" as one phrase."""
    if words.key(at) not in _OPENERS:
        return None
    end = at + 1
    while end <= at + _MOST_FILLERS and words.key(end) in _FILLERS:
        end += 1
    if words.key(end) not in _CHECKED or (words.key(at) == "yet" and words.key(at + 1) != "to"):
        return None
    return Found(at, end + 1, _UNCHECKED)


def _turned(words: Words, at: int) -> Found | None:
    """Read a negation and the hedge it turns round: "not likely" leaves 1 - [0.55, 0.80]."""
    negation = _NOT.match(words, at)
    if negation is None:
        return None
    inner = _HEDGES.match(words, negation[0])
    if inner is None or inner[1].kind in {"negation", "question"} or inner[1].guard == "modal":
        return None
    end, hedge = inner
    high = round(1 - hedge.low, 3) if hedge.kind == "hedge" else hedge.low
    low = round(1 - hedge.high, 3) if hedge.kind == "hedge" else 0.0
    return Found(at, end, replace(hedge, low=low, high=high, scale="sayso", kind="negation"))


# --- guards: is the word a hedge here? ---------------------------------------------------------------------------


def _has(words: Words, at: int, name: str) -> bool:
    return words.key(at) in _GUARD_WORDS[name]


def _always(words: Words, found: Found) -> bool:
    return True


def _modal(words: Words, found: Found) -> bool:
    """Keep the verb; drop May the month, might the strength, and "could not", which is about ability."""
    key = words.key(found.start)
    if key == "may":
        return not _is_month(words, found.start)
    if key == "might" and found.end == found.start + 1:
        noun = _has(words, found.start - 1, "might_before") or _has(words, found.end, "might_after")
        return not noun and words.is_word(found.end)
    return key != "could" or words.key(found.end) != "not"


def _is_month(words: Words, at: int) -> bool:
    """Return True for "May" the month or a name; in a text in capitals only beside a number or "in", "last" …."""
    if not words.is_capital(at):
        return False
    shouted = words.word(at).isupper() and words.word(at + 1).isupper() and words.is_word(at + 1)
    dated = words.is_number(at + 1) or words.is_number(at - 1) or _has(words, at - 1, "month_before")
    return dated or not shouted


def _possible(words: Words, found: Found) -> bool:
    """Drop "it is possible to reach": ability, not chance."""
    return not (words.key(found.end - 1) == "possible" and words.key(found.end) == "to")


def _alleged(words: Words, found: Found) -> bool:
    """Keep the adjective; drop the verb of saying: "the army alleged that …", "has alleged"."""
    key = words.key(found.start)
    if key == "supposed":  # "was supposed to land" is a plan
        return words.key(found.end) != "to"
    if key != "alleged" or words.key(found.end - 1) == "to":
        return True
    impersonal = _has(words, found.start - 1, "be")
    return impersonal or not (_has(words, found.end, "clause") or words.key(found.start - 1) in {"has", "have", "had"})


def _appear(words: Words, found: Found) -> bool:
    """Drop "appeared in court", "did not appear on television"."""
    if not words.key(found.end - 1).startswith("appear"):
        return True
    return words.is_word(found.end) and not _has(words, found.end, "not_appear")


def _suspect(words: Words, found: Found) -> bool:
    """Keep "suspected militants" and "police suspect that"; drop the persons: "three suspects", "a suspect in"."""
    key = words.key(found.end - 1)
    if key == "suspect":
        return _has(words, found.end, "suspect_things") or _has(words, found.end, "subjects_of_clause")
    if key == "suspects":
        return _has(words, found.end, "subjects_of_clause")
    if key == "feared":
        return _has(words, found.start - 1, "be") or _has(words, found.end, "not_dead")
    return True


def _confirmed(words: Words, found: Found) -> bool:
    """Keep the adjective and the passive; drop the verb of saying: "the ministry confirmed the attack"."""
    passive = _has(words, found.start - 1, "be") and words.key(found.end) != "by"
    adjective = _has(words, found.start - 1, "determiners") or words.is_number(found.start - 1)
    return passive or adjective or found.hedge.kind == "negation"


def _belief(words: Words, found: Found) -> bool:
    """Drop "believe in"."""
    return not (words.key(found.end) == "in" and words.key(found.end - 1).startswith("believe"))


def _ruled_out(words: Words, found: Found) -> bool:
    """Drop "impossible to reach": ability, not chance."""
    return not (words.key(found.end - 1) in {"impossible", "possible"} and words.key(found.end) == "to")


def _remote(words: Words, found: Found) -> bool:
    """Keep "the chance is remote", "remote possibility"; drop "a remote village"."""
    return found.end - found.start > 1 or (
        _has(words, found.start - 1, "copulas")
        and any(_has(words, at, "remote_things") for at in range(max(0, found.start - 8), found.start))
    )


_GUARDS: Final[dict[str, Callable[[Words, Found], bool]]] = {
    "": _always,
    "modal": _modal,
    "possible": _possible,
    "alleged": _alleged,
    "appear": _appear,
    "suspect": _suspect,
    "confirmed": _confirmed,
    "belief": _belief,
    "ruled_out": _ruled_out,
    "remote": _remote,
}
