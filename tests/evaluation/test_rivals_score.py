"""How a ledger of rival reports is compared with a key: an invented set of three reports on a ferry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.rivals import exam
from evaluation.rivals.__main__ import main
from evaluation.rivals.score import fits_grain, rates

LEAD = "A bomb killed nine people at the ferry pier of Homs in Syria on Monday, the health ministry said."
REST = (
    "The pier had been closed for repairs since the spring storms and had opened again only two days before. "
    "Most of the victims were traders who were waiting for the morning boat to the islands of the gulf."
)
TEXTS = {
    "a": f"Bomb kills nine at ferry pier in Homs\n\n{LEAD} {REST}",
    "b": f"Nine killed by bomb at pier in Homs\n\n{LEAD} {REST} (Reuters)",
    "c": "Bombing at ferry pier of Homs kills fourteen\n\n"
    "A bomb at the ferry pier of Homs in Syria killed fourteen people on Monday, the Red Crescent said.",
    "d": "Flood in Kabul kills two\n\nTwo people died on Thursday when a flood hit a market in Kabul, officials said.",
}


def claim(report: str, low: int) -> dict[str, Any]:
    return {"report": report, "holder": "X", "v": str(low), "value": {"low": low, "high": low, "of": "people"}}


KEY: dict[str, Any] = {
    "reports": [{"id": name, "published": "2032-05-03" if name < "d" else "2032-08-05"} for name in TEXTS],
    "incidents": [
        {"id": "S1", "reports": ["a", "b", "c"]},
        {"id": "D1", "reports": ["d"]},
    ],
    "not_same": [["a", "d", "another town"]],
    "findings": [
        {
            "incident": "S1", "field": "killed", "status": "disputed", "conflicts": [["9", "14"]],
            "claims": [claim("a", 9), claim("c", 14)],
        },
        {
            "incident": "S1", "field": "weapon", "status": "agreed", "conflicts": [],
            "claims": [{"report": "a", "holder": "X", "v": "A", "value": {"class": "bomb"}}],
        },
        {"incident": "D1", "field": "killed", "status": "sole", "conflicts": [], "claims": [claim("d", 2)]},
    ],
    "origins": [[["a", "b"], "copied", {}]],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rivals" / "reports").mkdir(parents=True)
    (tmp_path / "rivals" / "expected.json").write_text(json.dumps(KEY))
    for name, text in TEXTS.items():
        (tmp_path / "rivals" / "reports" / f"{name}.txt").write_text(text)
    return tmp_path


def test_a_set_that_is_read_rightly_gets_full_marks(folder: Path) -> None:
    held = exam(folder)
    assert (held.n, held.split) == (4, "all")
    wanted = {"pairs.f", "disputes.f", "disputes.values", "origins.f", "whole"}
    assert {name: held.figures[name] for name in wanted} == dict.fromkeys(wanted, 100.0)
    assert held.figures["not_same"] == 0


def test_errors_are_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(folder / "rivals")
    out = capsys.readouterr().out
    assert "disputes.f" in out
    assert "9 people / 14 people" in out


@pytest.mark.parametrize(
    ("grain", "group", "fits"),
    [
        (None, "", True),
        (None, "civilians/", True),
        (None, "children/", False),
        ("children", "children/", True),
        ("children", "students/SYR", True),
        ("children", "", False),
        ("policemen", "policemen/", True),
        ("policemen", "police officers/", True),
        ("women", "woman/", True),
        ("civilians", "civilians/", True),
        ("civilians", "", False),
        ("civilians", "children/", False),
    ],
)
def test_a_group_is_the_keys_grain_or_not(grain: str | None, group: str, fits: bool) -> None:
    finding = {"grain": grain, "claims": [{"value": {"of": grain or "people"}}]}
    assert fits_grain(finding, group) is fits


def test_rates_of_nothing_are_right() -> None:
    assert rates("x", set(), set()) == {"x.p": 100, "x.r": 100, "x.f": 100}
    assert rates("x", {1, 2}, {2, 3, 4})["x.f"] == pytest.approx(40)
