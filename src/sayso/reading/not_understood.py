"""What was not understood of a report: numbers that cannot be split, tolls of wars, paragraphs nothing was read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.sentences.statuses import of_a_war
from sayso.records import NotUnderstood

if TYPE_CHECKING:
    from sayso.reading.gathering import Found
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.statements import Statements
    from sayso.records import Claim, Event


def _war_tolls(view: Scan, found: Found) -> list[Mention]:
    rows = ((item, view.passages[item.passage]) for item in found.casualties.mentions)
    return [item for item, passage in rows if of_a_war(view, passage, *passage.tokens_of(*item.trigger))]


def not_understood(
    view: Scan, found: Found, claims: list[Claim], events: list[Event], statements: Statements
) -> tuple[NotUnderstood, ...]:
    """Return numbers that cannot be split, and paragraphs in which nothing was read."""
    rows = [
        NotUnderstood(span=view.report.span(*span), reason="a number of casualties, not split into killed and injured")
        for span in found.casualties.unsplit
    ]
    rows += [
        NotUnderstood(span=view.report.span(*item.anchor), reason="a toll of a whole war, of none of the incidents")
        for item in _war_tolls(view, found)
        if not any(claim.evidence.start == item.anchor[0] for claim in claims)
    ]
    used = [claim.evidence.start for claim in claims] + [event.trigger.start for event in events]
    used += [
        span.start
        for statement in statements.records
        for span in (*statement.content, *([statement.cue] if statement.cue else []))
    ]
    blocks: dict[int, list[Passage]] = {}
    for passage in view.passages:
        blocks.setdefault(passage.line.sentence.block, []).append(passage)
    for passages in blocks.values():
        start, end = passages[0].start, passages[-1].end
        if not any(start <= place < end for place in used):
            rows.append(
                NotUnderstood(span=view.report.span(start, end), reason="no incident, statement or event was read here")
            )
    return tuple(sorted(rows, key=lambda row: row.span.start))
