"""Who bore an office on a day, from the dated tables of leaders."""

from __future__ import annotations

import pytest

from sayso.values.actor import Actor
from sayso.values.actor_office import bearer
from sayso.vocab.gazetteer import Gazetteer

WORLD = Gazetteer.default()

# words, ISO day of the report, who that was, note
ROWS: list[tuple[str, str | None, str | None, str]] = [
    ("the Iraqi prime minister", "2020-12-23", "Mustafa al-Kadhimi", "an office with its country"),
    ("the Iraqi prime minister", "2015-01-01", "Haider al-Abadi", "another day, another person"),
    ("Turkey's president", "2020-12-23", "Recep Tayyip Erdogan", "a country that owns it"),
    ("the president of Nigeria", "2019-03-01", "Muhammadu Buhari", "of its country"),
    ("the US president", "2021-01-20T18:00", None, "the day of the change: two bore it, and neither is named"),
    ("the German chancellor", "2020-12-23", "Angela Merkel", "a chancellor"),
    ("Iran's supreme leader", "2020-12-23", "Ali Khamenei", "a supreme leader"),
    ("Britain's premier", "2017-05-05", "Theresa May", "a prime minister by another word"),
    ("the Iraqi prime minister", None, None, "no publication date: nobody"),
    ("the Iraqi prime minister", "2020", None, "a year alone does not tell"),
    ("the former Iraqi prime minister", "2020-12-23", None, "an office once held"),
    ("the Iranian vice president", "2020-12-23", None, "a vice president"),
    ("the Iraqi prime minister's office", "2020-12-23", None, "the office is a body"),
    ("the president", "2020-12-23", None, "no country"),
    ("Iraqi police", "2020-12-23", None, "no office"),
    ("Joe Biden", "2020-12-23", None, "a person already"),
]


@pytest.mark.parametrize(("words", "on", "name", "note"), ROWS, ids=[row[3] for row in ROWS])
def test_an_office_is_borne_by_who_held_it_that_day(words: str, on: str | None, name: str | None, note: str) -> None:
    fact = bearer(Actor.parse(words, WORLD, ()), WORLD, on)
    assert (fact.name if fact else None) == name
