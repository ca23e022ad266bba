"""Who denies what the noun before the verb sums up: "a charge the army dismissed", "an accusation denied by the Front".

Told by words: what hangs on such a noun behind a comma the grammar mostly hangs on something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_behind
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.named_groups import with_own_name
from sayso.reading.sentences.passages import closed
from sayso.records import ResponsibilityClaim

if TYPE_CHECKING:
    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.passages import Passage, Scan

DENYING: Final = frozenset({"denied", "denies", "dismissed", "dismisses", "rejected", "rejects", "refuted"})
ACCUSED: Final = ("armed_group", "military", "police", "state", "government", "party")
"""Kinds of those who deny a charge as their own; others deny it for somebody."""
APPOSED: Final = frozenset({",", "-", "–", "—", "("})
"""What stands before a noun that sums up the clause before it."""
NOUN: Final = 4
"""So many words from the comma on may "an old charge" take."""
REACH: Final = 14
"""So many words from the noun on stands its verb."""
STOPS: Final = frozenset({".", ";", ":", "and", "but", "he", "she", "it", "they"})


def find_turned_charges(scan: Scan, passage: Passage) -> list[Mention]:
    """Return who denies the charge that a sentence has just told."""
    found: list[Mention] = []
    lower = passage.line.lower
    for comma, word in enumerate(lower) if DENYING & set(lower) or "ruled" in lower else ():
        noun = _charge(passage, comma) if word in APPOSED and comma else None
        verb = _denial(passage, noun) if noun is not None else None
        author = _denier(scan, passage, noun, verb) if noun is not None and verb is not None else None
        if author is not None and _is_of_help(passage, comma):
            continue  # "was aiding the rebels, a charge it denies": of no attack
        if author is None or verb is None or author[0].kind not in ACCUSED:
            continue
        value = ResponsibilityClaim(claimed="denied")
        span, trigger = (author[1], author[2]), (verb, verb + 1)
        found += [
            mention(passage, "perpetrator", author[0], span, trigger, stance="denies", holder=author[0]),
            mention(passage, "responsibility_claim", value, span, trigger, stance="denies", holder=author[0]),
        ]
    return found


def _is_of_help(passage: Passage, comma: int) -> bool:
    """Tell whether the charge before a comma is of helping somebody, and of no deed of violence."""
    told = set(passage.line.lower[:comma])
    return bool(told & closed("helping a side")) and not told & closed("denied deeds", "attack nouns", "accused deeds")


def _charge(passage: Passage, comma: int) -> int | None:
    """Return the noun for a charge in the phrase behind a comma: ", an old · charge", ", · something"."""
    if passage.word(comma + 1) == "something":
        return comma + 1
    if passage.word(comma + 1) not in ("a", "an", "charges", "claims", "accusations", "allegations"):
        return None
    ahead = range(comma + 1, min(comma + 1 + NOUN, len(passage)))
    return next((at for at in ahead if passage.word(at) in closed("accusations", "what is told")), None)


def _denial(passage: Passage, noun: int) -> int | None:
    """Return the verb by which somebody denies what the noun sums up."""
    for at in range(noun + 1, min(noun + REACH, len(passage))):
        word = passage.word(at)
        if word in DENYING or (word == "ruled" and passage.word(at + 1) == "out"):
            return at
        if word in STOPS:
            return None
    return None


def _denier(scan: Scan, passage: Passage, noun: int, verb: int) -> Found | None:
    """Return who stands between noun and verb, or behind "denied by"."""
    if verb == noun + 1 or passage.word(verb + 1) == "by":
        begin = verb + 2 if passage.word(verb + 1) == "by" else len(passage)
        end = None
    else:
        begin, end = noun + 1 + (passage.word(noun + 1) in ("which", "that", "has")), verb
    begin += passage.word(begin) in closed("determiners")
    return with_own_name(scan, passage, actor_behind(scan, passage, begin, end)) if begin < len(passage) else None
