"""What commands that take sources have in common: options on columns and network, what they tell of archives."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.streams import say

if TYPE_CHECKING:
    from sayso.intake import Inventory
    from sayso.intake.fetching import Fetcher

REFUSED: Final = 6
"""Exit code: the network was refused by policy."""
OFFLINE: Final = "SAYSO_OFFLINE"
ALLOW: Final = "SAYSO_ALLOW"
CONTACT: Final = "SAYSO_CONTACT"


def check_columns(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Return the mapping of columns as given; raises BadParameter for what is none."""
    from sayso.intake.kinds.table import parse_columns

    if value is not None:
        try:
            parse_columns(value)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return value


def source_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options ``--columns`` and ``--offline``."""
    columns = click.option(
        "--columns",
        metavar="KEY=NAME,...",
        callback=check_columns,
        help="Which columns of a CSV hold what: text=Body,title=Headline,published=Date.",
    )
    offline = click.option(
        "--offline", is_flag=True, envvar=OFFLINE, help="Fetch nothing; addresses are refused (exit code 6)."
    )
    return columns(offline(command))


def make_fetcher(*, offline: bool, keep: Path | None = None, allow: tuple[str, ...] = (), **manners: Any) -> Fetcher:
    """Return what fetches addresses, by the options and the environment.

    Args:
        offline: refuse everything.
        keep: folder for the WARCs of what comes.
        allow: addresses that may be connected to though they are not public, besides those in SAYSO_ALLOW.
        manners: of ``Manners``, where they differ from the usual.

    """
    from sayso.intake.fetching import Egress, Fetcher, Manners

    more = tuple(filter(None, os.environ.get(ALLOW, "").split(",")))
    told = {"contact": os.environ.get(CONTACT)} | manners
    return Fetcher(Manners(**told), Egress(allowed=(*allow, *more)), keep=keep, offline=offline)


def tell(inventory: Inventory) -> None:
    """Tell on stderr where the bytes of an archive, and the entries of a feed, have gone."""
    say(str(inventory))
