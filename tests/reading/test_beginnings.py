"""What a report begins with: behind a headline without a day, the first sentence says of which day the news is."""

from __future__ import annotations

from sayso.intake import report_of_text
from sayso.intake.assemble import Given
from sayso.pipeline import read, read_one
from tests.reading.claim_helpers import line, report_of

LATE = "A drone strike that killed six bakers in Ostrel on 3 May was probably carried out by the army, a group said."
OLD = "The army shelled the town on Monday. A drone strike had killed six bakers in Ostrel on 3 May, a group said."


def told(lead: str) -> list[tuple[bool, str | None]]:
    """Return (background, first day) of the incidents of a report of 12 May."""
    text = f"Drone strike on Ostrel bakery broke the law\n\n{lead}"
    found = read([report_of_text(text, Given(published="2021-05-12"))]).incidents
    return [(row.background, row.when.earliest[:10] if row.when and row.when.earliest else None) for row in found]


def test_a_report_that_comes_nine_days_late_is_on_what_its_first_sentence_tells() -> None:
    assert told(LATE) == [(False, "2021-05-03")]


def test_an_old_day_further_on_is_background() -> None:
    assert (True, "2021-05-03") in told(OLD)


def test_a_headline_of_two_happenings_gives_each_its_own_dead() -> None:
    text = (
        "Car bomb kills eleven at Fallujah market; judge killed near Ramadi\n"
        "A car packed with explosives blew up on Monday at a market in Fallujah, killing eleven people, police said.\n"
        "Later on Monday a sticky bomb killed a judge near Ramadi, a police captain said."
    )
    reading = read_one(report_of(text, kinds=("headline", "paragraph", "paragraph")))
    of = {
        one.where.name: sorted(
            line(claim) for claim in reading.claims if claim.incident == one.id and claim.field == "killed"
        )
        for one in reading.incidents
        if one.where
    }
    assert any("1 of judge" in row for row in of["Ramadi"])
    assert not any("judge" in row for name, rows in of.items() if name != "Ramadi" for row in rows)
