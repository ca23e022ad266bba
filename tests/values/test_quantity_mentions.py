"""Which numbers of a text count people and things, and what the others are."""

from __future__ import annotations

import pytest

from sayso.values.quantity import CountMention, find_quantities, total

# text, (words, low, high, noun) of each count, note
COUNTS: list[tuple[str, list[tuple[str, int, int | None, str | None]], str]] = [
    ("more than 20 missiles were launched", [("more than 20", 21, None, "missiles")], "modifier inside the span"),
    ("Three missiles failed to launch", [("Three", 3, 3, "missiles")], "start of a sentence"),
    ("no US injuries or casualties", [("no", 0, 0, "injuries")], "US is no pronoun"),
    ("dozens of people fled", [("dozens", 24, None, "people")], "of is skipped"),
    ("five of the rebels ran", [("five", 5, 5, "rebels")], "of the is skipped"),
    ("two police officers", [("two", 2, 2, "officers")], "the head of a compound"),
    ("four police vehicles burned", [("four", 4, 4, "vehicles")], "a person word before a thing"),
    ("six suspected al-Dara fighters", [("six", 6, 6, "fighters")], "adjectives and hyphens in between"),
    ("ten soldiers guarding hotels", [("ten", 10, 10, "soldiers")], "the first noun, not the last"),
    ("12 killed, 30 wounded", [("12", 12, 12, None), ("30", 30, 30, None)], "no noun"),
    ("two 20-year-old men", [("two", 2, 2, "men")], "an age inside the noun phrase"),
    ("three 122mm rockets", [("three", 3, 3, "rockets")], "a calibre inside the noun phrase"),
    ("one bomb exploded", [("one", 1, 1, "bomb")], "singular"),
    ("one bomb planted by rebels", [("one", 1, 1, "bomb")], "cut at the participle"),
    ("one of the gunmen", [("one", 1, 1, "gunmen")], "one of some"),
    ("two were hurt and one was killed", [("two", 2, 2, None), ("one", 1, 1, None)], "one alone"),
    ("another soldier died", [("another", 1, 1, "soldier")], "one more"),
    ("no group has claimed it", [("no", 0, 0, "group")], "no with a singular"),
    ("no one was hurt", [("no one", 0, 0, None)], "nobody"),
    ("nobody was hurt", [("nobody", 0, 0, None)], "nobody in one word"),
    ("none of them died", [("none", 0, 0, None)], "none"),
    ("both soldiers survived", [("both", 2, 2, "soldiers")], "both before a noun"),
    ("a couple were held", [("a couple", 2, 2, None)], "before a verb of state"),
    ("scores of villagers", [("scores", 40, None, "villagers")], "scores of"),
    ("some villagers left", [("some", 3, None, "villagers")], "vague some"),
    ("some 300 villagers left", [("some 300", 250, 350, "villagers")], "some before a number"),
    ("the toll rose from 12 to 20", [("12", 12, 12, None), ("20", 20, 20, None)], "a change is no range"),
    ("the toll rose from 2½ to 20", [("20", 20, 20, None)], "a change from half a unit"),
    ("from 5 to 7 soldiers", [("from 5 to 7", 5, 7, "soldiers")], "a range"),
    ("in May 20 people were hurt", [("20", 20, 20, "people")], "the month is not the day's"),
    ("In 2019 200 people died", [("200", 200, 200, "people")], "a year before a count"),
    ("2000 people died", [("2000", 2000, 2000, "people")], "a round number before a noun"),
    ("about 2000 rockets", [("about 2000", 1600, 2400, "rockets")], "a modifier makes it a count"),
    ("talked about two attacks", [("two", 2, 2, "attacks")], "about is a preposition here"),
    ("20m people", [("20m", 20000000, 20000000, "people")], "millions"),
    ("20 Taliban surrendered", [("20", 20, 20, "Taliban")], "plural without s"),
    ("five family-run shops", [("five", 5, 5, "shops")], "a hyphen after a person word"),
    ("killed 20 on Monday", [("20", 20, 20, None)], "a preposition ends it"),
    ("12 civilians, including three children", [("12", 12, 12, "civilians"), ("three", 3, 3, "children")], "subset"),
    ("at the camp 12 people slept", [("12", 12, 12, "people")], "camp names nothing here"),
    ("No 20 people agree", [("20", 20, 20, "people")], "no dot, and a noun"),
    ("two ladies, three bodies", [("two", 2, 2, "ladies"), ("three", 3, 3, "bodies")], "plurals in -ies"),
]  # fmt: skip

