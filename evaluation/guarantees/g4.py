"""G4: title, text and date of a page change again and again: every version stays, linked, and each change is shown."""

from __future__ import annotations

import random
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import line_of, put, text_of
from evaluation.guarantees.killing import opened, project
from sayso.intake import Capture
from sayso.ledger.differing import differ

PROMISE = "A changed page is a new version; the old one stays and the change is shown"


def prove(folder: Path, full: bool) -> Proof:
    """Change one thing of a page at a time and add it each time."""
    number = 200 if full else 20
    chance = random.Random(1)
    page = {"title": "Blast in Tarsk", "published": "2031-05-01", "killed": "3"}
    wrong, kept, shown, former = [], 0, 0, None
    with opened(project(folder / "project")) as ledger:
        for turn in range(number):
            what = chance.choice(("title", "published", "killed"))
            page[what] = {
                "title": f"Blast in Tarsk: {turn}",
                "published": f"2031-05-01T10:{turn % 60:02}",
                "killed": str(turn),
            }[what]
            item = _capture(page)
            (outcome,) = put(ledger, [item])
            if outcome.verdict != "stored" or outcome.former != former or outcome.report is None:
                wrong.append(f"version {turn}: {outcome.verdict}, after {outcome.former}")
                continue
            kept += ledger.raw(outcome.report) == item.raw
            if former:
                change = differ(ledger.reading(former), ledger.reading(outcome.report))
                shown += bool(change.text if what == "killed" else change.fields)
            former = outcome.report
        versions = ledger.versions_of(former) if former else []
    holds = not wrong and kept == number == len(versions) and shown == number - 1
    figures = {"versions": number, "kept": kept, "shown": shown}
    return Proof(
        holds,
        figures,
        "; ".join([f"{kept} of {number} versions kept, {shown} of {number - 1} changes shown", *wrong[:3]]),
    )


def _capture(page: dict[str, str]) -> Capture:
    text = text_of(killed=int(page["killed"]))
    return line_of(text, title=page["title"], published=page["published"], url="https://post.example/tarsk")
