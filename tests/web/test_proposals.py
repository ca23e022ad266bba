"""Proposals on the desk: apart from our own claims, with their method, judged by people, and never a claim."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.ledger import create, open_ledger
from sayso.proposing.claims import proposals
from sayso.proposing.keeping import keep
from sayso.settings import load_project
from sayso.web.app import make_app
from sayso.web.desk import Desk
from tests.ledger.foretold import QuickLinker, capture_of, put

TEXT = "bombing Tarsk 5 killed 7, the police said. Later nine people <b>were injured</b>, the mayor said."
METHOD = "llm tiny at models.example, asked 0123abcd"
SAID = (
    ("killed", "killed 7", "7", "the police"),
    ("injured", "nine people <b>were injured</b>", "nine", "the mayor"),
)
CLAIMS = [
    {"field": field, "quote": quote, "value": value, "holder": holder, "stance": "asserts"}
    for field, quote, value, holder in SAID
]
Client = Callable[..., TestClient]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with create(tmp_path / "desk", linker=QuickLinker()) as ledger:
        put(ledger, [capture_of(TEXT)])
        (report,) = ledger.reports()
        found, refused = proposals(report, json.dumps({"claims": CLAIMS}), METHOD)
        assert refused == []
        keep(ledger, report.id, METHOD, found, 0)
    return tmp_path / "desk"


@pytest.fixture
def client(project: Path) -> Iterator[Client]:
    """Return a function that gives a client of the desk, for somebody by name."""
    desks: list[Desk] = []

    def make(who: str = "ana") -> TestClient:
        desks.append(Desk(load_project(project), who))
        return TestClient(make_app(desks[-1]), base_url="http://127.0.0.1", follow_redirects=False)

    yield make
    for desk in desks:
        desk.close()


def form_of(page: str, words: str) -> dict[str, str]:
    """Return the hidden fields of the first form that holds these words."""
    form = next(part for part in re.findall(r"<form.*?</form>", page, re.DOTALL) if words in part)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_the_queue_tells_of_proposals_and_keeps_them_apart(client: Client) -> None:
    ana = client()
    queue = ana.get("/review").text
    assert "2 proposals wait apart, read by a language model" in queue
    assert METHOD not in queue
    page = ana.get("/proposals").text
    assert page.count(f"method: {METHOD}") == 2
    assert "our own reading says the same of these words" in page
    assert "our own reading does not say this" in page
    assert '<mark class="ev">nine people &lt;b&gt;were injured&lt;/b&gt;</mark>' in page


def test_a_proposal_is_accepted_rejected_and_taken_back(client: Client, project: Path) -> None:
    ana = client()
    with open_ledger(project) as ledger:
        before = list(ledger.claims()), list(ledger.incidents())
    first = form_of(ana.get("/proposals").text, "Read rightly")
    answer = ana.post("/proposals/judge", data=first | {"decision": "accept", "why": "stands there"})
    assert answer.status_code == 303
    after = ana.get(answer.headers["location"]).text
    assert "1 proposal of a language model" in after
    second = form_of(after, "Read wrongly")
    assert second["about"] != first["about"]
    location = ana.post("/proposals/judge", data=second | {"decision": "reject"}).headers["location"]
    assert "Nothing waits" in ana.get(location).text
    judged = ana.get("/proposals?judged=1").text
    assert re.findall(r"read (?:rightly|wrongly), says <bdi>ana</bdi>(?:: [\w ]+)?", judged) == [
        "read rightly, says <bdi>ana</bdi>: stands there",
        "read wrongly, says <bdi>ana</bdi>",
    ]
    assert "apart, read by a language model" not in ana.get("/review").text
    back = form_of(ana.get(location).text, "Take it back")
    assert ana.post("/judge", data=back | {"decision": "retract"}).headers["location"] == "/proposals"
    assert [row["verdict"] for row in ana.get("/proposals.json").json()["proposals"]] == ["open"]
    with open_ledger(project) as ledger:
        assert (list(ledger.claims()), list(ledger.incidents())) == before
        kept = [each for each in ledger.judgements() if each.decision == "accept"]
    assert json.loads(kept[0].value or "{}")["method"] == METHOD


def test_programs_get_the_columns_of_the_command(client: Client) -> None:
    from sayso.cli.proposals import LIST

    ana = client()
    rows = ana.get("/proposals.json").json()["proposals"]
    assert set(rows[0]) == set(LIST.columns)
    assert ana.get("/proposals.csv").text.splitlines()[0] == ",".join(LIST.columns)
    assert ana.get("/proposals.json?report=re_0").json()["proposals"] == []


@pytest.mark.parametrize(
    ("changed", "status", "note"),
    [
        ({"token": "x"}, 403, "a form of another site"),
        ({"decision": "correct"}, 400, "nothing is corrected here"),
        ({"about": ""}, 400, "about nothing"),
        ({"about": "pr_0000"}, 404, "no such proposal"),
    ],
)
def test_error_what_is_no_judgement_is_refused(
    client: Client, project: Path, changed: dict[str, str], status: int, note: str
) -> None:
    ana = client()
    form = form_of(ana.get("/proposals").text, "Read rightly") | {"decision": "accept"}
    assert ana.post("/proposals/judge", data=form | changed).status_code == status, note
    with open_ledger(project) as ledger:
        assert list(ledger.judgements()) == []


def test_error_nobody_in_particular_judges_nothing(client: Client) -> None:
    nobody = client("")
    page = nobody.get("/proposals").text
    assert "Nobody is named who judges" in page
    assert "Read rightly" not in page
