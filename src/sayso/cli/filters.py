"""Options that say which incidents are meant, and the query they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from sayso.ledger.asking.selecting import Query

MOST: Final = 50
_RADIUS: Final = click.FloatRange(0.1, 20_000)
_ONE_OR_MORE: Final = click.IntRange(1)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters on incidents (see ``asking.selecting.Query``)."""
    options = [
        click.option("--since", metavar="DATE", callback=_date, help="Happened then or later, as far as is said."),
        click.option("--until", metavar="DATE", callback=_date, help="Happened then or before."),
        click.option("--place", metavar="WORDS", help="In the name of place, division, or country code (SYR)."),
        click.option("--near", metavar="LAT,LON", callback=_point, help="Around a point; see --radius."),
        click.option("--radius", metavar="KM", type=_RADIUS, default=50, show_default=True, help="Around --near."),
        click.option("--kind", metavar="NAME", callback=_kind, help="E.g. bombing, shooting, abduction."),
        click.option("--actor", metavar="WORDS", help="In the name of an alleged author or a target."),
        click.option("--holder", metavar="WORDS", help="In the name of somebody who says something of it."),
        click.option("--outlet", metavar="WORDS", help="In the name of an outlet that reports it."),
        click.option("--status", metavar="FIELD:STATUS", callback=_status, help="E.g. killed:disputed, :disputed."),
        click.option("--text", metavar="WORDS", help="All in the text of one of its reports."),
        click.option("--background", is_flag=True, help="Also what reports mention only to explain."),
        click.option("--limit", metavar="N", type=_ONE_OR_MORE, default=MOST, show_default=True, help="Rows at most."),
        click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Rows to pass over."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def query_of(filters: dict[str, Any]) -> Query:
    """Return the query that the options of ``filter_options`` mean."""
    from sayso.ledger.asking.selecting import Near, Query

    names = ("since", "until", "place", "kind", "actor", "holder", "outlet", "status", "text", "background")
    point = filters.get("near")
    return Query(
        **{name: filters[name] for name in names}, near=Near(point[0], point[1], filters["radius"]) if point else None
    )


def _date(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.cli.read import check_date

    return check_date(_context, _option, value)


def _point(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[float, float] | None:
    if value is None:
        return None
    try:
        lat, lon = (float(part) for part in value.split(","))
    except ValueError:
        raise click.BadParameter(f"{value!r} is no point; write it like 33.31,44.36") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise click.BadParameter(f"{value!r} lies on no map: degrees north, then degrees east")
    return lat, lon


def _kind(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.reading.incidents import kinds

    if value is not None and value not in kinds():
        raise click.BadParameter(f"{value!r} is none of: {', '.join(kinds())}")
    return value


def _status(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.records import VALUE_OF_FIELD

    field, _, status = (value or "").partition(":")
    if field and field not in VALUE_OF_FIELD:
        raise click.BadParameter(f"{field!r} is none of: {', '.join(VALUE_OF_FIELD)}")
    if status not in ("", "sole", "agreed", "compatible", "disputed"):
        raise click.BadParameter(f"{status!r} is none of: sole, agreed, compatible, disputed")
    return value
