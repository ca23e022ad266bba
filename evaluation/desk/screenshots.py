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
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

WIDTHS: Final = (360, 820, 1360)
PAGES: Final = {
    "read": "/read",
    "reading": "/read?example=2-harbour-meridian",
    "incidents": "/incidents",
    "incident": "/incident/{incident}",
    "report": "/report/{report}",
    "disputes": "/disputes",
    "review": "/review",
    "search": "/search?q=harbour",
    "sources": "/sources",
    "source": "/source?sort=outlet&name=The+Meridian",
    "queries": "/queries",
    "watch": "/watch",
    "quarantine": "/quarantine",
    "settings": "/settings",
    "many": "/review?incident={incident}&many=1",
    "reports": "/reports",
    "log": "/log",
    "api": "/api",
}


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
def served(project: Path | None, who: str = "ana") -> Iterator[str]:
    """Serve a project's desk in a thread on a free port and give its address without a slash at the end."""
    import uvicorn

    from sayso.settings import load_project
    from sayso.web.app import make_app
    from sayso.web.desk import Desk
    from sayso.web.server import configuration, listen

    desk = Desk(load_project(project) if project else None, who)
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


def addresses(project: Path) -> dict[str, str]:
    """Return page → address, for the incident with most reports and one of these."""
    from sayso.ledger import open_ledger
    from sayso.ledger.asking.questions import list_incidents
    from sayso.ledger.asking.selecting import Query

    with open_ledger(project) as ledger:
        rows = list_incidents(ledger, Query()).rows
        chosen = max(rows, key=lambda row: (row["reports"], row["within"]))["within"]
        report = ledger.incident(chosen).overview.incident.reports[1]
    return {name: path.format(incident=chosen, report=report) for name, path in PAGES.items()}


def main(out: Path, wanted: list[str], project: Path | None = None) -> None:
    """Write the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = project or example_ledger(Path(folder) / "desk", mapped=True)
        with served(place) as base, browser() as chrome:
            for name, path in addresses(place).items():
                if not wanted or name in wanted:
                    _shoot(chrome, f"{base}{path}", out, name)


def _shoot(chrome: Any, address: str, out: Path, name: str) -> None:
    urllib.request.urlopen(address, timeout=120).read()
    for width, scheme in [*((width, "light") for width in WIDTHS), (WIDTHS[-1], "dark")]:
        page = chrome.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(address, wait_until="networkidle")
        dark = "-dark" if scheme == "dark" else ""
        page.screenshot(path=out / f"{name}-{width}{dark}.png", full_page=True)
        print(f"{name}-{width}{dark}.png", page.evaluate("document.documentElement.scrollWidth"), flush=True)
        page.close()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    here = Path(os.environ["SAYSO_PROJECT"]) if "SAYSO_PROJECT" in os.environ else None
    main(Path(arguments[0] if arguments else "screenshots"), arguments[1:], here)
