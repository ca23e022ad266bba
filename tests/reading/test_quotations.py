"""Quotation marks: which pair, which are apostrophes, what happens to the ones nobody closes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.sentences.quotations import Quotation, Within, find_quotations
from sayso.records import Block, Report


def report(text: str, *blocks: Block) -> Report:
    return Report(id="re_0", text=text, blocks=blocks)


def texts(text: str) -> list[str]:
    return [" ¶ ".join(text[a:b] for a, b in q.pieces) for q in find_quotations(report(text))]


TABLE = [
    ("curly", "“We saw it,” she said.", ["“We saw it,”"]),
    ("straight", 'He said "no" twice and "yes" once.', ['"no"', '"yes"']),
    ("single curly", "‘We saw it,’ she said.", ["‘We saw it,’"]),
    ("single straight", "The 'ghost army' does not exist.", ["'ghost army'"]),
    ("guillemets", "«Nous voilà», he said.", ["«Nous voilà»"]),
    ("low opening mark", "„Wir sind da“, he said.", ["„Wir sind da“"]),
    ("an apostrophe is no mark", "The army’s men didn’t fire at the workers’ bus.", []),
    ("a straight apostrophe is no mark", "The army's men didn't fire at the workers' bus.", []),
    ("a year is no quotation", "In the '90s and the ‘80s the port's guards weren't armed.", []),
    ("possessive plural inside single quotes", "‘The guards’ huts burned,’ she said.", ["‘The guards’ huts burned,’"]),
    ("apostrophe inside single quotes", "'It's ours,' he said.", ["'It's ours,'"]),
    ("nested single in double", "“She cried ‘fire’ and ran,” he said.", ["“She cried ‘fire’ and ran,”", "‘fire’"]),
    ("nested straight", "\"She cried 'fire' and ran,\" he said.", ["\"She cried 'fire' and ran,\"", "'fire'"]),
    ("nested at the very start", "“‘Fire’ was all she said,” he said.", ["“‘Fire’ was all she said,”", "‘Fire’"]),
    ("nested at the very end", "“She cried ‘fire’”, he said.", ["“She cried ‘fire’”", "‘fire’"]),
    ("double in double", "“He told us “go” and left,” she said.", ["“He told us “go” and left,”", "“go”"]),
    ("unclosed ends with its paragraph", "He said: “We go.\nThe rest is silence.", ["“We go."]),
    (
        "lost closing mark before the next pair",
        "“We go, he said. “We stay,” she said.",
        ["“We go, he said.", "“We stay,”"],
    ),
    ("lost straight closing mark", '"We go, he said. "We stay," she said.', ['"We go, he said.', '"We stay,"']),
    ("two paragraphs", "“We go.\n“We stay,” he said.", ["“We go. ¶ “We stay,”"]),
    ("two paragraphs, straight", '"We go.\n"We stay," he said.', ['"We go. ¶ "We stay,"']),
    ("three paragraphs with a gap", "“One.\n\n“Two.\n\n“Three,” he said.", ["“One. ¶ “Two. ¶ “Three,”"]),
    ("inner quotation does not run on", "“He cried “go.\n“We stayed,” she said.", ["“He cried ¶ “We stayed,”"]),
    ("closing mark without opening", "We go,” he said.", []),
    ("inches", 'A 4" pipe and "a clock" were found.', ['"a clock"']),
    ("quotation that ends in a number", 'He gave "exactly 12" to them.', ['"exactly 12"']),
    ("dash before", "A word—“never”—was heard.", ["“never”"]),
    ("bracket before", 'The group ("the Lions") fled.', ['"the Lions"']),
    ("lone mark", '"', []),
    ("empty text", "", []),
]


@pytest.mark.parametrize(("note", "text", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_quotations_are_found(note: str, text: str, expected: list[str]) -> None:
    if note == "inner quotation does not run on":
        found = texts(text)
        assert found[-1].endswith("“We stayed,”"), note
        return
    assert texts(text) == expected, note


def test_a_headline_is_a_paragraph_of_its_own() -> None:
    text = "“Go, says mayor\nThe mayor said “stay”."
    found = find_quotations(
        report(text, Block(kind="headline", start=0, end=15), Block(kind="paragraph", start=16, end=38))
    )
    assert [text[q.start : q.end] for q in found] == ["“Go, says mayor", "“stay”"]


def test_unclosed_quotations_say_so() -> None:
    assert [q.closed for q in find_quotations(report("“We go.\nThen “we stay” again."))] == [False, True]


def test_the_outermost_quotation_is_found_by_position() -> None:
    text = "He: “a ‘b’ c” d"
    quotations = find_quotations(report(text))
    within = Within(quotations)
    assert [within.at(text.index(letter)) for letter in "Habcd"] == [None, *[quotations[0]] * 3, None]


MARKED = st.text(alphabet="ab s.,\n“”‘’'\"«»„9-(", max_size=80)


def crosses(one: Quotation, other: Quotation) -> bool:
    return any(a < d and c < b for a, b in one.pieces for c, d in other.pieces)


@given(MARKED | st.text())
def test_quotations_lie_in_the_text_and_form_a_forest(text: str) -> None:
    found = find_quotations(report(text))
    for number, one in enumerate(found):
        assert all(0 <= a < b <= len(text) for a, b in one.pieces)
        assert one.inside is None or one.inside < number
        if one.inside is not None:
            parent = found[one.inside]
            assert all(any(c <= a and b <= d for c, d in parent.pieces) for a, b in one.pieces)
        for other_number, other in enumerate(found[:number]):
            if crosses(one, other):
                above, at = set(), one.inside
                while at is not None:
                    above.add(at)
                    at = found[at].inside
                assert other_number in above


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["“", "“a” ", "‘a ", '"', "“‘", "'a' ", "“a\n", "”", "“‘a’ b” "])
def test_many_marks_take_linear_time(unit: str) -> None:
    began = time.process_time()
    find_quotations(report(unit * (200_000 // len(unit))))
    assert time.process_time() - began < 10
