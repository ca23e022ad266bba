"""The options of commands whose work several processes, or a Ray cluster, can share."""

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
    return ray(workers_option("read, here or with --ray there")(command))


def workers_option(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the option ``--workers``; ``what`` says what these processes do."""
    return click.option(
        "--workers",
        type=click.IntRange(1),
        metavar="N",
        help=f"How many processes {what}; one a processor if left out.",
    )


def gate_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option ``--gate``."""
    told = (
        "For archives: keep reports whose words tell of no incident, marked, without reading them. Their statements,"
        " and some incident that a report on something else only names, are not read either."
    )
    return click.option("--gate", is_flag=True, help=told)(command)


def cluster_at(address: str, workers: int | None, *, gated: bool) -> Cluster:
    """Return the cluster that the options mean; ``gated``: its workers do not read what the gate holds back."""
    from sayso.scale.cluster import Cluster, GatedWorker, Worker

    return Cluster(address, workers, GatedWorker if gated else Worker)


def processes(asked: int | None) -> int:
    """Return how many processes share the work: as many as asked for, else one a processor (SAYSO_THREADS)."""
    from sayso.language.model import processors

    return asked or processors()
