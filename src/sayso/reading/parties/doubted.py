"""Authors that somebody doubts: "cast doubt on the Front's involvement", "doubts its claim of responsibility"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_behind
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.predicates import follows_incident
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

_DOUBT: Final = frozenset({"doubt", "doubts", "doubted", "doubting"})
_ON: Final = frozenset({"on", "about", "over"})
_PART: Final = frozenset({"involvement", "role", "part", "hand", "responsibility", "guilt", "complicity", "authorship"})
_BEFORE: Final = frozenset({"alleged", "direct", "reported", "supposed", "possible", "claimed"})
_PROOF: Final = frozenset({"evidence", "proof", "indication", "sign"})
_AUTHORING: Final = frozenset({"involved", "behind", "responsible", "part", "did"})
_AHEAD: Final = 4  # words of "had been in any way involved"
_NEAR: Final = 10  # words of a name and what it owns


def find_doubted(scan: Scan, passage: Passage) -> list[Mention]:
    """Return whose part in an attack a sentence doubts."""
    words = passage.line.lower
    found = [
        _doubted(scan, passage, at) for at, word in enumerate(words) if word in _DOUBT and follows_incident(passage)
    ]
    found += [_unproven(scan, passage, at) for at, word in enumerate(words) if word in _PROOF]
    return [item for item in found if item is not None]


def _unproven(scan: Scan, passage: Passage, proof: int) -> Mention | None:
    """Return X of "there was no evidence that X was involved", "… that any X struck a bystander"."""
    nothing = {"no", "any", "without", "little"} & set(passage.line.lower[max(proof - 2, 0) : proof])
    if not nothing or passage.word(proof + 1) != "that":
        return None
    first = proof + 2 + (passage.word(proof + 2) in closed("determiners") | {"any"})
    author = actor_behind(scan, passage, first, _verb_from(passage, first))
    if author is None or author[2] - proof > _NEAR:
        return None
    ahead = set(passage.line.lower[author[2] : author[2] + _AHEAD])
    done = ahead & (_AUTHORING | closed("denied deeds"))
    if not done or "not" in ahead:
        return None
    return mention(passage, "perpetrator", author[0], author[1:], (proof, author[2] + 1), stance="doubts")


def _verb_from(passage: Passage, at: int) -> int | None:
    """Return the verb behind a name: "any deputy · struck somebody"."""
    syntax = passage.syntax
    ahead = range(at + 1, min(at + _NEAR, len(passage)))
    return next((i for i in ahead if syntax and syntax.upos[i] in ("VERB", "AUX")), None)


def _doubted(scan: Scan, passage: Passage, doubt: int) -> Mention | None:
    first = doubt + 1 + (passage.word(doubt + 1) in _ON)
    first += passage.word(first) in closed("determiners")
    ahead = range(first + 1, min(first + _NEAR, len(passage)))
    owned = next((at for at in ahead if passage.word(at) in ("'s", "’s", "'", "’")), None)
    if owned is None or not _is_a_part(passage, owned + 1):
        return None
    author = actor_behind(scan, passage, first, owned)
    if author is None or author[0].kind == "person":
        return None
    return mention(passage, "perpetrator", author[0], author[1:], (doubt, owned + 2), stance="doubts")


def _is_a_part(passage: Passage, at: int) -> bool:
    """Tell whether what somebody owns is a part in a deed, "alleged" or not, or the claim to have done it."""
    at += passage.word(at) in _BEFORE
    claim = passage.word(at) in ("claim", "claims") and passage.phrase(at + 1, at + 3) == "of responsibility"
    return passage.word(at) in _PART or claim
