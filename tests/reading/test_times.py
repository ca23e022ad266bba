"""Times counted from something told: from the day of an event, from the time told before, from the day of a saying."""

from __future__ import annotations

import pytest

from sayso.reading.times import moments_of
from tests.reading.claim_helpers import read as read_claims
from tests.reading.reading_helpers import report_of

# text (published on Wednesday 23 December 2020), the words, earliest, latest, what it was counted from, why
COUNTED: list[tuple[str, str, str | None, str | None, str, str]] = [
    (
        "A monitor on Tuesday raised the toll of air strikes on a market the previous day to 61.",
        "the previous day",
        "2020-12-21",
        "2020-12-21",
        "Tuesday 2020-12-22",
        "the day before the one on which the toll was told",
    ),
    (
        "Residents said that Mondays attack was the third.",
        "Monday",
        "2020-12-21",
        "2020-12-21",
        "publication date 2020-12-23",
        "the apostrophe is lost",
    ),
    (
        "Gunmen stormed a market on Sunday. A day after the attack, the army sealed off the town.",
        "A day after the attack",
        "2020-12-21",
        "2020-12-21",
        "the attack 2020-12-20",
        "the attack is what stormed the market",
    ),
    (
        "Gunmen stormed a market on Sunday. Two hours later, a bomb exploded.",
        "Two hours later",
        "2020-12-20",
        "2020-12-21",
        "Sunday 2020-12-20",
        "hours from a day may run into the next",
    ),
    (
        "Soldiers were ambushed at 5:30 a.m. on Sunday. Two hours later, a helicopter came.",
        "Two hours later",
        "2020-12-20T07:30",
        "2020-12-20T07:30",
        "5:30 a.m. on Sunday 2020-12-20",
        "hours from a minute are exact",
    ),
    (
        "A car bomb killed nine people on 3 February. Two days before the bombing, a caller had warned the police.",
        "Two days before the bombing",
        "2020-02-01",
        "2020-02-01",
        "the bombing 2020-02-03",
        "counted back",
    ),
    (
        "Men shot dead a judge on Saturday night. Three days after his death, nobody has been held.",
        "Three days after his death",
        "2020-12-22",
        "2020-12-22",
        "his death 2020-12-19",
        "a death is what a shooting led to",
    ),
    (
        "The raid came on Monday. The next morning two men were shot.",
        "The next morning",
        "2020-12-22T00:00",
        "2020-12-22T11:59",
        "Monday 2020-12-21",
        "the next morning of the day told before",
    ),
    (
        "The minister was killed on the day of the vote. The vote was held on Tuesday.",
        "the day of the vote",
        "2020-12-22",
        "2020-12-22",
        "the vote 2020-12-22",
        "the day may be told behind",
    ),
    (
        "Shells fell days after the election on 5 March.",
        "days after the election on 5 March",
        "2020-03-07",
        None,
        "the election on 5 March 2020-03-05",
        "the event's own words date it",
    ),
    (
        "Ana Ruiz said on Monday that yesterday two men were shot.",
        "yesterday",
        "2020-12-20",
        "2020-12-20",
        "day of saying, Monday 2020-12-21",
        "yesterday is that of the speaker",
    ),
    (
        "A bomb went off on Saturday, the toll rising to nine on Monday. The next day a school was shelled.",
        "The next day",
        "2020-12-20",
        "2020-12-20",
        "Saturday 2020-12-19",
        "the day of a toll is not that of the story",
    ),
    (
        "Two men were shot on Saturday, the mayor said on Monday. The same night a shop burned.",
        "The same night",
        "2020-12-19T18:00",
        "2020-12-19T23:59",
        "Saturday 2020-12-19",
        "the day of a saying is not that of the story",
    ),
    (
        "On Friday men fired shots, a week after the previous attack.",
        "a week after",
        "2020-12-07",
        "2020-12-13",
        "day of what followed, Friday 2020-12-18",
        "the previous attack is not the one told: its week is counted back",
    ),
    (
        "The shooting on Friday came a day after a bomb killed six.",
        "a day after",
        "2020-12-17",
        "2020-12-17",
        "day of what followed, Friday 2020-12-18",
        "what is told for the first time is none of the events told, and was a day before",
    ),
]


@pytest.mark.parametrize(("text", "words", "earliest", "latest", "anchor", "why"), COUNTED)
def test_a_time_is_counted_from_what_the_report_tells(
    text: str, words: str, earliest: str | None, latest: str | None, anchor: str, why: str
) -> None:
    moments = {text[one.start : one.end]: one.moment for one in moments_of(report_of(text, "2020-12-23"))}
    moment = moments[words]
    assert (moment.earliest, moment.latest, moment.anchor) == (earliest, latest, anchor), why


# text, the words, what is missing, why
MISSING: list[tuple[str, str, str, str]] = [
    (
        "A week after the previous attack, rockets fell again.",
        "A week after the previous attack",
        "another event: the previous attack",
        "no day is told for it",
    ),
    (
        "In the morning a shell hit the school.",
        "the morning",
        "another event",
        "of no day",
    ),
    (
        "Two hours later, a bomb exploded.",
        "Two hours later",
        "another event",
        "nothing was told before",
    ),
]


@pytest.mark.parametrize(("text", "words", "missing", "why"), MISSING)
def test_without_a_day_told_a_time_stays_unresolved_and_says_why(text: str, words: str, missing: str, why: str) -> None:
    moments = {text[one.start : one.end]: one.moment for one in moments_of(report_of(text, "2020-12-23"))}
    assert (moments[words].resolved, moments[words].anchor) == (False, missing), why


def test_without_a_publication_date_nothing_is_counted_from_a_weekday() -> None:
    text = "Gunmen stormed a market on Sunday. A day after the attack, the army came."
    assert [one.moment.anchor for one in moments_of(report_of(text))] == [
        "publication date",
        "another event: the attack",
    ]


def test_a_day_after_an_attack_is_no_day_of_that_attack() -> None:
    text = "A bomb exploded in Tarsk on Sunday, killing four. A day after the attack, gunmen shot dead a judge in Ruma."
    days = {i.kind: i.when.earliest for i in read_claims(text).incidents if i.when is not None}
    assert days == {"bombing": "2031-05-11", "assassination": "2031-05-12"}
