"""Options that say which incidents are meant, and the query they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from sayso.cli.completion import kinds

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.asking.selecting import Query

MOST: Final = 50
Found = TypeVar("Found")
_RADIUS: Final = click.FloatRange(0.1, 20_000)
_ONE_OR_MORE: Final = click.IntRange(1)


def filter_options(command: Callable[..., Any], *, most: int | None = MOST) -> Callable[..., Any]:
    """Give a command the filters on incidents, ``--saved``, and which part of the list is wanted.

    Args:
        command: gets them as keywords.
        most: incidents if ``--limit`` does not say; None for all.

    """
    options = [
        click.option("--saved", metavar="NAME", help="The filters of a saved query (sayso queries list)."),
        click.option(
            "--limit", metavar="N", type=_ONE_OR_MORE, default=most, show_default=most is not None, help="Rows at most."
        ),
        click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Rows to pass over."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return which_options(command)


def filters_on_all(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters on incidents, without a limit unless the user sets one."""
    return filter_options(command, most=None)


def which_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters on incidents (see ``asking.selecting.Query``)."""
    options = [
        click.option("--since", metavar="DATE", callback=_date, help="Happened then or later, as far as is said."),
        click.option("--until", metavar="DATE", callback=_date, help="Happened then or before."),
        click.option("--place", metavar="WORDS", help="In the name of place, division, or country code (SYR)."),
        click.option("--near", metavar="LAT,LON", callback=_point, help="Around a point; see --radius."),
        click.option("--radius", metavar="KM", type=_RADIUS, default=50, show_default=True, help="Around --near."),
        click.option("--kind", metavar="NAME", callback=_kind, shell_complete=kinds, help="E.g. bombing, shooting."),
        click.option("--actor", metavar="WORDS", help="In the name of an alleged author or a target."),
        click.option("--holder", metavar="WORDS", help="In the name of somebody who says something of it."),
        click.option("--outlet", metavar="WORDS", help="In the name of an outlet that reports it."),
        click.option("--status", metavar="FIELD:STATUS", callback=_status, help="E.g. killed:disputed, :disputed."),
        click.option("--text", metavar="WORDS", help="All in the text of one of its reports."),
        click.option("--background", is_flag=True, help="Also what reports mention only to explain."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def query_of(filters: dict[str, Any]) -> Query:
    """Return the query that the options of ``which_options`` mean."""
    from sayso.ledger.asking.selecting import Near, Query

    names = ("since", "until", "place", "kind", "actor", "holder", "outlet", "status", "text", "background")
    point = filters.get("near")
    return Query(
        **{name: filters[name] for name in names}, near=Near(point[0], point[1], filters["radius"]) if point else None
    )


def query_in(ledger: Ledger, filters: dict[str, Any]) -> Query:
    """Return the query that the options of ``filter_options`` mean: the filters given besides go before saved ones.

    Raises:
        NotFoundError: no query of that name is saved.

    """
    given = query_of(filters)
    if not filters.get("saved"):
        return given
    from dataclasses import fields, replace

    from sayso.ledger.queries import saved_query
    from sayso.showing.filters import query_of_text

    changes = {each.name: value for each in fields(given) if (value := getattr(given, each.name))}
    return replace(query_of_text(saved_query(ledger, filters["saved"]).filters), **changes)


def _date(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.showing.asked import day

    return checked(day, value)


def _point(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[float, float] | None:
    from sayso.showing.asked import point

    return checked(point, value)


def _kind(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.showing.asked import kind

    return checked(kind, value)


def _status(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.showing.asked import status

    return checked(status, value)


def checked(check: Callable[[str], Found], value: str | None) -> Found | None:
    """Return what ``check`` makes of an option's value; raises BadParameter with what is wrong."""
    try:
        return None if value is None else check(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
