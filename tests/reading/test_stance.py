"""What a holder does to what is said (READING: stance)."""

from __future__ import annotations

import pytest

from sayso.reading.statements.stance import stance_of

TABLE = [
    ("plain", "said", "two men ran", "asserts"),
    ("blame", "blamed", "the rebels for the fire", "accuses"),
    ("blame, in a group", "has repeatedly accused", "the rebels of arson", "accuses"),
    ("behind it", "said", "the rebels were behind the fire", "accuses"),
    ("carried out by", "said", "the attack was carried out by the rebels", "accuses"),
    ("hedged author", "said", "the attack was probably carried out by the rebels", "suspects"),
    ("all but sure of the author", "said", "the attack was almost certainly carried out by the rebels", "accuses"),
    ("suspect", "suspects", "the rebels", "suspects"),
    ("claim of responsibility", "claimed", "responsibility for the attack", "claims_own"),
    ("we did it", "said", "“We shot it down. We attacked the base.”", "claims_own"),
    ("own deed acknowledged", "acknowledged", "its soldiers had fired first", "claims_own"),
    ("they did it to us", "said", "“They bombed the clinic”", "asserts"),
    ("attack claimed", "claims", "the hotel attack", "claims_own"),
    ("attack claimed, with its place", "claimed", "the bombing of a bridge in Lusk", "claims_own"),
    ("number claimed", "claimed", "190 were dead", "asserts"),
    ("behind it ourselves", "claimed", "it was behind the raid", "claims_own"),
    ("carried it out ourselves", "has said", "that its fighters carried out the attack", "claims_own"),
    ("others' deed acknowledged", "acknowledged", "that five people died", "asserts"),
    (
        "somebody's, far behind, is not his own",
        "acknowledged",
        "that the crisis would need a new government although no jets bomb his forces",
        "asserts",
    ),
    ("denial", "denied", "the accusation", "denies"),
    ("rejection", "rejected", "the claim", "denies"),
    ("own innocence", "said", "it had nothing to do with the attack", "denies"),
    ("another's innocence", "said", "the rebels had nothing to do with the attack", "exonerates"),
    ("no evidence", "said", "there was no evidence that the rebels did it", "doubts"),
    ("not clear who", "said", "it was not clear who fired", "doubts"),
    ("doubt", "doubted", "that the rebels did it", "doubts"),
    ("question", "asked", "whether the rebels did it", "questions"),
    ("negated cue", "did not confirm", "that five people died", "doubts"),
    ("bare quotation", "", "“We hid.”", "asserts"),
]


@pytest.mark.parametrize(("note", "cue", "content", "stance"), TABLE, ids=[row[0] for row in TABLE])
def test_the_stance_is_read(note: str, cue: str, content: str, stance: str) -> None:
    assert stance_of(cue, content) == stance, note
