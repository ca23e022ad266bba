"""The exam ``intake``: whether text, title, date and language of 200 made pages in 12 layouts are found.

A page is right in its text when every paragraph of the report is there, in order, and nothing of the page around it
is. It needs no data of others. ``--split throughput`` measures pages a second instead, in this process, and memory,
and prints where the time goes; ``--split large`` reads an archive of a gigabyte and measures memory.
"""

from __future__ import annotations

import cProfile
import gc
import pstats
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evaluation import Exam
from evaluation.intake.heavy import outlet, scripts
from evaluation.intake.large import large, peak
from evaluation.intake.site import SENTINEL, MadePage, pages
from sayso.intake import Capture, report_of
from sayso.records import Report

HEADLINE_OR_CREDIT = {"headline", "credit", "dateline", "boilerplate"}


def exam(data: Path, split: str | None) -> Exam:
    """Read all pages and count what was found right."""
    if split == "throughput":
        return throughput()
    if split == "large":
        return large()
    right: Counter[str] = Counter()
    layouts: Counter[str] = Counter()
    made = list(pages())
    for page in made:
        report = report_of(Capture(page.raw, page.name, "page"))
        layout = page.name.partition("-")[0]
        found = {
            "text": has_right_text(report, page),
            "title": report.title == page.title,
            "date": report.published == page.published,
            "language": report.language == page.language,
        }
        right.update(name for name, holds in found.items() if holds)
        layouts[layout] += found["text"]
    figures = {name: 100 * right[name] / len(made) for name in ("text", "title", "date", "language")}
    sizes = Counter(page.name.partition("-")[0] for page in made)
    figures |= {f"text.{name}": 100 * layouts[name] / size for name, size in sizes.items()}
    return Exam("intake", split or "all", len(made), figures)


def has_right_text(report: Report, page: MadePage) -> bool:
    """Tell whether the paragraphs of the report are those of the page, in order, and no word from around it is."""
    said = [report.text[block.start : block.end] for block in report.blocks if block.kind not in HEADLINE_OR_CREDIT]
    around = any(SENTINEL in each for each in said)
    text = " ".join(" ".join(said).split())
    at = 0
    for paragraph in page.paragraphs:
        found = text.find(" ".join(paragraph.split()), at)
        if found < 0:
            return False
        at = found + len(paragraph)
    return not around


def throughput(number: int = 480) -> Exam:
    """Measure extraction alone: pages a second on one core, by the processor's own clock, and the growth of memory.

    The pages alone are small (3 KB on average); ``heavy`` are the same with 60 KB of script, style and menus around,
    ``outlet`` as a large outlet serves them (140 KB, 1,400 elements). Where the time goes is printed to stderr.
    """
    made = list(pages(number, seed=9))
    coats: dict[str, Callable[[bytes], bytes]] = {"": bytes, "heavy.": scripts, "outlet.": outlet}
    for page in made[:24]:
        report_of(Capture(page.raw, page.name, "page"))
    gc.collect()
    gc.freeze()  # as the workers do that parse in earnest
    figures: dict[str, float] = {}
    for name, coat in coats.items():
        items = [Capture(coat(page.raw), page.name, "page") for page in made]
        figures[f"{name}kb"] = sum(len(item.raw) for item in items) / number / 1000
        figures[f"{name}pages_per_s"] = number / _seconds(items)
    before = peak()
    reports = [report_of(item) for item in items]
    right = sum(has_right_text(report, page) for report, page in zip(reports, made, strict=True))
    figures |= {"outlet.text": 100 * right / number, "growth_mb": (peak() - before) / 2**20}
    print(profile(items[:120]), file=sys.stderr)
    return Exam("intake", "throughput", number, figures)


def _seconds(made: list[Capture]) -> float:
    began = time.process_time()
    for item in made:
        report_of(item)
    return time.process_time() - began


def profile(items: list[Capture]) -> str:
    """Return where the time goes: the functions that take most by themselves, with their share."""
    profiler = cProfile.Profile(time.process_time)
    profiler.enable()
    for item in items:
        report_of(item)
    profiler.disable()
    stats: Any = pstats.Stats(profiler)
    own = sorted(((row[2], key) for key, row in stats.stats.items()), reverse=True)
    total = sum(seconds for seconds, _ in own)
    lines = [f"{100 * seconds / total:5.1f} %  {_named(key)}" for seconds, key in own[:15]]
    return "\n".join([f"{1000 * total / len(items):.2f} ms a page under the profiler, of which:", *lines])


def _named(key: tuple[str, int, str]) -> str:
    file, line, name = key
    return name if file == "~" else f"{Path(*Path(file).parts[-2:])}:{line} {name}"
