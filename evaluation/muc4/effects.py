"""What became of the people hit: the network's opinion, and beside it what the reading counts of the same people.

The network judges each mention from its surroundings and misses the effect where it is told elsewhere; who was killed
or injured, by number and by name, is what the reading is about. Nothing that the network says is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from evaluation.muc4_scorer.keys import Fill, Template
from sayso.records import Claim, Reading
from sayso.values import Quantity

SLOT, SUBJECTS = "hum-tgt-effect", "hum-tgt-type"
EFFECTS: Mapping[str, str] = {"killed": "DEATH", "injured": "INJURY"}
NONE = "NO INJURY OR DEATH"
_LIGHT = frozenset({"THE", "OF", "AND", "A", "AN"})


def as_read(templates: Sequence[Template], reading: Reading) -> tuple[Template, ...]:
    """Return the templates, with the effects that the reading has for the people in them."""
    counts = [claim for claim in reading.claims if claim.field in EFFECTS and claim.stance not in ("denies", "doubts")]
    return tuple(replace(one, fills={**one.fills, SLOT: tuple(_effects(one, counts))}) for one in templates)


def _effects(template: Template, counts: Sequence[Claim]) -> Iterator[Fill]:
    given = template.fills.get(SLOT, ())
    for subject in template.fills.get(SUBJECTS, ()):
        own = [fill.values[0] for fill in given if fill.refs == subject.refs]
        read = [effect for name in subject.refs for claim in counts if (effect := _effect(claim, name))]
        yield from (Fill((value,), subject.refs) for value in dict.fromkeys([*own, *read]))


def _effect(claim: Claim, name: str) -> str | None:
    """Return what a count says became of somebody; None where it is of others."""
    value = claim.value
    if not isinstance(value, Quantity) or value.of is None:
        return None
    counted, wanted = _words(value.of.words), _words(name)
    same = bool(counted and wanted) and (counted <= wanted or wanted <= counted)
    return (NONE if value.high == 0 else EFFECTS[claim.field]) if same else None


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.upper())) - _LIGHT
