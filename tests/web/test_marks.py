from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Block, Claim, Report, Statement
from sayso.values import Actor, Quantity
from sayso.web.fields import numbered
from sayso.web.marks import Part, parts

ARMY = Actor(name="Army", kind="military", words="the army")
TEXT = "The army said the mayor had said two men died.\nNobody knew."


def statement(report: Report, start: int, end: int, name: str = "Army") -> Statement:
    return Statement(holder=ARMY.model_copy(update={"name": name}), content=(report.span(start, end),), verbatim=False)


def claim(report: Report, start: int, end: int) -> Claim:
    value = Quantity(low=2, high=2, words="two")
    return Claim(incident="in_x", field="killed", value=value, evidence=report.span(start, end), holder=ARMY)


def text_of(found: list[Part]) -> str:
    return "\n".join("".join(piece.text for piece in part.pieces) for part in found)


def test_a_statement_inside_another_is_two_deep_and_each_speaker_is_named_where_his_words_begin() -> None:
    report = Report(id="re_1", text=TEXT)
    outer, inner = statement(report, 14, 45), statement(report, 33, 45, "Mayor")
    (first, second) = parts(report, [outer, inner], [], {})
    assert [(piece.text, piece.depth, piece.speakers) for piece in first.pieces] == [
        ("The army said ", 0, ()),
        ("the mayor had said ", 1, ("Army",)),
        ("two men died", 2, ("Mayor",)),
        (".", 0, ()),
    ]
    assert [piece.depth for piece in second.pieces] == [0]


def test_evidence_has_its_number_before_and_behind() -> None:
    report = Report(id="re_1", text=TEXT)
    two = claim(report, 33, 45)
    pieces = parts(report, [], [two], numbered([two]))[0].pieces
    assert [(piece.text, piece.anchors, piece.refs) for piece in pieces] == [
        (TEXT[:33], (), ()),
        ("two men died", (1,), (1,)),
        (".", (), ()),
    ]


def test_hidden_characters_stand_alone() -> None:
    report = Report(id="re_1", text="ab\u202ecd")
    assert [(piece.text, piece.hidden) for piece in parts(report, [], [], {})[0].pieces] == [
        ("ab", False),
        ("\u202e", True),
        ("cd", False),
    ]


@given(st.data())
def test_whatever_the_marks_the_text_is_whole(data: st.DataObject) -> None:
    text = data.draw(st.text("ab \n\u200b", min_size=1, max_size=40))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    report = Report(id="re_1", text=text, blocks=(Block(kind="paragraph", start=cuts[0], end=cuts[1]),))
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted), max_size=5))
    claims = [claim(report, start, end) for start, end in spans if start < end]
    statements = [statement(report, start, end) for start, end in spans if start < end]
    shown = text_of(parts(report, statements, claims, numbered(claims)))
    assert "".join(shown.split()) == "".join(text.split())
