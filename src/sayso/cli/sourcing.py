"""What commands that take sources have in common: options on columns and network, what they tell of archives."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.streams import say

if TYPE_CHECKING:
    from sayso.errors import InputError
    from sayso.intake import Capture, Inventory
    from sayso.intake.fetching import Fetcher
    from sayso.intake.notes import Notes
    from sayso.records import Report

REFUSED: Final = 6
"""Exit code: the network was refused by policy."""
_ENOUGH: Final = 0.7
"""Share of a second reader's text below which the loss is told."""
SOURCE: Final = "File, folder or address; - is standard input."
"""Help of the argument SOURCE."""
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


def tell_of_dates(published: str | None, sources: Sequence[str]) -> None:
    """Say on stderr that one day is given to many reports: it goes before the dates that they have themselves."""
    if published and (len(sources) > 1 or any(Path(source).is_dir() for source in sources)):
        say(f"--published {published} goes for every report of these, also where a report has a date of its own")


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


def parse(item: Capture) -> Report | InputError:
    """Return the report that a capture is, parsed in the guarded child; tell where much of a page was not recovered."""
    from sayso.intake.guard import Parsed, default_guard
    from sayso.intake.notes import note

    made = default_guard().parse(item)
    if not isinstance(made, Parsed):
        return made
    note(made.notes)
    tell_loss(item, made.notes)
    return made.report


def tell_loss(item: Capture, notes: Notes) -> None:
    """Tell on stderr where much of a page was not recovered."""
    share = notes.recovered
    if share is not None and share < _ENOUGH:
        lost = f", like “{notes.lost[0]}”" if notes.lost else ""
        say(f"{item.place}: a second reader finds more text: {100 * share:.0f} % of its own was recovered{lost}")


def tell(inventory: Inventory) -> None:
    """Tell on stderr where the bytes of an archive, and the entries of a feed, have gone."""
    say(str(inventory))
