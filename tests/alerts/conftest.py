"""A ledger with a saved query, alerts on it, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evaluation.guarantees.receiving import Receiver, receiving
from sayso.alerts.book import Alert, Terms, add_alert, make_alert
from sayso.alerts.noticing import notice, write
from sayso.alerts.outbox import Message
from sayso.alerts.rendering import data_of
from sayso.alerts.running import Runner, Sent
from sayso.alerts.signing import keep_keys, new_secret
from sayso.intake import Capture
from sayso.intake.fetching import Egress, Poster
from sayso.ledger import Ledger, create, open_ledger
from sayso.ledger.queries import save_query
from tests.ledger.foretold import QuickLinker, put

START = datetime(2031, 5, 7, 12, 0, tzinfo=UTC)


@dataclass
class World:
    """What a test of alerts needs: a ledger, a clock, and who is told."""

    ledger: Ledger
    now: datetime = START
    allowed: tuple[str, ...] = ()
    printed: list[str] = field(default_factory=list)

    def query(self, filters: str = "") -> None:
        save_query(self.ledger, "q", filters, who="ana", replace=True)

    def alert(self, to: str = "feed", *, from_start: bool = False, **terms: Any) -> Alert:
        made = Terms(**{"hours": 0.0, **terms})
        alert = make_alert(self.ledger, "q", to, made, who="ana", now=self.now, from_start=from_start)
        add_alert(self.ledger, alert)
        if to.startswith("http"):
            keep_keys(self.ledger.project, alert.id, [new_secret()])
        return alert

    def add(self, *items: Capture) -> None:
        put(self.ledger, items)

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def run(self, *, offline: bool = False, at_once: bool = False) -> list[Sent]:
        with Poster(Egress(allowed=self.allowed), seconds=5.0, offline=offline) as poster:
            keep = lambda _message, text: self.printed.append(text)  # noqa: E731
            return list(Runner(self.ledger, poster, keep, offline=offline, now=lambda: self.now).once(at_once=at_once))

    def changes(self, alert: Alert) -> list[list[tuple[str, str]]]:
        """Notice and write; return kind and words of each change, message by message."""
        from sayso.alerts.book import find_alert

        noticed = notice(self.ledger, find_alert(self.ledger, alert.id), self.now)
        assert write(self.ledger, noticed, self.now)
        return [told(message) for message in noticed.messages]


def told(message: Message) -> list[tuple[str, str]]:
    return [
        (change["kind"], change["words"])
        for incident in data_of(message)["incidents"]
        for change in incident["changes"]
    ]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alerts") / "empty"
    create(folder).close()
    return folder


@pytest.fixture
def world(empty: Path, tmp_path: Path) -> Iterator[World]:
    import shutil

    shutil.copytree(empty, tmp_path / "project")
    with open_ledger(tmp_path / "project", "write", linker=QuickLinker()) as ledger:
        made = World(ledger)
        made.query()
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found
