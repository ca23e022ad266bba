"""Datelines and date lines at the head of a paragraph."""

from __future__ import annotations

import pytest

from sayso.intake.dateline import read_date_line, read_dateline, read_posted

FOUND = [
    # head, place line, date
    ("TARSK – ", "TARSK", None),
    ("TARSK, Odrania — ", "TARSK, Odrania", None),
    ("PORT SELM, Odrania (Coast Wire) - ", "PORT SELM, Odrania (Coast Wire)", None),
    ("Tarsk (AFP) - ", "Tarsk (AFP)", None),
    ("TARSK, Oct 3 (Reuters) - ", "TARSK, Oct 3 (Reuters)", None),
    ("TARSK, Oct. 3, 2014 (Reuters) — ", "TARSK, Oct. 3, 2014 (Reuters)", "2014-10-03"),
    ("SAN TARSO, 20 AUG 88 (EFE) -- ", "SAN TARSO, 20 AUG 88 (EFE)", "1988-08-20"),
    ("SANTA SELMA (ODRANIA), 4 MAY 88 (NA) -- ", "SANTA SELMA (ODRANIA), 4 MAY 88 (NA)", "1988-05-04"),
    ("SELM October 1 (Odran Novosti) - ", "SELM October 1 (Odran Novosti)", None),
    ("TARSK, NO DATE (RADIO SELM) -- ", "TARSK, NO DATE (RADIO SELM)", None),
    ("TARSK, D.C. — ", "TARSK, D.C.", None),
    ("TARSK—", "TARSK", None),
    ("U.N. HEADQUARTERS -- ", "U.N. HEADQUARTERS", None),
    ("Tarsk, COAST - ", "Tarsk, COAST", None),
    ("TARSK (CW)- ", "TARSK (CW)", None),
    ("TARSK, May 3, 2032. /COAST/. ", "TARSK, May 3, 2032", "2032-05-03"),
    ("TARSK, May 3 /COAST/. ", "TARSK, May 3", None),
]


@pytest.mark.parametrize(("head", "place_line", "published"), FOUND, ids=[row[0] for row in FOUND])
def test_a_dateline_is_found_with_its_date(head: str, place_line: str, published: str | None) -> None:
    found = read_dateline(head + "Nine people were killed when a bomb exploded, the police said.")
    assert found is not None
    assert (found.length, found.place_line, found.published) == (len(head.rstrip()), place_line, published)


ALONE = [
    # line, date
    ("TARSK, 26 October 2020", "2020-10-26"),
    ("COAST, Monday 28 October 2024", "2024-10-28"),
    ("SELM (CW), Friday, Nov. 17, 2023", "2023-11-17"),
    ("Coast Wire/Tarsk, Odrania, Sunday, October 25, 2020", "2020-10-25"),
    ("Upper Selm region, 28 October 2024", "2024-10-28"),
]


@pytest.mark.parametrize(("line", "published"), ALONE, ids=[row[0] for row in ALONE])
def test_a_line_with_nothing_but_place_and_date_is_a_dateline(line: str, published: str) -> None:
    found = read_dateline(line)
    assert found is not None
    assert (found.length, found.place_line, found.published) == (len(line), line, published)


NOT_FOUND = [
    ("The rebels left Tarsk on Monday, 28 October 2024", "a sentence that ends with its day"),
    ("Residents fled Tarsk, 28 October 2024", "small letters before the date"),
    ("POLICE SAID, 3 MAY 2020 to 4 May 2020", "more than a date"),
    ("Odrania — which denies it — sent troops.", "an insertion after a name"),
    ("The army – Odrania's largest – retreated.", "an article"),
    ("THE PRESIDENT -- WHO IS IN TARSK -- SAID THE ARMY HAD LEFT.", "capitals throughout: they prove nothing"),
    ("BREAKING – Nine people killed in Tarsk, police say.", "a label of the page"),
    ("He said - The end.", "a sentence with a hyphen"),
    ("Nine people died.", "nothing"),
    ("NATO – the alliance – sent ships.", "small letters follow"),
    ("(TARSK – Nine)", "an open parenthesis"),
    ("Tarsk, Odrania – Nine people died.", "a town and its country, but nothing says that the report opens here"),
    ("Ruiz, May – who left the army – Said no.", "an insertion after two names"),
]


