"""Names in quotation marks: whoever acts is the sayer, a cry or a sentence is what is said."""

from __future__ import annotations

import pytest

from sayso.language.engine import analyse
from sayso.reading.attribution.attributions import find_attributions
from tests.reading.reading_helpers import report_of

CASES: list[tuple[str, str, str, str]] = [
    (
        "a quoted name with its article inside the marks",
        "On Tuesday “The Millers” announced an offensive in the valley.",
        "“The Millers”",
        "an offensive in the valley",
    ),
    (
        "a quoted name behind its article",
        "On Tuesday the “Millers” announced an offensive in the valley.",
        "the “Millers”",
        "an offensive in the valley",
    ),
    ("a cry is said", "“Murderers” shouted Ana Ruiz, a nurse.", "Ana Ruiz", "“Murderers”"),
    (
        "a sentence is said",
        "“The valley is ours,” announced a commander of the Millers.",
        "a commander of the Millers",
        "“The valley is ours,”",
    ),
]


@pytest.mark.parametrize(("note", "text", "source", "content"), CASES, ids=[case[0] for case in CASES])
def test_who_speaks_beside_a_quotation(note: str, text: str, source: str, content: str) -> None:
    assert note
    [found] = find_attributions(next(iter(analyse([report_of(text)]))))
    assert found.source is not None
    assert (found.source.text, [piece.text for piece in found.contents]) == (source, [content])
