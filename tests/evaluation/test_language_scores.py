"""Specification of the scorers of the language exam, on invented sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.language.corpora import Place, draft, treebank, untagged
from evaluation.language.scores import Count, aligned, attachment, words_of_span

CONLLU = """\
# newdoc id = one
# newpar id = one-1
# sent_id = a
# text = They can't.
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod:neg\t_\t_
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# sent_id = b
# newpar id = one-2
1-2\twanna\t_\t_\t_\t_\t_\t_\t_\t_
1\twant\twant\tVERB\tVB\t_\t0\troot\t_\t_
2\tto\tto\tPART\tTO\t_\t1\txcomp\t_\t_
2.1\tgone\tgo\tVERB\tVB\t_\t_\t_\t_\t_

"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "ud" / "ewt"
    folder.mkdir(parents=True)
    (folder / "en_ewt-ud-dev.conllu").write_text(CONLLU, encoding="utf-8")
    return tmp_path


def test_a_treebank_gives_words_trees_and_the_raw_text(data: Path) -> None:
    (document,) = treebank(data, "ewt", "dev")
    assert document.words == ["They", "ca", "n't", ".", "want", "to"]
    assert document.heads == [1, -1, 1, 1, -1, 4]
    assert document.relations == ["nsubj", "root", "advmod", "punct", "root", "xcomp"]  # without subtypes
    assert document.sentences == [0, 4]
    assert document.paragraphs == [0, 4]
    assert document.text.strip() == "They can't.\n\nwanna"
    assert [document.text[p.start : p.end] for p in document.places] == ["They", "ca", "n't", ".", "wanna", "wanna"]
    assert [p.respelt for p in document.places] == [False] * 4 + [True] * 2


def test_a_draft_has_the_gold_words_and_sentences(data: Path) -> None:
    analysis = draft(treebank(data, "ewt", "dev")[0])
    assert [token.text for token in analysis.tokens] == ["They", "ca", "n't", ".", "want", "to"]
    assert [(s.first, s.last, s.block) for s in analysis.sentences] == [(0, 4, 0), (4, 6, 1)]
    assert all(analysis.report.text[t.start : t.end] == t.text for t in analysis.tokens)


def test_perfect_trees_on_raw_text_score_100(data: Path) -> None:
    (document,) = treebank(data, "ewt", "dev")
    found = [(p.start, p.end, w) for p, w in zip(document.places, document.words, strict=True) if not p.respelt]
    start = document.places[-1].start
    found += [(start, start + 4, "want"), (start + 4, start + 5, "to")]
    pairs = aligned(document.places, document.words, found)
    assert pairs == {n: n for n in range(6)}
    count = Count()
    attachment(count, (document.heads, document.relations), (document.heads, document.relations), pairs)
    assert count.f1 == 100


def test_a_word_cut_otherwise_costs_itself_and_what_hangs_from_it() -> None:
    gold = [Place(0, 4), Place(5, 7), Place(7, 10)]
    found = [(0, 4, "They"), (5, 10, "can't")]
    pairs = aligned(gold, ["They", "ca", "n't"], found)
    assert pairs == {0: 0}
    count = Count()
    attachment(count, ([1, -1, 1], ["nsubj", "root", "advmod"]), ([1, -1], ["nsubj", "root"]), pairs)
    assert (count.gold, count.predicted, count.right) == (3, 2, 0)


SPANS = [
    (["O", "O"], set()),
    (["B-a", "I-a", "O"], {("a", 0, 2)}),
    (["B-a", "B-a"], {("a", 0, 1), ("a", 1, 2)}),
    (["B-a", "I-b"], {("a", 0, 1), ("b", 1, 2)}),
]


@pytest.mark.parametrize(("labels", "expected"), SPANS)
def test_spans_of_labels(labels: list[str], expected: set[tuple[str, int, int]]) -> None:
    assert words_of_span(labels) == expected


def test_f1_counts_what_both_have_once() -> None:
    count = Count()
    count.add([1, 2, 3, 3], [3, 4])
    assert (count.gold, count.predicted, count.right) == (3, 2, 1)
    assert count.f1 == pytest.approx(40)
    assert Count().f1 == 0


def test_time_expressions_are_found_in_the_text_without_its_tags() -> None:
    source = 'Ude &amp; Lem <EVENT eid="e1">left</EVENT> <TIMEX3 tid="t1">on <b>Monday</b></TIMEX3>.'
    text, spans = untagged(source)
    assert text == "Ude & Lem left on Monday."
    assert [text[start:end] for start, end in spans] == ["on Monday"]
