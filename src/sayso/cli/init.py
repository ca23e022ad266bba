"""``sayso init``: a new project."""

from __future__ import annotations

import click

from sayso.cli.streams import put


@click.command()
@click.argument("folder", metavar="DIR", default=".", help="Folder of the new project; made if it is not there.")
@click.option(
    "--database",
    metavar="URL",
    help="Keep the ledger in this PostgreSQL database (postgresql://USER@HOST/NAME); join the ledger that is there.",
)
@click.option("--role", metavar="NAME", help="Let this role of the database read and add from now on.")
def init(folder: str, database: str | None, role: str | None) -> int:
    r"""Make a project in the folder DIR.

    \b
    ledger.db    reports, readings, judgements and the log (SQLite)
    evidence/    the raw bytes of every report
    log.head     hash of the newest entry of the log
    sayso.toml   settings

    With --database the first two are in PostgreSQL, for several people and machines: each makes a project of its own
    on the same database. The password belongs into PGPASSWORD or ~/.pgpass, not into the URL.
    """
    from sayso.ledger import create

    with create(folder, database=database, role=role) as ledger:
        put(f"{ledger.project.folder}\n")
    return 0
