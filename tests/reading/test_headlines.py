"""Headlines that end with their sayer, and countries before a colon that only say where."""

from __future__ import annotations

import pytest

from sayso.language.rules import analyse_by_rule
from sayso.reading.statements.statements import find_statements
from sayso.vocab.gazetteer import Gazetteer
from tests.reading.reading_helpers import report_of

TABLE = [
    # what it shows · headline · holder, cue and content (None: no statement)
    ("behind a colon", "Blast kills five in Orve: police", ("police", ":", "Blast kills five in Orve")),
    ("behind a dash", "Blast kills five in Orve - ministry", ("ministry", "-", "Blast kills five in Orve")),
    ("a source", "Two held over Orve raid: security sources", ("security sources", ":", "Two held over Orve raid")),
    (
        "the mark is lost",
        "Air raids kill five in northern town Monitor",
        ("Monitor", None, "Air raids kill five in northern town"),
    ),
    ("a compound is none", "Rebel leader dies in Orve car-bomb", None),
    ("a form is nobody", "Ministry of Health of Orve: communique", None),
    ("a place", "Two held over raid: Orve", None),
    ("title case ends in no sayer", "Police Arrest Five Men After Raid On Ministry", None),
    ("a country before a colon says where", "Togo: five killed in blast", None),
]


@pytest.mark.parametrize(("note", "headline", "says"), TABLE, ids=[row[0] for row in TABLE])
def test_who_says_a_headline(note: str, headline: str, says: tuple[str, str | None, str] | None) -> None:
    report = report_of(f"{headline}\nTwo men ran.", kinds=("headline", "paragraph"))
    found = find_statements(analyse_by_rule(report), Gazetteer.default()).records
    rows = [(item.holder.name, item.cue.text if item.cue else None, item.content[0].text) for item in found]
    assert rows == ([says] if says else []), note


def test_a_country_that_speaks_in_the_report_speaks_in_its_headline() -> None:
    report = report_of("Togo: we hit no town\nTogo’s army said nobody ran.", kinds=("headline", "paragraph"))
    found = find_statements(analyse_by_rule(report), Gazetteer.default()).records
    assert [item.holder.name for item in found] == ["Togo", "Togolese Army"]
