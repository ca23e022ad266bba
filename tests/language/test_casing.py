"""A text in one case gets the case of English, character for character; every sentence here is invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.analysis import Analysis
from sayso.language.casing import cased, one_case, with_case
from sayso.language.rules import analyse_by_rule
from sayso.records import Report, identify
from sayso.vocab.gazetteer import Gazetteer

WORLD = Gazetteer.default()


def analysed(text: str, names: tuple[str, ...] = ()) -> Analysis:
    """Return tokens and sentences with a layer `entity` that marks ``names``."""
    draft = analyse_by_rule(Report(id=identify("re", text), text=text))
    labels = ["O"] * len(draft.tokens)
    for name in names:
        words = name.split()
        for at in range(len(labels)):
            if [token.text for token in draft.tokens[at : at + len(words)]] == words:
                labels[at : at + len(words)] = ["B-ORG", *["I-ORG"] * (len(words) - 1)]
    return replace(draft, tags={"entity": labels})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("POLICE SAID THE BRIDGE OVER THE RIVER WAS CLOSED TODAY", True),
        ("police said the bridge over the river was closed today", True),
        ("Police said the bridge over the river was closed today", False),
        ("BRIDGE CLOSED", False),
        ("1 2 3 4 5 6 7 8 9 10", False),
    ],
    ids=["capitals", "small letters", "both", "too short to tell", "no letters"],
)
def test_a_text_is_in_one_case_or_not(text: str, expected: bool) -> None:
    assert one_case(text) is expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("THE FARMERS FLED. THEY WALKED.", (), "The farmers fled. They walked."),
        ("THE FRENCH ENVOY LEFT PERU ON MONDAY.", (), "The French envoy left Peru on Monday."),
        ("THE BANK OF RUIZ CLOSED.", ("BANK OF RUIZ",), "The Bank of Ruiz closed."),
        ("A BANK OF THE RIVER GAVE WAY.", (), "A bank of the river gave way."),
        ("THE RED DAWN FRONT (FRD) FIRED.", ("RED DAWN FRONT", "FRD"), "The Red Dawn Front (FRD) fired."),
        ("HE MET GENERAL PAZ.", ("PAZ",), "He met General Paz."),
        ("THE GENERAL MOOD WAS BAD.", (), "The general mood was bad."),
        ("THEY LEFT EL TORO.", ("EL TORO",), "They left El Toro."),
        ("THE U.N. OFFICE'S DOOR DIDN'T OPEN.", (), "The U.N. office's door didn't open."),
        ('HE SAID: "NOBODY CAME."', (), 'He said: "nobody came."'),
        ("PUERTO RUIZ, 5 MAR -- [TEXT] REBELS LEFT.", ("PUERTO RUIZ",), "Puerto Ruiz, 5 Mar -- [text] Rebels left."),
        ("the french envoy left.", (), "The French envoy left."),
    ],
    ids=[
        "sentences begin with a capital",
        "peoples, countries, days of the week",
        "small words inside a name",
        "no name, no capital",
        "a short form in brackets",
        "a title before a name",
        "the same word elsewhere",
        "an article that begins a name",
        "initials; contractions",
        "a quotation goes on",
        "the head line of a telex",
        "from small letters too",
    ],
)
def test_words_get_their_case(text: str, names: tuple[str, ...], expected: str) -> None:
    assert cased(analysed(text, names), WORLD) == expected


def test_tokens_get_the_case_and_the_report_keeps_its_text() -> None:
    analysis = with_case(analysed("THE FARMERS FLED."), WORLD)
    assert [token.text for token in analysis.tokens] == ["The", "farmers", "fled", "."]
    assert analysis.report.text == "THE FARMERS FLED."


@given(st.text(max_size=60))
def test_the_length_never_changes(text: str) -> None:
    assert len(cased(analysed(text), WORLD)) == len(text)
