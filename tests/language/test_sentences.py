"""Specification of the sentence splitter: which stops end a sentence, and that no sentence leaves its block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.rules import analyse_by_rule
from sayso.records import Block, Report

# ‖ marks the sentence boundaries that must be found in the text without the mark.
TABLE = [
    ("plain", "The bridge fell. ‖Nobody was hurt."),
    ("question and exclamation", "Who fired? ‖Nobody knows! ‖They ran."),
    ("no stop at the end", "The bridge fell. ‖Nobody was hurt"),
    ("titles", "Lt. Col. Ude met Dr. Lem and Gen. Oss in Varna. ‖They left."),
    ("initials", "J. K. Lem spoke. ‖A. B. Ude did not."),
    ("U.S. before a name", "The U.S. Embassy in Tarn closed. ‖It reopened."),
    ("U.S. before an opener", "They flew to the U.S. ‖The others stayed."),
    ("a.m.", "It began at 5 a.m. local time. ‖It ended at 7 p.m. ‖The police came at 8 p.m. Monday."),
    ("decimal numbers", "It weighed 3.5 tonnes. ‖It cost $1.2 million."),
    ("number of a list item", "1. Close the road. ‖2. Call the guards."),
    ("quote behind the stop", "“We fired.” ‖He left."),
    ("quote goes on in lower case", "“Stop!” he said. ‖“Why?” she asked."),
    ("straight quote", '"We fired." ‖"They ran." ‖He left.'),
    ("bracket behind the stop", "(They ran.) ‖He left."),
    ("ellipsis in a sentence", "He said ... nothing at all. ‖Then he left."),
    ("ellipsis at the end", "He said nothing… ‖Then he left."),
    ("all capitals", "THE U.S. EMBASSY IN TARN CLOSED. ‖LT. COL. UDE LEFT AT 5 A.M. TODAY."),
    ("number before a name", "No. 5 won. ‖He said no. ‖Yes, no."),
    ("lower case after a stop", "the bridge fell. ‖nobody was hurt."),
    ("comma behind an abbreviation", "Oss Inc., of Varna, closed. ‖It owed money."),
    ("domain names", "See example.org for more. ‖Or ask."),
    ("reference marks", "The bridge fell.[12] ‖Nobody was hurt. [3] ‖It rained."),
    ("a blank line ends a headline", "BRIDGE FALLS IN TARN\n\n‖The bridge fell."),
    ("a line break does not", "The bridge\nfell. ‖Nobody\nwas hurt."),
    ("only marks", "..."),
    ("a drawn line stands alone", "Close the road ‖===== ‖Call the guards"),
    ("a smile ends a sentence", "See you there :-) ‖Ude"),
]


def sentences(text: str, *blocks: Block) -> list[str]:
    report = Report(id="re_test", text=text, blocks=blocks)
    return [text[s.start : s.end] for s in analyse_by_rule(report).sentences]


@pytest.mark.parametrize("marked", [row[1] for row in TABLE], ids=[row[0] for row in TABLE])
def test_sentences_end_where_the_table_says(marked: str) -> None:
    assert sentences(marked.replace("‖", "")) == [part.strip() for part in marked.split("‖")]


def test_a_sentence_never_runs_into_the_next_block() -> None:
    text = "Bridge falls in Tarn The bridge fell"
    blocks = (Block(kind="headline", start=0, end=20), Block(kind="paragraph", start=21, end=len(text)))
    report = Report(id="re_test", text=text, blocks=blocks)
    assert [(text[s.start : s.end], s.block) for s in analyse_by_rule(report).sentences] == [
        ("Bridge falls in Tarn", 0),
        ("The bridge fell", 1),
    ]


def test_text_between_blocks_is_analysed_and_belongs_to_no_block() -> None:
    text = "Tarn ** The bridge fell"
    blocks = (Block(kind="dateline", start=0, end=4), Block(kind="paragraph", start=8, end=len(text)))
    report = Report(id="re_test", text=text, blocks=blocks)
    assert [s.block for s in analyse_by_rule(report).sentences] == [0, -1, 1]


@pytest.mark.parametrize("text", ["", " \n\n \t", "\n"])
def test_a_text_without_words_has_no_sentence(text: str) -> None:
    analysis = analyse_by_rule(Report(id="re_test", text=text))
    assert analysis.tokens == ()
    assert analysis.sentences == ()


@given(st.text(st.sampled_from(list("aB.?!… \n\"'”)([12]U")), max_size=80), st.lists(st.integers(0, 80), max_size=6))
def test_each_token_lies_in_exactly_one_sentence_and_block(text: str, cuts: list[int]) -> None:
    edges = sorted({min(cut, len(text)) for cut in cuts})
    blocks = tuple(Block(kind="paragraph", start=a, end=b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    analysis = analyse_by_rule(Report(id="re_test", text=text, blocks=blocks))
    assert [i for s in analysis.sentences for i in range(s.first, s.last)] == list(range(len(analysis.tokens)))
    for sentence in analysis.sentences:
        assert sentence.start == analysis.tokens[sentence.first].start
        assert sentence.end == analysis.tokens[sentence.last - 1].end
        if blocks and sentence.block >= 0:
            assert blocks[sentence.block].start <= sentence.start <= sentence.end <= blocks[sentence.block].end
