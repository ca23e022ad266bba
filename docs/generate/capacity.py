"""``docs/capacity.md``, from what the benchmark has kept (``evaluation/capacity.toml``) and public volumes of news.

    python -m docs.generate.capacity

writes the page anew. Every number in it is reckoned here; none stands in it by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

import evaluation
from docs.generate import ROOT
from docs.generate.markdown import table
from evaluation.speed_whole import RIVALS, STAGES, WRITER
from evaluation.speed_whole.kept import runs

PAGE: Final = ROOT / "docs" / "capacity.md"
ASKED: Final = (
    ("reports a second, from the start of the process to its end", "reports_per_s", "at least 12", 12.0, False),
    ("whole way against the bare model, by the processor's time", "ratio.cpu", "at most 1.5", 1.5, True),
    ("whole way against the bare model, by the clock", "ratio", "at most 1.5", 1.5, True),
    ("memory of all processes, MB, what they share counted once", "peak_mb", "at most 1,500", 1500.0, True),
)
"""What was asked of the whole way: words, figure, goal as said, goal, whether it is the most."""
SAYS: Final = {
    "start-up": "imports, the model, the ledger: once a process",
    "take": "reading the archive",
    "parse": "page to text, in the child that may be killed",
    "language": "sentences, windows, the model, its decisions",
    "reading": "statements, events, incidents, claims",
    "store": "raw bytes, rows, the log, one commit a report",
    "link": "comparing with other accounts, grouping",
    "lists": "what the lists show",
}
UNREAD: Final = ("take", "parse", "store")
"""Stages of a report in another language: it is kept and not read."""
DAY: Final = 86_400
MILLION: Final = 1_000_000
Run = Mapping[str, Any]


def page() -> str:
    """Return the page; raises ValueError where nothing has been measured."""
    kept = runs()
    if not kept:
        raise ValueError("evaluation/capacity.toml is missing: python -m evaluation.speed_whole --keep")
    return "\n".join([*_head(kept[0]), *_cost(kept[0]), *_million(kept), *_days(kept), *_first(kept), *_scale(kept[0])])


def _head(run: Run) -> Iterator[str]:
    yield (
        "% Made by `python -m docs.generate.capacity` from evaluation/capacity.toml and evaluation/volumes.toml.\n\n"
        "# Capacity: what a machine can do, and what breaks first\n\n"
        f"Measured on {run['day']} by `python -m evaluation.speed_whole`: {run['reports']:,} made reports of about 400 words, in pages of"
        f" {run['page_kb']:.0f} KB, go from a web archive into a new ledger by `sayso add`, on {run['threads']} threads"
        f" ({run['machine']}). The machine had other work to do (load {run['load']:.0f}), which makes clocks slow, and processors somewhat."
        f" A report has {run['incidents']:.1f} incidents, {run['claims']:.0f} claims and {run['statements']:.0f} statements: far more than the news of"
        " the world, most of which is not about attacks, so what follows errs on the dear side.\n"
    )
    rows = [
        (words, said, _number(run[name]), _kept(run[name], goal, most=most)) for words, name, said, goal, most in ASKED
    ]
    yield table(("", "asked", "measured", ""), rows)


def _kept(figure: float, goal: float, *, most: bool) -> str:
    return "kept" if (figure <= goal if most else figure >= goal) else "not kept"


def _cost(run: Run) -> Iterator[str]:
    yield (
        f"## What a report costs\n\n{run['cpu_ms']:.0f} ms of a processor, of which the bare model takes {run['bare_cpu_ms']:.0f}:\n"
    )
    used = {name: run[f"cpu.{name}"] for name in STAGES}
    whole = sum(used.values())
    rows = [(name, SAYS[name], f"{spent:.1f}", f"{100 * spent / whole:.0f} %") for name, spent in used.items()]
    yield table(("stage", "what is done", "ms of a processor", "share"), rows)
    yield (
        f"The first report is taken after {run['start_s']:.1f} s; start-up is spread over {run['reports']:,} reports here, and nothing in a long run. `sayso top`"
        " and the metrics show the stages of your own ledger ([what is going on](operating.md)).\n"
    )


def _million(kept: list[dict[str, Any]]) -> Iterator[str]:
    first, last = kept[0], kept[-1]
    hours = first["cpu_ms"] * MILLION / 1000 / 3600
    rows = [
        ("time of one core", f"{hours:.0f} hours"),
        ("disk (database, and the raw bytes, compressed)", f"{last['disk_kb'] * MILLION / 1024 / 1024:.0f} GB"),
        ("memory of `sayso add`, all its processes", f"{max(run['peak_mb'] for run in kept):.0f} MB in these runs"),
        ("incidents, before reports of one happening are brought together", f"{first['incidents'] * MILLION:,.0f}"),
    ]
    yield "## A million reports\n"
    yield table(("", "a million reports of 400 words"), rows)
    yield (
        f"Disk was measured between {_before(last):,} and {last['in_ledger']:,.0f} reports in one ledger, in whole blocks as the disk counts them."
        " It goes with the length of reports and their incidents.\n"
    )


def _days(kept: list[dict[str, Any]]) -> Iterator[str]:
    run = kept[0]
    yield (
        "## The news of a day\n\nOnly English is read; a report in another language is kept and marked, which costs parsing and storing"
        f" ({_unread_ms(run):.0f} ms). Cores are reckoned at full load, day and night: plan twice as many for the hours in which most is published.\n"
    )
    rows, notes = [], []
    for volume in _volumes():
        cores = _cores(volume, run)
        disk = volume["reports"] * kept[-1]["disk_kb"] / 1024 / 1024
        rows.append(
            (volume["who"], f"{volume['reports']:,}", f"{cores:.2f}", f"{disk:,.1f} GB", f"{disk * 365 / 1000:,.1f} TB")
        )
        notes.append(f"- {volume['who']}: {_source(volume)}assumed: {volume['assumed']}.")
    yield table(("who", "reports a day", "cores", "disk a day", "disk a year"), rows)
    yield "Orders of magnitude, from:\n\n" + "\n".join(notes) + "\n"


def _source(volume: Mapping[str, Any]) -> str:
    return f"{volume['source']}; " if volume["source"] else ""


def _first(kept: list[dict[str, Any]]) -> Iterator[str]:
    first, last = kept[0], kept[-1]
    written = sum(last[f"cpu.{stage}"] for stage in WRITER)
    writes = DAY / (written / 1000)
    reads = DAY / (first["cpu_ms"] / 1000)
    yield "## What breaks first\n"
    yield (
        f"1. **Cores for reading.** One core reads {reads:,.0f} reports a day; [a cluster](clusters.md) brings more, and changes nothing in the ledger.\n"
        f"2. **The one writer.** Linking and storing are done by one process at a time, at {written:.0f} ms a report in a"
        f" ledger of {last['in_ledger']:,.0f}: {writes:,.0f} reports a day. From about {max(1, round(writes / reads))} cores of reading on it is what limits. {_enough(written, last)}\n"
        "3. **Linking in a dense war.** What grows with the ledger is the number of accounts that are compared; it stops where a key is borne by"
        " more than fifty ([how that was measured](evaluation/ledger.md), up to 100,000 accounts).\n"
        f"4. **Disk**, at {last['disk_kb']:.0f} KB a report, before memory, which grows little: links and the features of 20,000 accounts are held.\n"
    )
    if len(kept) > 1:
        yield "As the ledger fills, milliseconds of a processor:\n"
        rows = [
            (
                f"{run['in_ledger']:,.0f}",
                *(f"{run[f'cpu.{stage}']:.1f}" for stage in WRITER),
                f"{run['disk_kb']:.0f}",
                f"{run['peak_mb']:.0f}",
            )
            for run in kept
        ]
        yield table(
            ("reports in the ledger", *(f"{stage}, a report" for stage in WRITER), "KB a report", "MB of memory"),
            rows,
        )


def _enough(written: float, run: Run) -> str:
    """Say for which volumes one writer is enough, at the pace of the fullest ledger that was measured."""
    kept = run["cpu.store"]
    seconds = {
        each["who"]: each["reports"] * (each["english"] * written + (1 - each["english"]) * kept) / 1000
        for each in _volumes()
    }
    enough = [who for who, needed in seconds.items() if needed < DAY]
    beyond = [who for who in seconds if who not in enough]
    said = f"At that pace it is enough for {'; '.join(enough) or 'none of the above'}"
    return f"{said}, and not for {'; '.join(beyond)}." if beyond else f"{said}."


def _scale(run: Run) -> Iterator[str]:
    there = [name for name in RIVALS if f"rival.{name}.cpu_ms" in run]
    if not there:
        return
    words = {
        "trafilatura-tfidf": "trafilatura, TF-IDF vectors, clusters (scikit-learn): which texts are alike",
        "spacy-rules": "trafilatura, spaCy's blank pipeline with an entity ruler: which words of a list occur",
    }
    yield (
        "## For scale\n\nWhat one would otherwise run on the same archive, in the same minutes. Neither says who says what, with which certainty, or which"
        " reports speak of one happening; they show what the rest costs.\n"
    )
    rows = [("`sayso add`", f"{run['cpu_ms']:.0f}", f"{run['peak_mb']:.0f}")]
    rows += [
        (words[name], f"{run[f'rival.{name}.cpu_ms']:.0f}", f"{run[f'rival.{name}.rss_mb']:.0f}") for name in there
    ]
    yield table(("", "ms of a processor a report", "MB"), rows)


def _cores(volume: Mapping[str, Any], run: Run) -> float:
    """Return the cores that are busy all day with a volume."""
    english = volume["reports"] * volume["english"]
    return float((english * run["cpu_ms"] + (volume["reports"] - english) * _unread_ms(run)) / 1000 / DAY)


def _unread_ms(run: Run) -> float:
    return float(sum(run[f"cpu.{stage}"] for stage in UNREAD))


def _before(run: Run) -> int:
    return int(run["in_ledger"]) - int(run["reports"])


def _volumes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((evaluation.HERE / "volumes.toml").read_text(encoding="utf-8"))[
        "volume"
    ]
    return found


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
