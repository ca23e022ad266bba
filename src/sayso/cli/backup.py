"""``sayso backup``: a copy of the project, taken while others go on adding."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli.project import open_project, project_option
from sayso.cli.streams import put, say
from sayso.errors import SetupError


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), help="New folder for the copy.")
@project_option
def backup(folder: Path, project: str | None) -> int:
    """Copy the project to the new folder DIR.

    All of it as it stands at this moment; the copy is verified.

    Others may go on adding meanwhile. Exit code 5: the copy does not verify.
    """
    from sayso.ledger import open_ledger
    from sayso.ledger.copying import backup as copy
    from sayso.ledger.verify import verify

    with open_project(project) as ledger:
        made = copy(ledger, folder)
    with open_ledger(made) as ledger:
        problems = verify(ledger)
    for problem in problems:
        say(problem)
    if problems:
        raise SetupError("the copy does not verify", place=str(folder), way_out="run `sayso doctor` on the original")
    put(f"{folder}\n")
    return 0
