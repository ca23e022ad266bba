"""``sayso queries``: filters kept under a name, for the lists, for the desk, and for alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.filters import query_of, which_options
from sayso.cli.judge import login
from sayso.cli.lists import List, list_options, put_list
from sayso.cli.project import open_project, project_option
from sayso.cli.streams import put
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.asking.selecting import Query
    from sayso.ledger.queries import SavedQuery

LIST: Final = List(
    schema="sayso.queries/1",
    key="queries",
    columns={
        "name": "of the query",
        "filters": "as the desk's addresses have them",
        "incidents": "how many it finds now",
        "who": "who saved it",
        "at": "when, UTC",
    },
    shown=("name", "finds", "incidents", "by", "saved"),
    wide="finds",
    nothing="no query is saved: `sayso queries add NAME --kind bombing`",
)


@click.group()
def queries() -> None:
    """Keep filters under a name.

    A saved query can be listed (`sayso incidents --saved NAME`), opened on the desk, and watched by an alert. It stands
    outside the log: it can be changed, and removed without a trace.
    """


@queries.command()
@click.argument("name", help="Name of the query.")
@which_options
@click.option("--filters", metavar="TEXT", help="Instead of options: an address of the desk, or what stands behind ?.")
@click.option("--who", envvar="SAYSO_WHO", metavar="NAME", help="Who saves it (SAYSO_WHO; else the user's login).")
@click.option("--replace", is_flag=True, help="Take the place of the query of this name.")
@click.option("--dry-run", is_flag=True, help="Check it and say what it finds; save nothing.")
@project_option
def add(
    name: str, filters: str | None, who: str | None, replace: bool, dry_run: bool, project: str | None, **which: Any
) -> int:
    """Save a query as NAME: small letters, digits, - and _.

    Without filters it means all incidents.
    """
    from sayso.ledger.queries import check_name, save_query
    from sayso.showing.filters import query_of_text, text_of_query, words_of_query

    query = query_of(which)
    if filters is not None:
        if text_of_query(query):
            raise UsageError("--filters and options that filter exclude each other", way_out="choose one")
        query = query_of_text(filters)
    check_name(name)
    with open_project(project, writing=not dry_run) as ledger:
        found = _count(ledger, query)
        if not dry_run:
            save_query(ledger, name, text_of_query(query), who=who or login(), replace=replace)
    put(f"{name}  {words_of_query(query)}  finds {found} now{' (nothing was saved)' * dry_run}\n")
    return 0


@queries.command(name="list")
@list_options
@project_option
def list_(project: str | None, **forms: bool) -> int:
    """List the saved queries and how many incidents each finds now. Exit code 4: none."""
    from sayso.ledger.queries import saved_queries

    with open_project(project) as ledger:
        return put_list([_row(ledger, each) for each in saved_queries(ledger)], LIST, **forms)


@queries.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True, help="Names of queries.")
@click.option("--dry-run", is_flag=True, help="Say what would be removed; remove nothing.")
@project_option
def remove(names: tuple[str, ...], dry_run: bool, project: str | None) -> int:
    """Remove saved queries for good. Exit code 4: there is none of a name, and nothing was removed."""
    from sayso.ledger.queries import remove_query, saved_query

    with open_project(project, writing=not dry_run) as ledger:
        there = [saved_query(ledger, name) for name in dict.fromkeys(names)]
        for each in there:
            if not dry_run:
                remove_query(ledger, each.name)
            put(f"{each.name}  {each.filters or 'all incidents'}{'  (nothing was removed)' * dry_run}\n")
    return 0


def _row(ledger: Ledger, saved: SavedQuery) -> dict[str, Any]:
    from sayso.showing.filters import query_of_text, words_of_query

    query = query_of_text(saved.filters)
    return {
        "name": saved.name,
        "filters": saved.filters,
        "incidents": _count(ledger, query),
        "who": saved.who,
        "at": saved.at,
        "finds": words_of_query(query),
        "by": saved.who,
        "saved": f"{saved.at[:16]}Z",
    }


def _count(ledger: Ledger, query: Query) -> int:
    from sayso.ledger.asking.questions import list_incidents

    return list_incidents(ledger, query, limit=1).total