# text, words at the span, kind, unit, note
OTHERS: list[tuple[str, str, str, str | None, str]] = [
    ("a 20-year-old driver", "20", "age", "year-old", "hyphens"),
    ("34 years old", "34", "age", "years old", "spaces"),
    ("aged 34", "34", "age", None, "aged"),
    ("at the age of 9", "9", "age", None, "age of"),
    ("anyone younger than 16", "16", "age", None, "younger than"),
    ("Amra Telm, 34, said", "34", "age", None, "between commas after a name"),
    ("Amra Telm (34) said", "34", "age", None, "in brackets after a name"),
    ("in his 20s", "20s", "age", None, "decade of a life"),
    ("in her late 30s", "30s", "age", None, "decade of a life, one word on"),
    ("on Route 9 near", "Route 9", "identifier", None, "road"),
    ("Flight 655 left", "Flight 655", "identifier", None, "flight"),
    ("suspect No. 4", "No. 4", "identifier", None, "number"),
    ("the Group of Seven", "Group of Seven", "identifier", None, "in words"),
    ("at Camp 5", "Camp 5", "identifier", None, "place"),
    ("an F-16 jet", "F-16", "identifier", None, "letter, hyphen, digits"),
    ("an A-10 flew by", "A-10", "identifier", None, "a letter that is an article"),
    ("an S-300 battery", "S-300", "identifier", None, "a letter that is a possessive"),
    ("the G20 agreed", "G20", "identifier", None, "letter, digits"),
    ("a Kel-122B launcher", "Kel-122B", "identifier", None, "letters at both ends"),
    ("a 4x4 car", "4x4", "identifier", None, "digits, letter, digits"),
    ("from 10.0.0.1", "10.0.0.1", "identifier", None, "address"),
    ("call 12-34-567a now", "12-34-567a", "identifier", None, "runs on"),
    ("1) An attack", "1", "identifier", None, "numbering of a list"),
    ("the 82nd Airborne", "82nd", "identifier", None, "name of a unit"),
    ("id 12345678901234567890", "12345678901234567890", "identifier", None, "too long for a count"),
    ("the 3rd attack", "3rd", "ordinal", None, "rank in digits"),
    ("the first attack", "first", "ordinal", None, "rank in words"),
    ("the twenty-first attack", "twenty-first", "ordinal", None, "rank in words, two parts"),
    ("one of the deadliest attacks", "one", "ordinal", None, "rank by superlative"),
    ("one of the most violent days", "one", "ordinal", None, "rank by most"),
    ("on 3 February 2020", "3 February 2020", "date", None, "day first"),
    ("the 3rd of February", "3rd of February", "date", None, "ordinal day"),
    ("February 3rd, 2020", "February 3rd, 2020", "date", None, "month first"),
    ("Feb. 3-5", "Feb. 3-5", "date", None, "days of a month"),
    ("May 2019", "May 2019", "date", None, "month and year"),
    ("3-5 February", "3-5 February", "date", None, "range of days"),
    ("since 2014", "2014", "date", None, "year"),
    ("in 2019 people fled", "2019", "date", None, "year before a noun"),
    ("between 2014 and 2019", "between 2014 and 2019", "date", None, "range of years"),
    ("2014-15", "2014-15", "date", None, "short range of years"),
    ("mid-2019", "2019", "date", None, "part of a year"),
    ("a 2019 law on mines", "2019", "date", None, "year as an adjective"),
    ("Ruvania’s 2016 elections", "2016", "date", None, "year after a possessive"),
    ("the 1990s", "1990s", "date", None, "decade"),
    ("2020-12-20", "2020-12-20", "date", None, "ISO"),
    ("3.2.2020", "3.2.2020", "date", None, "points"),
    ("on 9/11", "9/11", "date", None, "slash"),
    ("at 5:30 pm", "5:30 pm", "time", None, "clock"),
    ("at 5:30", "5:30", "time", None, "clock without half of the day"),
    ("2 a.m.", "2 a.m.", "time", None, "hour"),
    ("0530 hours", "0530 hours", "time", None, "military"),
    ("six hours", "six", "duration", "hours", "not military"),
    ("a two-day visit", "two", "duration", "day", "hyphen"),
    ("over 20 years", "over 20", "duration", "years", "modifier kept"),
    ("it cost $50,000", "50,000", "money", "$", "sign"),
    ("US$1.2 billion", "1.2 billion", "money", "$", "sign with a country"),
    ("$20m", "20m", "money", "$", "millions"),
    ("50 pounds", "50", "money", "pounds", "currency behind"),
    ("20 pounds of explosives", "20", "weight", "pounds of", "pounds of something"),
    ("a 500-pound bomb", "500", "weight", "pound", "pounds tied to a thing"),
    ("a 122mm rocket", "122", "calibre", "mm", "glued"),
    ("20 mm of rain", "20", "distance", "mm", "no calibre"),
    ("10 km away", "10", "distance", "km", "distance"),
    ("20m away", "20", "distance", "m", "metres"),
    ("1.5 km away", "1.5", "distance", "km", "not whole"),
    ("5 per cent", "5", "percent", "per cent", "percent"),
    ("won 2-1", "2-1", "score", None, "descending pair"),
    ("two-thirds of the town", "two-thirds", "fraction", None, "part"),
    ("a third of voters", "a third", "fraction", None, "part with an article"),
    ("half the town", "half", "fraction", None, "half"),
    ("1/3 of voters", "1/3", "fraction", None, "part in digits"),
    ("nine out of ten", "nine out of ten", "fraction", None, "part in words"),
    ("2.5 people a room", "2.5", "fraction", None, "no whole number of people"),
    ("a three-member team", "three", "attribute", "member", "describes the team"),
    ("a no-fly zone", "no-fly", "attribute", None, "describes the zone"),
    ("One must say", "One", "pronoun", None, "anybody"),
    ("to lose one’s way", "one", "pronoun", None, "anybody's"),
    ("the big one that fell", "one", "pronoun", None, "stands for a thing"),
    ("three times", "three", "times", "times", "how often"),
]  # fmt: skip

