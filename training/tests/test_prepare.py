"""The preparation of corpora; needs no torch: `python -m pytest training/tests`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from prepare.events import nearest
from prepare.form import Anchor, Document, bio, check, read, spans_of, write
from prepare.polnear import attributions, document
from prepare.times import with_times
from prepare.words import sentence_starts, tokenise


@pytest.mark.parametrize(
    ("text", "keep_hyphens", "words"),
    [
        ("He didn't say why.", False, ["He", "did", "n't", "say", "why", "."]),
        ("Smith's U.S.-backed group", False, ["Smith", "'s", "U.S.", "-", "backed", "group"]),
        ("a well-known 1,200-strong unit", True, ["a", "well-known", "1,200", "-", "strong", "unit"]),
        ("“No,” Gen. Smith said…", False, ["“", "No", ",", "”", "Gen.", "Smith", "said", "…"]),
        ("see https://example.org/a?b=1.", False, ["see", "https://example.org/a?b=1", "."]),
    ],
)
def test_words_are_cut_as_in_the_treebanks(text: str, keep_hyphens: bool, words: list[str]) -> None:
    tokens = tokenise(text, keep_hyphens)
    assert [word for word, _, _ in tokens] == words
    assert all(text[start:end] == word for word, start, end in tokens)


def test_a_long_line_is_cut_in_linear_time() -> None:
    assert len(tokenise("a" * 50_000)) == 1


def test_sentences_end_at_a_mark_before_a_capital() -> None:
    words = ["It", "rained", ".", "He", "left", ".", "then", "he", "slept", "."]
    assert list(sentence_starts(words)) == [0, 3]


def test_bio_drops_what_overlaps_an_earlier_span_and_reads_back() -> None:
    tags = bio([("a", 0, 1), ("b", 1, 2), ("a", 2, 2)], 4)
    assert tags == ["B-a", "I-a", "B-a", "O"]
    assert spans_of([str(tag) for tag in tags]) == [("a", 0, 1), ("a", 2, 2)]


def test_a_document_survives_the_file(tmp_path: Path) -> None:
    document = Document("x", "1", ["a", "b"], [0], tags={"t": ["O", None]}, heads=[-1, 0], relations=["root", "obj"])
    document.anchors["srl"] = [Anchor(0, [("ARG1", 1, 1)])]
    assert write(tmp_path / "d.jsonl.gz", [document]) == (1, 2)
    assert list(read(tmp_path / "d.jsonl.gz")) == [document]


def test_error_of_a_layer_with_the_wrong_length() -> None:
    with pytest.raises(ValueError, match="layer t has 1 labels for 2 words"):
        check(Document("x", "1", ["a", "b"], [0], tags={"t": ["O"]}))


def test_attributions_become_a_flat_layer_and_linked_anchors(tmp_path: Path) -> None:
    text = "Police said nobody was hurt."
    marks = "T1\tSource 0 6\tPolice\nT2\tCue 7 11\tsaid\nT3\tContent 12 27\tnobody was hurt\nE1\tAttribution:T9 Content:T3 Cue:T2 Source:T1\n"
    (tmp_path / "a.ann").write_text(marks)
    made = document("a", text, attributions(tmp_path / "a.ann"), keep_hyphens=False)
    assert made.tags["attribution"] == ["B-source", "B-cue", "B-content", "I-content", "I-content", "O"]
    assert made.anchors["quote"][0].word == 1
    assert set(made.anchors["quote"][0].roles) == {("source", 0, 0), ("cue", 1, 1), ("content", 2, 4)}


def test_the_nearest_occurrence_of_an_argument_is_taken() -> None:
    words = ["the", "man", "shot", "the", "man"]
    assert nearest(words, ["man"], 3) == (4, 4)
    assert nearest(words, ["woman"], 3) is None


def test_times_by_rule_are_marked_word_by_word_in_their_sentence() -> None:
    words = ["The", "bridge", "fell", "on", "3", "May", "2031", ".", "It", "had", "stood", "for", "twelve", "years"]
    document = with_times(Document("own", "1", words, [0, 8]))
    marked = [word for word, label in zip(words, document.tags["timex"], strict=True) if label != "O"]
    assert marked == ["3", "May", "2031", "twelve", "years"]
    assert document.tags["timex"][words.index("3")] == "B-TIME"
    assert document.tags["timex"][words.index("May")] == "I-TIME"
