"""Tables on terminals of any width: cells are broken where there is no room, and nothing is cut off."""

from __future__ import annotations

import pytest

from sayso.cli.rows import Column, Row, table

ROWS: list[Row] = [
    {
        "id": "in_aec490ec",
        "day": "2031-06-21",
        "place": "Talmira, Mali",
        "number": "3 (2 origins)",
        "fields": "perpetrator",
    },
    {"id": "in_dd7abc15", "day": "2031-05-13", "place": "Sidra Bahr, Libya", "number": "3", "fields": "killed, weapon"},
]
COLUMNS = (
    Column("id", lambda row: row["id"], 11),
    Column("when", lambda row: row["day"], 10),
    Column("where", lambda row: row["place"], 12, grows=True),
    Column("reports", lambda row: row["number"], 7),
    Column("disputed", lambda row: row["fields"], 10, grows=True),
)


@pytest.mark.parametrize("cells", [44, 52, 60, 72, 80, 100, 200])
def test_nothing_is_cut_off_at_any_width(cells: int) -> None:
    shown = table(ROWS, COLUMNS, cells)
    assert max(map(len, shown.splitlines())) <= cells
    letters = sorted("".join(shown.split()))
    told = "".join("".join(row.values()) for row in ROWS) + "".join(column.name for column in COLUMNS)
    assert letters == sorted("".join(told.split()))


def test_ids_and_days_are_whole_where_there_is_room_for_them() -> None:
    for cells in (64, 80, 100):
        shown = table(ROWS, COLUMNS, cells)
        assert "in_aec490ec" in shown
        assert "2031-06-21" in shown


def test_a_column_that_no_row_fills_is_left_out() -> None:
    assert "disputed" not in table([{**row, "fields": ""} for row in ROWS], COLUMNS, 80)
