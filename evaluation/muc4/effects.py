"""What became of the people hit: the network's opinion, and beside it what the reading counts of the same people.

The network judges each mention from its surroundings and misses the effect where it is told elsewhere; who was killed
or injured, by number and by name, is what the reading is about. Nothing that the network says is taken back. Where a
report says that there were no victims, the reading has a nil count, and nobody is named (task guide, slot 23).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from evaluation.muc4.backed import harm, same_people
from evaluation.muc4.gold import SLOT_OF
from evaluation.muc4.reading import Told
from evaluation.muc4_scorer.keys import Fill, Template, canonical
from sayso.records import Claim, Reading, Span
from sayso.values import Quantity

SLOT, SUBJECTS = "hum-tgt-effect", "hum-tgt-type"
EFFECTS: Mapping[str, str] = {"killed": "DEATH", "injured": "INJURY"}
SPARED: Mapping[str, str] = {"killed": "NO DEATH", "injured": "NO INJURY"}
NONE = "NO INJURY OR DEATH"
NOBODY = ("-",)
"""The tag of an effect where no human target is given."""


def as_read(templates: Sequence[Template], reading: Reading, told: Told) -> tuple[Template, ...]:
    """Return the templates, with the effects that the reading has for the people in them."""
    counts = harm(reading)
    found = [replace(one, fills={**one.fills, SLOT: tuple(_effects(one, counts))}) for one in templates]
    nil = [claim for claim in counts if _is_nil(claim)]
    silent = [number for number, one in enumerate(found) if not one.fills[SLOT]]
    if nil and silent:
        nearest = min(silent, key=lambda number: _apart(found[number], nil[0].evidence, told))
        found[nearest] = _spared(found[nearest], {claim.field for claim in nil})
    return tuple(found)


def _effects(template: Template, counts: Sequence[Claim]) -> Iterator[Fill]:
    given = template.fills.get(SLOT, ())
    for subject in template.fills.get(SUBJECTS, ()):
        own = [fill.values[0] for fill in given if fill.refs == subject.refs]
        read = [effect for name in subject.refs for claim in counts if (effect := _effect(claim, name))]
        yield from (Fill((value,), subject.refs) for value in dict.fromkeys([*own, *read]))


def _effect(claim: Claim, name: str) -> str | None:
    """Return what a count says became of somebody; None where it is of others."""
    value = claim.value
    if not isinstance(value, Quantity) or value.of is None or not same_people(value.of.words, name):
        return None
    return NONE if value.high == 0 else EFFECTS[claim.field]


def _is_nil(claim: Claim) -> bool:
    """Tell whether a claim says of victims as such that there were none."""
    return isinstance(claim.value, Quantity) and claim.value.of is None and claim.value.high == 0


def _spared(template: Template, fields: Set[str]) -> Template:
    """Return a template that tells of no effect on anybody, with the effect that nobody was hit in these ways."""
    value = NONE if len(fields) > 1 else SPARED[next(iter(fields))]
    subjects = [fill.refs for fill in template.fills.get(SUBJECTS, ())] or [NOBODY]
    return replace(template, fills={**template.fills, SLOT: tuple(Fill((value,), refs) for refs in subjects)})


def _apart(template: Template, evidence: Span, told: Told) -> int:
    """Return how many characters lie between some words and the nearest mention of what fills a template."""
    strings = {value for slot in SLOT_OF.values() for fill in template.fills.get(slot, ()) for value in fill.values}
    numbers = [number for entity in told.entities if canonical(entity.words) in strings for number in entity.mentions]
    starts = (told.analysis.tokens[told.mentions[number].first].start for number in numbers)
    return min((abs(start - evidence.start) for start in starts), default=len(told.analysis.report.text))
