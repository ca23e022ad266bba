"""Metrics for Prometheus: of all runs there ever were, of those that go on, of the ledger and its disk.

Needs ``pip install 'sayso[server]'`` (prometheus-client), which only this file and the desk's counts import.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sayso import __version__
from sayso.errors import SetupError
from sayso.observing.looking import View
from sayso.observing.runs import Status

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

WAY_OUT: Final = "pip install 'sayso[server]'"
COUNTERS: Final = {
    "sayso_reports": "Reports, by the command that took them in and what became of them.",
    "sayso_reports_gated": "Of the stored reports, those that the gate held back: they were not read.",
    "sayso_stage_seconds": "Seconds spent in each stage: take, parse, read, link, store.",
    "sayso_runs": "Commands that have ended.",
    "sayso_runs_killed": "Commands that were killed.",
}
"""What only grows, over all runs there ever were."""
GAUGES: Final = {
    "sayso_running": "Commands that go on.",
    "sayso_rate_reports_per_second": "Reports a second in the last minute.",
    "sayso_waiting_reports": "Reports taken in of which it is not known yet what becomes of them.",
    "sayso_workers": "Workers that read for a command.",
    "sayso_waiting_shards": "Shards on their way to workers.",
    "sayso_last_ended_timestamp_seconds": "When the last command of its kind ended.",
    "sayso_ledger": "What is in the ledger: reports, incidents, claims, entries of the log; and what is in quarantine.",
    "sayso_ledger_up": "1 where the ledger can be read, else 0.",
    "sayso_database_bytes": "Size of the database.",
    "sayso_disk_free_bytes": "Free on the disk of the project.",
}
"""What goes up and down."""


class Collector:
    """Gives Prometheus what there is to see of a project, each time it asks.

    Args:
        see: looks at the project.

    """

    def __init__(self, see: Callable[[], View]) -> None:
        self._see = see

    def collect(self) -> Iterator[Any]:
        """Yield the families of metrics."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily

        view = self._see()
        yield InfoMetricFamily("sayso_build", "The version that tells.", value={"version": __version__})
        for name, samples in counters(view).items():
            counter = CounterMetricFamily(name, COUNTERS[name], labels=_labels(samples))
            for labels, value in samples:
                counter.add_metric(list(labels.values()), value)
            yield counter
        for name, samples in gauges(view).items():
            gauge = GaugeMetricFamily(name, GAUGES[name], labels=_labels(samples))
            for labels, value in samples:
                gauge.add_metric(list(labels.values()), value)
            yield gauge


Samples = list[tuple[dict[str, str], float]]


def _labels(samples: Samples) -> list[str]:
    return list(samples[0][0]) if samples else []


def counters(view: View) -> dict[str, Samples]:
    """Return name → (labels, value) of all that only grows."""
    return {
        "sayso_reports": [
            ({"command": command, "verdict": verdict}, number)
            for command, counts in sorted(view.counted().items())
            for verdict, number in sorted(counts.items())
        ],
        "sayso_reports_gated": [({"command": command}, number) for command, number in sorted(view.gated().items())],
        "sayso_stage_seconds": [
            ({"command": command, "stage": stage}, seconds)
            for command, spent in sorted(view.seconds().items())
            for stage, seconds in sorted(spent.items())
        ],
        "sayso_runs": _of_commands(view.sums.runs, view),
        "sayso_runs_killed": _of_commands(view.sums.killed, view),
    }


def _of_commands(ended: Mapping[str, int], view: View) -> Samples:
    """Return command → how many, with those that were killed since and are not in the sums."""
    killed = Counter(status.command for status in view.killed)
    return [({"command": name}, ended.get(name, 0) + killed[name]) for name in sorted(ended.keys() | killed.keys())]


def gauges(view: View) -> dict[str, Samples]:
    """Return name → (labels, value) of all that goes up and down; what cannot be known is left out."""
    commands = sorted({status.command for status in view.running} | set(view.sums.runs))
    of_command: dict[str, Callable[[Status], float]] = {
        "sayso_running": lambda _: 1.0,
        "sayso_rate_reports_per_second": lambda status: status.rate,
        "sayso_waiting_reports": lambda status: float(status.waiting),
        "sayso_workers": lambda status: float(status.workers),
        "sayso_waiting_shards": lambda status: float(status.shards),
    }
    found: dict[str, Samples] = {
        name: [
            ({"command": command}, sum(value(status) for status in view.running if status.command == command))
            for command in commands
        ]
        for name, value in of_command.items()
    }
    found["sayso_last_ended_timestamp_seconds"] = [
        ({"command": command}, datetime.fromisoformat(at).timestamp())
        for command, at in sorted(view.sums.ended.items())
    ]
    found["sayso_ledger"] = [({"what": what}, number) for what, number in sorted(view.ledger.items())]
    found["sayso_ledger_up"] = [({}, float(view.problem is None))]
    found["sayso_database_bytes"] = [] if view.bytes is None else [({}, view.bytes)]
    found["sayso_disk_free_bytes"] = [] if view.free is None else [({}, view.free)]
    return found


def registry(see: Callable[[], View]) -> CollectorRegistry:
    """Return a registry of its own with the metrics of a project; raises SetupError where the package is missing."""
    try:
        from prometheus_client import CollectorRegistry
    except ModuleNotFoundError as error:
        raise SetupError("prometheus-client is not installed", way_out=WAY_OUT) from error
    made = CollectorRegistry(auto_describe=False)
    made.register(Collector(see))
    return made


def write(file: Path, made: CollectorRegistry) -> None:
    """Write the metrics for the textfile collector, whole or not at all.

    Raises:
        SetupError: the file cannot be written.

    """
    from prometheus_client import write_to_textfile

    try:
        write_to_textfile(str(file), made)
    except OSError as error:
        raise SetupError(
            f"cannot be written: {error.strerror}", place=str(file), way_out="choose another file"
        ) from error
