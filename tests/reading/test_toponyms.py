"""Which words of a report are place names, where no model has tagged them."""

from __future__ import annotations

import pytest

from sayso.language.rules import analyse_by_rule
from sayso.reading.where.toponyms import find_toponyms, read_toponyms
from sayso.records import Report, identify
from sayso.vocab.gazetteer import Gazetteer

WORLD = Gazetteer.default()

# text → the names found, note
TEXTS: list[tuple[str, list[str], str]] = [
    ("Rebels shelled Aleppo on Monday.", ["Aleppo"], "a city"),
    ("The Iraqi army left Mosul.", ["Iraqi", "Mosul"], "a demonym stands for its country"),
    ("Ships left the Gulf of Aden.", ["Gulf of Aden"], "a name with a small word inside"),
    ("A boat sank in the Gulf of Kirat.", ["Gulf of Kirat"], "an unknown name is taken whole"),
    ("Jordan Ruiz spoke. Ruiz was calm.", [], "a person, though a country is his first name"),
    ("He read the New York Times.", [], "a paper, though a town is in its name"),
    ("Fighting went on in Talmira.", ["Talmira"], "an unknown name behind a word of place"),
    ("Talmira was calm.", [], "an unknown name with nothing to say that it is a place"),
    ("In Baghdad, prices fell.", ["Baghdad"], "a small word that begins a sentence"),
    ("He ate turkey.", [], "not written as a name"),
    ("A Turkish minister flew to Port-au-Prince.", ["Turkish", "Port-au-Prince"], "hyphens"),
    ("They met in May.", [], "a month"),
]


def analysis(text: str):  # type: ignore[no-untyped-def]
    return analyse_by_rule(Report(id=identify("re", text), text=text))


@pytest.mark.parametrize(("text", "names", "note"), TEXTS, ids=[row[2] for row in TEXTS])
def test_names_are_found(text: str, names: list[str], note: str) -> None:
    found = find_toponyms(analysis(text), WORLD)
    assert [toponym.words for toponym in found] == names
    assert all(text[t.start : t.end] == t.words for t in found)


def test_names_of_a_report_are_resolved_together() -> None:
    found = read_toponyms(analysis("Shells hit Tripoli. In Beirut and Sidon, Lebanon mourned."), WORLD)
    assert {resolution.toponym.words: resolution.place.country for resolution in found} == {
        "Tripoli": "LBN", "Beirut": "LBN", "Sidon": "LBN", "Lebanon": "LBN",
    }  # fmt: skip
