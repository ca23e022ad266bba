"""Specification of ``sayso analyse``: its forms, its exit codes, and that a text cannot steer page or terminal."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from sayso.cli import analysis_page, analysis_view, main
from sayso.language.analysis import Analysis, Anchor, Arcs, Chunk, Labels
from sayso.language.plain import as_data
from sayso.language.rules import analyse_by_rule
from sayso.records import Report


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "tarn.txt"
    path.write_text("Rebels left Tarn. Nobody was hurt.", encoding="utf-8")
    return str(path)


def analysis() -> Analysis:
    """“Ude denied it”, with every kind of layer."""
    draft = analyse_by_rule(Report(id="re_test", text="Ude <b>denied\u202e it"))
    size = len(draft.tokens)  # Ude < b > denied\u202e it, the direction mark apart
    heads = np.zeros(size, np.int32)
    heads[0] = -1
    return Analysis(
        draft.report,
        draft.tokens,
        draft.sentences,
        tags={
            "upos": Labels(("PROPN", "X"), np.array([0] + [1] * (size - 1), np.int16)),
            "entity": Labels(("O", "B-PER", "I-PER"), np.array([1, 2] + [0] * (size - 2), np.int16)),
        },
        arcs={
            "dep": Arcs(heads, Labels(("root", "dep"), np.array([0] + [1] * (size - 1), np.int16))),
            "coref": Arcs(np.array([0] + [-1] * (size - 1), np.int32), ()),
        },
        anchors={"quote": (Anchor(4, 0.97, (Chunk("source", 0, 1), Chunk("content", 5, size))),)},
        roles_of_sentences={"role": ("Main",)},
        numbers={"factuality": np.full(size, 1.5, np.float32)},
        embedding=np.array([0.6, 0.8], np.float32),
        model="test",
    )


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["analyse", *arguments])
    return code, *capfd.readouterr()


def test_json_has_every_token_at_its_place(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, text, "--json", "--rules-only")
    assert code == 0
    found = json.loads(out)
    assert found["schema"] == "sayso.analysis/1"
    (first,) = found["analyses"]
    assert first["model"] is None
    words = [token["text"] for token in first["tokens"]]
    assert words == ["Rebels", "left", "Tarn", ".", "Nobody", "was", "hurt", "."]
    assert [first["report"]["text"][s["start"] : s["end"]] for s in first["sentences"]] == [
        "Rebels left Tarn.",
        "Nobody was hurt.",
    ]


def test_json_lines_have_a_line_for_each_report(text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.txt"
    other.write_text("They came back.", encoding="utf-8")
    code, out, _ = run(capfd, text, str(other), "--jsonl", "--rules-only")
    assert code == 0
    assert [len(json.loads(line)["sentences"]) for line in out.splitlines()] == [2, 1]


def test_the_terminal_view_says_that_there_was_no_model(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, text, "--rules-only")
    assert code == 0
    assert "rules only: no model" in out
    assert "Rebels" in out


def test_error_for_two_forms_at_once(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, text, "--json", "--html")
    assert (code, out) == (2, "")
    assert "exclude each other" in err


def test_an_input_that_cannot_be_read_is_told_and_the_rest_is_done(
    text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capfd, str(tmp_path / "nowhere.txt"), text, "--jsonl", "--rules-only")
    assert code == 3
    assert len(out.splitlines()) == 1
    assert "nowhere.txt" in err


def test_error_for_a_damaged_model_leaves_with_5(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "model.json").write_text("{}")
    monkeypatch.setenv("SAYSO_MODEL", str(tmp_path))
    code, out, err = run(capfd, text, "--jsonl")
    assert (code, out) == (5, "")
    assert "model.json" in err


def test_plain_data_holds_every_layer_and_leaves_out_what_says_nothing() -> None:
    data = json.loads(json.dumps(as_data(analysis())))
    assert data["spans"]["entity"][0] == {
        "label": "PER", "first": 0, "last": 2, "start": 0, "end": 5, "text": "Ude <",
    }  # fmt: skip
    assert data["tokens"][0] == {
        "start": 0, "end": 3, "text": "Ude", "upos": "PROPN", "head": -1, "relation": "root", "factuality": 1.5,
    }  # fmt: skip
    assert data["anchors"]["quote"][0]["roles"][0]["text"] == "Ude"
    assert data["mentions"] == {"0": 0}
    assert data["embedding"] == [0.6, 0.8]
    assert data["sentences"][0]["role"] == "Main"


def test_the_terminal_view_shows_tree_spans_and_roles_and_hides_no_character() -> None:
    lines = analysis_view.render(analysis(), 100)
    assert "┌entity:PER" in lines
    assert "quote denied: source “Ude”" in lines
    assert "\u202e" not in lines
    assert "⟨U+202E⟩" in lines
    assert all(len(line) <= 40 for line in analysis_view.render(analysis(), 40).splitlines())


def test_the_page_is_sound_and_the_text_in_it_is_only_text() -> None:
    page = analysis_page.HEAD + analysis_page.section(analysis()) + analysis_page.FOOT
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in {"meta", "path", "rect"}:
                opened.append(tag)
            assert tag not in {"script", "b"} or tag == "b"

        def handle_endtag(self, tag: str) -> None:
            if tag not in {"path", "rect"}:
                assert opened.pop() == tag

    Reader().feed(page)
    assert opened == []
    assert "&lt;" in page
    assert "\u202e" not in page
    assert "http" not in page.replace("http-equiv", "")
