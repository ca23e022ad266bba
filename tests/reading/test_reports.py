"""Short invented reports read as a whole: which incidents they hold, what is claimed of them, what is not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.language.model import find
from tests.reading.claim_helpers import line, read

ROWS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "reports.toml").read_text(encoding="utf-8"))["row"]

pytestmark = pytest.mark.skipif(find() is None, reason="no model is installed: sentences are read by word order alone")


@pytest.mark.parametrize("row", ROWS, ids=[row["note"] for row in ROWS])
def test_a_short_report(row: dict[str, Any]) -> None:
    reading = read(row["text"], row["published"])
    assert sorted(("-" if i.background else "") + i.kind for i in reading.incidents) == row["kinds"]
    claims = {line(claim) for claim in reading.claims}
    assert set(row.get("has", ())) <= claims, sorted(claims)
    assert not set(row.get("lacks", ())) & claims
