"""Attributions from the model's layers: what two layers say together, and what marks and rules mend.

The layers are set by hand: a text with the model's decisions, so that no build of the model is needed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sayso.errors import SetupError
from sayso.language.analysis import Analysis, Anchor, Chunk, Labels
from sayso.language.rules import analyse_by_rule
from sayso.reading.attribution.attributions import SWITCH, find_attributions
from sayso.reading.attribution.layer_links import linked
from sayso.reading.statements.statements import find_statements
from sayso.vocab.gazetteer import Gazetteer
from tests.reading.reading_helpers import report_of

BIO = ("O", "B-content", "I-content", "B-cue", "I-cue", "B-source", "I-source")
Roles = dict[str, list[str]]  # role → words of the text that fill it


@pytest.fixture(autouse=True)
def use_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "model")


def layered(text: str, *anchors: Roles, flat: Roles | None = None, score: float = 0.99, timed: str = "") -> Analysis:
    """Return the analysis of ``text`` as if a model had found these roles, each anchored at its cue."""
    draft = analyse_by_rule(report_of(text))
    found = []
    for roles in anchors:
        chunks = [chunk for label, fillers in roles.items() for chunk in map(_finder(draft, label), fillers)]
        cue = next(chunk for chunk in chunks if chunk.label == "cue")
        found.append(Anchor(cue.first, score, tuple(chunks)))
    ids = np.zeros(len(draft.tokens), np.int16)
    for label, fillers in (flat or {}).items():
        for chunk in map(_finder(draft, label), fillers):
            ids[chunk.first] = BIO.index(f"B-{label}")
            ids[chunk.first + 1 : chunk.last] = BIO.index(f"I-{label}")
    times = ["O"] * len(draft.tokens)
    if timed:
        chunk = _finder(draft, "TIME")(timed)
        times[chunk.first : chunk.last] = ["B-TIME"] + ["I-TIME"] * (chunk.last - chunk.first - 1)
    return replace(
        draft,
        tags={"attribution": Labels(BIO, ids), "timex": tuple(times)},
        anchors={"quote": tuple(sorted(found, key=lambda anchor: anchor.token))},
        model="made by hand",
    )


class _finder:  # noqa: N801 - a function with two arguments, one at a time
    def __init__(self, draft: Analysis, label: str) -> None:
        self.draft, self.label = draft, label

    def __call__(self, words: str) -> Chunk:
        start = self.draft.report.text.index(words)
        inside = [
            number
            for number, token in enumerate(self.draft.tokens)
            if start <= token.start and token.end <= start + len(words)
        ]
        return Chunk(self.label, inside[0], inside[-1] + 1)


def rows(analysis: Analysis) -> list[tuple[str | None, str | None, list[str]]]:
    return [
        (
            item.source.text if item.source else None,
            item.cue.text if item.cue else None,
            [span.text for span in item.contents],
        )
        for item in find_attributions(analysis)
    ]


ONE = "Lena Moro said two men ran to the port. The road was empty."
GOOD: Roles = {"source": ["Lena Moro"], "cue": ["said"], "content": ["two men ran to the port"]}


def test_the_roles_of_a_cue_are_one_attribution() -> None:
    assert rows(layered(ONE, GOOD)) == [("Lena Moro", "said", ["two men ran to the port"])]


def test_edges_are_those_of_the_flat_layer_where_the_span_is_the_same() -> None:
    cut = {**GOOD, "content": ["two men ran to"]}
    assert rows(layered(ONE, cut, flat={"content": ["two men ran to the port"]})) == rows(layered(ONE, GOOD))


def test_a_flat_stretch_that_is_mostly_something_else_changes_nothing() -> None:
    link = linked(layered(ONE, {**GOOD, "content": ["men"]}, flat={"content": ["two men ran to the port"]}))[0]
    assert link.contents == ((4, 5),)


def test_of_two_sources_the_nearer_speaks() -> None:
    text = "Otto Brandt waited. Lena Moro said two men ran."
    roles: Roles = {"source": ["Otto Brandt", "Lena Moro"], "cue": ["said"], "content": ["two men ran"]}
    assert rows(layered(text, roles)) == [("Lena Moro", "said", ["two men ran"])]


MENDED: list[tuple[str, str, Roles, tuple[str | None, str | None, list[str]]]] = [
    # what is mended · text · what the model found · what comes out
    (
        "the comma before the cue is no content",
        "Two men ran, Lena Moro noted.",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["Two men ran,"]},
        ("Lena Moro", "noted", ["Two men ran"]),
    ),
    (
        "the full stop is no content",
        "Lena Moro noted two men ran.",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["two men ran."]},
        ("Lena Moro", "noted", ["two men ran"]),
    ),
    (
        "a quotation begun is said to its end",
        "Lena Moro noted: “Two men ran. A third fell. The fourth hid in a barn.”",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["“Two men ran."]},
        ("Lena Moro", "noted:", ["“Two men ran. A third fell. The fourth hid in a barn.”"]),
    ),
    (
        "a quotation over two paragraphs is said whole",
        "Lena Moro noted: “Two men ran down to the port.\n“A third fell.”",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["“Two men ran down to the port."]},
        ("Lena Moro", "noted:", ["“Two men ran down to the port.", "“A third fell.”"]),
    ),
    (
        "words of another sentence outside quotation marks are not said",
        "The road was empty. Lena Moro noted that two men ran.",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["The road was empty", "that two men ran"]},
        ("Lena Moro", "noted", ["that two men ran"]),
    ),
    (
        "a quotation that follows without a cue goes on",
        "“Two men ran,” said Lena Moro. “They did not come back.”",
        {"source": ["Lena Moro"], "cue": ["said"], "content": ["“Two men ran,”"]},
        ("Lena Moro", "said", ["“Two men ran,”", "“They did not come back.”"]),
    ),
    (
        "a day at the end of a source is when, not who",
        "The board on Monday noted that two men ran.",
        {"source": ["The board on Monday"], "cue": ["noted"], "content": ["that two men ran"]},
        ("The board", "noted", ["that two men ran"]),
    ),
    (
        "lost marks: what runs back to the head of the paragraph",
        "A word to the rebels: if you come, we will stop you. Remember that, Lena Moro wrote.",
        {"source": ["Lena Moro"], "cue": ["wrote"], "content": ["Remember that"]},
        ("Lena Moro", "wrote", ["A word to the rebels: if you come, we will stop you. Remember that"]),
    ),
    (
        "a content on both sides of its cue",
        "The plan, Lena Moro said, was to hide.",
        {"source": ["Lena Moro"], "cue": ["said"], "content": ["The plan"]},
        ("Lena Moro", "said", ["The plan", "was to hide"]),
    ),
    (
        "what the report says after but",
        "Lena Moro said two men ran, but the road was empty.",
        {"source": ["Lena Moro"], "cue": ["said"], "content": ["two men ran, but the road was empty"]},
        ("Lena Moro", "said", ["two men ran"]),
    ),
    (
        "a relative clause goes with what is said",
        "Lena Moro announced a curfew in Orve, which begins at nine.",
        {"source": ["Lena Moro"], "cue": ["announced"], "content": ["a curfew in Orve"]},
        ("Lena Moro", "announced", ["a curfew in Orve, which begins at nine"]),
    ),
    (
        "a content torn inside a phrase",
        "Lena Moro noted two men had run down to the port.",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["two men had", "down to the port"]},
        ("Lena Moro", "noted", ["two men had run down to the port"]),
    ),
    (
        "a content broken off behind a preposition",
        "Lena Moro noted two men ran from the port of Orve.",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["two men ran from the port of"]},
        ("Lena Moro", "noted", ["two men ran from the port of Orve"]),
    ),
    (
        "what goes on behind the sayer",
        "Two men ran, Lena Moro noted, in one of the storms.",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["Two men ran", "in"]},
        ("Lena Moro", "noted", ["Two men ran", "in one of the storms"]),
    ),
    (
        "a second clause behind a semicolon",
        "Lena Moro noted two men ran; another fell.",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["two men ran"]},
        ("Lena Moro", "noted", ["two men ran; another fell"]),
    ),
    (
        "a second clause behind while",
        "Lena Moro noted two men ran, while a third fell.",
        {"source": ["Lena Moro"], "cue": ["noted"], "content": ["two men ran"]},
        ("Lena Moro", "noted", ["two men ran, while a third fell"]),
    ),
    (
        "a relative clause of the source that the model cut",
        "“We hid,” said Milan Orve, who was eating in a bar.",
        {"source": ["Milan Orve, who was eating in"], "cue": ["said"], "content": ["“We hid,”"]},
        ("Milan Orve, who was eating in a bar", "said", ["“We hid,”"]),
    ),
    (
        "an adverb before the source",
        "Earlier the council noted that two men ran.",
        {"source": ["Earlier the council"], "cue": ["noted"], "content": ["that two men ran"]},
        ("the council", "noted", ["that two men ran"]),
    ),
    (
        "what claimed takes along",
        "The Black Dawn claimed responsibility for the fire.",
        {"source": ["The Black Dawn"], "cue": ["claimed responsibility for"], "content": ["the fire"]},
        ("The Black Dawn", "claimed", ["responsibility for the fire"]),
    ),
    (
        "the hour of an entry in a live blog",
        "18:31 Lena Moro noted that two men ran.",
        {"source": ["18:31 Lena Moro"], "cue": ["noted"], "content": ["that two men ran"]},
        ("Lena Moro", "noted", ["that two men ran"]),
    ),
    (
        "a source that runs over two paragraphs",
        "Notice of the council\nThe council noted that two men ran.",
        {"source": ["council\nThe council"], "cue": ["noted"], "content": ["that two men ran"]},
        ("The council", "noted", ["that two men ran"]),
    ),
    (
        "a source the model missed",
        "Lena Moro said two men ran.",
        {"source": [], "cue": ["said"], "content": ["two men ran"]},
        ("Lena Moro", "said", ["two men ran"]),
    ),
]


@pytest.mark.parametrize(("note", "text", "found", "expected"), MENDED, ids=[case[0] for case in MENDED])
def test_marks_and_rules_mend(
    note: str, text: str, found: Roles, expected: tuple[str | None, str | None, list[str]]
) -> None:
    assert note
    assert rows(layered(text, found, timed="Monday" if "Monday" in text else "")) == [expected]


def test_what_names_no_sayer_is_a_hedge() -> None:
    text = "Two men reportedly ran. Nobody slept."
    assert rows(layered(text, {"cue": ["reportedly"], "content": ["Two men"]})) == []


@pytest.mark.parametrize(
    ("note", "text", "found"),
    [
        (
            "how it was done",
            "The school opened without informing the town.",
            {"source": ["The school"], "cue": ["informing"], "content": ["the town"]},
        ),
        (
            "a name",
            "A group calling itself Black Dawn was seen.",
            {"source": ["A group"], "cue": ["calling"], "content": ["itself Black Dawn"]},
        ),
        (
            "a hedge",
            "A man thought to lead the rebels fled.",
            {"source": ["A man"], "cue": ["thought"], "content": ["to lead the rebels"]},
        ),
        (
            "nobody",
            "A habit of blaming us is old.",
            {"source": ["A habit of"], "cue": ["blaming"], "content": ["us"]},
        ),
    ],
)
def test_what_only_looks_like_a_statement_is_none(note: str, text: str, found: Roles) -> None:
    assert rows(layered(text, found)) == [], note


def test_a_believer_with_a_name_is_a_sayer() -> None:
    text = "Residents near Orve believe the shots came from the hill."
    roles: Roles = {
        "source": ["Residents near Orve"],
        "cue": ["believe"],
        "content": ["the shots came from the hill"],
    }
    assert rows(layered(text, roles)) == [("Residents near Orve", "believe", ["the shots came from the hill"])]


def test_what_is_told_of_a_confession_is_no_part_of_it() -> None:
    text = "Otto Brandt has admitted planning a raid, prosecutors told the court."
    confession: Roles = {
        "source": ["Otto Brandt"],
        "cue": ["has admitted"],
        "content": ["planning a raid, prosecutors told the court"],
    }
    told: Roles = {
        "source": ["prosecutors"],
        "cue": ["told"],
        "content": ["Otto Brandt has admitted planning a raid"],
    }
    assert rows(layered(text, confession, told)) == [
        ("Otto Brandt", "has admitted", ["planning a raid"]),
        ("prosecutors", "told", ["Otto Brandt has admitted planning a raid"]),
    ]


def test_who_adds_is_who_spoke_before() -> None:
    text = "Lena Moro noted two men ran adding that one fell."
    first: Roles = {"source": ["Lena Moro"], "cue": ["noted"], "content": ["two men ran"]}
    second: Roles = {"cue": ["adding"], "content": ["that one fell"]}
    assert [row[:2] for row in rows(layered(text, first, second))] == [("Lena Moro", "noted"), ("Lena Moro", "adding")]


def test_a_bare_quotation_and_a_speaker_line_come_from_the_rules() -> None:
    text = "Mayor: bridge is safe\n\n“Nobody can cross the bridge at night.”"
    assert [(cue, contents) for _, cue, contents in rows(layered(text))] == [
        (":", ["bridge is safe"]),
        (None, ["“Nobody can cross the bridge at night.”"]),
    ]


def test_a_sayer_in_what_is_said_comes_from_the_rules() -> None:
    text = "Lena Moro said that witnesses said two men ran."
    roles: Roles = {"source": ["Lena Moro"], "cue": ["said"], "content": ["that witnesses said two men ran"]}
    assert [source for source, _, _ in rows(layered(text, roles))] == ["Lena Moro", "witnesses"]


def test_what_two_cues_have_is_said_by_the_nearer() -> None:
    text = "Two men ran, noted Lena Moro. Otto Brandt noted that one fell."
    first: Roles = {"source": ["Lena Moro"], "cue": ["noted"], "content": ["Two men ran"]}
    analysis = layered(text, first)
    anchor = analysis.anchors["quote"][0]
    content = anchor.role("content")
    assert content is not None
    second = Anchor(10, 0.99, (Chunk("source", 8, 10), Chunk("cue", 10, 11), content, Chunk("content", 11, 14)))
    both = replace(analysis, anchors={"quote": (anchor, second)})
    assert [contents for _, _, contents in rows(both)] == [["Two men ran"], ["that one fell"]]


def test_of_a_doubtful_cue_no_statement_is_made() -> None:
    text = "Lena Moro withheld her signature from the plan."
    roles: Roles = {"source": ["Lena Moro"], "cue": ["withheld"], "content": ["her signature from the plan"]}
    for score, statements in ((0.5, 0), (0.95, 1)):
        analysis = layered(text, roles, score=score)
        assert len(find_attributions(analysis)) == 1
        assert len(find_statements(analysis, Gazetteer.default()).records) == statements


def test_the_switch_turns_the_model_off(monkeypatch: pytest.MonkeyPatch) -> None:
    analysis = layered("Lena Moro said two men ran.", {"cue": ["ran"], "source": ["two men"], "content": ["Lena Moro"]})
    monkeypatch.setenv(SWITCH, "rules")
    assert rows(analysis) == rows(replace(analysis, tags={}, anchors={}, model=None))
    monkeypatch.setenv(SWITCH, "both")
    with pytest.raises(SetupError, match="neither 'rules' nor 'model'"):
        find_attributions(analysis)


def test_a_source_never_takes_in_its_cue() -> None:
    text = "The army told told reporters that two men ran."
    roles: Roles = {"source": ["The army told"], "cue": ["told"], "content": ["that two men ran"]}
    for item in find_attributions(layered(text, roles)):
        assert not (item.cue and item.source and item.cue.overlaps(item.source))


def test_a_cue_without_content_is_none() -> None:
    assert rows(layered("The rain\nthe army said", {"source": ["the army"], "cue": ["said"], "content": []})) == []
