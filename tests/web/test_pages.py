"""Addresses read now, feeds, quarantine, one source and its grades, saved queries, many values at once, two people."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import sayso.pipeline
from evaluation.desk.screenshots import OUTLET, example_ledger, furnish
from sayso.errors import RefusedError
from sayso.intake.fetching import Answered, Egress, Fetcher
from sayso.ledger import open_ledger
from sayso.settings import load_project
from sayso.web import desk as desks
from sayso.web.app import make_app
from sayso.web.desk import Desk
from tests.cli.conftest import read_foretold

pytestmark = pytest.mark.slow
TEXT = "Police said at least nine people were killed in Tarsk."


class Canned:
    """Answers every address with the same page, and notes what was asked for."""

    offline = False

    def __init__(self, body: bytes, media: str = "text/html") -> None:
        self.body, self.media, self.asked = body, media, list[str]()

    def fetch(self, url: str) -> Answered:
        self.asked.append(url)
        if url.startswith("ftp"):
            raise RefusedError("no web address", place=url, way_out="http:// or https:// and a host")
        headers = (("content-type", self.media),)
        return Answered(url, url, 200, headers, self.body, self.body, "0" * 64, "2031-05-14T12:00:00+00:00")

    def close(self) -> None: ...


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], TestClient]]:
    """Return a function that gives a desk without a project, with a fetcher."""
    monkeypatch.setattr(sayso.pipeline, "read_one", lambda report: read_foretold([report]))
    made: list[Desk] = []

    def client(fetcher: Any) -> TestClient:
        made.append(Desk(None, fetcher=fetcher))
        return TestClient(make_app(made[-1]), base_url="http://127.0.0.1", follow_redirects=False)

    yield client
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = example_ledger(tmp_path_factory.mktemp("pages") / "desk")
    furnish(made)
    return made


@pytest.fixture
def sit(furnished: Path, tmp_path: Path) -> Iterator[Callable[..., TestClient]]:
    """Return a function that gives a client of a copy of the furnished ledger to somebody by name."""
    shutil.copytree(furnished, tmp_path / "desk")
    made: list[Desk] = []

    def client(who: str = "ana", config: str = "") -> TestClient:
        if config:
            (tmp_path / "desk" / "sayso.toml").write_text(config, encoding="utf-8")
        made.append(Desk(load_project(tmp_path / "desk"), who))
        return TestClient(make_app(made[-1]), base_url="http://127.0.0.1", follow_redirects=False)

    yield client
    for each in made:
        each.close()


def token_on(page: str) -> str:
    return re.findall(r'name="token" value="(\w+)"', page)[0]


def harbour(client: TestClient) -> str:
    return str(client.get("/incidents.csv?text=harbour").text.splitlines()[1].split(",")[0])


# -- addresses --------------------------------------------------------------------------------------------------------


def test_what_stands_at_an_address_is_read(reads: Callable[[Any], TestClient]) -> None:
    fetcher = Canned(f"<html><head><title>Blast in Tarsk</title></head><body><p>{TEXT}</p></body></html>".encode())
    client = reads(fetcher)
    page = client.post("/read", data={"url": " https://lamp.example/2031/05/14/blast "})
    assert page.status_code == 200
    assert "at least 9" in page.text
    assert fetcher.asked == ["https://lamp.example/2031/05/14/blast"]
    assert json.loads(client.post("/read.json", data={"url": "https://lamp.example/x"}).text)["claims"]


def test_a_list_of_reports_is_none(reads: Callable[[Any], TestClient]) -> None:
    feed = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/x</loc></url></urlset>'
    answer = reads(Canned(feed, "application/xml")).post("/read", data={"url": "https://lamp.example/sitemap.xml"})
    assert answer.status_code == 400
    assert "a list of others" in answer.text


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/", "file:///etc/passwd", "https://a:b@c.example/"],
)
def test_error_addresses_that_no_desk_may_reach(reads: Callable[[Any], TestClient], url: str) -> None:
    fetcher = Fetcher(egress=Egress(resolver=lambda host, port: [host]))
    answer = reads(fetcher).post("/read.json", data={"url": url})
    assert answer.status_code == 403
    assert fetcher.connected == []


def test_error_an_offline_desk_fetches_nothing(reads: Callable[[Any], TestClient]) -> None:
    client = reads(Fetcher(offline=True))
    assert "This desk is offline" in client.get("/read").text
    answer = client.post("/read", data={"url": "https://lamp.example/"})
    assert answer.status_code == 403
    assert "offline" in answer.text
    assert reads(None).post("/read", data={"url": "https://lamp.example/"}).status_code == 403


def test_whoever_waits_too_long_for_a_turn_is_told_to_come_again(
    reads: Callable[[Any], TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "TURN", 0.01)
    client = reads(Canned(b"x"))
    desk = client.app.app.state.desk  # type: ignore[attr-defined]
    with desk.reading():
        answer = client.post("/read.json", data={"text": TEXT})
    with desk.fetching():
        other = client.post("/read.json", data={"url": "https://lamp.example/"})
    assert (answer.status_code, other.status_code) == (503, 503)
    assert answer.headers["retry-after"] == "30"


# -- feeds and quarantine ---------------------------------------------------------------------------------------------


def test_feeds_that_fail_stand_first_and_can_be_looked_at_again(sit: Callable[..., TestClient]) -> None:
    client = sit()
    rows = json.loads(client.get("/watch.json").text)["feeds"]
    assert [(row["state"], row["failures"], row["pages"]) for row in rows] == [
        ("fails", 3, 12), ("answers", 0, 41), ("waits", 0, 0),
    ]  # fmt: skip
    page = client.get("/watch").text
    assert "3 times in a row" in page
    sent = {"token": token_on(page), "address": rows[0]["address"]}
    assert client.post("/watch/again", data=sent).status_code == 303
    assert json.loads(client.get("/watch.json").text)["feeds"][0]["due"] != rows[0]["due"]
    assert client.post("/watch/again", data=sent | {"address": "https://none.example/"}).status_code == 404


def test_what_is_in_quarantine_is_tried_again_one_by_one(sit: Callable[..., TestClient]) -> None:
    client = sit()
    page = client.get("/quarantine").text
    sha256 = re.findall(r'name="sha256" value="(\w+)"', page)[0]
    answer = client.post("/retry", data={"token": token_on(page), "sha256": sha256})
    assert answer.status_code == 303
    assert "Still not" in client.get(answer.headers["location"]).text
    assert client.post("/retry", data={"token": token_on(page), "sha256": "0" * 64}).status_code == 404


# -- one source -------------------------------------------------------------------------------------------------------


def test_a_source_shows_what_it_said_whom_it_quotes_and_its_grades(sit: Callable[..., TestClient]) -> None:
    client = sit()
    data = json.loads(client.get("/source.json", params={"sort": "outlet", "name": OUTLET}).text)
    assert data["source"]["claims"] == 16
    assert ["South Sudanese Army", 6] in data["others"]
    assert [each["grade"] for each in data["grades"]] == ["C", "B"]
    assert {row["outlet"] for row in data["said"]} == {OUTLET}
    holder = json.loads(client.get("/source.json", params={"name": "South Sudanese Army"}).text)
    assert [OUTLET, 6] in holder["others"]
    assert client.get("/source", params={"name": "Nobody At All"}).status_code == 404
    assert client.get("/source", params={"sort": "x", "name": OUTLET}).status_code == 400


def test_a_grade_is_given_and_taken_back_and_both_stay_on_record(sit: Callable[..., TestClient]) -> None:
    client = sit()
    page = client.get("/source", params={"sort": "outlet", "name": OUTLET}).text
    sent = {"token": token_on(page), "sort": "outlet", "name": OUTLET, "grade": "D", "why": "late"}
    assert client.post("/grade", data=sent).status_code == 303
    rows = json.loads(client.get("/sources.json").text)["sources"]
    assert next(row["grade"] for row in rows if row["name"] == OUTLET) == "D"
    given = json.loads(client.get("/source.json", params={"sort": "outlet", "name": OUTLET}).text)["grades"]
    back = {"token": sent["token"], "decision": "retract", "about": given[0]["id"]}
    assert client.post("/judge", data=back).status_code == 303
    after = json.loads(client.get("/source.json", params={"sort": "outlet", "name": OUTLET}).text)["grades"]
    assert [bool(each["retracted"]) for each in after] == [True, False, False]
    rows = json.loads(client.get("/sources.json").text)["sources"]
    assert next(row["grade"] for row in rows if row["name"] == OUTLET) == "C"
    for wrong in ({"grade": "G"}, {"name": "Nobody At All"}, {"sort": "actor"}):
        assert 400 <= client.post("/grade", data=sent | wrong).status_code < 500


# -- saved queries ----------------------------------------------------------------------------------------------------


def test_a_query_is_saved_opened_and_removed(sit: Callable[..., TestClient]) -> None:
    client = sit()
    page = client.get("/incidents?place=Libya&kind=artillery_rocket_missile").text
    form = dict(re.findall(r'<input type="hidden" name="(token|filters)" value="([^"]*)"', page))
    filters = form["filters"].replace("&amp;", "&")
    answer = client.post("/queries/save", data={**form, "filters": filters, "name": "Libya-Rockets"})
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert re.search(r'href="/incidents\?place=Libya&(amp;)?kind=artillery_rocket_missile">libya-rockets</a>', page)
    rows = {row["name"]: row for row in json.loads(client.get("/queries.json").text)["queries"]}
    assert rows["libya-rockets"]["incidents"] == 1
    assert (
        client.post("/queries/save", data={**form, "filters": "place=Mali", "name": "libya-rockets"}).status_code == 400
    )
    assert client.post("/queries/save", data={**form, "filters": "colour=red", "name": "red"}).status_code == 400
    assert client.post("/queries/remove", data={**form, "name": "libya-rockets"}).status_code == 303
    assert client.post("/queries/remove", data={**form, "name": "libya-rockets"}).status_code == 404


# -- many values at once, and a second person -------------------------------------------------------------------------


def many_form(client: TestClient, incident: str) -> dict[str, Any]:
    page = client.get(f"/review?incident={incident}&many=1").text
    form: dict[str, Any] = dict(re.findall(r'<input type="hidden" name="(token|shown)" value="([^"]*)"', page))
    return form | {"decision": "accept", "about": re.findall(r'name="about" value="(cl_\w+)"', page)}


def test_only_what_was_on_screen_is_accepted_at_once(sit: Callable[..., TestClient]) -> None:
    client = sit()
    form = many_form(client, harbour(client))
    assert len(form["about"]) > 5
    with open_ledger(client.app.app.state.desk.project) as ledger:  # type: ignore[attr-defined]
        other = next(claim.id for claim in ledger.claims() if claim.id not in form["about"])
    ids, _, seal = form["shown"].rpartition(".")
    for wrong in (
        {"about": [*form["about"], other]},
{"shown": f"{ids},{other}.{seal}", "about": [form["about"][0], other]},
        {"shown": ""},
        {"decision": "reject"},
    ):  # fmt: skip
        assert client.post("/judge", data=form | wrong).status_code == 403
    chosen = form["about"][:3]
    assert client.post("/judge", data=form | {"about": chosen}).status_code == 303
    assert not set(chosen) & set(many_form(client, harbour(client))["about"])


def test_where_a_second_person_is_asked_for_the_queue_holds_what_one_has_judged(sit: Callable[..., TestClient]) -> None:
    config = "[desk]\nsecond_person = true\n"
    ana, ben = sit("ana", config), sit("ben")
    number = harbour(ana)
    form = many_form(ana, number)
    form |= {"about": form["about"][:2]}
    assert ana.post("/judge", data=form).status_code == 303
    assert not set(form["about"]) & set(many_form(ana, number)["about"])
    assert set(form["about"]) <= set(many_form(ben, number)["about"])
    page = ben.get(f"/review?claim={form['about'][0]}").text
    assert "One person has judged this value" in page
    assert "ana" not in re.sub(r'value="[^"]*"', "", page.split("<main", 1)[1])
    again = many_form(ben, number) | {"about": form["about"]}
    assert ben.post("/judge", data=again).status_code == 303
    assert not set(form["about"]) & set(many_form(ben, number)["about"])


def test_a_rejection_is_told_with_who_made_it_and_can_be_answered_by_another(sit: Callable[..., TestClient]) -> None:
    ana, ben = sit("ana"), sit("ben")
    number = harbour(ana)
    form = many_form(ana, number)
    sent = {"token": form["token"], "decision": "reject", "about": form["about"][0], "why": "of another day"}
    assert ana.post("/judge", data=sent).status_code == 303
    assert "I see it so too" not in ana.get(f"/incident/{number}").text
    page = ben.get(f"/incident/{number}").text
    assert "of another day" in page
    assert "I see it so too" in page


def test_an_incident_lists_its_sources_by_number_for_paper(sit: Callable[..., TestClient]) -> None:
    client = sit()
    page = client.get(f"/incident/{harbour(client)}").text
    notes = page.split('class="print-only endnotes"', 1)[1]
    assert re.findall(r'<li value="(\d)">(\w+ \w+)', notes) == [
        ("1", "Coast Wire"),
        ("2", "Meridian Herald"),
        ("3", "Coast Wire"),
    ]
    cited = {
        int(number)
        for group in re.findall(r'<sup class="print-only">([\d,]+)</sup>', page)
        for number in group.split(",")
    }
    assert cited == {1, 2, 3}


def test_settings_tell_what_the_desk_runs_on(sit: Callable[..., TestClient]) -> None:
    facts = json.loads(sit().get("/settings.json").text)["facts"]
    assert facts["login"] == "not asked: this computer only"
    assert facts["addresses"] == "are not fetched"
