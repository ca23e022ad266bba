"""What hedges mean, which words are hedges where, and how certainties compare."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sayso.values import Certainty
from sayso.values.certainty import find_hedges

# words, low, high, scale, note
BANDS: list[tuple[str, float, float, str, str]] = [
    ("almost no chance", 0.01, 0.05, "ICD 203", "first term"),
    ("remote", 0.01, 0.05, "ICD 203", "its second name"),
    ("very unlikely", 0.05, 0.20, "ICD 203", "second term"),
    ("highly improbable", 0.05, 0.20, "ICD 203", "its second name"),
    ("unlikely", 0.20, 0.45, "ICD 203", "third term"),
    ("improbable", 0.20, 0.45, "ICD 203", "its second name"),
    ("improbably", 0.20, 0.45, "ICD 203", "as an adverb"),
    ("roughly even chance", 0.45, 0.55, "ICD 203", "fourth term"),
    ("roughly even odds", 0.45, 0.55, "ICD 203", "its second name"),
    ("likely", 0.55, 0.80, "ICD 203", "fifth term"),
    ("probable", 0.55, 0.80, "ICD 203", "its second name"),
    ("probably", 0.55, 0.80, "ICD 203", "as an adverb"),
    ("very likely", 0.80, 0.95, "ICD 203", "sixth term"),
    ("highly probable", 0.80, 0.95, "ICD 203", "its second name"),
    ("almost certain", 0.95, 0.99, "ICD 203", "seventh term"),
    ("Almost  certainly", 0.95, 0.99, "ICD 203", "as an adverb, in capitals, wide space"),
    ("nearly certain", 0.95, 0.99, "ICD 203", "its second name"),
    ("highly likely", 0.75, 0.962, "sayso", "10th to 90th percentile of 169 answers"),
    ("in all likelihood", 0.75, 0.962, "sayso", "read as highly likely"),
    ("highly unlikely", 0.018, 0.2, "sayso", "perceived"),
    ("very good chance", 0.7, 0.9, "sayso", "perceived"),
    ("better than even", 0.51, 0.654, "sayso", "perceived"),
    ("about even", 0.5, 0.5, "sayso", "nine in ten answered just this"),
    ("believed to", 0.508, 0.95, "sayso", "perceived as we believe"),
    ("thought to", 0.508, 0.95, "sayso", "perceived as we believe"),
    ("presumably", 0.508, 0.95, "sayso", "perceived as we believe"),
    ("we doubt", 0.05, 0.4, "sayso", "perceived"),
    ("doubtful", 0.05, 0.4, "sayso", "perceived as we doubt"),
    ("little chance", 0.05, 0.2, "sayso", "perceived"),
    ("probably not", 0.1, 0.4, "sayso", "perceived, not the complement of probably"),
    ("may", 0.2, 0.7, "sayso", "chosen"),
    ("possibly", 0.2, 0.7, "sayso", "chosen, as may"),
    ("perhaps", 0.2, 0.7, "sayso", "chosen, as may"),
    ("allegedly", 0.2, 0.8, "sayso", "chosen"),
    ("purportedly", 0.2, 0.8, "sayso", "chosen, as allegedly"),
    ("supposedly", 0.2, 0.8, "sayso", "chosen, as allegedly"),
    ("rumoured", 0.2, 0.8, "sayso", "chosen, as allegedly"),
    ("reportedly", 0.4, 0.85, "sayso", "chosen"),
    ("apparently", 0.4, 0.85, "sayso", "chosen, as reportedly"),
    ("appears", 0.5, 0.85, "sayso", "chosen"),
    ("suspected", 0.4, 0.8, "sayso", "chosen"),
    ("unconfirmed", 0.1, 0.7, "sayso", "chosen"),
    ("not yet been independently verified", 0.1, 0.7, "sayso", "stands for unconfirmed"),
    ("unable to verify", 0.1, 0.7, "sayso", "stands for unconfirmed"),
    ("not ruled out", 0.05, 0.6, "sayso", "chosen"),
    ("no doubt", 0.95, 1.0, "sayso", "chosen"),
    ("without doubt", 0.95, 1.0, "sayso", "chosen"),
    ("definitely", 0.95, 1.0, "sayso", "chosen"),
    ("confirmed", 0.95, 1.0, "sayso", "chosen"),
    ("clearly", 0.85, 1.0, "sayso", "chosen"),
    ("high confidence", 0.8, 0.95, "sayso", "confidence is not a chance: another scale"),
    ("impossible", 0.0, 0.05, "sayso", "chosen"),
    ("not clear whether", 0.0, 1.0, "sayso", "left open"),
    ("not likely", 0.2, 0.45, "sayso", "complement of likely"),
    ("not believed to", 0.05, 0.492, "sayso", "complement of believed to"),
    ("not very likely", 0.0, 0.8, "sayso", "anything below the booster"),
]  # fmt: skip

NO_CERTAINTY = [
    ("", "nothing"),
    ("said", "verb of saying"),
    ("claimed", "verb of saying"),
    ("insisted", "verb of saying"),
    ("the attack", "no hedge"),
    ("likely attack", "a hedge and more"),
    ("like", "part of a hedge"),
    ("not", "a negation of nothing"),
    ("will", "the future is no hedge"),
    ("yet confirmed", "yet alone opens nothing"),
    ("not unlikely to have been, and so on " * 9, "too long for one hedge"),
]

# text, (words, kind) of each hedge, note
IN_TEXT: list[tuple[str, list[tuple[str, str]], str]] = [
    ("almost certainly fired by rebels", [("almost certainly", "booster")], "the longest phrase, not certainly alone"),
    ("it was unlikely to last", [("unlikely", "hedge")], "no likely inside unlikely"),
    ("shells may have hit it", [("may have", "hedge")], "verb"),
    ("IT MAY HAVE BEEN HIT", [("MAY HAVE", "hedge")], "verb in a text in capitals"),
    ("IN MAY THE ARMY LEFT", [], "month in a text in capitals"),
    ("in May", [], "month"),
    ("on May 5", [], "month before a day"),
    ("Theresa May said", [], "name"),
    ("Will Smith left", [], "name, and no hedge anyway"),
    ("it might rain", [("might", "hedge")], "verb"),
    ("the military might of Ruvania", [], "strength"),
    ("an army of great might.", [], "strength at the end"),
    ("it could have been worse", [("could have", "hedge")], "past ability is not told apart: stays a hedge"),
    ("he could not reach them", [], "ability denied"),
    ("this could not be independently verified", [("not be independently verified", "hedge")], "unconfirmed"),
    ("the toll has not been confirmed", [("not been confirmed", "hedge")], "unconfirmed"),
    ("it has yet to be confirmed", [("yet to be confirmed", "hedge")], "unconfirmed"),
    ("two confirmed deaths", [("confirmed", "booster")], "adjective"),
    ("19 confirmed deaths", [("confirmed", "booster")], "adjective after digits"),
    ("he was confirmed dead", [("confirmed", "booster")], "passive"),
    ("it was confirmed by the mayor", [], "passive with a sayer"),
    ("the mayor confirmed the raid", [], "verb of saying"),
    ("it is not clear whether he lives", [("not clear whether", "question")], "left open"),
    ("who did it is unclear", [("unclear", "question")], "left open"),
    ("there is no doubt about it", [("no doubt", "booster")], "booster"),
    ("rain is not likely", [("not likely", "negation")], "turned round"),
    ("it isn’t likely", [("isn’t likely", "negation")], "curly apostrophe"),
    ("a third bomb was not ruled out", [("not ruled out", "hedge")], "possible, not denied"),
    ("an accident was ruled out", [("ruled out", "negation")], "denied"),
    ("the so-called Dawn Army", [], "the name is doubted, not the deed"),
    ("the self-styled Dawn Army shelled the town", [], "as so-called"),
    ("five were said to have died", [("said to have", "hedge")], "nobody is named as sayer"),
    ("the mayor said on Sunday", [], "verb of saying"),
    ("they claimed and insisted", [], "verbs of saying"),
    ("as soon as possible", [], "no chance meant"),
    ("it was possible to escape", [], "ability"),
    ("it was impossible to escape", [], "ability"),
    ("a possible arson", [("possible", "hedge")], "chance"),
    ("the army alleged that he fled", [], "verb of saying"),
    ("the army has alleged fraud", [], "verb of saying in the perfect"),
    ("the alleged bomber", [("alleged", "hedge")], "adjective"),
    ("it is alleged that he fled", [("alleged", "hedge")], "nobody is named as sayer"),
    ("he is alleged to have fled", [("alleged to", "hedge")], "nobody is named as sayer"),
    ("a supposed ally", [("supposed", "hedge")], "adjective"),
    ("it was supposed to land", [], "plan"),
    ("three suspects were arrested", [], "persons"),
    ("a suspect in the case", [], "person"),
    ("suspected militants", [("suspected", "hedge")], "adjective"),
    ("a suspect package", [("suspect", "hedge")], "adjective on a thing"),
    ("police suspect that he fled", [("suspect", "hedge")], "verb of thinking"),
    ("she suspects that he fled", [("suspects", "hedge")], "verb of thinking"),
    ("12 are feared dead", [("feared dead", "hedge")], "supposed dead"),
    ("they feared the dog", [], "fear"),
    ("he appeared in court", [], "was present"),
    ("he did not appear on television", [], "was not present"),
    ("it appears to be over", [("appears", "hedge")], "verb of seeming"),
    ("it seemed to be over", [("seemed", "hedge")], "verb of seeming"),
    ("he is believed to be alive", [("is believed", "hedge")], "passive of thinking"),
    ("they believe in peace", [], "faith"),
    ("they do not believe in peace", [], "faith denied"),
    ("a remote village", [], "far away"),
    ("the chance of rain is remote", [("remote", "hedge")], "of a chance"),
    ("his remote is broken", [], "thing"),
    ("Probable cause was found; it is probably arson", [("probably", "hedge")], "legal term"),
    ("We, with moderate confidence, agree", [("moderate confidence", "hedge")], "analyst's words"),
    ("It is possibly, perhaps, over", [("possibly", "hedge"), ("perhaps", "hedge")], "two in a row"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "low", "high", "scale", "note"), BANDS, ids=[row[0] for row in BANDS])
def test_a_hedge_is_read_as_its_band(words: str, low: float, high: float, scale: str, note: str) -> None:
    certainty = Certainty.parse(words)
    assert certainty is not None, note
    assert (certainty.low, certainty.high, certainty.scale) == (low, high, scale), note
    assert certainty.words == words


@pytest.mark.parametrize(("words", "note"), NO_CERTAINTY, ids=[row[0][:20] for row in NO_CERTAINTY])
def test_anything_else_is_no_certainty(words: str, note: str) -> None:
    assert Certainty.parse(words) is None, note


@pytest.mark.parametrize(("text", "expected", "note"), IN_TEXT, ids=[row[0] for row in IN_TEXT])
def test_hedges_are_told_from_the_other_meanings_of_their_words(
    text: str, expected: list[tuple[str, str]], note: str
) -> None:
    assert [(text[m.start : m.end], m.kind) for m in find_hedges(text)] == expected, note


def test_words_are_kept_without_the_space_around() -> None:
    certainty = Certainty.parse("  likely ")
    assert certainty is not None
    assert certainty.words == "likely"


def test_error_a_band_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"the band \[0.5, 0.2\] is empty"):
        Certainty(words="x", low=0.5, high=0.2, scale="sayso")


# one, other, contains, overlaps, contradicts, note
COMPARISONS: list[tuple[str, str, bool, bool, bool | None, str]] = [
    ("likely", "probably", True, True, False, "two names of one band"),
    ("likely", "unlikely", False, False, True, "apart"),
    ("likely", "very likely", False, True, False, "neighbours touch"),
    ("allegedly", "likely", True, True, False, "a wide band holds a narrow one"),
    ("likely", "allegedly", False, True, False, "but not the other way round"),
    ("definitely", "almost no chance", False, False, True, "two scales, still apart"),
    ("not clear whether", "almost certain", True, True, None, "a question contradicts nothing"),
]


@pytest.mark.parametrize(("one", "other", "contains", "overlaps", "contradicts", "note"), COMPARISONS)
def test_certainties_compare(
    one: str, other: str, contains: bool, overlaps: bool, contradicts: bool | None, note: str
) -> None:
    left, right = Certainty.parse(one), Certainty.parse(other)
    assert left is not None
    assert right is not None
    assert left.contains(right) is contains, note
    assert left.overlaps(right) is overlaps, note
    assert left.contradicts(right) is contradicts, note


@pytest.mark.parametrize(
    ("words", "formatted"),
    [
        ("almost certainly", "almost certainly (95-99 %, ICD 203)"),
        ("allegedly", "allegedly (20-80 %, sayso)"),
        ("fifty-fifty", "fifty-fifty (50 %, sayso)"),
    ],
)
def test_a_certainty_is_shown_with_its_band_and_scale(words: str, formatted: str) -> None:
    certainty = Certainty.parse(words)
    assert certainty is not None
    assert certainty.format() == formatted