NO_MENTION = [
    ("no longer", "not a number"),
    ("no evidence of it", "denies something else"),
    ("no immediate claim", "denies something else"),
    ("he scores goals", "verb"),
    ("both the army and police", "conjunction"),
    ("the couple", "two people, but no number"),
    ("many a time", "no noun follows"),
    ("a man and a woman", "articles count only when asked"),
    ("May", "month alone"),
    ("nothing here", "no number"),
]


@pytest.mark.parametrize(("text", "expected", "note"), COUNTS, ids=[row[0] for row in COUNTS])
def test_counts_are_found_with_what_they_count(
    text: str, expected: list[tuple[str, int, int | None, str | None]], note: str
) -> None:
    found = [mention for mention in find_quantities(text) if mention.kind == "count"]
    read = [
        (text[m.start : m.end], m.quantity.low, m.quantity.high, m.noun.text if m.noun else None)
        for m in found
        if m.quantity
    ]
    assert read == expected, note


@pytest.mark.parametrize(("text", "words", "kind", "unit", "note"), OTHERS, ids=[row[0] for row in OTHERS])
def test_other_uses_of_numbers_are_no_counts(text: str, words: str, kind: str, unit: str | None, note: str) -> None:
    found = find_quantities(text)
    assert [(text[m.start : m.end], m.kind, m.unit) for m in found] == [(words, kind, unit)], note


@pytest.mark.parametrize(("text", "note"), NO_MENTION, ids=[row[0] for row in NO_MENTION])
def test_words_that_only_look_like_numbers_are_left_alone(text: str, note: str) -> None:
    assert find_quantities(text) == [], note


def counts(text: str) -> list[CountMention]:
    return find_quantities(text, articles=True)


def test_an_article_counts_a_person_when_asked() -> None:
    found = counts("a 12-year-old girl and an old bridge, a man")
    assert [(m.kind, m.noun.text if m.noun else None) for m in found] == [
        ("count", "girl"),
        ("age", None),
        ("count", "man"),
    ]


def test_the_group_is_the_whole_noun_phrase_and_its_head_tells_persons() -> None:
    (people,) = counts("two masked Ruvanian gunmen fled")
    (things,) = counts("two burned Ruvanian lorries")
    assert people.group is not None
    assert (people.group.text, people.person) == ("masked Ruvanian gunmen", True)
    assert things.group is not None
    assert (things.group.text, things.person) == ("burned Ruvanian lorries", False)


def test_policemen_and_a_child_are_three_in_all_by_group() -> None:
    three = total(counts("two policemen and a child were killed"))
    assert three is not None
    assert (three.quantity.low, three.quantity.high) == (3, 3)
    assert three.quantity.words == "two policemen and a child"
    assert [(group, quantity.low) for group, quantity in three.parts] == [("policemen", 2), ("child", 1)]


def test_a_total_of_vague_and_open_counts_stays_vague_and_open() -> None:
    many = total(counts("at least 12 soldiers, several rebels and 3 children"))
    assert many is not None
    assert (many.quantity.low, many.quantity.high) == (18, None)
    assert many.quantity.words == "at least 12 soldiers, several rebels and 3 children"
    assert many.quantity.vague
    assert not counts("12 soldiers")[0].quantity.vague  # type: ignore[union-attr]


def test_a_total_without_counts_is_none() -> None:
    assert total(counts("on 3 February at 5:30")) is None


@pytest.mark.parametrize("joint", [",", ", ", " ", ";"], ids=["commas", "commas and spaces", "spaces", "semicolons"])
def test_a_long_row_of_numbers_is_data_and_counts_nothing(joint: str) -> None:
    row = joint.join(["7"] * 30)
    assert find_quantities(row) == []
    (mention,) = find_quantities(f"{row}. Later 12 people left.")
    assert mention.quantity is not None
    assert mention.quantity.low == 12


def test_a_short_row_of_numbers_still_counts() -> None:
    found = find_quantities("Villages lost 3, 4 and 5 people.")
    assert [mention.quantity.low for mention in found if mention.quantity] == [3, 4, 5]
