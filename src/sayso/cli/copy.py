"""``sayso copy``: the whole project in another database, row by row."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli.project import open_project, project_option
from sayso.cli.streams import put, say
from sayso.errors import SetupError


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), help="New folder for the copy.")
@click.option(
    "--database",
    metavar="URL",
    help="An empty PostgreSQL database (postgresql://USER@HOST/NAME); a file of SQLite in DIR if left out.",
)
@project_option
def copy(folder: Path, database: str | None, project: str | None) -> int:
    """Copy the project to DIR, between SQLite and PostgreSQL.

    Log and hashes are the same; the copy is verified. Others may go on adding to the original meanwhile, which the
    copy then lacks. Exit code 5: the copy does not verify.
    """
    from sayso.ledger import open_ledger
    from sayso.ledger.contents import ledger_hash
    from sayso.ledger.copying import copy as copied
    from sayso.ledger.verify import verify

    with open_project(project) as ledger:
        made = copied(ledger, folder, database=database)
    with open_ledger(made) as ledger:
        problems = verify(ledger)
        what = ledger_hash(ledger)
    for problem in problems:
        say(problem)
    if problems:
        raise SetupError("the copy does not verify", place=str(folder), way_out="run `sayso doctor` on the original")
    put(f"{folder}\n")
    say(f"ledger hash {what}")
    return 0
