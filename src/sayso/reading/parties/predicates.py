"""Who "was likely responsible", who "is thought to be behind it"; and where such predicates begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.actors import subject_actor
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan


def by_predicates(scan: Scan, passage: Passage) -> list[Mention]:
    """Return authors of "X was likely responsible", "X is thought to be behind it": adverbs stand in the predicate."""
    found: list[Mention] = []
    for index, word in enumerate(passage.line.lower):
        if word not in ("behind", "responsible"):
            continue
        begin = group_begin(passage, index)
        verb = passage.line.lower[begin:index]
        plain = len(verb) == 1 and (word == "behind" or passage.word(index + 1) == "for")
        accused = "of" in passage.line.lower[begin - 1 : index]  # "accused X of being behind it"
        if (
            plain
            or accused
            or not any(one in closed("be") for one in verb)
            or any(one in closed("negation") for one in verb)
        ):
            continue  # the plain phrases stand in the table
        follows = passage.word(index + 1) in ("for", "") or not passage.line.word(index + 1)
        harmful = passage.word(index + 1) != "for" or harm_ahead(passage, index + 2)
        harmful = harmful and (word == "responsible" or follows_incident(passage) or harm_ahead(passage, index + 1))
        author = subject_actor(scan, passage, begin, subject_floor(passage, begin))
        named = author is not None and author[0].words.lower() not in closed("nobody named")
        if author and named and harmful and (follows or word == "behind"):
            found.append(mention(passage, "perpetrator", author[0], author[1:], (begin, index + 1), stance="accuses"))
    return found


def follows_incident(passage: Passage) -> bool:
    """Tell whether a sentence has a word for an attack."""
    return any(word in closed("attack nouns") for word in passage.line.lower)


def group_begin(passage: Passage, first: int) -> int:
    """Return where the auxiliaries and adverbs before a phrase begin."""
    begin = first
    while passage.word(begin - 1) in closed("before a predicate") or passage.word(begin - 1).endswith("ly"):
        begin -= 1
    return begin


def harm_ahead(passage: Passage, at: int) -> bool:
    """Tell whether what somebody is responsible for is violence, or taken up by a pronoun."""
    ahead = passage.line.lower[at : at + 8]
    return not ahead or ahead[0] in ("it", "this", "that", "them") or any(_violent(word) for word in ahead)


def _violent(word: str) -> bool:
    return word in closed("attack nouns") or word in closed("casualty nouns") or word in closed("more harm")


def subject_floor(passage: Passage, begin: int) -> int:
    """Return where to stop looking for a subject: after the last stop, quote mark or "that" before it."""
    for index in range(begin - 2, -1, -1):
        if (
            passage.word(index) in closed("clause ends")
            or passage.word(index) in QUOTES
            or passage.word(index) in ("that", "but", "because")
        ):
            return index + 1
    return 0
