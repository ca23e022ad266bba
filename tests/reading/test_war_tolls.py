"""Tolls of a whole war in a report of one attack: of a background incident or of none (READING, "Numbers")."""

from __future__ import annotations

import pytest

from tests.reading.claim_helpers import read

LEAD = "Seven people were killed when a bomb exploded in a bus in Tarsk on Sunday, the police said. "
# note, a sentence that follows, tolls that are the main incident's
TOLLS = [
    ("since the war began", "More than 40,000 people have been killed in Ruvania since the conflict began.", [7]),
    ("without commas", "More than 40000 people have been killed in Ruvania since the conflict started.", [7]),
    ("the war has claimed lives", "The civil war has claimed the lives of more than 40,000 people.", [7]),
    ("the war has killed", "The conflict, now in its tenth year, has killed at least 40,000 people.", [7]),
    ("killed in the war", "At least 40,000 people have been killed in the insurgency.", [7]),
    ("the deadliest since the war began", "The blast, the worst since the war began, killed two soldiers.", [7, 2]),
    ("a war monitor", "A war monitor said two soldiers were killed.", [7, 2]),
]


@pytest.mark.parametrize(("note", "sentence", "expected"), TOLLS, ids=[row[0] for row in TOLLS])
def test_the_toll_of_a_war_is_not_that_of_an_attack(note: str, sentence: str, expected: list[int]) -> None:
    reading = read(LEAD + sentence)
    main = next(row.id for row in reading.incidents if not row.background)
    tolls = [claim.value.low for claim in reading.claims if claim.incident == main and claim.field == "killed"]  # type: ignore[union-attr]
    assert tolls == expected, note
