"""That nobody has owned up to it: "no group has said it planted the mine", "an attack no one has owned"."""

from __future__ import annotations

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
DEEDS: Final = frozenset({"it", "this", "that", "them", "responsibility", "credit", "name"})


def find_unclaimed(passage: Passage, *, near: bool) -> list[Mention]:
    """Return that nobody claims it, as a mention; ``near``: violence was told just before or is in the sentence."""
    words = passage.line.lower
    value = ResponsibilityClaim(claimed=False)
    for at, word in enumerate(words) if near else ():
        span = (at, at + 1) if word == UNCLAIMED and not _of_bodies(passage) else None
        span = span or (_no_claim(passage, at) or _nobody(passage, at) if word in closed("nobody") | {"not"} else None)
        if span is not None:
            return [mention(passage, "responsibility_claim", value, span)]
    return []


def _of_bodies(passage: Passage) -> bool:
    """Tell whether what nobody has claimed is a body, a prize or a bag: "three bodies lay unclaimed"."""
    return bool({"bodies", "body", "remains", "corpses", "prize", "luggage", "bags"} & set(passage.line.lower))


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
    if words[at] == "no" and not _group_ahead(passage, at):
        return None
    if words[at] == "not" and passage.phrase(at, at + 3) not in ("not a single", "not one of"):
        return None
    end = next(
        (i for i in range(at + 1, min(at + REACH, len(passage))) if _stops(passage, i)), min(at + REACH, len(passage))
    )
    owning = next((i for i in range(at + 1, end) if words[i] in closed("owning words")), None)
    said = next((i for i in range(at + 1, end) if words[i] in SAYING), None)
    if said is not None and any(words[i] in DOING for i in range(said + 1, min(said + 3, len(passage)))):
        return at, min(said + 4, len(passage))
    if owning is None or not any(
        words[i] in closed("auxiliaries") or words[i].endswith("ed") or words[i] in ("took",)
        for i in range(at + 1, owning + 1)
    ):
        return None
    return (at, owning + 1) if _a_deed(passage, owning) else None


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
        word in closed("attack nouns") | closed("owned") | DEEDS or word in ("attacks", "bombings", "killings")
        for word in behind
    ):
        return True
    relative = any(word in closed("attack nouns") for word in passage.line.lower[:owning])
    return relative and (owning + 1 >= len(passage) or passage.word(owning + 1) in (".", ",", ";", "yet", "up"))
