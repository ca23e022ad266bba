"""What a way of saying who did it is about: whether it is denied, doubted, of a weapon, of the deed at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.parties.predicates import harm_ahead
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.statuses import NOBODY
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.sentences.verbs import Use

NEAR: Final = 12
"""So many words around it tell what a phrase is about."""

NOT: Final = ("not", "n't", "n’t", "never")
WAITING: Final = ("yet", "immediately", "formally", "publicly", "officially")
"""What may stand between "not" and "claimed"."""


SHORT: Final = 3
"""So many words may "any civilian deaths" take."""
SHARE: Final = 5
"""So many words may "the vast majority of" take."""


def no_evidence(passage: Passage, at: int) -> bool:
    """Tell whether the clause says that nothing shows it: "no evidence that the attack came from X"."""
    words = passage.line.lower[max(at - NEAR, 0) : at]
    return any(
        word in ("evidence", "proof", "indication", "sign") and words[i - 1] in ("no", "any")
        for i, word in enumerate(words)
        if i
    )


def turned(passage: Passage, at: int) -> bool:
    """Tell whether words of authorship are negated: "was not · the work of", "had not been · at the hands of"."""
    return any(word in NOT for word in passage.line.lower[max(at - 3, 0) : at])


def claims_nothing(passage: Passage, first: int, last: int) -> bool:
    """Tell whether words of owning up own up to nothing: "claimed lives", "has not claimed", "not yet claimed"."""
    before = first - 1 - (passage.word(first - 1) in WAITING)
    return passage.word(last) in ("life", "lives") or passage.word(before) in NOT


def _of_own_deed(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a claim that is rejected is of somebody's deed, not "the claim that more people had died".

    Who "routinely denies involvement in attacks" answers for none in particular.
    """
    if passage.word(first - 1) in closed("habits"):
        return False
    if passage.word(last - 1) not in closed("accusations") or passage.word(last) not in ("that", "of", "about"):
        return True
    if passage.word(last) != "that" and closed("casualty nouns") & set(passage.line.lower[last + 1 : last + 1 + SHORT]):
        return False  # "denied the allegations of civilian deaths in the raid"
    meant = {"it", "its", "they", "their", "he", "his", "we", "our"} | closed("attack nouns")
    meant |= closed("of authorship") - {"that"} | closed("part in a deed")
    return bool(meant & set(passage.line.lower[last + 1 : last + 1 + NEAR]))


def of_something_else(passage: Passage, claim: str, author: str, first: int, last: int) -> bool:
    """Tell whether words for who did it or denies it are of no deed: of a toll, a habit, or somebody's job."""
    denied = claim == "denied" and not _of_own_deed(passage, first, last)
    return denied or (author == "possessor" and _somebodys_job(passage, last))


def to_account(passage: Passage, at: int) -> bool:
    """Tell whether somebody is held to account for violence: not "for the delay", not "on account of"."""
    told = passage.word(at + 1) != "for" or harm_ahead(passage, at + 2)
    return passage.word(at - 1) == "to" and told


def of_nothing(passage: Passage, use: Use) -> bool:
    """Tell whether nothing was done by somebody: "no shell had been fired by its troops", "not a shot was fired by"."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax else None
    head = syntax.subject(verb) if syntax and verb is not None else None
    return syntax is not None and head is not None and syntax.words[syntax.phrase(head)[0]] in (*NOBODY, "not")


def of_a_weapon(passage: Passage, use: Use) -> bool:
    """Tell whether what was laid, planted or fired is a weapon: "the mine had probably been laid by X"."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax else None
    head = syntax.subject(verb) if syntax and verb is not None else None
    return head is not None and passage.word(head).removesuffix("s") in closed("things laid")


def of_a_share(passage: Passage, at: int) -> bool:
    """Tell whether somebody did a share of a whole war's deeds: "responsible for · most of the killings"."""
    ahead = passage.line.lower[at : at + SHARE]
    return bool({"most", "majority", "bulk", "half", "third", "quarter", "percent", "cent", "%", "share"} & set(ahead))


def is_helper(value: object) -> bool:
    """Tell whether somebody only helps or makes safe: "sappers", "army bomb experts"."""
    words = value.words.lower().split() if isinstance(value, Actor) else []
    bombs = bool({"army", "bomb", "ordnance", "explosives", "military"} & set(words))
    return bool(closed("helpers at the scene") & set(words)) or (bombs and words[-1] in closed("experts with bombs"))


def verb_behind(passage: Passage, at: int) -> int | None:
    """Return the first verb behind ``at``, which no name reaches beyond: "an Arab militia · allied with X"."""
    syntax = passage.syntax
    ahead = range(at + 1, min(at + NEAR, len(passage))) if syntax else range(0)
    return next((i for i in ahead if syntax and syntax.upos[i] == "VERB" and syntax.labels[i] != "amod"), None)


def _somebodys_job(passage: Passage, last: int) -> bool:
    """Tell whether "X's work" is what he does for a living: "a killing linked to · the reporter's work"."""
    syntax = passage.syntax
    if syntax is None or passage.word(last - 1) != "work":
        return False
    cases = {syntax.words[at] for at in syntax.children[last - 1] if syntax.labels[at] == "case"}
    return bool(cases - {"'s", "’s", "as", "like"}) or syntax.labels[last - 1] in ("nsubj", "obj")
