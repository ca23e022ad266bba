"""Runs the benchmark once and prints what it found; see the package."""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from evaluation.speed_whole import REPORTS, RIVALS, STAGES, measure
from evaluation.speed_whole.kept import keep


def main(arguments: list[str] | None = None) -> None:
    """Measure, print, and keep what was found where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.speed_whole", description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS, help="how many are made")
    parser.add_argument("--seed", type=int, default=1, help="of the made reports")
    parser.add_argument("--project", type=Path, help="project to add to, so that it grows; a new one if left out")
    parser.add_argument("--only-add", action="store_true", help="leave out what is run beside it")
    parser.add_argument("--keep", action="store_true", help="keep the figures in evaluation/capacity.toml")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), given.reports, given.seed, given.project, beside=not given.only_add)
    print("\n".join(lines(found, given.reports)))
    if given.keep:
        day = datetime.now(UTC).date().isoformat()
        keep({"day": day, "machine": machine(), "seed": given.seed, "reports": given.reports, **found})


def lines(found: Mapping[str, float], number: int) -> list[str]:
    """Return the figures in lines for a person."""
    out = [
        f"{number} reports of about 400 words in pages of {found['page_kb']:.0f} KB, {found['threads']:.0f} threads,"
        f" load {found['load']:.1f}; {found['incidents']:.2f} incidents and {found['claims']:.1f} claims a report",
        f"{found['reports_per_s']:.1f} reports a second (asked: 12); {found['cpu_ms']:.0f} ms of a processor each",
        _against(found),
        f"{found['peak_mb']:.0f} MB at most for all processes, what they share counted once (asked: 1,500);"
        f" {found['peak_rss_mb']:.0f} counted for each",
        f"{found['disk_kb']:.0f} KB on the disk a report; {found['in_ledger']:.0f} reports in the ledger now",
        "",
        f"the one that writes was busy {found['writer_busy']:.0f} % of the time",
        "stage       ms of a processor      %",
    ]
    out += [f"{name:<10}  {found[f'cpu.{name}']:>17.1f}  {found[f'share.{name}']:>5.1f}" for name in STAGES]
    for name in RIVALS:
        if f"rival.{name}.cpu_ms" in found:
            rate, cpu, memory = (found[f"rival.{name}.{each}"] for each in ("reports_per_s", "cpu_ms", "rss_mb"))
            out.append(
                f"for scale, {name}: {rate:.0f} reports a second, {cpu:.1f} ms of a processor each, {memory:.0f} MB"
            )
    return out


def _against(found: Mapping[str, float]) -> str:
    if "ratio" not in found:
        return "the bare model was not run"
    by_clock, by_cpu = found["ratio"], found["ratio.cpu"]
    return f"{by_clock:.2f} times the bare model by the clock, {by_cpu:.2f} by the processor's time (asked: 1.5)"


def machine() -> str:
    """Return what processor this is, as far as the system says."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass  # no Linux
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
