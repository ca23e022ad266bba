"""The exam ``intake``: whether text, title, date and language of 200 made pages in 12 layouts are found.

A page is right in its text when every paragraph of the report is there, in order, and nothing of the page around it
is. It needs no data of others. ``--split throughput`` measures pages a second instead, in this process, and memory.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from evaluation import Exam
from evaluation.intake.site import SENTINEL, MadePage, pages
from sayso.intake import Capture, report_of
from sayso.records import Report

HEADLINE_OR_CREDIT = {"headline", "credit", "dateline", "boilerplate"}


def exam(data: Path, split: str | None) -> Exam:
    """Read all pages and count what was found right."""
    if split == "throughput":
        return throughput()
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


def throughput(number: int = 600) -> Exam:
    """Measure extraction alone: pages a second on one core, by the processor's own clock, and the growth of memory.

    The pages are small (3 KB on average); ``heavy`` are the same with 60 KB of script, style and menus around.
    """
    made = [Capture(page.raw, page.name, "page") for page in pages(number, seed=9)]
    for item in made[:24]:
        report_of(item)
    before = _peak()
    light = _seconds(made)
    heavy = _seconds([replace(item, raw=_heavy(item.raw)) for item in made[: number // 4]])
    figures = {"pages_per_s": number / light, "heavy.pages_per_s": number // 4 / heavy}
    return Exam("intake", "throughput", number, figures | {"growth_mb": (_peak() - before) / 2**20})


def _seconds(made: list[Capture]) -> float:
    began = time.process_time()
    for item in made:
        report_of(item)
    return time.process_time() - began


def _heavy(raw: bytes) -> bytes:
    """Return a page with what news pages have around their text."""
    script = b"<script>" + b"window.x=window.x||[];function f(a){return a+1};" * 500 + b"</script>"
    style = b"<style>" + b".menu .item{margin:0 1px;color:#123456}" * 500 + b"</style>"
    menu = (
        b"<nav><ul>"
        + b"".join(b"<li class='item'><a href='/s/%d'>Section %d</a></li>" % (n, n) for n in range(200))
        + b"</ul></nav>"
    )
    return raw.replace(b"<body>", b"<body>" + script + style + menu, 1)


def _peak() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
