"""Pages of a ledger that holds the example reports, read once for all tests."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from evaluation.desk.screenshots import example_ledger
from sayso.ledger import open_ledger
from sayso.records import Reading
from sayso.settings import load_project
from sayso.web.app import make_app
from sayso.web.desk import COOKIE, Desk
from sayso.web.filters import read_query

pytestmark = pytest.mark.slow
LISTS = ("/incidents", "/charts", "/disputes", "/search?q=harbour", "/sources", "/reports", "/log", "/quarantine")
PAGES = (*LISTS, "/review", "/api")


@pytest.fixture(scope="session")
def examples_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_ledger(tmp_path_factory.mktemp("desk") / "examples")


@pytest.fixture(scope="module")
def client(examples_project: Path) -> Iterator[TestClient]:
    desk = Desk(load_project(examples_project), who="ana")
    yield TestClient(make_app(desk), base_url="http://127.0.0.1", follow_redirects=False)
    desk.close()


@pytest.fixture
def own_client(examples_project: Path, tmp_path: Path) -> Iterator[Callable[[str], TestClient]]:
    """Return a function that gives a client of a copy of the ledger, for what writes, for somebody by name."""
    shutil.copytree(examples_project, tmp_path / "desk")
    desks: list[Desk] = []

    def make(who: str) -> TestClient:
        desks.append(Desk(load_project(tmp_path / "desk"), who))
        return TestClient(make_app(desks[-1]), base_url="http://127.0.0.1", follow_redirects=False)

    yield make
    for desk in desks:
        desk.close()


def harbour(client: TestClient) -> str:
    rows = csv.DictReader(io.StringIO(client.get("/incidents.csv?text=harbour").text))
    return next(row["id"] for row in rows)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers(client: TestClient, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "<script>" not in answer.text
    assert not re.search(r"<[^>]+\s(style|on\w+)=", answer.text)


@pytest.mark.parametrize("page", LISTS)
def test_every_page_is_there_for_programs(client: TestClient, page: str) -> None:
    path, _, query = page.partition("?")
    assert isinstance(json.loads(client.get(f"{path}.json?{query}").text), dict)
    table = client.get(f"{path}.csv?{query}")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert page == "/quarantine" or len(list(csv.reader(io.StringIO(table.text)))) > 1


def test_the_list_shows_one_sentence_with_tolls_disputes_reports_and_origins(client: TestClient) -> None:
    page = client.get("/incidents?text=harbour").text
    assert "Sidra Bahr" in page
    assert "6–9" in page
    assert "≠ who did it" in page
    assert "3 reports" in page
    assert re.search(r"3 reports, 2 origins", client.get("/incidents?text=market").text)


def test_filters_are_the_address_and_unknown_ones_are_told(client: TestClient) -> None:
    assert "Sidra Bahr" not in client.get("/incidents?place=Mali").text
    assert "Talmira" in client.get("/incidents?place=Mali").text
    page = client.get("/incidents?kind=nonsense&since=yesterday&near=1&status=x:y&radius=0&as_of=never&page=-1")
    assert page.status_code == 400
    assert "is none of" in page.text
    assert "is no date" in page.text


def test_a_query_that_is_understood_in_part_filters_by_that_part() -> None:
    asked = read_query({"place": " Mali ", "since": "yesterday", "near": "1,2", "radius": "nan", "page": "3"})
    assert (asked.query.place, asked.query.since, asked.page) == ("Mali", None, 3)
    assert set(asked.problems) == {"since", "radius"}


def test_the_matrix_has_each_claim_with_its_sentence_and_the_way_to_it(client: TestClient) -> None:
    page = client.get(f"/incident/{harbour(client)}").text
    assert "Western diplomats" in page
    assert "suspects “likely”" in page
    assert re.search(r'<mark class="ev">carried out by the Eastern Front</mark>', page)
    report, start = re.findall(r'href="/report/(re_\w+)#at-(\d+)"', page)[0]
    assert f'id="at-{start}"' in client.get(f"/report/{report}").text


def test_an_incident_for_programs_is_the_reading_of_the_command(client: TestClient) -> None:
    data = json.loads(client.get(f"/incident/{harbour(client)}.json").text)
    assert data["schema"] == "sayso.reading/1"
    assert len(data["reports"]) == 3
    rows = list(csv.DictReader(io.StringIO(client.get(f"/incident/{harbour(client)}.csv").text)))
    assert {row["field"] for row in rows} >= {"killed", "perpetrator", "where"}


def test_as_of_shows_what_was_known_then(client: TestClient) -> None:
    moments = re.findall(r'<option value="([^"]+Z)"', client.get(f"/incident/{harbour(client)}").text)
    then = client.get(f"/incident/{harbour(client)}?as_of={moments[-1]}").text
    assert "1 report, 1 origin" in then
    assert "As the ledger stood" in then


def test_a_report_shows_its_text_marks_and_evidence(client: TestClient) -> None:
    report = json.loads(client.get("/search.json?q=harbour").text)["reports"][0]["report"]
    page = client.get(f"/report/{report}").text
    assert "SHA-256" in page
    assert '<span class="speaker">' in page
    Reading.model_validate_json(client.get(f"/report/{report}.json").text)


@pytest.mark.parametrize("path", ["/incident/in_nothing", "/report/re_nothing", "/incident/x", "/review?claim=cl_no"])
def test_error_what_is_not_there_is_said(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == (404 if "claim" not in path else 200)
    assert client.get(f"/incident/{'x' * 300}.json").status_code == 404


@pytest.mark.parametrize(
    "words", ["\x00", "a\x00b", '"', "'", "*", "a AND", "NEAR(", "\u202e", "x" * 3000, "%", "_", "\\"]
)
def test_whatever_is_typed_is_only_words(client: TestClient, words: str) -> None:
    for path, name in (("/search", "q"), ("/incidents", "text"), ("/incidents", "place"), ("/incidents", "holder")):
        for form in ("", ".json", ".csv"):
            assert client.get(path + form, params={name: words}).status_code == 200


def test_the_log_is_checked(client: TestClient) -> None:
    assert "The entries shown are chained" in client.get("/log").text
    assert "entries, unbroken" in client.get("/log?verify=1").text


def form_of(page: str, decision: str) -> dict[str, list[str]]:
    """Return the hidden fields of the form with a button for a decision."""
    form = next(part for part in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'value="{decision}"' in part)
    fields: dict[str, list[str]] = {"decision": [decision]}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value.replace("&amp;", "&"))
    return fields


def test_the_review_loop_accepts_corrects_and_takes_back(own_client: Callable[[str], TestClient]) -> None:
    ana = own_client("ana")
    page = ana.get("/review").text
    claim = form_of(page, "accept")["about"][0]
    answer = ana.post("/judge", data=form_of(page, "accept"))
    assert answer.status_code == 303
    after = ana.get(answer.headers["location"]).text
    assert "Take it back" in after
    assert form_of(after, "accept")["about"][0] != claim
    assert form_of(ana.get("/review").text, "accept")["about"][0] != claim
    back = ana.post("/judge", data=form_of(after, "retract")).headers["location"]
    assert form_of(ana.get(back).text, "accept")["about"] == [claim]
    assert form_of(ana.get("/review").text, "accept")["about"] == [claim]
    with open_ledger(ana.app.app.state.desk.project) as ledger:  # type: ignore[attr-defined]
        assert [each.decision for each in ledger.judgements()] == ["accept", "retract"]


def test_a_correction_stores_what_differs(own_client: Callable[[str], TestClient]) -> None:
    ana = own_client("ana")
    with open_ledger(ana.app.app.state.desk.project) as ledger:  # type: ignore[attr-defined]
        number = harbour(ana)
        claim = next(each for each in ledger.incident(number).overview.claims if each.field == "killed")
    page = ana.get(f"/review?claim={claim.id}").text
    assert ana.post("/judge", data=form_of(page, "correct")).status_code == 400  # nothing was corrected
    assert ana.post("/judge", data=form_of(page, "correct") | {"value.low": ["many"]}).status_code == 400
    answer = ana.post("/judge", data=form_of(page, "correct") | {"value.low": ["41"], "value.high": ["41"]})
    assert answer.status_code == 303
    assert "41" in ana.get("/incidents.csv?text=harbour").text


def test_a_report_is_taken_out_of_an_incident_and_put_back(own_client: Callable[[str], TestClient]) -> None:
    ana = own_client("ana")
    page = ana.get(f"/review?incident={harbour(ana)}").text
    location = ana.post("/judge", data=form_of(page, "not_same")).headers["location"]
    assert ana.get("/incidents").text.count('class="what"') == 4
    ana.post("/judge", data=form_of(ana.get(location).text, "retract"))
    assert ana.get("/incidents").text.count('class="what"') == 3


def test_two_people_make_it_reviewed(own_client: Callable[[str], TestClient]) -> None:
    ana, ben = own_client("ana"), own_client("ben")
    form = form_of(ana.get("/review").text, "accept")
    ana.post("/judge", data=form)
    page = ben.get(f"/review?claim={form['about'][0]}").text
    ben.post("/judge", data=form_of(page, "accept"))
    assert "✓ reviewed" in ana.get(re.findall(r'href="(/incident/in_\w+)"', page)[0]).text


@pytest.mark.parametrize("decision", ["accept", "reject", "correct", "not_same", "retract", "note"])
def test_error_no_write_without_the_token_of_the_session_and_a_name(
    own_client: Callable[[str], TestClient], decision: str
) -> None:
    ana, nobody = own_client("ana"), own_client("")
    form = form_of(ana.get("/review").text, "accept") | {"decision": [decision]}
    for forged in ({"token": ["x"]}, {"token": []}):
        assert ana.post("/judge", data=form | forged).status_code == 403
    assert ana.post("/judge", data=form, headers={"origin": "https://evil.example"}).status_code == 403
    ana.cookies.clear()
    assert ana.post("/judge", data=form).status_code == 403
    ana.cookies.set(COOKIE, "stolen")
    assert ana.post("/judge", data=form).status_code == 403
    nobody.get("/read")
    token = re.findall(r'name="token" value="(\w+)"', nobody.get("/read").text)[0]
    assert nobody.post("/judge", data=form | {"token": [token]}).status_code == 403
    with open_ledger(ana.app.app.state.desk.project) as ledger:  # type: ignore[attr-defined]
        assert list(ledger.judgements()) == []


@pytest.mark.parametrize("about", ["cl_nothing", "in_nothing", "", "x" * 5000, "⟨"])
@pytest.mark.parametrize("decision", ["accept", "not_same", "retract", "correct", "nonsense"])
def test_error_judgements_about_nothing_store_nothing(
    own_client: Callable[[str], TestClient], about: str, decision: str
) -> None:
    ana = own_client("ana")
    form = form_of(ana.get("/review").text, "accept") | {"decision": [decision], "about": [about, about + "y"]}
    assert 400 <= ana.post("/judge", data=form).status_code < 500


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/x\n"])
def test_no_form_leads_elsewhere(own_client: Callable[[str], TestClient], back: str) -> None:
    ana = own_client("ana")
    form = form_of(ana.get("/review").text, "accept") | {"back": [back]}
    assert ana.post("/judge", data=form).headers["location"] == "/review"
