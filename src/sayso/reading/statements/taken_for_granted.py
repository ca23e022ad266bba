"""What somebody takes for granted who only denies his part: "denied any hand in the bomb that killed nine".

He says nothing of the nine: the report tells of them. Nor does who is questioned "over the blast that killed four", or
who "linked the rebels to Sunday's attack on a pub".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed
from sayso.reading.statements.harm_denied import end_of_harm_noun

if TYPE_CHECKING:
    from sayso.records import Statement

PARTS: Final = ("perpetrator", "responsibility_claim", "motive", "evidence_offered")
"""Fields of which such words do speak: who did it, who owns up, why, how it is shown."""
_PART: Final = re.compile(
    r"\b(?:behind|hand in|hand behind|part in|role in|links? (?:with|to)|ties? to|involvement in|involved in|"
    r"responsible for|responsibility for|nothing to do with|anything to do with|connection (?:with|to)|"
    r"connected (?:with|to)|complicity in|knowledge of|carried out|carrying out|committed|ordered|authorship of)\b"
)


COUNTS: Final = ("killed", "injured", "abducted", "arrested", "missing", "displaced")
_REPLY: Final = re.compile(
    r"\b(?:retaliation|revenge|reprisal|retribution|response|reply|answer|vengeance|punishment) (?:for|to)\b"
)
_BESIDE: Final = re.compile(r", (?:where|in which|during which|after which)\b")
_ANOTHERS: Final = re.compile(
    r"(?:(?:an?|the|any) )?(?:claim|charge|accusation|report|allegation|boast)s? (?:by|from|of) "
)
"""Words of somebody else, whose day and place are his: "dismissed a claim by the Front that it struck X"."""
_FIGURES: Final = re.compile(r"(?:[\w-]+ ){0,3}(?:figures|accounts|versions|tolls|estimates|numbers) ")
_OBJECT: Final = re.compile(r"(?:the|this|that|these|those|his|her|its|their|\w+['’]s) ")
_QUOTED: Final = re.compile(r"[\"“‘]")
_LABEL: Final = re.compile(r"[\"“‘]| as |(?<! of)(?<! in)(?<! on)(?<! at)(?<! near)(?<! from)(?<! against) an? | to ")


def is_taken_for_granted(field: str, position: int, trigger: int, said: Statement) -> bool:
    """Tell whether a value at ``position`` in somebody's words is nothing he says: it only names the deed.

    Nor is what becomes of somebody whom he only names: "the man, identified by police as X, was shot dead"; ``trigger``
    is where the words stand that tell it.
    """
    cue = said.cue.text.lower().split()[-1:] if said.cue else []
    if cue and _sets_toll(cue[0], said):
        return field not in COUNTS
    if field == "evidence_offered" and cue and cue[0] in closed("offering proof") and said.inside is None:
        return True  # that "the minister offered no evidence" is the report's word
    if said.stance == "denies" and (end := end_of_harm_noun(said.content[0].text)) is not None:
        return field not in (*COUNTS, "target") or position - said.content[0].start > end + 1
    if field in PARTS:
        return False
    before = " ".join(span.text[: max(position - span.start, 0)] for span in said.content if span.start < position)
    if cue and _only_names(cue[0], before.lower(), said):
        return True
    if cue and cue[0] in closed("naming somebody"):
        return not any(span.start <= trigger < span.end for span in said.content)
    if said.stance == "questions":
        return cue in (["questioned"], ["questioning"], ["question"])
    if cue and cue[0] in closed("naming the author") and said.content[0].start >= (said.cue.end if said.cue else 0):
        return True
    if said.stance not in ("denies", "exonerates"):
        return False
    told = field in ("when", "where") and not _ANOTHERS.match(_content(said))
    if told or _BESIDE.search(before.lower()):
        return True  # whoever denies an attack does not deny its day, nor what is told of it beside
    return _PART.search(before.lower()) is not None


def _sets_toll(cue: str, said: Statement) -> bool:
    """Tell whether somebody only sets a number: "lowered its count of those killed in Monday's raid on X"."""
    gives = cue in ("gave", "give", "gives") and _FIGURES.match(_content(said)) is not None
    return gives or cue in closed("setting tolls anew")


def _only_names(cue: str, before: str, said: Statement) -> bool:
    """Tell whether a value stands where a cue's object only names the deed: "called the raid on X · an outrage"."""
    if said.cue is None or said.content[0].start < said.cue.end:
        return False
    if cue in closed("calling for something") or _content(said).startswith(("each other", "one another", "guilty of")):
        return True
    if cue not in closed("naming somebody") | {"calling", "attributed", "attributes", "ascribed", "ascribes"}:
        return False
    answered = cue in ("called", "calling") and _REPLY.search(before) and not _QUOTED.search(before)
    return bool(answered or (_OBJECT.match(before + " ") and not _LABEL.search(before)))


def _content(said: Statement) -> str:
    return said.content[0].text.lower()
