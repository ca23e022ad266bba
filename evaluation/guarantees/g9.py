"""G9: guards cost no good text: benign pages with and without them, and held against a second extractor."""

# ruff: noqa: E501 - inputs are written as they are
from __future__ import annotations

from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.intake import has_right_text
from evaluation.intake.site import pages
from sayso.intake import Capture, report_of
from sayso.intake.guard import Guard, Parsed

PROMISE = "Guards cost no good text: the same report with and without them, and what a second extractor finds"
NESTED = 253
"""Nested elements at which readers built on lxml return nothing, without an error."""


def prove(folder: Path, full: bool) -> Proof:
    """Read made pages in the child and in this process; compare with each other, and with what was written."""
    number = 1_200 if full else 96
    differ = wrong = 0
    shares: list[float] = []
    with Guard() as guard:
        for page in pages(number, seed=21):
            item = Capture(page.raw, page.name, "page")
            made = guard.parse(item)
            if not isinstance(made, Parsed) or made.report != report_of(item):
                differ += 1
                continue
            wrong += not has_right_text(made.report, page)
            shares += [made.notes.recovered] if made.notes.recovered is not None else []
        deep = guard.parse(Capture(_nested(), "nested.html", "page"))
    kept = isinstance(deep, Parsed) and deep.report.text.count("Nine people were killed") == 5
    recovered = 100 * sum(shares) / max(1, len(shares))
    says = f"{number} benign pages: {differ} differ with the guards, {wrong} lost text; {recovered:.1f} % of the second extractor's"
    figures = {"pages": number, "differ": differ, "lost": wrong, "recovered": round(recovered, 2)}
    return Proof(not differ and not wrong and kept and recovered > 90, figures, says)


def _nested() -> bytes:
    text = "".join(
        f"<p>Nine people were killed in blast {n} near the market in Tarsk, the police said.</p>" for n in range(5)
    )
    return f"<html><body>{'<div>' * NESTED}{text}{'</div>' * NESTED}</body></html>".encode()
