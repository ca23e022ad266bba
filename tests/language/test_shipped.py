"""Specification of the model in use (shipped, or SAYSO_MODEL): same text, same bytes, whatever the setting."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest

from sayso.language import engine, inputs, windows
from sayso.language.analysis import Analysis
from sayso.language.decode.scores import STEP
from sayso.language.engine import analyse
from sayso.language.model import Model, find
from sayso.language.plain import as_data
from sayso.language.rules import analyse_by_rule
from sayso.records import Report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find() is None, reason="no model is shipped in this checkout and SAYSO_MODEL names none"),
]

TEXTS = [
    "Rebels fired three rockets at the embassy in Tarn on Monday, police said.\n\n“We did not do it,” said Colonel Ude "
    "Lem, a spokesman for the Kestrel Front, who denied that the group's fighters had attacked the guards.\n\nThe U.S. "
    "Army said it was investigating. Nobody was hurt, according to two witnesses.",
    "BOMB KILLS FOUR IN VARN\n\nVARN, 3 MAY (OSS) -- FOUR PEOPLE WERE KILLED WHEN A CAR BOMB WENT OFF. THE MINISTER "
    "BLAMED THE GUERRILLAS OF THE NORTH.",
    "A sentence that never ends " + "and goes on with another village that was shelled, " * 40 + "ends here.",
    "Short.",
    "",
    "¿Qué? 🙂 العميد قال … 12:30 — http://example.org/a?b=c “",
]


@pytest.fixture(scope="module")
def one() -> Model:
    folder = find()
    assert folder is not None
    return Model(folder, threads=1)


@pytest.fixture(scope="module")
def two(one: Model) -> Model:
    return Model(one.folder, threads=2)


def reports() -> Iterator[Report]:
    for number, text in enumerate(TEXTS):
        yield Report(id=f"re_{number}", text=text)


def written(analyses: Iterator[Analysis]) -> list[str]:
    return [json.dumps(as_data(analysis), sort_keys=True) for analysis in analyses]


@pytest.fixture(scope="module")
def expected(one: Model) -> list[str]:
    return written(analyse(reports(), model=one))


def test_two_threads_write_the_same_bytes_as_one(two: Model, expected: list[str]) -> None:
    assert written(analyse(reports(), model=two)) == expected


@pytest.mark.parametrize(("pool", "batch"), [(1, 1), (4, 256), (1000, 4096)])
def test_batches_of_any_size_write_the_same_bytes(
    one: Model, expected: list[str], monkeypatch: pytest.MonkeyPatch, pool: int, batch: int
) -> None:
    monkeypatch.setattr(engine, "POOL", pool)
    monkeypatch.setattr(windows, "BATCH_PIECES", batch)
    assert written(analyse(reports(), model=one)) == expected


def test_a_report_alone_writes_the_same_bytes_as_among_others(one: Model, expected: list[str]) -> None:
    for report, text in zip(reports(), expected, strict=True):
        assert written(analyse([report], model=one)) == [text]


def test_what_threads_and_neighbours_change_is_far_below_a_rounding_step(one: Model, two: Model) -> None:
    """The margin: raw scores of one window, alone on one thread and among seven others on two."""
    draft = analyse_by_rule(next(reports()))
    size = len(draft.tokens)
    window = windows.Window(
        0, size, 0, size, sum(len(w.pieces) for w in one.vocabulary.look_up(t.text for t in draft.tokens)) + 4
    )
    starts = windows.paragraph_starts(draft)
    row = inputs.Row(draft, window, starts, [s.first for s in draft.sentences], {})
    alone = one.run(inputs.build([row], one.vocabulary, one.anchors))
    among = two.run(inputs.build([row] * 8, two.vocabulary, two.anchors))
    for name, scores in alone.items():
        same = among[name][: len(scores)]
        assert np.abs(scores - same).max(initial=0) < STEP / 20, name


def test_every_layer_is_there_and_every_span_lies_in_its_text(one: Model) -> None:
    for analysis in analyse(reports(), model=one):
        size = len(analysis.tokens)
        assert all(len(labels) == size for labels in analysis.tags.values())
        for anchors in analysis.anchors.values():
            for anchor in anchors:
                assert 0 <= anchor.token < size
                assert all(0 <= role.first < role.last <= size for role in anchor.roles)
        heads = analysis.arcs["dep"].heads
        for sentence in analysis.sentences:
            inside = heads[sentence.first : sentence.last]
            assert (inside < 0).sum() == 1
            assert ((inside == -1) | ((inside >= sentence.first) & (inside < sentence.last))).all()


def test_the_plain_sentence_is_understood(one: Model) -> None:
    """One sentence that no trained build may get wrong."""
    (analysis,) = analyse([Report(id="re_x", text="The police said that rebels attacked the embassy.")], model=one)
    words = [token.text for token in analysis.tokens]
    heads = analysis.arcs["dep"].heads
    assert words[int(np.flatnonzero(heads < 0)[0])] == "said"
    assert words[heads[words.index("rebels")]] == "attacked"
    labels = {chunk.label: analysis.span(chunk.first, chunk.last).text for chunk in analysis.chunks("attribution")}
    assert labels["source"] == "The police"
    assert labels["cue"] == "said"
    attacked = next(anchor for anchor in analysis.anchors["srl"] if words[anchor.token] == "attacked")
    assert analysis.span(attacked.role("ARG0").first, attacked.role("ARG0").last).text == "rebels"
