"""A source as written, taken apart: person, role, body; what is garbled says so."""

from __future__ import annotations

import pytest

from sayso.reading.speaking.speakers import read_source
from tests.reading.reading_helpers import read

TABLE = [
    ("Lena Moro", "Lena Moro", None, False),
    ("Dr. Lena Moro", "Lena Moro", None, False),
    ("Col. Ana Ruiz, a spokeswoman for the Third Division", "Ana Ruiz", "Third Division", True),
    ("Third Division spokeswoman Ana Ruiz", "Ana Ruiz", "Third Division", True),
    ("the division’s spokeswoman, Ana Ruiz", "Ana Ruiz", "division", True),
    ("army spokesman Brig. Gen. Otto Brandt", "Otto Brandt", "army", True),
    ("a spokesman for the army", None, "army", True),
    ("a statement from the army", None, "army", True),
    ("the army’s report", None, "army", True),
    ("Velmar’s police chief Otto Brandt", "Otto Brandt", None, False),
    ("Minister of Information Otto al-Brandt", "Otto al-Brandt", None, False),
    ("the manager of Velmar Media, Dr Otto bin Brandt", "Otto bin Brandt", None, False),
    ("the mayor", None, None, False),
    ("local residents", None, None, False),
    ("the Interior Ministry", None, "Interior Ministry", False),
    ("news agency Blik", None, "Blik", False),
]


@pytest.mark.parametrize(("words", "person", "body", "voice"), TABLE, ids=[row[0] for row in TABLE])
def test_a_source_is_taken_apart(words: str, person: str | None, body: str | None, voice: bool) -> None:
    source = read_source(words)
    assert (source.person, source.body, source.voice, source.garbled) == (person, body, voice, False)


def test_a_garbled_line_is_read_as_far_as_it_makes_sense_and_says_so() -> None:
    source = read_source("Captain Otto Brandt, a spokesman for Velmar. the river patrol. for Third Division Command")
    assert (source.person, source.body, source.garbled) == ("Otto Brandt", "Third Division Command", True)


def test_a_garbled_speaker_is_reported_as_not_understood() -> None:
    text = "“We hid,” said Captain Otto Brandt, a spokesman for Velmar. the river patrol. for Third Division, wrote."
    (missing,) = read(text).not_understood
    assert missing.span.text.startswith("Captain Otto Brandt")
    assert "garbled" in missing.reason


def test_the_person_stands_in_the_chain_of_the_body_spoken_for() -> None:
    (spoken,) = read("Col. Ana Ruiz, a spokeswoman for the Third Division, said two men ran.").spoken
    assert spoken.chain == ("Ana Ruiz", "Third Division")
    assert spoken.statement.holder.kind == "military"


def test_a_country_is_given_only_where_it_is_written() -> None:
    stated, unstated = read("U.S. officials said two men ran. Officials in the town said nobody ran.").records
    assert (stated.holder.country, unstated.holder.country) == ("USA", None)
