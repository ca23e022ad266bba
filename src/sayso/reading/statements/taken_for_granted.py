"""What somebody takes for granted who only denies his part: "denied any hand in the bomb that killed nine".

He says nothing of the nine: the report tells of them. Nor does who is questioned "over the blast that killed four", or
who "linked the rebels to Sunday's attack on a pub".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.records import Statement

PARTS: Final = ("perpetrator", "responsibility_claim", "motive", "evidence_offered")
"""Fields of which such words do speak: who did it, who owns up, why, how it is shown."""
_PART: Final = re.compile(
    r"\b(?:behind|hand in|hand behind|part in|role in|links? (?:with|to)|ties? to|involvement in|involved in|"
    r"responsible for|responsibility for|nothing to do with|anything to do with|connection (?:with|to)|"
    r"connected (?:with|to)|complicity in|knowledge of|carried out|carrying out|committed|ordered|authorship of)\b"
)


def is_taken_for_granted(field: str, position: int, trigger: int, said: Statement) -> bool:
    """Tell whether a value at ``position`` in somebody's words is nothing he says: it only names the deed.

    Nor is what becomes of somebody whom he only names: "the man, identified by police as X, was shot dead"; ``trigger``
    is where the words stand that tell it.
    """
    if field in PARTS:
        return False
    cue = said.cue.text.lower().split()[-1:] if said.cue else []
    if cue and cue[0] in closed("naming somebody"):
        return not any(span.start <= trigger < span.end for span in said.content)
    if said.stance == "questions":
        return cue in (["questioned"], ["questioning"], ["question"])
    if cue and cue[0] in closed("naming the author") and said.content[0].start >= (said.cue.end if said.cue else 0):
        return True
    if said.stance not in ("denies", "exonerates"):
        return False
    before = " ".join(span.text[: max(position - span.start, 0)] for span in said.content if span.start < position)
    return _PART.search(before.lower()) is not None
