"""Who says what: source, cue and content of constructed sentences, one phenomenon a row."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.reading.reading_helpers import read, rows

TABLE = tomllib.loads((Path(__file__).parent / "statements.toml").read_text(encoding="utf-8"))["row"]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["note"])
def test_statements_are_read(row: dict[str, Any]) -> None:
    expected = [(holder or None, cue or None, content) for holder, cue, content in row["says"]]
    assert rows(row["text"]) == expected


def test_the_table_covers_the_phenomena() -> None:
    assert len(TABLE) >= 120
    assert len({row["note"] for row in TABLE}) == len(TABLE)


def test_a_statement_names_the_one_it_stands_in() -> None:
    outer, inner = read("Lena Moro said that witnesses said two men ran.").records
    assert (outer.inside, inner.inside) == (None, outer.id)


def test_the_chain_leads_from_the_outermost_voice_to_the_holder() -> None:
    found = read("The Tribune quoted a police officer as saying that witnesses saw two men. Witnesses said they ran.")
    chains = {item.statement.cue.text if item.statement.cue else "": item.chain for item in found.spoken}
    assert chains["as saying"] == ("Tribune", "police officer")


def test_what_stands_outside_every_statement_is_the_reports_own_voice() -> None:
    text = "Nine people died. Lena Moro said two men ran."
    found = read(text)
    assert found.at(text.index("died")) is None
    inner = found.at(text.index("ran"))
    assert inner is not None
    assert inner.statement.holder.name == "Lena Moro"


def test_the_innermost_statement_speaks() -> None:
    text = "Lena Moro said that witnesses said two men ran."
    inner = read(text).at(text.index("ran"))
    assert inner is not None
    assert inner.statement.holder.name == "witnesses"
    assert inner.chain == ("Lena Moro", "witnesses")


@pytest.mark.parametrize(
    ("note", "text", "verbatim"),
    [
        ("all in marks", "“We saw two men run,” Lena Moro said.", True),
        ("two quotations", "“We saw two men,” Lena Moro said. “They ran.”", True),
        ("over paragraphs", "Lena Moro said: “We saw two men.\n“They ran to the port.”", True),
        ("mixed", "Lena Moro said the strike was “a cowardly act.”", False),
        ("no marks", "Lena Moro said two men ran.", False),
    ],
)
def test_only_a_content_wholly_in_marks_is_verbatim(note: str, text: str, verbatim: bool) -> None:
    assert [item.verbatim for item in read(text).records] == [verbatim], note


@pytest.mark.parametrize(
    ("note", "text", "said"),
    [
        ("before the cue", "The ministry on Tuesday blamed the rebels for Sunday’s fire.", "2021-03-09"),
        ("behind the cue", "Lena Moro said on Tuesday that two men ran on Sunday.", "2021-03-09"),
        ("first in the sentence", "On Tuesday, Lena Moro said two men ran on Sunday.", "2021-03-09"),
        ("behind a quotation", "“They ran on Sunday,” Lena Moro said Tuesday.", "2021-03-09"),
        ("only the event has a day", "Lena Moro said two men ran on Sunday.", None),
    ],
)
def test_the_time_of_saying_is_told_from_the_time_of_the_event(note: str, text: str, said: str | None) -> None:
    (statement,) = read(text, published="2021-03-10").records
    assert (statement.said.earliest if statement.said else None) == said, note


def test_without_a_publication_date_the_day_of_saying_stays_unresolved() -> None:
    (statement,) = read("Lena Moro said on Tuesday that two men ran.").records
    assert statement.said is not None
    assert not statement.said.resolved


def test_what_nobody_says_is_the_reports_own_word() -> None:
    assert rows("No group claimed responsibility for the blast. Nobody said that two men ran.") == []
