"""To which incident of a report a word belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.reading.happenings.drafts import Draft, Owner
    from sayso.reading.sentences.passages import Scan

PARAGRAPH = 40
"""So many sentences of a paragraph are looked at for what it is about."""


def incident_at(scan: Scan, drafts: list[Draft], owner: Owner, number: int, first: int) -> int:
    """Return the number of the incident that the token ``first`` of a passage speaks of.

    The nearest happening to the left in the sentence, else the nearest to the right, else what the paragraph was
    about, else the main incident.
    """
    here = sorted(owner.get(number, {}).items())
    left = [found for at, found in here if at <= first]
    if left:
        return left[-1]
    if here:
        return here[0][1]
    block = scan.passages[number].line.sentence.block
    for before in range(number - 1, max(number - 1 - PARAGRAPH, -1), -1):
        if scan.passages[before].line.sentence.block != block:
            break
        rows = [found for _, found in sorted(owner.get(before, {}).items())]
        if rows:
            return rows[0] if not drafts[rows[0]].background or number - before == 1 else 0
    return _told_just_before(scan, drafts, owner, number)


def _told_just_before(scan: Scan, drafts: list[Draft], owner: Owner, number: int) -> int:
    """Return the further news that the paragraph before opened and ended with; else the main incident."""
    block = scan.passages[number].line.sentence.block
    before = next((at for at in range(number - 1, -1, -1) if scan.passages[at].line.sentence.block != block), None)
    if before is None or not owner.get(before):
        return 0
    last = owner[before][max(owner[before])]
    opened = scan.passages[drafts[last].first.passage].line.sentence.block == scan.passages[before].line.sentence.block
    return last if opened and not drafts[last].background else 0
