"""The exam ``muc4``: a report in capitals gets its case back, and mixed case is read as capitals are."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.muc4.casing import inflected, with_case
from evaluation.muc4.states import encoder, in_capitals
from sayso.language.model import find
from sayso.language.rules import analyse_by_rule
from sayso.records import Report, identify


def report(text: str) -> Report:
    return Report(id=identify("re", text), text=text)


@pytest.mark.parametrize(
    ("capitals", "cased"),
    [
        ("THE POLICE ARRESTED FERMIN ROZAS.", "The police arrested Fermin Rozas ."),
        ("THREE U.S. ENVOYS LEFT.", "Three U.S. envoys left ."),
        ("HE JOINED THE RED DAWN GROUP (FRD).", "He joined the Red Dawn group ( FRD ) ."),
        ("SAN TELMO, 5 MAR 89 (NADA) -- THE MEN FLED.", "San Telmo , 5 Mar 89 ( NADA ) -- The men fled ."),
        ("IT HIT THE ANTI-TANK GUN.", "It hit the anti-tank gun ."),
        ("THE GUNSHIPS BOMBARDED IT.", "The gunships bombarded it ."),
    ],
    ids=["names", "initials", "a name and its short form", "a head line", "hyphens", "a form of a small word"],
)
def test_words_get_the_case_that_english_gives_them(capitals: str, cased: str) -> None:
    analysis = analyse_by_rule(report(capitals))
    restored = with_case(analysis)
    assert " ".join(token.text for token in restored.tokens) == cased
    assert [(token.start, token.end) for token in restored.tokens] == [(t.start, t.end) for t in analysis.tokens]
    assert restored.report.text == capitals


def test_a_form_of_a_word_is_known_by_its_ending() -> None:
    assert inflected("bastions", {"bastion"})
    assert inflected("strafed", {"strafe"})
    assert not inflected("santos", {"saint"})
    assert not inflected("mens", {"men"})


def test_capitals_keep_the_length_of_a_text() -> None:
    assert in_capitals("Straße, año") == "STRAßE, AÑO"


@pytest.mark.skipif(find() is None, reason="there is no language model")
def test_a_report_in_mixed_case_is_read_as_the_same_report_in_capitals() -> None:
    mixed = report("SAN TELMO, 5 Mar 89 -- Three gunmen killed Mayor Ruben Paez in Puerto Lindo. A church was damaged.")
    one, other = encoder().read(mixed), encoder().read(report(mixed.text.upper()))
    assert one.analysis.report.text == other.analysis.report.text
    for mine, theirs in zip(one.views, other.views, strict=True):
        assert np.array_equal(mine.states, theirs.states)
        assert np.array_equal(mine.labels, theirs.labels)
    assert one.names == other.names
