"""Verb forms, and whether a use is active or passive."""

from __future__ import annotations

import pytest

from sayso.language.rules import analyse_by_rule
from sayso.reading.sentences.passages import scan
from sayso.reading.sentences.verbs import forms, use_of
from sayso.vocab.gazetteer import Gazetteer
from tests.reading.claim_helpers import report_of

FORMS = [
    ("shell", "shells shelled shelling", "regular"),
    ("bury", "buries buried burying", "y after a consonant"),
    ("destroy", "destroys destroyed destroying", "y after a vowel"),
    ("seize", "seizes seized seizing", "silent e"),
    ("gun down", "guns down gunned down gunning down", "the first word inflects"),
    ("badly damage", "badly damages badly damaged badly damaging", "an adverb before it does not"),
    ("shoot and kill", "shoots and kills shot and killed shooting and killing", "both verbs inflect"),
    ("throw", "throws threw thrown throwing", "irregular"),
    ("smash", "smashes smashed smashing", "sibilant"),
]


@pytest.mark.parametrize(("verb", "expected", "note"), FORMS, ids=[row[2] for row in FORMS])
def test_a_verb_has_its_forms(verb: str, expected: str, note: str) -> None:
    others = set(forms(verb)) - {verb}
    assert " ".join(sorted(others, key=expected.index)) == expected, note


USES = [
    ("Two men were killed .", 3, "passive", "be before the participle"),
    ("Two men were reportedly killed .", 4, "passive", "an adverb between"),
    ("Rebels killed two men .", 1, "active", "an object follows"),
    ("Men killed by rebels fell .", 1, "passive", "a bare participle with by"),
    ("Rebels had killed two men .", 2, "active", "have makes no passive"),
    ("They came , killing two men .", 3, "gerund", "-ing without be"),
    ("Rebels were killing two men .", 2, "active", "-ing with be"),
]


@pytest.mark.parametrize(("text", "at", "voice", "note"), USES, ids=[row[3] for row in USES])
def test_a_verb_is_used(text: str, at: int, voice: str, note: str) -> None:
    passage = scan(analyse_by_rule(report_of(text)), Gazetteer.default()).passages[0]
    use = use_of(passage, at, at + 1, forms("kill")[passage.word(at)])
    assert use is not None
    assert use.voice == voice, note


def test_a_noun_is_no_verb() -> None:
    passage = scan(analyse_by_rule(report_of("The wounded fled .")), Gazetteer.default()).passages[0]
    assert use_of(passage, 1, 2, forms("wound")["wounded"]) is None
