"""What holds of every certainty, and of the lexicon of hedges as a whole."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values import Certainty
from sayso.values.certainty import find_hedges
from sayso.values.words import load

VOCABULARY = (
    "not very highly likely unlikely probably almost certainly certain no doubt may May might could have been be "
    "verified confirmed independently yet to suspected suspect suspects that alleged the is was believed in appears "
    "possible as soon so - called clear whether ruled out remote chance 5 . , said"
)
PIECES = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=80)
CERTAINTIES = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(
    lambda ends: Certainty(words="x", low=min(ends), high=max(ends), scale="sayso")
)
ENTRIES = load("hedges")["entry"]
ICD_203 = sorted((row["low"], row["high"]) for row in ENTRIES if row.get("scale") == "ICD 203")


@given(TEXTS)
def test_parse_never_raises_and_gives_a_band(text: str) -> None:
    certainty = Certainty.parse(text)
    assert certainty is None or 0 <= certainty.low <= certainty.high <= 1


@given(TEXTS)
def test_mentions_lie_in_the_text_without_overlap_and_read_again_the_same(text: str) -> None:
    last = 0
    for mention in find_hedges(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
        assert mention.certainty.words == text[mention.start : mention.end]
        assert Certainty.parse(mention.certainty.words) == mention.certainty


@given(CERTAINTIES, CERTAINTIES)
def test_contradiction_and_overlap_are_symmetric_and_exclude_each_other(one: Certainty, other: Certainty) -> None:
    assert one.contradicts(other) is other.contradicts(one)
    assert one.overlaps(other) is other.overlaps(one)
    assert not (one.contradicts(other) and one.overlaps(other))
    assert not one.contains(other) or one.overlaps(other)


@given(CERTAINTIES)
def test_a_certainty_contains_and_overlaps_itself(one: Certainty) -> None:
    assert one.contains(one)
    assert one.overlaps(one)
    assert not one.contradicts(one)


def test_the_seven_bands_of_icd_203_stand_end_to_end() -> None:
    assert len(ICD_203) == 7
    assert all(below[1] == above[0] for below, above in pairwise(ICD_203))
    assert (ICD_203[0][0], ICD_203[-1][1]) == (0.01, 0.99)


@pytest.mark.parametrize("row", ENTRIES, ids=[row["words"][0] for row in ENTRIES])
def test_every_phrase_of_the_lexicon_reads_as_its_own_entry(row: dict[str, object]) -> None:
    words = row["words"]
    assert isinstance(words, list)
    bands = {(c.low, c.high, c.scale) if (c := Certainty.parse(word)) else word for word in words}
    assert len(bands) == 1
    assert all(isinstance(band, tuple) for band in bands)


def test_no_phrase_of_the_lexicon_stands_twice() -> None:
    words = [word for row in ENTRIES for word in row["words"]]
    assert sorted(words) == sorted(set(words))


def test_every_chosen_band_gives_its_reason() -> None:
    for row in ENTRIES:
        assert row.get("scale") == "ICD 203" or "perceived" in row or row["why"], row["words"]


@pytest.mark.parametrize("piece", ["not yet been ", "may ", "as soon as ", "not ", "remote "])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    times = []
    for size in (10_000, 100_000):
        start = time.process_time()
        find_hedges((piece * size)[:size])
        times.append(time.process_time() - start)
    assert times[1] < 30 * times[0] + 0.5
