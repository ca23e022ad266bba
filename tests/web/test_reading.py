from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

import sayso.pipeline
from sayso.pipeline import read_each
from sayso.records import Reading

TEXT = "Police said at least nine people were killed in Tarsk."


def test_without_a_project_the_desk_reads_and_nothing_else(nowhere: TestClient) -> None:
    assert nowhere.get("/").headers["location"] == "/read"
    page = nowhere.get("/read")
    assert "Who says what?" in page.text
    assert "/incidents" not in page.text


def test_a_text_is_read_and_its_claims_stand_beside_it(nowhere: TestClient) -> None:
    page = nowhere.post("/read", data={"text": TEXT, "published": "2031-05-14", "publisher": "Lamp"})
    assert page.status_code == 200
    assert '<mark class="ev said d1" data-c="1">killed</mark><a class="ref" href="#c1"' in page.text
    assert "at least 9" in page.text
    assert "Tarsk police, via @wire" in page.text
    assert "Lamp" in page.text


def test_what_was_also_said_has_its_cue(nowhere: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sayso.pipeline, "read_one", lambda report: next(read_each([report])))
    text = "The civil defence denied that any of its trucks was there. According to the mayor, the road was closed."
    page = nowhere.post("/read", data={"text": text})
    assert "</strong> denied: that any of its trucks was there" in page.text
    assert "<li>According to <strong>" in page.text


def test_a_file_is_read(nowhere: TestClient) -> None:
    page = nowhere.post("/read", files={"file": ("x.html", f"<html><body><p>{TEXT}</p></body></html>", "text/html")})
    assert "at least 9" in page.text


def test_json_and_csv_are_those_of_the_command(nowhere: TestClient) -> None:
    reading = Reading.model_validate_json(nowhere.post("/read.json", data={"text": TEXT}).text)
    assert [claim.evidence.text for claim in reading.claims] == ["killed"]
    rows = list(csv.DictReader(io.StringIO(nowhere.post("/read.csv", data={"text": TEXT}).text)))
    assert rows[0]["words"] == """'=HYPERLINK("x")"""
    assert rows[0]["certainty"] == "'-likely"


def test_what_was_read_is_escaped(nowhere: TestClient) -> None:
    page = nowhere.post("/read", data={"text": "<script>alert(1)</script> killed <img src=x>", "publisher": '"><b>'})
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert "<b>" not in page.text


def test_nothing_to_read_is_said_and_what_was_entered_stays(nowhere: TestClient) -> None:
    page = nowhere.post("/read", data={"text": "  ", "publisher": "Lamp"})
    assert page.status_code == 400
    assert "nothing to read yet" in page.text
    assert 'value="Lamp"' in page.text


def test_error_a_date_that_is_none(nowhere: TestClient) -> None:
    page = nowhere.post("/read", data={"text": TEXT, "published": "yesterday"})
    assert page.status_code == 400
    assert "is no date" in page.text
    assert TEXT in page.text


def test_examples_are_a_click_away(nowhere: TestClient) -> None:
    assert "/read?example=2-harbour-meridian" in nowhere.get("/read").text
    assert "harbour" in nowhere.get("/read?example=2-harbour-meridian").text
    assert nowhere.get("/read?example=../secret").status_code == 404


def test_error_pages_that_are_not_there(nowhere: TestClient) -> None:
    assert "no such page" in nowhere.get("/nothing").text
    assert json.loads(nowhere.get("/nothing.json").text)["problem"] == "There is no such page."
    assert nowhere.put("/read").status_code == 405
