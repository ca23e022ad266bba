"""``sayso serve``: the desk in a browser."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.observing import log_option, telling
from sayso.cli.project import project_option
from sayso.cli.sourcing import OFFLINE, make_fetcher
from sayso.cli.streams import put, say

if TYPE_CHECKING:
    from sayso.settings import Project
    from sayso.web.desk import Desk

PORT = 8321
_file = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.command()
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any that is free."
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option("--who", envvar="SAYSO_WHO", metavar="NAME", help="Who judges (SAYSO_WHO; else the user's login).")
@click.option("--login", is_flag=True, help="Ask everybody who they are, here too (on any other address it is asked).")
@click.option("--name", "names", metavar="HOST", multiple=True, help="Name by which it is reached; may be repeated.")
@click.option("--certificate", metavar="FILE", type=_file, help="Certificate for TLS (PEM, with its chain).")
@click.option("--key", metavar="FILE", type=_file, help="Its key (PEM).")
@click.option("--proxied", is_flag=True, help="A proxy in front speaks TLS and sends X-Forwarded-For.")
@click.option("--plain", is_flag=True, help="Let passwords pass without TLS: for a network that is safe by itself.")
@click.option("--offline", is_flag=True, envvar=OFFLINE, help="Fetch nothing: addresses are refused.")
@log_option
@project_option
def serve(
    host: str,
    port: int,
    show: bool,
    who: str | None,
    login: bool,
    names: tuple[str, ...],
    certificate: Path | None,
    key: Path | None,
    proxied: bool,
    plain: bool,
    offline: bool,
    log_json: bool,
    project: str | None,
) -> int:
    """Serve the desk in a browser.

    Pages on which you see who says what, and decide. Outside a project it reads texts, and nothing else.

    On this computer's own address (127.0.0.1) nobody has to log in. On any other one everybody has to, with an account
    (`sayso accounts add`), and through TLS. Ctrl-C ends it.
    """
    from sayso.web.app import LOCAL, make_app
    from sayso.web.desk import Desk
    from sayso.web.server import listen, run

    login = login or proxied or host not in LOCAL
    secure = proxied or certificate is not None
    if login and host not in LOCAL:
        _check_tls(host, secure=secure, plain=plain)
    found = _project(project)
    if login:
        _check_accounts(found)
    listening = listen(host, port)
    address = _address(names[0] if names else host, listening.getsockname()[1], tls=certificate is not None)
    fetcher = make_fetcher(offline=offline, seconds=20.0)
    me = "" if login else who or _login()
    desk = Desk(found, me, login=login, secure=secure, proxied=proxied, fetcher=fetcher)
    try:
        if found is not None:
            desk.ledger  # noqa: B018 - what is wrong with the ledger is said before the address is printed
        app = make_app(desk, (*LOCAL, *_names(host), *names), numbers=host not in LOCAL)
        with telling(log_json=log_json), _shown_in_top(found, address):
            run(
                app,
                listening,
                lambda: _ready(address, found, show, desk),
                tls=(certificate, key) if certificate else None,
            )
    finally:
        desk.close()
        listening.close()
    return 0


def _shown_in_top(project: Project | None, address: str) -> AbstractContextManager[object]:
    """Let `sayso top` show that the desk of a project is served, while the block runs."""
    if project is None:
        return nullcontext()
    from sayso.observing import runs
    from sayso.observing.run import Run

    run = Run(runs.folder_of(project), "serve", [address])
    run.status.now = "serve"
    return run


def _check_tls(host: str, *, secure: bool, plain: bool) -> None:
    """Refuse to have passwords sent for everybody on the way to read."""
    from sayso.errors import UsageError

    if not secure and not plain:
        raise UsageError(
            "passwords would pass through the network unprotected",
            place=f"--host {host}",
            way_out="--certificate and --key, --proxied behind a proxy that speaks TLS, or --plain where the network is"
            " safe; or leave --host away and come through a tunnel: ssh -L 8321:127.0.0.1:8321 THIS-COMPUTER",
        )


def _check_accounts(project: Project | None) -> None:
    """Refuse to serve what nobody could enter."""
    from sayso.errors import SetupError
    from sayso.ledger import open_ledger, people

    way_out = "make the first account: sayso accounts add NAME --role admin"
    if project is None:
        raise SetupError("a login needs accounts, and these a project", way_out="sayso init DIR, then --project DIR")
    with open_ledger(project) as ledger, ledger.snapshot() as connection:
        if not any(not each.disabled for each in people.all_people(connection)):
            raise SetupError("nobody could log in", place=str(project.folder), way_out=way_out)


def _names(host: str) -> list[str]:
    """Return the names of this computer, where it listens to others than itself."""
    import socket

    from sayso.web.app import LOCAL

    return [] if host in LOCAL else [host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()]


def _address(host: str, port: int, *, tls: bool) -> str:
    return f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}/"


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
