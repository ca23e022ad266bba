"""The example reports read as a careful person reads them: every fact of every gold reading, one row each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evaluation.modern.match import hedge_fits, holder_fits, matches_fact, score
from sayso import read
from sayso.intake import read_source
from sayso.records import Report

EXAMPLES = Path(__file__).parents[1] / "examples"
REPORTS = sorted((EXAMPLES / "reports").iterdir())
GOLD = {path.stem.removesuffix(".expected"): path for path in sorted((EXAMPLES / "gold").iterdir())}


@cache
def gold(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(GOLD[name].read_text(encoding="utf-8"))
    return data


@cache
def reading(name: str) -> dict[str, Any]:
    (report,) = read_source(str(EXAMPLES / gold(name)["report"]))
    assert isinstance(report, Report)
    data: dict[str, Any] = json.loads(read([report]).to_json())
    return data


def facts() -> Iterator[Any]:
    for name in GOLD:
        for incident in gold(name)["incidents"]:
            for fact in incident["claims"]:
                if not (fact.get("optional") or incident.get("optional")):
                    yield pytest.param(name, fact, id=f"{name}-{fact['field']}-{fact['evidence'][:40]}")


def test_every_report_has_a_gold_reading_and_every_gold_reading_its_report() -> None:
    assert [path.stem for path in REPORTS] == list(GOLD)
    assert [path.name for path in REPORTS] == [Path(gold(name)["report"]).name for name in GOLD]


@pytest.mark.parametrize(("name", "fact"), list(facts()))
def test_the_fact_is_read_with_its_holder_and_its_hedge(name: str, fact: dict[str, Any]) -> None:
    found = [claim for claim in reading(name)["claims"] if matches_fact(fact, claim)]
    assert found, "no claim has this value"
    held = [claim for claim in found if holder_fits(fact["holder"], claim)]
    assert held, f"held by {[claim['holder']['words'] for claim in found]}"
    assert any(hedge_fits(fact["certainty"], claim["certainty"]) for claim in held)


@pytest.mark.parametrize("name", GOLD)
def test_the_evidence_of_the_gold_stands_in_the_text(name: str) -> None:
    text = reading(name)["reports"][0]["text"]
    for incident in gold(name)["incidents"]:
        assert [fact["evidence"] for fact in incident["claims"] if fact["evidence"] not in text] == []


@pytest.mark.parametrize("name", GOLD)
def test_the_report_breaks_no_trap_and_misses_no_statement(name: str) -> None:
    tally: Counter[str] = score(gold(name), reading(name))
    assert tally["traps.broken"] == 0
    assert tally["statements.found"] == tally["statements"]


@pytest.mark.parametrize("name", GOLD)
def test_disputes_are_seen(name: str) -> None:
    disputed = {f["field"] for i in reading(name)["incidents"] for f in i["findings"] if f["status"] == "disputed"}
    assert set(gold(name)["disputes"]) <= disputed


def test_the_festival_is_no_incident() -> None:
    assert reading("9-festival-river-post")["incidents"] == []
