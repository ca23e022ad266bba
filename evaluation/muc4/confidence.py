"""How sure a report is of an organization: by what our reading says of who accuses it, else by the network's opinion.

The network knows the commonest wording, which is a plain account. Who owns up, is accused, by whom and how surely is
what the reading is about; where it takes an author for plain fact, it adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evaluation.attribution.confidence import names
from evaluation.muc4_scorer.keys import Fill, Template
from sayso.reading.statements.confidence import confidence_of
from sayso.records import Reading

SLOT = "perp-org-conf"
PLAIN = "REPORTED AS FACT"


def as_read(templates: Sequence[Template], reading: Reading) -> tuple[Template, ...]:
    """Return the templates; where the reading has more than a plain account of an organization, as sure as that."""
    return tuple(
        replace(one, fills={**one.fills, SLOT: tuple(_as_read(fill, reading) for fill in one.fills[SLOT])})
        if SLOT in one.fills
        else one
        for one in templates
    )


def _as_read(fill: Fill, reading: Reading) -> Fill:
    claims = [claim for claim in reading.claims if claim.field == "perpetrator" and names(claim, fill.refs)]
    cues = {one.id: one.cue.text if one.cue else "" for one in reading.statements}
    value = confidence_of(claims, cues)
    return fill if value in (None, PLAIN) else replace(fill, values=(value,))
