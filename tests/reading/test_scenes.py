"""Which of the places of a sentence is the scene of its event, given what the model marks; all places are invented."""

from __future__ import annotations

import pytest

from sayso.language.analysis import Analysis, Anchor, Chunk
from sayso.language.rules import analyse_by_rule
from sayso.reading.happenings.scenes import is_measured_from, marked_runs, name_runs, scene
from sayso.reading.sentences.grammar import Line, lines
from sayso.records import Report, identify

ROWS = [
    ("Gunmen shot two guards in Marene.", "shot", ["Marene"], ["Marene"], "one place"),
    ("Gunmen shot two guards in Rosport in Lerida.", "shot", ["Rosport", "Lerida"], ["Rosport"], "the larger one"),
    ("He was seized in Solva, a suburb of the capital, Marene.", "seized", ["Solva", "Marene"], ["Solva"], "suburb"),
    ("It hit Tallow, 30 km south of Marene, at dawn.", "hit", ["Tallow", "Marene"], ["Tallow"], "measured from"),
    ("It hit Tallow, 30 km (18 miles) south of Marene.", "hit", ["Tallow", "Marene"], ["Tallow"], "with brackets"),
    ("Troops shelled Old Harbour.", "shelled", ["Harbour"], ["Old Harbour"], "widened to the whole name"),
    ("Rockets struck Bab al-Tell on Sunday.", "struck", ["Tell"], ["Bab al-Tell"], "hyphen and particle"),
    ("They marched in Rosport Thursday.", "marched", ["Rosport"], ["Rosport"], "the day is no part of the name"),
    ("In Rosport, a blast destroyed two cars.", "destroyed", ["Rosport"], ["Rosport"], "nor is the preposition"),
    ("Marene's Old Harbour was bombed.", "bombed", ["Marene", "Old Harbour"], ["Old Harbour"], "its owner"),
    ("Tanks shelled the West Coast town of Rosport.", "shelled", ["West Coast", "Rosport"], ["Rosport"], "town of"),
    ("Men fired in the Tell area of Rosport.", "fired", ["Tell", "Rosport"], ["Tell"], "area of"),
    ("Troops stormed Tallow and Solva.", "stormed", ["Tallow", "Solva"], ["Tallow", "Solva"], "two of a list"),
    ("Jets bombed Tell, Solva and Alt.", "bombed", ["Tell", "Solva", "Alt"], ["Tell", "Solva", "Alt"], "three"),
    (
        "The army attacked in Lerida on Monday, targeting posts in Solva.",
        "targeting",
        ["Lerida", "Solva"],
        ["Solva"],
        "what stands behind the event goes first",
    ),
    (
        "The army attacked in Lerida on Monday, targeting posts in Solva.",
        "attacked",
        ["Lerida", "Solva"],
        ["Lerida"],
        "and what stands beyond its clause is of another event",
    ),
    ("Nothing was seen.", "seen", [], [], "no place"),
]  # fmt: skip


def _line(text: str) -> tuple[Analysis, Line]:
    analysis = analyse_by_rule(Report(id=identify("re", text), text=text))
    return analysis, lines(analysis)[0]


def _run(line: Line, words: str) -> tuple[int, int]:
    parts = words.split()
    texts = [token.text for token in line.tokens]
    first = next(at for at in range(len(texts)) if texts[at : at + len(parts)] == parts)
    return first, first + len(parts)


def _words(line: Line, text: str, runs: list[tuple[int, int]]) -> list[str]:
    return [text[line.start(first) : line.end(last)] for first, last in runs]


@pytest.mark.parametrize(("text", "verb", "marked", "wanted", "note"), ROWS, ids=[row[4] for row in ROWS])
def test_the_scene_is_the_finest_place_of_the_events_own_clause(
    text: str, verb: str, marked: list[str], wanted: list[str], note: str
) -> None:
    _, line = _line(text)
    found = scene(line, _run(line, verb)[0], [_run(line, words) for words in marked])
    assert _words(line, text, found) == wanted


def test_marks_in_other_sentences_and_on_people_are_left_out() -> None:
    text = "Police shot Ana Lund in Marene. A fire burned in Tallow."
    analysis, line = _line(text)
    tags = ["O"] * len(analysis.tokens)
    tags[2:4] = ["B-PER", "I-PER"]
    roles = tuple(Chunk("LOCATION", at, at + 1) for at in (2, 5, 11))
    full = Analysis(
        analysis.report,
        analysis.tokens,
        analysis.sentences,
        {"entity": tags},
        anchors={"location": (Anchor(1, 1.0, roles),)},
    )
    assert _words(line, text, marked_runs(full, line, 1)) == ["Marene"]
    assert marked_runs(analysis, line, 1) == []


def test_runs_of_capitals_are_names() -> None:
    _, line = _line("The raid on Port-au-Sel and the Abu Tell camp ended on Friday.")
    assert _words(line, "The raid on Port-au-Sel and the Abu Tell camp ended on Friday.", name_runs(line)) == [
        "Port-au-Sel",
        "Abu Tell",
    ]


def test_a_direction_without_a_distance_measures_nothing() -> None:
    _, line = _line("Fighting went on north of Marene.")
    assert not is_measured_from(line, 5)
