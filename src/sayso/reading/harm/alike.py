"""People harmed as others were: "was gunned down together with his wife", "died, as did his cousin"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.harms import Harm
from sayso.reading.sentences.noun_phrases import coordinated_after

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage

TOGETHER: Final = (
    "together with",
    "along with",
    "as did",
    "as was",
    "as were",
    "as had",
    "as have",
    "so did",
    "so was",
)
"""What joins those behind it to the ones harmed before."""
OPENERS: Final = frozenset({"together", "along", "as", "so"})
REACH: Final = 24
"""How many words may stand between a harm and such a link."""
NEAR: Final = 4
"""So many words behind a link may stand before the noun for people."""
FIELDS: Final = ("killed", "injured", "abducted", "arrested", "missing")


def harmed_alike(passage: Passage, harms: list[Harm], groups: list[Group]) -> list[Harm]:
    """Return the people to whom the same is said to have happened as to those a harm tells of."""
    if not OPENERS & set(passage.line.lower):
        return []
    found = []
    for index in range(len(passage)):
        if passage.phrase(index, index + 2) not in TOGETHER:
            continue
        before = [
            harm for harm in harms if _reaches(passage, harm, index) and not _of_another_deed(passage, harm, index)
        ]
        after = coordinated_after(passage, groups, index + 2) if before else []
        if after and not any(group.attackers for group, _ in after):
            last = max(before, key=lambda harm: harm.trigger)
            found.append(Harm(last.field, last.trigger, tuple(after)))
    return found


def _reaches(passage: Passage, harm: Harm, at: int) -> bool:
    """Tell whether a link at ``at`` can go on with a harm: near behind its verb, no other sentence between."""
    told = harm.field in FIELDS and not harm.zero and harm.trigger[1] <= at <= harm.trigger[1] + REACH
    return told and ";" not in passage.line.lower[harm.trigger[1] : at]


def _of_another_deed(passage: Passage, harm: Harm, at: int) -> bool:
    """Tell whether the link goes with another verb than the harm: "stood near the body of his son · with his wife".

    A noun for the dead tells of a deed by itself; it goes on only where the grammar joins those behind the link to it.
    """
    syntax, first = passage.syntax, harm.trigger[0]
    if syntax is None or syntax.upos[first] != "NOUN":
        return False
    verb = syntax.verb_over(first)
    nouns = (index for index in range(at + 2, min(at + 2 + NEAR, len(passage))) if syntax.upos[index] == "NOUN")
    joined = next(nouns, None)
    return verb is not None and joined is not None and not syntax.hangs_on(joined, first)
