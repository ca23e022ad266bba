"""The page of capacity says what the benchmark has kept, and the page of operating what the code tells."""

from __future__ import annotations

from typing import Any

import pytest

from docs.generate import capacity, operating
from evaluation.speed_whole.kept import runs


def test_the_page_is_what_the_kept_runs_say() -> None:
    assert capacity.PAGE.read_text(encoding="utf-8") == capacity.page(), "run `python -m docs.generate.capacity`"


def test_the_tables_of_metrics_and_events_are_those_of_the_code() -> None:
    text = operating.PAGE.read_text(encoding="utf-8")
    assert operating.with_tables(text) == text, "run `python -m docs.generate.operating`"


def with_runs(monkeypatch: pytest.MonkeyPatch, *changes: dict[str, Any]) -> str:
    """Return the page of runs that differ from the first one that was kept."""
    first = runs()[0]
    monkeypatch.setattr(capacity, "runs", lambda: [first | change for change in changes])
    return capacity.page()


def test_cores_and_disk_follow_from_cost_and_volume(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = {"cpu_ms": 108.0, "cpu.take": 1.0, "cpu.parse": 19.0, "cpu.store": 7.0, "disk_kb": 50.0}
    volume = {"who": "somebody", "reports": 1_000_000, "english": 0.4, "source": "none", "assumed": "all"}
    monkeypatch.setattr(capacity, "_volumes", lambda: [volume])
    page = with_runs(monkeypatch, costs)
    # 400,000 × 108 ms + 600,000 × 27 ms = 59,400 s of the 86,400 that a core has in a day; 50,000,000 KB in all
    assert "| somebody | 1,000,000 | 0.69 | 47.7 GB | 17.4 TB |" in page
    assert "| time of one core | 30 hours |" in page
    assert "| disk (database, and the raw bytes, compressed) | 48 GB |" in page


def test_the_writer_limits_from_as_many_cores_on_as_its_stages_are_cheaper(monkeypatch: pytest.MonkeyPatch) -> None:
    page = with_runs(monkeypatch, {"cpu_ms": 100.0, "cpu.store": 6.0, "cpu.link": 3.0, "cpu.lists": 1.0})
    assert "One core reads 864,000 reports a day" in page
    assert "at 10 ms a report" in page
    assert "8,640,000 reports a day. From about 10 cores of reading on" in page


@pytest.mark.parametrize(("rate", "says"), [(12.0, "kept"), (11.9, "not kept")])
def test_what_was_asked_and_is_not_kept_is_said(monkeypatch: pytest.MonkeyPatch, rate: float, says: str) -> None:
    page = with_runs(monkeypatch, {"reports_per_s": rate})
    assert f"| at least 12 | {rate:.1f} | {says} |" in page


def test_growth_is_shown_where_a_ledger_was_filled_further(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "As the ledger fills" not in with_runs(monkeypatch, {})
    grown = with_runs(monkeypatch, {}, {"in_ledger": 7000.0, "reports": 400, "disk_kb": 61.2, "cpu.link": 9.5})
    assert "| 7,000 |" in grown
    assert "Disk was measured between 6,600 and 7,000 reports" in grown


def test_error_nothing_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capacity, "runs", list)
    with pytest.raises(ValueError, match=r"capacity\.toml is missing"):
        capacity.page()
