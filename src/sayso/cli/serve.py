"""``sayso serve``: the desk in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sayso.cli.project import project_option
from sayso.cli.streams import put, say

if TYPE_CHECKING:
    from sayso.settings import Project
    from sayso.web.desk import Desk

PORT = 8321


@click.command()
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any that is free."
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option("--who", envvar="SAYSO_WHO", metavar="NAME", help="Who judges (SAYSO_WHO; else the user's login).")
@project_option
def serve(host: str, port: int, show: bool, who: str | None, project: str | None) -> int:
    """Serve the desk in a browser.

    Pages on which you see who says what, and decide.

    Outside a project it reads texts, and nothing else. It answers on this computer only. Ctrl-C ends it.
    """
    from sayso.web.app import make_app
    from sayso.web.desk import Desk
    from sayso.web.server import listen, run

    _check(host)
    found = _project(project)
    listening = listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
    desk = Desk(found, who or _login())
    try:
        if found is not None:
            desk.ledger  # noqa: B018 - what is wrong with the ledger is said before the address is printed
        run(make_app(desk), listening, lambda: _ready(address, found, show, desk))
    finally:
        desk.close()
        listening.close()
    return 0


def _check(host: str) -> None:
    """Refuse every address that others can reach: there is no login yet."""
    from sayso.errors import UsageError
    from sayso.web.app import LOCAL

    if host not in LOCAL:
        raise UsageError(
            "others could reach this address, and the desk has no login",
            place=f"--host {host}",
            way_out="leave --host away and come through a tunnel: ssh -L 8321:127.0.0.1:8321 THIS-COMPUTER",
        )


def _project(chosen: str | None) -> Project | None:
    import os

    from sayso.errors import SetupError
    from sayso.settings import VARIABLE, find_project

    if chosen or os.environ.get(VARIABLE):
        return find_project(chosen)
    try:
        return find_project()
    except SetupError as error:
        if "no sayso project here" in error.problem:
            return None
        raise


def _login() -> str:
    """Return who sits here; nobody by name may read everything, and cannot judge."""
    from sayso.cli.judge import login
    from sayso.errors import UsageError

    try:
        return login()
    except UsageError:
        return ""


def _ready(address: str, project: Project | None, show: bool, desk: Desk) -> None:
    put(f"{address}\n")
    desk.warm()
    if project is None:
        say("no project here: texts can be read, nothing is stored (`sayso init DIR` makes one)")
    if show:
        import webbrowser

        webbrowser.open(address)
