"""Which sentences of a report tell of one incident, weighed; all places and happenings are invented."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pipeline import read
from sayso.reading.happenings import grouping, likeness
from sayso.records import Block, Incident, Report

LEAD = (
    "A car bomb killed nine people at a bus station in the town of Velmar on Monday, police said. "
    "The station was closed for the day."
)
SEVERAL = [
    (
        f"{LEAD}\n\nThe bomb went off at seven in the morning, a police officer said.",
        1,
        "the next paragraph goes on",
    ),
    (
        f"{LEAD}\n\nThe blast also wounded twenty people, and six of them died later in hospital.",
        1,
        "a count of its own is no other incident",
    ),
    (
        f"{LEAD}\n\nElsewhere, gunmen shot dead two policemen at a checkpoint in Ostrel on Monday evening.",
        2,
        "it turns elsewhere",
    ),
    (
        f"{LEAD}\n\nAlso on Monday, rockets hit a market in the town of Ostrel, killing three traders.",
        2,
        "the same day at another town",
    ),
    (
        f"{LEAD}\n\nIn Ostrel, a roadside bomb killed two soldiers on patrol.",
        2,
        "another town opens the paragraph",
    ),
]


def _report(text: str) -> Report:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(kind="paragraph", start=at, end=at + len(part)))
        at += len(part) + 2
    return Report(id="re_seats", text=text, published="2031-05-13", blocks=tuple(blocks))


def _news(text: str) -> list[Incident]:
    return [row for row in read([_report(text)]).incidents if not row.background]


@pytest.mark.parametrize(("text", "number", "note"), SEVERAL, ids=[note for *_, note in SEVERAL])
def test_sentences_go_with_the_incident_they_are_likest_to(text: str, number: int, note: str) -> None:
    assert len(_news(text)) == number, note


def test_what_is_told_after_a_further_attack_goes_back_to_the_first() -> None:
    text = (
        f"{LEAD}\n\nElsewhere, gunmen shot dead two policemen at a checkpoint in Ostrel on Monday evening.\n\n"
        "The bus station in Velmar, where the car bomb went off, was closed after the explosion."
    )
    first, second = _news(text)
    assert first.where is not None
    assert "Velmar" in first.where.words
    assert second.where is not None
    assert "Ostrel" in second.where.words


OPENINGS_OF_A_CASE = [
    "A man from Velmar has been charged over a fatal shooting last week.",
    "A search continued on Monday for two suspects after a shooting last week that killed a student in Velmar.",
]


@pytest.mark.parametrize("opening", OPENINGS_OF_A_CASE)
def test_a_report_on_a_step_of_a_case_tells_of_the_deed(opening: str) -> None:
    text = f"{opening}\n\nA student was shot dead in a house in Velmar. Police later found the rifle in a canal."
    read_as = read([_report(text)]).incidents
    assert [row.background for row in read_as] == [False]


def test_the_news_stays_news_where_it_goes_on_with_background() -> None:
    text = (
        "A man who was hurt in a shooting in Velmar last week died on Sunday morning, the coroner said.\n\n"
        "He was shot by a friend in a house in Velmar. The rifle went off by accident. Police are investigating."
    )
    assert len(_news(text)) == 1


def test_every_trait_of_the_table_can_occur() -> None:
    """A weight that no sentence can ever use is a slip of the pen, or a trait that was given up."""
    single = {name for name in likeness.worth() if " & " not in name}
    crossed = {f"{one} & {other}" for one, other in likeness.CROSSED}
    source = str(likeness.__file__)
    with open(source, encoding="utf-8") as stream:  # noqa: PTH123 - one read
        text = stream.read()
    families = ("agent: ", "object: ", "kind: ", "word: ")
    flags = {*likeness.FLAGS, "noun", "verb", "weapon", "anaphor", "harm"}
    assert {name for name in likeness.worth() if " & " in name} <= crossed
    for name in single - flags:
        family = next((start for start in families if name.startswith(start)), None)
        word = name.removeprefix(family or "")
        assert f'"{word}"' in text or f"'{word}'" in text, name


SENTENCES = st.lists(
    st.sampled_from(
        [
            LEAD,
            "Gunmen shot dead two policemen in Ostrel on Tuesday.",
            "Nine people died.",
            "Last year a bomb killed four there.",
            "In Ostrel, shells wounded a boy.",
            "The attack was the worst since 2019.",
            "Car bomb kills nine in Velmar",
        ]
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=25, deadline=None)
@given(SENTENCES, st.booleans())
def test_each_happening_has_one_incident_and_each_incident_a_happening(parts: list[str], paragraphs: bool) -> None:
    seen: list[Any] = []
    seat = grouping.seat
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "seat", lambda *args: (seen.append((args, seat(*args))), seen[-1][1])[1])
        read([_report(("\n\n" if paragraphs else " ").join(parts))])
    for (_, drafts, *_), (made, owns) in seen:
        before = sorted((row.passage, row.first) for draft in drafts for row in draft.happenings)
        after = [(row.passage, row.first) for draft in made for row in draft.happenings]
        assert set(before) <= set(after)
        assert len(after) == len(set(after))
        assert all(draft.happenings for draft in made)
        assert {number for row in owns.values() for number in row.values()} <= set(range(len(made)))


def test_a_happening_named_with_its_place_is_the_one_told_there() -> None:
    text = (
        f"{LEAD}\n\nElsewhere, gunmen shot dead two policemen at a checkpoint in Ostrel on Monday evening.\n\n"
        "Hours later, soldiers fired rockets at a village south of Ostrel and killed a shepherd.\n\n"
        "Nobody has claimed the bombing in Velmar."
    )
    reading = read([_report(text)])
    owner = {row.id: row for row in reading.incidents}
    unclaimed = [claim for claim in reading.claims if claim.field == "responsibility_claim"]
    assert unclaimed
    assert all("Velmar" in str(owner[claim.incident].where) for claim in unclaimed)
