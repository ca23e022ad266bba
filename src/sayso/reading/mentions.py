"""``Mention``: a value found in a report, before it is settled whose it is and to which incident it belongs.

Finders (one file a question) return mentions; ``claims.py`` turns them into claims. A trained model that finds roles
feeds the same mentions, so finders can be replaced one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage
    from sayso.records import ClaimField, ClaimValue, Stance
    from sayso.values import Actor, Certainty


@dataclass(frozen=True, slots=True)
class Mention:
    """One value for one field, read in one passage.

    Attributes:
        field: the claim field; value: its value.
        passage: number of the passage.
        anchor: code points of the words the value was read from; they decide whose it is.
        evidence: code points quoted as evidence; contains the anchor.
        trigger: code points of the word that made us read it; hedges and incidents are sought from here.
        stance: what the holder does with the value, where the words themselves decide it.
        holder: the sayer, where the words themselves name it ("Y claimed responsibility"); else None.
        certainty: a hedge that is part of the words ("suspected gunman").
        weak: a pronoun or "was shot": dropped where the report counts the same harm outright.
        shot: the words say that somebody was hit, not how badly.
        cared: the words say that several were in hospital: the dead are not taken off them.

    """

    field: ClaimField
    value: ClaimValue
    passage: int
    anchor: tuple[int, int]
    evidence: tuple[int, int]
    trigger: tuple[int, int]
    stance: Stance | None = None
    holder: Actor | None = None
    certainty: Certainty | None = None
    weak: bool = False
    shot: bool = False
    cared: bool = False

    def with_evidence(self, start: int, end: int) -> Mention:
        """Return the mention with wider evidence."""
        return replace(self, evidence=(min(start, self.evidence[0]), max(end, self.evidence[1])))


def mention(
    passage: Passage,
    field: ClaimField,
    value: ClaimValue,
    anchor: tuple[int, int],
    trigger: tuple[int, int] | None = None,
    *,
    stance: Stance | None = None,
    holder: Actor | None = None,
    evidence: tuple[int, int] | None = None,
) -> Mention:
    """Return a mention at token ranges; the evidence runs from the first to the last of anchor and trigger."""
    trigger = trigger or anchor
    first, last = evidence or (min(anchor[0], trigger[0]), max(anchor[1], trigger[1]))
    first, last = min(first, anchor[0]), max(last, anchor[1])
    return Mention(
        field=field,
        value=value,
        passage=passage.number,
        anchor=passage.offsets(*anchor),
        evidence=passage.offsets(first, last),
        trigger=passage.offsets(*trigger),
        stance=stance,
        holder=holder,
    )
