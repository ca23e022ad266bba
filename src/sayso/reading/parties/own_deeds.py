"""Deeds somebody owns up to in a statement of his, in whatever words: "said its knights had carried out the raid"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.statements import Statements
    from sayso.records import Statement

ARMED: Final = ("military", "armed_group", "state", "government", "party")
"""Kinds of holders whose own deed violence can be."""


def find_own_deeds(scan: Scan, statements: Statements, known: Sequence[Mention]) -> list[Mention]:
    """Return the holders of statements that claim a deed, where no other rule has found them as its authors.

    Args:
        scan: the report.
        statements: of the report.
        known: the authors already found.

    """
    names = {(item.passage, item.value.name) for item in known if isinstance(item.value, Actor)}
    found = []
    for statement in statements.records:
        passage = _passage_of(scan, statement)
        if passage is None or not _owns_a_deed(statement) or (passage.number, statement.holder.name) in names:
            continue
        first, last = passage.tokens_of(statement.content[0].start, min(statement.content[0].end, passage.end))
        holder = statement.holder
        found.append(
            mention(passage, "perpetrator", holder, (first, last), stance="claims_own", holder=holder),
        )
    return found


def _owns_a_deed(statement: Statement) -> bool:
    if statement.stance != "claims_own" or statement.holder.kind not in ARMED or statement.holder.name is None:
        return False
    cue = statement.cue.text.lower().split() if statement.cue else []
    if any(word in closed("habits") or word == "previously" for word in cue):
        return False  # "has previously claimed attacks in the area"
    words = {word.strip("“”\"',.") for span in statement.content for word in span.text.lower().split()}
    return bool(words & (closed("attack nouns") | closed("denied deeds") | {"operation", "operations"}))


def _passage_of(scan: Scan, statement: Statement) -> Passage | None:
    """Return the passage in which cue and content begin; None where they are of two sentences."""
    at = statement.content[0].start if statement.content else -1
    cue = statement.cue.start if statement.cue else -1
    return next((p for p in scan.passages if p.start <= at < p.end and p.start <= cue < p.end), None)