@pytest.mark.parametrize(("paragraph", "note"), NOT_FOUND, ids=[row[1] for row in NOT_FOUND])
def test_what_only_looks_like_a_dateline_is_left_alone(paragraph: str, note: str) -> None:
    assert read_dateline(paragraph) is None


def test_wire_marks_belong_to_the_dateline_and_speakers_do_not() -> None:
    paragraph = "TARSK, 8 JAN 90 (RADIO SELM) -- [COMMENTARY] [TEXT] [COMMANDER RUIZ] WE ARE NOT LEAVING."
    found = read_dateline(paragraph)
    assert found is not None
    assert paragraph[found.length :] == " [COMMANDER RUIZ] WE ARE NOT LEAVING."


def test_a_colon_ends_a_dateline_only_where_asked_and_in_a_lede() -> None:
    lede = "TARSK: Nine people were killed when a bomb exploded in a market in the old town on Monday, the police said."
    assert read_dateline(lede) is None
    assert read_dateline(lede, opens=True) is not None
    assert read_dateline("POLICE: Five Found Dead", opens=True) is None


def test_a_town_and_its_country_before_a_long_dash_are_a_dateline_only_where_the_report_opens() -> None:
    assert read_dateline("Tarsk, Odrania – Nine people died.", opens=True) is not None
    assert read_dateline("Tarsk, Odrania - Nine people died.", opens=True) is None
    assert read_dateline("Tarsk, Odrania – home of nine clans – lies there.", opens=True) is None


DATE_LINES = [
    ("Published October 1, 2014", 25, "2014-10-01"),
    ("Fri 29 Jul 2016 Nine people died.", 15, "2016-07-29"),
    ("Friday 29 Jul 2016 at 1459 Nine people died.", 26, "2016-07-29"),
    ("21.02.2015 At least four people died.", 10, "2015-02-21"),
    ("01-10-2014 A bombing killed nine.", 10, None),
    ("Updated: 3 May 2019", 19, None),
    ("March 12, 2015 7:26 AM", 22, "2015-03-12"),
    ("Published 9 September 2031, updated 21:40", 41, "2031-09-09"),
    ("Published: 9 September 2031; last updated 10 September 2031", 59, "2031-09-09"),
    ("9 September 2031 (updated 21.40 GMT)", 36, "2031-09-09"),
    ("10:24 AM, MON 22 JUL 2030", 25, "2030-07-22"),
    ("7:00pm UK, Wednesday 05 May 2032", 32, "2032-05-05"),
    ("POSTED: 1052 GMT (1852 HKT), April 10, 2031", 43, "2031-04-10"),
    ("Story Created: Aug 7, 2031 at 9:56 AM AKDT", 42, "2031-08-07"),
    ("Published time: March 12, 2031 02:03", 36, "2031-03-12"),
    ("Edited time: March 13, 2031 02:15", 33, None),
    ("Published: 09 Sep 2031 11:25 GMT+02:00", 38, "2031-09-09"),
    ("12 January 2031 @ 09:29 pm", 26, "2031-01-12"),
    ("on September 10th, 2031", 23, "2031-09-10"),
]


@pytest.mark.parametrize(("paragraph", "length", "published"), DATE_LINES, ids=[row[0] for row in DATE_LINES])
def test_a_date_by_itself_is_a_date_line(paragraph: str, length: int, published: str | None) -> None:
    found = read_date_line(paragraph)
    assert found is not None
    assert (found.length, found.published, found.place_line) == (length, published, None)


@pytest.mark.parametrize(
    "paragraph",
    ["3 May 2019 was a Friday.", "On 3 May 2019 nine people died.", "On 3 May 2019 Tarsk fell.", "May is hot."],
)
def test_a_date_in_a_sentence_is_no_date_line(paragraph: str) -> None:
    assert read_date_line(paragraph) is None


def test_an_update_is_no_part_of_a_date_line_unless_it_tells_its_time() -> None:
    found = read_date_line("3 May 2019, updated figures.")
    assert found is None or found.length == len("3 May 2019,")


def test_a_date_run_together_with_a_headline_is_cut_off() -> None:
    found = read_posted("Two held after blast Posted: Monday, May 18, 2015 5:10 PM")
    assert found is not None
    assert (found[0], found[1].published) == (21, "2015-05-18")
    assert read_posted("Two held after blast") is None
