"""Nouns for people that no list has, told by what is done to them: "a tinsmith was kidnapped", "killed a bellringer".

Only where the tree makes the noun the object of a verb that harms people, the subject of its passive or of a verb that
only people suffer ("a vegetable seller succumbed"), or the one whose life, body or murder is told of.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.group_words import PERSONS, GroupWord
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.sentences.verbs import forms

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.sentences.syntax import Syntax

SHORTEST: Final = 3
"""Letters of a noun at the least."""
BEHIND: Final = 6
"""How many words behind "lost", "suffered" or "was hit in" may tell that a person is spoken of."""
TELLING: Final = {
    **dict.fromkeys(("lost", "losing", "cost"), "what people lose"),
    **dict.fromkeys(("suffered", "sustained", "suffering", "sustaining", "received"), "wounds"),
    "taken": "taken as people are",
    **dict.fromkeys(("hit", "struck", "shot", "stabbed", "grazed"), "hurt parts"),
}
"""Verbs that tell of people only with such a word behind them."""


@cache
def _verbs() -> frozenset[str]:
    return frozenset(form for verb in closed("harming people") for form in forms(verb))


def by_role(passage: Passage, known: list[Hit[tuple[GroupWord, bool]]]) -> list[Hit[tuple[GroupWord, bool]]]:
    """Return the nouns that a verb of harm makes people and are not ``known`` to be; counted or with an article."""
    syntax = passage.syntax
    if syntax is None:
        return []
    taken = {at for hit in known for at in range(hit.first, hit.last)}
    found: dict[int, Hit[tuple[GroupWord, bool]]] = {}
    for verb, word in enumerate(passage.line.lower):
        harmed = _harmed(syntax, verb) if syntax.upos[verb] == "VERB" and word in _verbs() else None
        if syntax.upos[verb] == "VERB" and harmed is None:
            harmed = _suffering(passage, syntax, verb)
        elif word in closed("told of people"):
            harmed = _whose(syntax, verb)
        for head in syntax.joined(harmed) if harmed is not None else ():
            if head not in taken and _is_somebody(passage, syntax, head):
                named = syntax.upos[head] == "PROPN"
                plural = (named or passage.word(head).endswith("s")) and syntax.child(head, "nummod") is not None
                found[head] = Hit(head, head + 1, (PERSONS, plural))
    return [found[head] for head in sorted(found)]


def _whose(syntax: Syntax, noun: int) -> int | None:
    """Return the head of whose life or murder a noun tells of, however the tree joins its "of"."""
    if noun + 1 >= len(syntax.words) or syntax.words[noun + 1] != "of":
        return syntax.oblique(noun, ("of",))
    ahead = range(noun + 2, min(noun + 2 + BEHIND, len(syntax.words)))
    return next(
        (at for at in ahead if syntax.upos[at] == "NOUN" and syntax.labels[at] not in ("compound", "amod")), None
    )


def _suffering(passage: Passage, syntax: Syntax, verb: int) -> int | None:
    """Return the head of who suffers: "a seller · succumbed", "a dyer · was hit in the arm", "cost him · his life"."""
    word = syntax.words[verb]
    told = word in TELLING and closed(TELLING[word]) & set(syntax.words[verb + 1 : verb + 1 + BEHIND])
    if told and word == "cost":
        return next((at for at in syntax.children[verb] if syntax.labels[at] in ("iobj", "obj") and at > verb), None)
    return syntax.subject(verb) if told or word in closed("suffered by people") else None


def _harmed(syntax: Syntax, verb: int) -> int | None:
    """Return the head of whom a verb harms: its object, the subject of its passive, the noun it describes."""
    if (head := syntax.object(verb)) is not None:
        return head
    helpers = [syntax.words[at] for at in syntax.children[verb] if syntax.labels[at] == "aux"]
    if any(word in words_of("be") or word in ("been", "being") for word in helpers):
        return syntax.subject(verb)
    participle = syntax.labels[verb] == "acl" and not syntax.words[verb].endswith("ing")
    return syntax.heads[verb] if participle and not helpers else None


def _is_somebody(passage: Passage, syntax: Syntax, head: int) -> bool:
    """Tell whether a noun is counted or has an article or an owner, and is none of what is killed otherwise."""
    word = syntax.words[head]
    if syntax.upos[head] == "PROPN":  # "four Roma", "sixty-four Ansars"
        return word.isalpha() and syntax.child(head, "nummod") is not None
    if syntax.upos[head] != "NOUN" or len(word) < SHORTEST or not word.isalpha():
        return False
    if word in closed("harmed otherwise", "thing nouns", "no persons", "driven", "what people lose"):
        return False
    return any(
        syntax.labels[at] in ("det", "nummod") or (at < head and syntax.labels[at] == "nmod")
        for at in syntax.children[head]
    )
