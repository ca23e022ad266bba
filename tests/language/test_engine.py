"""Specification of the way from reports to analyses, with a model whose scores are known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sayso.language import engine, windows
from sayso.language.analysis import Analysis
from sayso.language.engine import analyse, enrich
from sayso.language.rules import analyse_by_rule
from sayso.records import Report

TEXTS = [
    "Ude Lem zaid it. Nobody\nelse did.\n\nOthers zaw the bridge at Tarn.",
    "",
    "One " + "word " * 70 + "zaid so at Varna.",
    "THE BRIDGE FELL TODAY IN TARN",
    "Short.",
    " ".join(["The men left Tarn and Oss."] * 30),
]


def reports() -> Iterator[Report]:
    for number, text in enumerate(TEXTS):
        yield Report(id=f"re_{number}", text=text)


def run(fake, which: Iterator[Report] | None = None) -> list[Analysis]:
    return list(enrich(((analyse_by_rule(report), {}) for report in which or reports()), fake))


def everything(analysis: Analysis) -> object:
    """All that an analysis says, comparable."""
    return (
        analysis.tokens,
        analysis.sentences,
        {name: list(labels) for name, labels in analysis.tags.items()},
        {name: (arcs.heads.tolist(), list(arcs.labels)) for name, arcs in analysis.arcs.items()},
        analysis.anchors,
        analysis.roles_of_sentences,
        {name: values.tolist() for name, values in analysis.numbers.items()},
        None if analysis.embedding is None else analysis.embedding.tolist(),
    )


def test_analyses_come_in_the_order_of_the_reports(fake) -> None:
    assert [analysis.report.id for analysis in run(fake)] == [f"re_{n}" for n in range(len(TEXTS))]
    assert all(analysis.model == "fake" for analysis in run(fake))


def test_each_layer_stands_at_its_words(fake) -> None:
    first = run(fake)[0]
    words = [token.text for token in first.tokens]
    assert " ".join(words) == "Ude Lem zaid it . Nobody else did . Others zaw the bridge at Tarn ."
    assert [first.span(c.first, c.last).text for c in first.chunks("entity")] == ["Ude Lem", "Nobody", "Others", "Tarn"]
    assert [token for token, tag in zip(words, first.tags["upos"], strict=True) if tag == "VOWEL"] == [
        "Ude", "it", "else", "Others", "at",
    ]  # fmt: skip
    assert [words[anchor.token] for anchor in first.anchors["quote"]] == ["zaid", "zaw"]
    said, saw = first.anchors["quote"]
    assert first.span(said.role("content").first, said.role("content").last).text.startswith("it. Nobody")
    assert first.span(saw.role("content").first, saw.role("content").last).text == "the bridge at Tarn."
    assert said.role("cue") is not None
    assert said.role("source") is None
    assert first.roles_of_sentences == {"role": ("main", "main", "main")}
    assert first.numbers["factuality"][:3].tolist() == pytest.approx([3.0, 0.13, 0.13])  # clipped and rounded


def test_every_sentence_has_one_tree(fake) -> None:
    for analysis in run(fake):
        heads, labels = analysis.arcs["dep"].heads, analysis.arcs["dep"].labels
        for sentence in analysis.sentences:
            here = heads[sentence.first : sentence.last]
            assert (here < 0).sum() == 1
            assert [labels[i] for i in range(sentence.first, sentence.last)].count("root") == 1
            assert all(sentence.first <= head < sentence.last for head in here if head >= 0)


def test_mentions_only_have_antecedents(fake) -> None:
    first = run(fake)[0]
    titles = [i for i, token in enumerate(first.tokens) if token.text.istitle()]
    assert [i for i, head in enumerate(first.arcs["coref"].heads) if head >= 0] == titles
    assert first.arcs["coref"].heads[0] == 0  # a first mention is its own antecedent


def test_a_report_reads_the_same_alone_and_among_others(fake) -> None:
    together = run(fake)
    for analysis, report in zip(together, reports(), strict=True):
        (alone,) = run(fake, iter([report]))
        assert everything(alone) == everything(analysis)


@pytest.mark.parametrize(("pool", "batch"), [(1, 64), (3, 128), (1000, 10_000)])
def test_pools_and_batches_do_not_show(fake, monkeypatch: pytest.MonkeyPatch, pool: int, batch: int) -> None:
    expected = [everything(analysis) for analysis in run(fake)]
    monkeypatch.setattr(engine, "POOL", pool)
    monkeypatch.setattr(windows, "BATCH_PIECES", batch)
    assert [everything(analysis) for analysis in run(fake)] == expected


def test_threads_to_spare_do_not_show(fake, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [everything(analysis) for analysis in run(fake)]
    monkeypatch.setattr(engine, "POOL", 2)
    monkeypatch.setattr(windows, "BATCH_PIECES", 64)
    monkeypatch.setattr(fake, "threads", 2, raising=False)
    assert [everything(analysis) for analysis in run(fake)] == expected


def test_a_problem_in_another_thread_is_told(fake, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fake, "threads", 2, raising=False)
    monkeypatch.setattr(fake, "run", broken)
    with pytest.raises(ZeroDivisionError):
        run(fake)


def test_windows_of_one_size_only_share_a_batch_and_batches_stay_small(fake) -> None:
    run(fake)
    assert all(rows * size <= windows.BATCH_PIECES for rows, size in fake.sizes)
    assert any(rows > 1 for rows, _ in fake.sizes)


def test_reports_are_read_as_needed_and_not_ahead_of_the_pool(fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "POOL", 2)
    taken = []

    def endless() -> Iterator[tuple[Analysis, dict[str, frozenset[int]]]]:
        for number in range(1_000):
            taken.append(number)
            yield analyse_by_rule(Report(id=f"re_{number}", text="Ude left.")), {}

    next(enrich(endless(), fake))
    assert len(taken) <= 3


def test_a_forced_anchor_is_kept_whatever_the_model_thinks(fake) -> None:
    draft = analyse_by_rule(Report(id="re_x", text="Ude went home."))
    (analysis,) = enrich([(draft, {"quote": frozenset({1})})], fake)
    (anchor,) = analysis.anchors["quote"]
    assert anchor.token == 1
    assert anchor.score < 0.1


def test_embeddings_have_unit_length_and_an_empty_report_has_none(fake) -> None:
    analyses = run(fake)
    assert analyses[1].embedding is None
    assert float(np.linalg.norm(analyses[0].embedding)) == pytest.approx(1, abs=1e-3)


def test_without_a_model_there_are_rules_only_and_the_analysis_says_so() -> None:
    (analysis,) = analyse([Report(id="re_x", text="Ude left. Lem stayed.")], rules_only=True)
    assert analysis.model is None
    assert len(analysis.sentences) == 2
    assert analysis.tags == {}
    assert analysis.chunks("entity") == []
