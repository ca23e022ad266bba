"""Rows have the columns of their table, in order, and numbers of CSV are numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sayso.records import Claim, Report, Statement, incident_id
from sayso.tables import Table
from sayso.tables.cells import csv_of, safe
from sayso.tables.contents import CLAIMS, INCIDENTS, ORIGINS, PACKAGE, REPORTS, STATEMENTS
from sayso.tables.rows import claim_row, incident_row, origin_rows, report_row, statement_row
from sayso.values import Actor

REPORT = Report(id="re_1", text="Police said nine of ten guards died.", publisher="Coast Wire", published="2031-05-14")
SPAN = REPORT.span(12, 35)
POLICE = Actor(name="Tarsk police", kind="police", country="LBY", words="Police")


def claim(field: str, value: dict[str, Any]) -> dict[str, Any]:
    made = Claim.model_validate(
        {"incident": incident_id(SPAN), "field": field, "value": value, "evidence": SPAN, "holder": POLICE}
    )
    return made.model_dump(mode="json", by_alias=True)


GUARDS = {"name": "guards", "kind": "police", "words": "ten guards"}
CLASSES = [
    ("weapon", {"class": "rocket", "words": "rockets"}, "class", "rocket"),
    ("kind", {"kind": "bombing", "words": "bomb"}, "class", "bombing"),
    ("status", {"status": "attempted"}, "class", "attempted"),
    ("damage", {"extent": "minor", "words": "slightly", "of": "two ships"}, "class", "minor"),
    ("damage", {"extent": "minor", "words": "slightly", "of": "two ships"}, "of", "two ships"),
    ("killed", {"low": 9, "high": None, "words": "nine", "of": GUARDS}, "of", "guards"),
    ("killed", {"low": 9, "high": None, "words": "nine"}, "high", None),
    ("responsibility_claim", {"claimed": "denied"}, "class", "denied"),
    ("responsibility_claim", {"claimed": False}, "class", "not claimed"),
    ("evidence_offered", {"provided": False}, "class", "not provided"),
    ("perpetrator", {"name": "Front", "kind": "armed_group", "words": "Front"}, "class", "armed_group"),
    ("where", {"name": "Tarsk", "precision": "settlement", "lat": -1.5, "lon": 2, "words": "Tarsk"}, "lat", -1.5),
]


@pytest.mark.parametrize(("field", "value", "column", "cell"), CLASSES)
def test_a_value_is_spread_over_the_columns(field: str, value: dict[str, Any], column: str, cell: Any) -> None:
    data = claim(field, value)
    row = claim_row(data)
    assert row[column] == cell
    assert json.loads(row["value"]) == data["value"]


def test_rows_have_the_columns_of_their_table() -> None:
    statement = Statement(holder=POLICE, content=(SPAN,), verbatim=False)
    summary = dict.fromkeys(INCIDENTS.names) | {
        "within": "in_1",
        "statuses": " killed:disputed kind:sole ",
        "background": 0,
    }
    rows: list[tuple[Table, dict[str, Any]]] = [
        (CLAIMS, claim_row(claim("killed", {"low": 9, "high": 9, "words": "nine"}))),
        (STATEMENTS, statement_row(statement.model_dump(mode="json", by_alias=True))),
        (REPORTS, report_row(REPORT.model_dump(mode="json"))),
        (INCIDENTS, incident_row(summary)),
        (ORIGINS, next(origin_rows("in_1", [{"id": "or_1", "reports": ["re_1"], "name": None, "reason": "alone"}]))),
    ]
    for table, row in rows:
        assert tuple(row) == table.names
    assert rows[3][1]["disputed"] == "killed"
    assert {table.name for table, _ in rows} == {table.name for table in PACKAGE}


def test_numbers_and_booleans_are_plain_and_texts_are_marked() -> None:
    text = "".join(csv_of([{"n": -1.5, "b": True, "t": "-1.5", "l": ["=x"], "e": None}]))
    assert text == 'n,b,t,l,e\r\n-1.5,true,\'-1.5,"[""=x""]",\r\n'
    assert safe(-3) == "-3"


def test_headings_stand_even_where_there_is_no_row() -> None:
    assert "".join(csv_of([], ["a", "b"])) == "a,b\r\n"
    assert "".join(csv_of([])) == ""
