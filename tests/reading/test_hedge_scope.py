"""Which value a hedge belongs to: it stays with its noun, its verb, its author."""

from __future__ import annotations

import pytest

from tests.reading.claim_helpers import line, read

TABLE: list[tuple[str, str, set[str], list[str]]] = [
    # what it shows · text · fields looked at · claims
    (
        "a suspected author leaves the dead counted",
        "Suspected rebels killed nine farmers in Lusk on Monday, the army said.",
        {"perpetrator", "killed"},
        ["perpetrator Suspected rebels < army (suspects) ~ Suspected", "killed 9 of farmers < army"],
    ),
    (
        "a suspected author leaves the target certain",
        "Suspected rebels killed nine farmers in Lusk on Monday, the army said.",
        {"target"},
        ["target farmers < army"],
    ),
    (
        "almost certainly hedges the author alone, and accuses",
        "The attack, which killed four guards, was almost certainly carried out by the Northern Front, the army said.",
        {"perpetrator", "killed"},
        ["killed 4 of guards < army", "perpetrator Northern Front < army (accuses) ~ almost certainly"],
    ),
    (
        "probably fired by",
        "The rocket that killed two farmers was probably fired by the Northern Front, said a diplomat.",
        {"perpetrator", "killed"},
        ["killed 2 of farmers < diplomat", "perpetrator Northern Front < diplomat (suspects) ~ probably"],
    ),
    (
        "one of two counts",
        "Six people were killed and possibly ten wounded when a bomb exploded in Lusk on Monday.",
        {"killed", "injured"},
        ["injured 10 ~ possibly", "killed 6 of people"],
    ),
    (
        "a hedge in the next sentence",
        "The blast in Lusk on Monday killed six people. Three others may have been wounded.",
        {"killed", "injured"},
        ["injured 3 of others ~ may have", "killed 6 of people"],
    ),
    (
        "a self-styled army hedges nothing",
        "The self-styled Northern Front killed two farmers in Lusk on Monday.",
        {"killed"},
        ["killed 2 of farmers"],
    ),
]


@pytest.mark.parametrize(("note", "text", "fields", "claims"), TABLE, ids=[row[0] for row in TABLE])
def test_a_hedge_stays_with_what_it_hedges(note: str, text: str, fields: set[str], claims: list[str]) -> None:
    found = [line(claim) for claim in read(text).claims if claim.field in fields]
    assert sorted(found) == sorted(claims), note
