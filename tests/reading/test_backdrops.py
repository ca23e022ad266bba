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


def test_a_text_that_lost_its_commas_keeps_the_day_of_its_first_sentence() -> None:
    lost = (
        "Two car bombs killed at least 25 people including women and children in a government-held quarter of the "
        "central city of Homs Wednesday state news agency SANA reported. Another 100 people were wounded in Karam in "
        "attacks SANA blamed on terrorists the word of the government for those who fight it. Shops were burning and "
        "people ran in all directions as rescuers tried to put out the fire in the market street of the quarter."
    )
    reading = read(lost, published="2031-05-15")
    assert [claim.value.earliest for claim in reading.claims if claim.field == "when"] == ["2031-05-14"]  # type: ignore[union-attr]
