"""Laws that hold for every moment, whatever the words; and the finder, on prose and on hostile input."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.moment import Moment, find_moments, find_timexes
from sayso.values.timex_calendar import end_of, start_of
from sayso.values.timex_starts import STARTERS

WEDNESDAY = date(2020, 12, 23)
TENSES = st.sampled_from(["past", "future", "unknown"])
ANCHORS = st.one_of(st.none(), st.dates(), st.datetimes())
# Strings of words that the grammar knows, so that rules meet in orders nobody thought of.
PIECES = [
    *sorted(STARTERS),
    "3", "12", "2019", "88", "5:30", "a.m.", "-", "to", "on", "of", "'s", ",", "ago", "after", "the attack", "0300 GMT",
    "Sunday", "3 February", "12/7/2016", "2020-12", "(", ")", "3rd", "1990s", "from now", "to Monday", "days", "week",
]  # fmt: skip
PHRASES = st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join)
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31))


@st.composite
def stretches(draw: st.DrawFn) -> Moment:
    """Moments of every precision, open ends and zones among them."""
    first = draw(st.datetimes(min_value=start_of("1999"), max_value=start_of("2001")))
    last = first + timedelta(minutes=draw(st.integers(0, 100_000)))
    lengths = draw(st.sampled_from([(4, 4), (7, 7), (10, 10), (16, 16), (7, 10), (10, 7)]))
    zone = draw(st.sampled_from(["", "", "Z", "+03:00", "-05:00"])) if lengths == (16, 16) else ""
    ends = [first.isoformat()[: lengths[0]] + zone, last.isoformat()[: lengths[1]] + zone]
    open_end = draw(st.sampled_from([None, None, None, 0, 1]))
    if open_end is not None:
        return Moment(earliest=None if open_end == 0 else ends[0], latest=None if open_end else ends[1],
                      words="w", resolved=True)  # fmt: skip
    return Moment(earliest=ends[0], latest=ends[1], words="w", resolved=True)


UNKNOWN = Moment(earliest=None, latest=None, words="w", resolved=False, anchor="publication date")
MOMENTS = st.one_of(stretches(), stretches(), stretches(), st.just(UNKNOWN))


@given(st.one_of(st.text(), PHRASES), ANCHORS, TENSES)
def test_parse_never_raises_and_says_what_is_missing(words: str, anchor: date | None, tense: str) -> None:
    moment = Moment.parse(words, anchor, tense=tense)  # type: ignore[arg-type]
    assert moment.resolved == (moment.earliest is not None or moment.latest is not None)
    assert moment.resolved or moment.anchor
    assert moment.format()


@given(st.one_of(st.text(), PHRASES), st.dates(), TENSES)
def test_earliest_is_not_after_latest(words: str, anchor: date, tense: str) -> None:
    moment = Moment.parse(words, anchor, tense=tense)  # type: ignore[arg-type]
    if moment.earliest and moment.latest:
        assert start_of(moment.earliest) <= end_of(moment.latest)


@given(PHRASES, st.dates(), TENSES)
def test_resolved_only_with_an_anchor_or_an_absolute_date(words: str, anchor: date, tense: str) -> None:
    told = Moment.parse(words, anchor, tense=tense)  # type: ignore[arg-type]
    alone = Moment.parse(words, tense=tense)  # type: ignore[arg-type]
    if told.resolved:
        assert alone.resolved == (told.anchor is None) or alone.resolved
        assert told.anchor is None or told.anchor == f"publication date {anchor.isoformat()}"
    if alone.resolved:
        assert alone.anchor is None


@given(PHRASES, st.sampled_from(["", " ", "\n", "\t  ", "\u00a0"]), st.sampled_from(["", " ", "\n\n", "\u2003"]))
def test_surrounding_whitespace_changes_nothing(words: str, before: str, after: str) -> None:
    assert Moment.parse(before + words + after, WEDNESDAY) == Moment.parse(words, WEDNESDAY)


@given(DAYS, st.sampled_from([4, 7, 10]), ANCHORS)
def test_iso_forms_come_back_as_they_went_in(day: date, length: int, anchor: date | None) -> None:
    iso = day.isoformat()[:length]
    moment = Moment.parse(iso, anchor)
    assert (moment.earliest, moment.latest, moment.anchor) == (iso, iso, None)


@given(st.datetimes(), st.sampled_from(["", "Z", "+03:00", "-05:30"]))
def test_iso_minutes_come_back_as_they_went_in(minute: date, zone: str) -> None:
    iso = minute.isoformat()[:16] + zone
    assert Moment.parse(iso).earliest == iso


@given(MOMENTS, MOMENTS)
def test_contains_implies_overlaps(one: Moment, other: Moment) -> None:
    if one.contains(other):
        assert one.overlaps(other)


@given(MOMENTS, MOMENTS)
def test_overlap_and_contradiction_are_symmetric_and_opposite(one: Moment, other: Moment) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.contradicts(other) == other.contradicts(one)
    overlap = one.overlaps(other)
    assert one.contradicts(other) is (None if overlap is None else not overlap)
    assert (overlap is None) == (not one.resolved or not other.resolved)


@given(MOMENTS)
def test_a_moment_contains_itself_when_it_is_known(one: Moment) -> None:
    assert one.contains(one) is (True if one.resolved else None)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_containment_is_transitive(one: Moment, other: Moment, third: Moment) -> None:
    if one.contains(other) and other.contains(third) and one.contains(third) is not None:
        assert one.contains(third)


COMPARED = [
    ("Sunday", "Sunday night", True, False, "the plain day takes in its night"),
    ("Sunday night", "Sunday", False, False, "but not the reverse"),
    ("Sunday night", "the early hours of Monday", False, False, "a night runs on past midnight"),
    ("Sunday night", "Monday", False, False, "so it may have been Monday"),
    ("Sunday night", "Monday night", False, True, "two nights apart"),
    ("Sunday", "Monday", False, True, "two days apart"),
    ("December 2020", "Sunday", True, False, "a month takes in its day"),
    ("2019", "Sunday", False, True, "another year"),
    ("since 2011", "Sunday", True, False, "open ahead"),
    ("before Friday", "Sunday", False, True, "Friday 18 was before Sunday 20"),
    ("5:30 a.m. on Sunday", "Sunday morning", False, False, "a minute of that morning"),
    ("0300 GMT Sunday", "5:30 a.m. on Sunday", None, False, "one zone unknown: they may be the same"),
    ("0300 GMT Sunday", "Friday", None, True, "no zone makes it Friday"),
    ("0300 GMT Sunday", "10 p.m. EST Saturday", True, False, "the same minute in two zones"),
    ("two days earlier", "Sunday", None, None, "nobody can know"),
]


@pytest.mark.parametrize(("one", "other", "contains", "contradicts", "why"), COMPARED)
def test_comparison(one: str, other: str, contains: bool | None, contradicts: bool | None, why: str) -> None:
    left, right = Moment.parse(one, WEDNESDAY), Moment.parse(other, WEDNESDAY)
    assert left.contains(right) is contains, why
    assert left.contradicts(right) is contradicts, why


PROSE = (
    "Two shells hit the customs house in Port Amsel on Sunday night, a day after the truce ended, officials said. "
    "The ministry will answer on Friday. Since 2011 the post has been shelled daily; "
    "a 39-year-old clerk died in May 2019. Some 2000 people fled. "
    "The talks may go on, the envoy said at 0300 GMT Monday."
)
FOUND = [
    ("Sunday night", "2020-12-20T18:00", "2020-12-20T23:59"),
    ("a day after the truce ended", None, None),
    ("Friday", "2020-12-25", "2020-12-25"),
    ("Since 2011", "2011", None),
    ("May 2019", "2019-05", "2019-05"),
    ("0300 GMT Monday", "2020-12-21T03:00Z", "2020-12-21T03:00Z"),
]


def test_the_finder_reads_prose_and_passes_over_what_is_no_moment() -> None:
    found = find_moments(PROSE, WEDNESDAY)
    assert [(PROSE[f.start : f.end], f.moment.earliest, f.moment.latest) for f in found] == FOUND
    assert [f.moment.words for f in found] == [words for words, _, _ in FOUND]


def test_a_given_tense_overrules_the_clause() -> None:
    (found,) = find_moments("They will meet on Friday.", WEDNESDAY, tense="past")
    assert found.moment.earliest == "2020-12-18"
    (found,) = find_moments("On Friday the council will meet.", WEDNESDAY)
    assert found.moment.earliest == "2020-12-25"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("He may march on the capital.", "May and March are words too"),
        ("The sun sat low; a second man fell.", "short weekdays are words too"),
        ("Flight 2012 landed at gate 1990.5 after 1,990 km.", "numbers that are no years"),
        ("They paid $1990 and 2000 men left.", "money and people"),
        ("A quarter of the 52-year-old bridge fell.", "fractions and ages"),
        ("v2.2019.1 of file 20191220x", "glued numbers"),
        ("Jan Kerr and April-like weather? No.", "names"),
    ],
)
def test_no_moment_is_found_where_there_is_none(text: str, why: str) -> None:
    found = [text[f.start : f.end] for f in find_moments(text, WEDNESDAY)]
    assert [words for words in found if words != "April"] == [], why


TIMEXES = [
    ("on Sunday night", "Sunday night", "TIME", "2020-12-20TNI"),
    ("for two weeks", "two weeks", "DURATION", "P2W"),
    ("for more than three hours", "more than three hours", "DURATION", "PT3H"),
    ("for several decades.", "several decades", "DURATION", "PXDE"),
    ("in two decades.", "two decades", "DURATION", "P20Y"),
    ("every week", "every week", "SET", "P1W"),
    ("every July", "every July", "SET", "XXXX-07"),
    ("shelled daily", "daily", "SET", "P1D"),
    ("a day earlier.", "a day earlier", "DATE", "2020-12-22"),
    ("last week", "last week", "DATE", "2020-W51"),
    ("the weekend", "the weekend", "DATE", "2020-W51-WE"),
    ("last summer", "last summer", "DATE", "2020-SU"),
    ("the third quarter", "the third quarter", "DATE", "2020-Q3"),
    ("the latest quarter", "the latest quarter", "DATE", "2020-Q3"),
    ("the year-earlier period", "the year-earlier period", "DATE", "2019-Q3"),
    ("the 1990s", "the 1990s", "DATE", "199"),
    ("the 20th century", "the 20th century", "DATE", "19"),
    ("the past two months", "the past two months", "DURATION", "P2M"),
    ("in recent weeks", "recent weeks", "DATE", "PAST_REF"),
    ("It is now over", "now", "DATE", "PRESENT_REF"),
    ("before 11/12/2019", "11/12/2019", "DATE", "2019-11-12"),
    ("came at 5 p.m.", "5 p.m.", "TIME", "2020-12-23T17:00"),
]


@pytest.mark.parametrize(("text", "words", "kind", "value"), TIMEXES)
def test_timex_values_are_those_of_timeml(text: str, words: str, kind: str, value: str) -> None:
    (found,) = find_timexes(text, WEDNESDAY)
    assert (text[found.start : found.end], found.type, found.value) == (words, kind, value)


@given(st.one_of(st.text(max_size=300), st.lists(PHRASES, max_size=6).map(". ".join)), ANCHORS)
def test_found_spans_lie_in_order_within_the_text(text: str, anchor: date | None) -> None:
    for found in (find_moments(text, anchor), find_timexes(text, anchor)):
        at = 0
        for start, end, *_ in found:
            assert at <= start < end <= len(text)
            at = end


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["7", "1-", "a day before ", "the early ", "2019-", "between 3 and ", "Sunday ", "(", "'", "é", " \n"]
)
def test_hostile_input_is_read_in_linear_time(unit: str) -> None:
    # Pieces of a text are read one by one, so the worst is within one piece.
    def seconds(count: int) -> float:
        text = unit * (count // len(unit))
        start = time.process_time()
        find_moments(text, WEDNESDAY)
        Moment.parse(text[: count // 4], WEDNESDAY)
        return time.process_time() - start

    small = max(seconds(4_000), 0.02)
    # Eight times the text, at most about eight times the time: quadratic would be 64 times.
    assert min(seconds(32_000), seconds(32_000)) < 30 * small  # the better of two: what else runs here is no matter


@pytest.mark.slow
def test_ten_megabytes_of_digits_are_no_date() -> None:
    digits = "2019" * 2_500_000
    assert find_moments(digits, WEDNESDAY) == []
    assert not Moment.parse(digits, WEDNESDAY).resolved


def test_an_expression_beyond_the_first_piece_keeps_its_place() -> None:
    text = "nothing here, " * 10_000 + "then on 3 February 2019 it fell"
    (found,) = find_moments(text)
    assert text[found.start : found.end] == "3 February 2019"
