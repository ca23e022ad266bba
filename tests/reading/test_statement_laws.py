"""Laws of statements that hold for any text: grounded, no overlap with the cue, a forest, linear time, no crash."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.rules import analyse_by_rule
from sayso.reading.attribution.attributions import find_attributions
from sayso.reading.statements.statements import Statements, find_statements
from sayso.records import Reading
from sayso.vocab.gazetteer import Gazetteer
from tests.reading.reading_helpers import read, report_of

WORDS = [
    "said", "Moro", "Lena", "the", "army", "that", "who", "“", "”", "‘", "’", '"', "'", ",", ".", ";", ":",
    "(", ")", "—",
    "and", "but", "adding", "according", "to", "he", "they", "I", "police", "claimed", "responsibility", "blamed", "by",
    "was", "not", "asked", "whether", "told", "reporters", "in", "a", "statement", "on", "Tuesday", "12", "men", "ran",
    "spokesman", "for", "which", "wrote", "warned", "of", "accusation", "'s", "denied", "\n",
]  # fmt: skip
NEWS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
TEXTS = NEWS | st.text(max_size=200) | st.text(alphabet="“”‘’'\" ,.said\nAB", max_size=120)


@given(TEXTS)
@settings(max_examples=120, deadline=None)
def test_content_and_source_never_overlap_the_cue(text: str) -> None:
    for item in find_attributions(analyse_by_rule(report_of(text))):
        for span in item.contents:
            assert span.start < span.end
            assert item.cue is None or not span.overlaps(item.cue)
            assert item.source is None or not span.overlaps(item.source)
        assert not (item.cue and item.source and item.cue.overlaps(item.source))
        for one, other in zip(item.contents, item.contents[1:], strict=False):
            assert one.end <= other.start


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_statements_are_grounded_in_their_report(text: str) -> None:
    report = report_of(text)
    found = find_statements(analyse_by_rule(report), Gazetteer.default())
    Reading(reports=(report,), statements=found.records, not_understood=found.not_understood)


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_nesting_is_a_forest(text: str) -> None:
    found = read(text)
    parents = {item.id: item.inside for item in found.records}
    assert len(parents) == len(found.records)
    for own in parents:
        seen, at = {own}, parents[own]
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parents[at]


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_voice_at_a_place_holds_that_place(text: str) -> None:
    found = read(text)
    for place in range(len(text)):
        voice = found.at(place)
        around = [item for item in found.spoken if any(s.start <= place < s.end for s in item.statement.content)]
        assert voice in around or not around
        if voice is not None and not around:  # it goes on behind its content: "…, police said; a fifth got away"
            assert all(span.end <= place for span in voice.statement.content)


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_the_same_text_gives_the_same_statements(text: str) -> None:
    assert read(text).records == read(text).records


def seconds(text: str) -> float:
    analysis = analyse_by_rule(report_of(text))
    began = time.process_time()
    found = find_statements(analysis, Gazetteer.default())
    assert isinstance(found, Statements)
    return time.process_time() - began


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "“We hid,” she said. ", "He said “", "said ", "said, ", "“a” ", "Moro said that ", "“", "Ana: b\n",
        "he, who said ", "“She said ‘we hid’ ", "Otto Brandt ",
    ],
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    small, large = 4_000, 16_000
    short = seconds(unit * (small // len(unit)))
    long = seconds(unit * (large // len(unit)))
    assert long < 8 * short + 1
