"""Keys: accounts of one incident share one, whatever is missing; a key that all share counts for nothing."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking.blocking import MOST, block_keys, pairs
from sayso.linking.features import Features
from sayso.linking.link import candidates, link
from sayso.linking.spots import PlaceMark
from tests.linking.account_helpers import account, town

VELATMA = town("Velatma", at=(32.0, 14.0))
BRUMM = PlaceMark(name="brumm", country="LBY", lat=31.0, lon=15.0, precision="settlement")
TEXT = "Bomb in Velatma\nA bomb went off in the harbour of Velatma and killed Ilsa Tarrant, a docker from Brumm."
SHORT = "Velatma: blast\nThere was a blast."


@pytest.mark.parametrize(
    ("one", "other", "note"),
    [
        ({"when": "2031-03-04", "where": VELATMA}, {"when": "2031-03-05", "where": VELATMA}, "next day, one town"),
        ({"when": "2031-03-04"}, {"when": "2031-03-04"}, "no place: by a rare word"),
        ({"published": None}, {}, "no date: by two rare words"),
        ({}, {"published": "2031-11-20"}, "months later: by a name"),
        ({"background": True, "when": "2031-03-04"}, {"when": "2031-03-04"}, "one mentioned in passing"),
    ],
)  # fmt: skip
def test_accounts_of_one_incident_share_a_key(one: dict[str, object], other: dict[str, object], note: str) -> None:
    keys = [set(block_keys(account(TEXT, **side))) for side in (one, other)]  # type: ignore[arg-type]
    assert keys[0] & keys[1], note


@pytest.mark.parametrize(
    ("one", "other", "note"),
    [
        ({"numbers": ("age 34", "street pell")}, {"numbers": ("age 34", "street pell")}, "a street and an age"),
        ({"persons": ("ilsa tarrant",)}, {"persons": ("tarrant",)}, "the last name of a victim, and the kind"),
        (
            {"title": {"velatmeh": 1000}, "dateline": "brumm"},
            {"title": {"velatmeh": 1000}, "places": (BRUMM,)},
            "a town",
        ),
    ],
)
def test_reports_of_years_later_share_a_key(one: dict[str, Any], other: dict[str, Any], note: str) -> None:
    rows = [
        Features(account=name, report=name, kinds=("bombing",), published=day, **side)
        for name, day, side in (("in_1", 740_000, one), ("in_2", 740_900, other))
    ]
    assert set(block_keys(rows[0])) & set(block_keys(rows[1])), note


def test_a_headline_word_that_many_have_is_no_key_with_the_town() -> None:
    one = Features(account="in_1", report="re_1", title={"attack": 1000}, dateline="brumm")
    assert block_keys(one) == ()


def test_the_keys_are_few_and_sorted() -> None:
    keys = block_keys(account(TEXT, when="2031-03-04", where=VELATMA))
    assert len(keys) <= 45
    assert list(keys) == sorted(set(keys))


def test_other_days_and_other_words_share_no_key() -> None:
    one = block_keys(account(TEXT, when="2031-03-04", where=VELATMA))
    other = block_keys(account("Fire in Quorn\nA shelter burnt.", "2031-06-20", when="2031-06-19"))
    assert not set(one) & set(other)


def test_an_account_of_nothing_has_no_keys() -> None:
    assert block_keys(Features(account="in_1", report="re_1")) == ()


def test_a_key_of_too_many_accounts_counts_for_nothing() -> None:
    many = [f"in_{number:04}" for number in range(MOST + 1)]
    assert list(pairs({"d 1 | syria": many})) == []
    assert list(pairs({"d 1 | syria": many, "d 1 | velatma": many[:2]})) == [(many[0], many[1])]
    assert len(list(pairs({"d 1 | syria": many[1:]}))) == MOST * (MOST - 1) // 2


def test_each_pair_comes_once() -> None:
    assert list(pairs({"a": ["x", "y"], "b": ["y", "x", "x"]})) == [("x", "y")]


def test_accounts_are_linked_and_judgements_heard() -> None:
    rows = [
        account(TEXT, "2031-03-04", when="2031-03-04", where=VELATMA, killed=1),
        account(TEXT.replace("went off", "exploded"), "2031-03-05", when="2031-03-04", where=VELATMA, killed=1),
        account("Fire in Quorn\nA shelter burnt in Quorn.", "2031-03-05", when="2031-03-04", kind="arson"),
    ]
    ids = [row.account for row in rows]
    assert set(candidates({row.account: row for row in rows})) >= {tuple(sorted(ids[:2]))}
    assert len(link(rows)) == 2
    assert len(link(rows, not_same=[(ids[0], ids[1])])) == 3
    assert len(link(rows, same=[(ids[0], ids[2])])) == 1
