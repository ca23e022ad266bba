"""CSV cells that no spreadsheet takes for a formula, and that can be read back exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.tables.cells import safe

# As in ../shared/tools/gen_hostile.py: ways to begin a cell that some spreadsheet runs.
PREFIXES = ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", '"=', "＝", "＋", "－", "＠", "\0=", "'=", "  \t@", "\u00a0=", "\ufeff=", "'"]  # fmt: skip # noqa: E501


@pytest.mark.parametrize("prefix", PREFIXES, ids=[ascii(prefix) for prefix in PREFIXES])
def test_a_cell_that_could_be_a_formula_is_marked(prefix: str) -> None:
    assert safe(f'{prefix}HYPERLINK("x")') == f'\'{prefix}HYPERLINK("x")'


@pytest.mark.parametrize("text", ["nine", "9", "{}", "a=b", "“=”", "", "re_00"])
def test_other_cells_are_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_null_is_an_empty_cell() -> None:
    assert safe(None) == ""
    assert safe(0) == "0"


@given(st.text())
def test_every_cell_can_be_read_back(text: str) -> None:
    cell = safe(text)
    assert (cell[1:] if cell.startswith("'") else cell) == text


@given(st.text())
def test_no_cell_begins_a_formula(text: str) -> None:
    assert not safe(text).lstrip(' "\0').startswith(("=", "+", "-", "@", "\t", "\r"))
