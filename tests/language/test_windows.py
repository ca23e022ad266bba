"""Specification of windows: what fits, what stays together, and that each token is decided once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.analysis import Analysis
from sayso.language.rules import analyse_by_rule
from sayso.language.windows import BATCH_PIECES, PIECES, Window, batches, cut, paragraph_starts
from sayso.records import Report

WORDS = 20


def draft(*paragraphs: str) -> Analysis:
    return analyse_by_rule(Report(id="re_test", text="\n\n".join(paragraphs)))


def sentence(words: int) -> str:
    return " ".join(["Word", *["word"] * (words - 2), "."])


def ranges(analysis: Analysis, pieces: int = 1) -> list[tuple[int, int]]:
    return [(w.first, w.last) for w in cut(analysis, [pieces] * len(analysis.tokens), WORDS)]


def test_short_paragraphs_share_a_window() -> None:
    assert ranges(draft(sentence(8), sentence(8))) == [(0, 16)]


def test_a_paragraph_that_does_not_fit_behind_others_begins_a_window_and_stays_whole() -> None:
    assert ranges(draft(sentence(8), f"{sentence(8)} {sentence(8)}")) == [(0, 8), (8, 24)]


def test_a_paragraph_longer_than_a_window_is_cut_between_sentences() -> None:
    assert ranges(draft(" ".join([sentence(9)] * 4))) == [(0, 18), (18, 36)]


def test_a_window_holds_no_more_pieces_than_the_limit() -> None:
    windows = list(cut(draft(" ".join([sentence(9)] * 4)), [6] * 36, 120))
    assert all(window.pieces <= PIECES for window in windows)
    assert [(w.first, w.last) for w in windows] == [(0, 18), (18, 36)]


def test_paragraphs_cost_a_piece_between_them() -> None:
    (window,) = cut(draft(sentence(8), sentence(8)), [1] * 16, WORDS)
    assert window.pieces == 16 + 1 + 2


def test_a_sentence_longer_than_a_window_is_read_in_overlapping_parts() -> None:
    windows = list(cut(draft(sentence(50)), [1] * 50, WORDS))
    assert [(w.first, w.last) for w in windows] == [(0, 20), (15, 35), (30, 50)]
    assert [(w.own_first, w.own_last) for w in windows] == [(0, 17), (17, 32), (32, 50)]


def test_paragraphs_begin_at_blocks_and_blank_lines_but_not_at_line_breaks() -> None:
    assert paragraph_starts(draft("One two.", "Three\nfour. Five.")) == [0, 3]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(2, 60), min_size=1, max_size=5), max_size=6),
    st.integers(1, 6),
)
def test_every_token_is_decided_by_exactly_one_window(shape: list[list[int]], pieces: int) -> None:
    analysis = draft(*(" ".join(map(sentence, paragraph)) for paragraph in shape))
    windows = list(cut(analysis, [pieces] * len(analysis.tokens), WORDS))
    decided = [token for window in windows for token in range(window.own_first, window.own_last)]
    assert decided == list(range(len(analysis.tokens)))
    for window in windows:
        assert window.first <= window.own_first < window.own_last <= window.last
        assert window.last - window.first <= WORDS
        assert window.pieces <= window.size
        assert window.pieces <= PIECES
        inner = [start for start in paragraph_starts(analysis) if window.first < start < window.last]
        assert window.pieces == pieces * (window.last - window.first) + 2 + len(inner)


@given(st.lists(st.integers(3, PIECES), max_size=60))
def test_a_batch_holds_windows_of_one_padded_size_only_and_no_window_is_lost(sizes: list[int]) -> None:
    windows = [Window(0, 1, 0, 1, pieces) for pieces in sizes]
    found = list(batches(windows))
    assert sorted(position for batch in found for position in batch) == list(range(len(windows)))
    for batch in found:
        assert len({windows[position].size for position in batch}) == 1
        assert len(batch) * windows[batch[0]].size <= BATCH_PIECES
