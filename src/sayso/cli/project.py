"""The project a command works on: ``--project DIR``, ``SAYSO_PROJECT``, or the nearest folder with a ``sayso.toml``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sayso.ledger import Ledger


def project_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option ``--project``; it gets it as ``project``."""
    return click.option(
        "--project",
        metavar="DIR",
        type=click.Path(file_okay=False),
        help="Folder of the project (default: SAYSO_PROJECT, or the nearest folder that has a sayso.toml).",
    )(command)


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option ``--as-of``; it gets a moment in UTC as ``as_of`` (see :func:`seq_of`)."""
    return click.option(
        "--as-of",
        metavar="MOMENT",
        callback=_check_moment,
        help="As the ledger stood then (ISO 8601; UTC unless it says otherwise; a day means its end).",
    )(command)


def seq_of(ledger: Ledger, as_of: str | None) -> int | None:
    """Return the number of the entry of the log that the moment means, for the ``as_of`` of the ledger's methods."""
    return None if as_of is None else ledger.seq_at(as_of)


def _check_moment(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.cli.filters import checked
    from sayso.showing.asked import moment

    return checked(moment, value)


def open_project(project: str | None, *, writing: bool = False) -> Ledger:
    """Open the ledger the user means; raises SetupError where there is none (exit code 5)."""
    from sayso.ledger import open_ledger
    from sayso.settings import find_project

    return open_ledger(find_project(project), "write" if writing else "read")
