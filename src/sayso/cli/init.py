"""``sayso init``: a new project."""

from __future__ import annotations

import click

from sayso.cli.streams import put


@click.command()
@click.argument("folder", metavar="DIR", default=".", help="Folder of the new project; made if it is not there.")
def init(folder: str) -> int:
    r"""Make a project in the folder DIR.

    \b
    ledger.db    reports, readings, judgements and the log (SQLite)
    evidence/    the raw bytes of every report
    log.head     hash of the newest entry of the log
    sayso.toml   settings
    """
    from sayso.ledger import create

    with create(folder) as ledger:
        put(f"{ledger.project.folder}\n")
    return 0
