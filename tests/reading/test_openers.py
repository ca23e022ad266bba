"""The words before a sayer: what only leads to a quotation, and what belongs to what is said."""

from __future__ import annotations

import pytest

from sayso.language.engine import analyse
from sayso.language.model import find
from sayso.reading.attribution.attributions import SWITCH
from sayso.reading.statements.statements import find_statements
from sayso.vocab.gazetteer import Gazetteer
from tests.reading.reading_helpers import report_of
from tests.reading.test_attributions_by_model import layered, rows


@pytest.fixture(autouse=True)
def use_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "model")


def test_a_phrase_that_leads_to_a_quotation_is_not_said() -> None:
    text = "Asked about the raid on the harbour, the minister said, “We have nothing to hide.”"
    roles = {
        "source": ["the minister"],
        "cue": ["said"],
        "content": ["Asked about the raid on the harbour", "“We have nothing to hide.”"],
    }
    assert rows(layered(text, roles)) == [("the minister", "said", ["“We have nothing to hide.”"])]


def test_an_opening_clause_before_indirect_words_is_said() -> None:
    text = "When the market opened, traders said, the shells began to fall."
    roles = {"source": ["traders"], "cue": ["said"], "content": ["When the market opened", "the shells began to fall"]}
    assert rows(layered(text, roles)) == [
        ("traders", "said", ["When the market opened", "the shells began to fall"]),
    ]


def test_what_stands_before_a_sayer_is_part_of_what_is_said() -> None:
    text = "Nobody knows what the ministry says the bridge will cost."
    roles = {"source": ["the ministry"], "cue": ["says"], "content": ["the bridge will cost"]}
    assert rows(layered(text, roles)) == [("the ministry", "says", ["what", "the bridge will cost"])]


@pytest.mark.skipif(find() is None, reason="no model is installed")
def test_an_inverted_sayer_does_not_swallow_the_quotation_before_him() -> None:
    text = (
        "“This was a cowardly act,” said Col. Ana Ruiz (Third Division), head of the border command. "
        "“We will find the men who did it.”"
    )
    first = find_statements(next(iter(analyse([report_of(text)]))), Gazetteer.default()).records[0]
    assert [span.text for span in first.content] == ["“This was a cowardly act,”", "“We will find the men who did it.”"]
