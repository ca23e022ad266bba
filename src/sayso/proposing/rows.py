"""A proposal in words, the same on the terminal and on the desk."""

from __future__ import annotations

from typing import Any

from sayso.proposing.claims import Proposal
from sayso.proposing.keeping import Kept
from sayso.records import Claim
from sayso.showing.wording import describe, how_sure, visible, who


def as_claim(proposal: Proposal) -> Claim:
    """Return a proposal in the shape of a claim, to be worded like one; it is none, and belongs to no incident."""
    return Claim(
        incident="", field=proposal.field, value=proposal.value, evidence=proposal.evidence, holder=proposal.holder,
        stance=proposal.stance, certainty=proposal.certainty,
    )  # fmt: skip


def row_of(kept: Kept) -> dict[str, Any]:
    """Return the columns of ``sayso proposals list``."""
    proposal, shown = kept.proposal, as_claim(kept.proposal)
    return {
        "id": proposal.id,
        "report": proposal.report,
        "field": proposal.field,
        "value": describe(shown),
        "holder": who(shown),
        "sure": how_sure(shown) or None,
        "words": visible(proposal.evidence.text),
        "start": proposal.evidence.start,
        "end": proposal.evidence.end,
        "verdict": kept.verdict,
        "ours": kept.ours,
        "method": proposal.method,
        "at": kept.at,
    }
