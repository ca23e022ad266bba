"""The exam ``incidents``: which read incident is which, and what is counted; all rows are invented."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from evaluation import incidents
from evaluation.incidents import aligned, rates, score, several


def test_each_gold_incident_takes_the_one_that_holds_most_of_its_claims() -> None:
    held = {("A", 0): {"i"}, ("A", 1): {"i"}, ("B", 0): {"i"}, ("B", 1): {"j"}, ("C", 0): {"i"}}
    assert aligned(held) == {"A": "i", "B": "j"}


def _gold(name: str, value: str, *, background: bool = False) -> dict[str, Any]:
    return {"id": name, "kind": "shooting", "background": background, "claims": [{"value": value}]}


def _read(name: str, kind: str = "shooting") -> dict[str, Any]:
    return {"id": name, "kind": kind, "background": False}


def test_two_drawn_into_one_are_told_from_two_read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incidents, "matches_fact", lambda fact, claim: fact["value"] == claim["value"])
    gold = {"incidents": [_gold("A", "nine dead"), _gold("B", "two dead", background=True)]}
    claims = [{"incident": "i", "value": "nine dead"}, {"incident": "j", "value": "two dead"}]
    apart = score(gold, {"incidents": [_read("i"), _read("j", "bombing")], "claims": claims})
    assert rates(apart) == {
        "found": 100, "found.main": 100, "spurious": 0, "background": 50, "kind": 50, "claims": 100
    }  # fmt: skip
    drawn = score(gold, {"incidents": [_read("i")], "claims": [claims[0], claims[1] | {"incident": "i"}]})
    assert (drawn["found"], drawn["claims"], drawn["matched"]) == (1, 1, 2)
    extra = score(gold, {"incidents": [_read("i"), _read("k")], "claims": claims[:1]})
    assert rates(extra)["spurious"] == pytest.approx(50)


def test_nothing_asked_gives_no_division_by_zero() -> None:
    assert rates(Counter()) == dict.fromkeys(("found", "found.main", "spurious", "background", "kind", "claims"), 0)


def test_only_reports_that_tell_of_several_are_asked() -> None:
    assert all(len(gold["incidents"]) > 1 for _, gold in several())
