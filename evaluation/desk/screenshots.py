"""Pictures of every page of the desk at three widths, by light and by dark.

    python -m evaluation.desk.screenshots OUT [PAGE…]

makes a ledger of the example reports in a temporary folder, serves it, and writes ``OUT/page-width.png``. Needs
Chromium (``CHROMIUM``, else the one on the path).
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

WIDTHS: Final = (360, 820, 1360)
PAGES: Final = {
    "read": "/read",
    "reading": "/read?example=2-harbour-meridian",
    "incidents": "/incidents",
    "charts": "/charts?background=1",
    "incident": "/incident/{incident}",
    "report": "/report/{report}",
    "disputes": "/disputes",
    "review": "/review",
    "search": "/search?q=harbour",
    "sources": "/sources",
    "source": "/source?sort=outlet&name={outlet}",
    "queries": "/queries",
    "watch": "/watch",
    "quarantine": "/quarantine",
    "settings": "/settings",
    "many": "/review?incident={incident}&many=1",
    "reports": "/reports",
    "log": "/log",
    "api": "/api",
}


OUTLET: Final = "River Post"
"""An outlet of the example reports."""
ON_THE_MAP: Final = (
    "Gunmen killed three policemen in Mosul, Iraq, on Monday, a police captain said. "
    "The interior ministry put the toll at five. No group has claimed the attack.",
    "A bomb killed two soldiers near Timbuktu, Mali, on Tuesday, the army said. It blamed the Sons of the Dune.",
    "Shells hit a market in Aleppo province, Syria, on Sunday, wounding dozens, residents said.",
    "Two rockets landed near the airport of Mogadishu, Somalia, on Monday, officials said. Nobody was hurt.",
)
"""Reports written for this, from places that have coordinates."""


def chromium() -> str | None:
    """Return the path of the browser, if there is one."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def served(project: Path | None, who: str = "ana", *, login: bool = False) -> Iterator[str]:
    """Serve a project's desk in a thread on a free port and give its address without a slash at the end."""
    import uvicorn

    from sayso.intake.fetching import Fetcher
    from sayso.settings import load_project
    from sayso.web.app import make_app
    from sayso.web.desk import Desk
    from sayso.web.server import configuration, listen

    desk = Desk(load_project(project) if project else None, who, login=login, fetcher=Fetcher(offline=login))
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(configuration(make_app(desk)))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    _wait(listening.getsockname())
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join(10)
        desk.close()


def _wait(address: tuple[str, int]) -> None:
    for _ in range(200):
        try:
            socket.create_connection(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)


@contextmanager
def browser() -> Iterator[Any]:
    """Give a Playwright browser that runs Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        try:
            yield made
        finally:
            made.close()


def example_ledger(folder: Path, *, mapped: bool = False) -> Path:
    """Make a project with the example reports and return its folder; ``mapped``: also reports from real places."""
    from sayso.adding import add_sources
    from sayso.intake import Given
    from sayso.ledger import create
    from sayso.showing.examples import examples

    with create(folder) as ledger:
        add_sources(ledger, [str(examples())])
        for number, text in enumerate(ON_THE_MAP if mapped else ()):
            file = folder / f"{number}.txt"
            file.write_text(text, encoding="utf-8")
            add_sources(ledger, [str(file)], Given(published="2031-05-14", publisher="The Lamp"))
    return folder


FEEDS: Final = (
    ("https://lamp.example/rss", 41, 0),
    ("https://coast-wire.example/feed.xml", 12, 3),
    ("https://savanna.example/incidents.atom", 0, 0),
)
"""Address, how often it was looked at, and failures in a row."""


def furnish(project: Path) -> str:
    """Give a ledger what a desk has after a while: feeds, something in quarantine, a query, a grade, accounts.

    Returns:
        The secret of a session of an admin.

    """
    from sayso.adding import add_sources
    from sayso.ledger import open_ledger, people, schema
    from sayso.ledger.judging import judgement_of
    from sayso.ledger.queries import save_query

    broken = project / "broken.json"
    broken.write_text("{", encoding="utf-8")
    with open_ledger(project, "write") as ledger:
        add_sources(ledger, [str(broken)])
        save_query(ledger, "mali-bombings", "place=Mali&kind=bombing", who="ana")
        for who, letter in (("ben", "B"), ("ana", "C")):
            ledger.judge(
                judgement_of(
                    ledger, "grade", [OUTLET], who=who, why="compared with its own dispatches", value=f'"{letter}"'
                )
            )
        with ledger.derived() as connection:
            for address, turns, failures in FEEDS:
                row = {"address": address, "due": "2031-05-14T12:15:00+00:00", "turns": turns, "failures": failures}
                connection.execute(schema.watched.insert(), row | {"given": "{}"})
                pages = [
                    {"address": f"{address}/{page}", "feed": address, "turns": 1, "failures": 0}
                    for page in range(turns)
                ]
                if pages:
                    connection.execute(schema.watched.insert(), [each | {"due": None, "given": "{}"} for each in pages])
            for name, role in zip(("dana", "chidi", "ben", "ana"), people.ROLES, strict=True):
                people.add_person(connection, name, role, "no password logs in with this")
            people.make_token(connection, "ana", "nightly export", "reader")
            people.disable(connection, "dana")
            return people.begin_session(connection, "ana")


def addresses(project: Path) -> dict[str, str]:
    """Return page → address, for the incident with most reports and one of these."""
    from sayso.ledger import open_ledger
    from sayso.ledger.asking.questions import list_incidents
    from sayso.ledger.asking.selecting import Query

    with open_ledger(project) as ledger:
        rows = list_incidents(ledger, Query()).rows
        chosen = max(rows, key=lambda row: (row["reports"], row["within"]))["within"]
        report = ledger.incident(chosen).overview.incident.reports[1]
    return {name: path.format(incident=chosen, report=report, outlet=quote(OUTLET)) for name, path in PAGES.items()}


def main(out: Path, wanted: list[str], project: Path | None = None) -> None:
    """Write the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser() as chrome:
        place = project or example_ledger(Path(folder) / "desk", mapped=True)
        session = "" if project else furnish(place)
        with served(place) as base:
            for name, path in addresses(place).items():
                if not wanted or name in wanted:
                    _shoot(chrome, base, path, out, name)
        with served(place, login=True) as base:
            for name, path, secret in (("login", "/login", ""), ("settings-admin", "/settings", session)):
                if (not wanted or name in wanted) and (secret or name == "login"):
                    _shoot(chrome, base, path, out, name, secret)


def _shoot(chrome: Any, base: str, path: str, out: Path, name: str, session: str = "") -> None:
    for width, scheme in [*((width, "light") for width in WIDTHS), (WIDTHS[-1], "dark")]:
        page = chrome.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        if session:
            page.context.add_cookies([{"name": "sayso_desk", "value": session, "url": base}])
        page.goto(f"{base}{path}", wait_until="networkidle", timeout=120_000)
        dark = "-dark" if scheme == "dark" else ""
        page.screenshot(path=out / f"{name}-{width}{dark}.png", full_page=True)
        print(f"{name}-{width}{dark}.png", page.evaluate("document.documentElement.scrollWidth"), flush=True)
        page.close()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    here = Path(os.environ["SAYSO_PROJECT"]) if "SAYSO_PROJECT" in os.environ else None
    main(Path(arguments[0] if arguments else "screenshots"), arguments[1:], here)
