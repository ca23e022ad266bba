"""The desk serves the feeds of alerts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from sayso.alerts.book import Terms, add_alert, make_alert
from sayso.alerts.running import Runner, now_in_utc
from sayso.intake.fetching import Poster
from sayso.ledger import create
from sayso.ledger.queries import save_query
from sayso.settings import Project, load_project
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of


def test_a_feed_stands_at_its_address(visit: Callable[[Project | None], TestClient], tmp_path: Path) -> None:
    with create(tmp_path / "desk", linker=QuickLinker()) as ledger, Poster(offline=True) as poster:
        save_query(ledger, "q", "", who="ana")
        add_alert(ledger, make_alert(ledger, "q", "feed", Terms(hours=0), who="ana", now=now_in_utc()))
        put(ledger, [capture_of(text_of(killed=7))])
        list(Runner(ledger, poster, lambda _message, _text: None).once())
    client = visit(load_project(tmp_path / "desk"))
    found = client.get("/alerts/q.atom")
    assert (found.status_code, found.headers["content-type"]) == (200, "application/atom+xml")
    assert found.content.count(b"<entry>") == 1
    assert client.get("/alerts/other.atom").status_code == 404
    assert client.get("/alerts/q.atom", headers={"host": "evil.example"}).status_code in {400, 403, 421}
