"""The options of commands whose work a Ray cluster can share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sayso.scale.cluster import Cluster


def spread_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options ``--ray`` and ``--workers``."""
    ray = click.option(
        "--ray",
        metavar="ADDRESS",
        help="Let a Ray cluster parse and read: its address, or `local` for workers on this machine.",
    )
    workers = click.option(
        "--workers", type=click.IntRange(1), metavar="N", help="With --ray: how many; one a processor if left out."
    )
    return ray(workers(command))


def cluster_at(address: str, workers: int | None) -> Cluster:
    """Return the cluster that the options mean."""
    from sayso.scale.cluster import Cluster

    return Cluster(address, workers)


def check_spread(ray: str | None, workers: int | None) -> None:
    """Raise UsageError for ``--workers`` without ``--ray``."""
    if workers is not None and ray is None:
        raise click.UsageError("--workers goes with --ray only")
