"""What a report tells beside its incident ("the attack came as …") is another incident."""

from __future__ import annotations

import pytest

from tests.reading.claim_helpers import read

LEAD = "A bomb killed two policemen in Tarsk on Monday. "
# note, a sentence that follows, tolls of the main incident
ASIDES = [
    ("another deed", "The attack came as soldiers killed nine rebels near Odrana, the army said.", [2]),
    ("reported by another", "The attack came as a monitor reported that troops had executed nine men in Odrana.", [2]),
    ("a circumstance", "The attack came as worshippers gathered for prayers, killing nine of them.", [2, 9]),
    ("elsewhere", "Elsewhere three people died when a shell hit a bakery in Odrana.", [2]),
    ("meanwhile", "Meanwhile nine rebels were killed near Odrana, the army said.", [2]),
    ("meanwhile, but of the same attack", "Meanwhile police said nine people had been killed in the attack.", [2, 9]),
    ("no deed", "The attack came as a shock. Nine others were killed.", [2, 9]),
]


@pytest.mark.parametrize(("note", "sentence", "expected"), ASIDES, ids=[row[0] for row in ASIDES])
def test_a_backdrop_has_its_own_toll(note: str, sentence: str, expected: list[int]) -> None:
    reading = read(LEAD + sentence)
    main = next(row.id for row in reading.incidents if not row.background)
    tolls = [claim.value.low for claim in reading.claims if claim.incident == main and claim.field == "killed"]  # type: ignore[union-attr]
    assert tolls == expected, note
