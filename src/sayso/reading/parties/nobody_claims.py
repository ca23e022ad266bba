"""That nobody has owned up to it: "no group has said it planted the mine", "an attack no one has owned"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.passages import closed
from sayso.records import ResponsibilityClaim

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage

REACH: Final = 14
"""So many words from "no" on may "no armed group in the region has so far owned up" take."""
GROUPS: Final = 5
"""So many words behind "no" may its noun take."""
ONES: Final = frozenset({"one", "group", "groups", "body"})
SAYING: Final = frozenset({"said", "say", "says", "declared"})
DOING: Final = ("it", "they", "its", "their")
UNCLAIMED: Final = "unclaimed"
CLAIMS: Final = ("claim", "claims")
BETWEEN: Final = frozenset(
    {"immediate", "formal", "public", "such", "official", "initial", "credible", "verified", "clear"}
)
"""Words between "no" and its "claim"."""
FOR: Final = frozenset(
    {"of", "for", "has", "have", "had", "was", "were", "came", ".", ",", "by", "from", "yet", "so", "until"}
)
NOT_REACH: Final = 6
"""So many words before "claimed" may "not been immediately" take."""
DEEDS: Final = frozenset({"it", "this", "that", "them", "responsibility", "credit", "name"})


def find_unclaimed(passage: Passage, *, near: bool) -> list[Mention]:
    """Return that nobody claims it, as a mention; ``near``: violence was told just before or is in the sentence."""
    words = passage.line.lower
    value = ResponsibilityClaim(claimed=False)
    for at, word in enumerate(words) if near else ():
        if word not in _opening():
            continue
        span = (at, at + 1) if word == UNCLAIMED and not _of_bodies(passage) else None
        span = span or _not_claimed(passage, at)
        if word in closed("nobody") or word in ("not", "nor"):
            span = span or _no_claim(passage, at) or _no_letter(passage, at) or _nobody(passage, at)
        if span is not None:
            return [mention(passage, "responsibility_claim", value, span)]
    return []


@cache
def _opening() -> frozenset[str]:
    """Return the words at which it is told."""
    return closed("nobody") | {UNCLAIMED, "not", "nor", "claimed", "claiming"}


def _of_bodies(passage: Passage) -> bool:
    """Tell whether what nobody has claimed is a body, a prize or a bag: "three bodies lay unclaimed"."""
    return bool({"bodies", "body", "corpses", "prize", "luggage", "bags"} & set(passage.line.lower))


def _not_claimed(passage: Passage, at: int) -> tuple[int, int] | None:
    """Return "not been immediately claimed", "stopped short of claiming" as a span that ends at ``at``."""
    word, before = passage.word(at), passage.line.lower[max(at - NOT_REACH, 0) : at]
    if word == "claiming" and passage.phrase(at - 2, at) == "short of":
        return at - 2, at + 1
    if word != "claimed" or (passage.word(at + 1) == "the" and passage.word(at + 2) in closed("attack nouns")):
        return None
    nots = next((i for i, one in enumerate(before) if one in ("not", "n't", "n’t", "never")), None)
    passive = nots is not None and bool({"been", "was", "were", "being"} & set(before))
    lives = bool({"lives", "life", "prize", "bodies", "body"} & set(passage.line.lower))
    return (at - len(before) + nots, at + 1) if passive and nots is not None and not lives else None


def _no_letter(passage: Passage, at: int) -> tuple[int, int] | None:
    """Return "no letter claiming the fire", "no statement has followed" as a span."""
    noun = next((i for i in range(at + 1, at + 3) if passage.word(i) in closed("messengers")), None)
    if passage.word(at) != "no" or noun is None:
        return None
    ahead = passage.line.lower[noun + 1 : noun + 1 + GROUPS]
    claiming = bool({"claiming", "owning", "admitting"} & set(ahead[:1]) or {"followed", "surfaced"} & set(ahead))
    return (at, noun + 2) if claiming else None


def _no_claim(passage: Passage, at: int) -> tuple[int, int] | None:
    """Return "no immediate claim", "not made any claim" as a span."""
    if passage.word(at) != "no":
        return None
    claim = next((i for i in range(at + 1, at + GROUPS) if passage.word(i) not in BETWEEN), None)
    claim = claim if claim is not None and passage.word(claim) in CLAIMS else None
    stands = claim is not None and (passage.word(claim + 1) in FOR or claim + 1 >= len(passage))
    other = {"damages", "compensation", "asylum", "ransom", "insurance", "benefits"}
    to = claim is not None and (passage.word(claim + 1) in ("to", "that") or passage.word(claim + 2) in other)
    return (at, claim + 1) if claim is not None and stands and not to else None


def _nobody(passage: Passage, at: int) -> tuple[int, int] | None:
    """Return "nobody has owned up", "none of the factions has admitted it" as a span."""
    words = passage.line.lower
    if words[at] in ("no", "nor") and not _group_ahead(passage, at):
        return None
    if words[at] == "not" and passage.phrase(at, at + 3) not in ("not a single", "not one of"):
        return None
    end = next(
        (i for i in range(at + 1, min(at + REACH, len(passage))) if _stops(passage, i)), min(at + REACH, len(passage))
    )
    owning = next((i for i in range(at + 1, end) if words[i] in closed("owning words")), None)
    forward = next((i for i in range(at + 1, end) if words[i] == "forward" and words[i - 1] in ("come", "came")), None)
    if forward is not None and _comes_forward_to_own(passage, at, forward):
        return at, forward + 1
    if any(words[i] in ("statement", "communique", "communiqué") for i in range(at + 1, end)) and words[at] != "not":
        return (at, end) if _group_ahead(passage, at) and {"issued", "released", "made"} & set(words[at:end]) else None
    said = next((i for i in range(at + 1, end) if words[i] in SAYING), None)
    if said is not None and any(words[i] in DOING for i in range(said + 1, min(said + 3, len(passage)))):
        return at, min(said + 4, len(passage))
    if owning is None or not any(
        words[i] in closed("auxiliaries") or words[i].endswith("ed") or words[i] in ("took",)
        for i in range(at + 1, owning + 1)
    ):
        return None
    return (at, owning + 1) if _a_deed(passage, owning) else None


def _comes_forward_to_own(passage: Passage, at: int, forward: int) -> bool:
    """Tell whether who does not come forward is an author, no witness: "no group came forward", "for which nobody"."""
    behind = passage.line.lower[forward + 1 : forward + 5]
    claims = bool({"claim", "say", "admit", "own"} & set(behind))
    bodies = _group_ahead(passage, at) and passage.word(at) not in ("nobody", "no-one")
    return claims or (not {"with", "as"} & set(behind[:1]) and (bodies or passage.word(at - 1) == "which"))


def _group_ahead(passage: Passage, at: int) -> bool:
    ahead = passage.line.lower[at + 1 : at + 1 + GROUPS]
    return any(word in closed("kinds of groups") | ONES or word in ("party", "side", "cartel") for word in ahead)


def _stops(passage: Passage, at: int) -> bool:
    return (
        passage.word(at) in closed("clause ends")
        or passage.word(at) in QUOTES
        or passage.word(at) in ("which", "but", "because")
    )


def _a_deed(passage: Passage, owning: int) -> bool:
    """Tell whether what nobody owned up to is the violence told of: named, taken up, or before a relative clause."""
    behind = passage.line.lower[owning : owning + GROUPS + 1]
    if any(
        word in closed("attack nouns", "owned") | DEEDS or word in ("attacks", "bombings", "killings")
        for word in behind
    ):
        return True
    if passage.word(owning + 1) == "up" and passage.word(owning + 2) in (".", ",", ";", "", "yet", "so"):
        return True  # "no group has owned up"
    relative = any(word in closed("attack nouns") for word in passage.line.lower[:owning])
    return relative and (owning + 1 >= len(passage) or passage.word(owning + 1) in (".", ",", ";", "yet", "up"))
