"""What number words mean: a table of expressions, comparisons, and how a quantity is put in words."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sayso.values import Actor, Quantity

# words, low, high (None: no bound), note
EXPRESSIONS: list[tuple[str, int, int | None, str]] = [
    ("20", 20, 20, "plain digits"),
    ("1,200", 1200, 1200, "comma between thousands"),
    ("1,00,000", 100000, 100000, "Indian grouping"),
    ("1.200.000", 1200000, 1200000, "two points can only part thousands"),
    ("1’200", 1200, 1200, "Swiss apostrophe"),
    ("1\u202f200", 1200, 1200, "narrow no-break space"),
    ("1.2 million", 1200000, 1200000, "decimal with a scale is whole"),
    ("20m", 20000000, 20000000, "m asked for as a number is millions"),
    ("5k", 5000, 5000, "k close after digits"),
    ("1.5bn", 1500000000, 1500000000, "bn close after digits"),
    ("2½ million", 2500000, 2500000, "vulgar fraction glued to digits"),
    ("½ million", 500000, 500000, "vulgar fraction alone"),
    ("5 hundred thousand", 500000, 500000, "two scales"),
    ("20-thousand", 20000, 20000, "scale tied by a hyphen"),
    ("٢٣", 23, 23, "Arabic-Indic digits"),
    ("१२३", 123, 123, "Devanagari digits"),
    ("４５", 45, 45, "full-width digits"),
    ("٣٬٤٠٠", 3400, 3400, "Arabic thousands sign"),
    ("zero", 0, 0, "nought in words"),
    ("one", 1, 1, "one in words"),
    ("twenty-three", 23, 23, "hyphen"),
    ("twenty three", 23, 23, "no hyphen"),
    ("Twenty", 20, 20, "capital at the start of a sentence"),
    ("one hundred and five", 105, 105, "British and"),
    ("one hundred five", 105, 105, "American without and"),
    ("nineteen hundred", 1900, 1900, "hundreds above nine"),
    ("five thousand two hundred and six", 5206, 5206, "two groups"),
    ("two million three hundred thousand and five", 2300005, 2300005, "falling scales"),
    ("three hundred million", 300000000, 300000000, "a hundred under a scale"),
    ("a hundred", 100, 100, "the article counts one before a scale"),
    ("a", 1, 1, "the article alone, where somebody asks"),
    ("a dozen", 12, 12, "exact"),
    ("two dozen", 24, 24, "exact, so no vague dozens"),
    ("half a dozen", 6, 6, "half of a scale"),
    ("a half-dozen", 6, 6, "the same with a hyphen"),
    ("a dozen and a half", 18, 18, "half of the scale more"),
    ("a million and a half", 1500000, 1500000, "half of the scale more"),
    ("two and a half million", 2500000, 2500000, "half before the scale"),
    ("2 and a half thousand", 2500, 2500, "digits with half before the scale"),
    ("a quarter of a million", 250000, 250000, "quarter of a scale"),
    ("three score", 60, 60, "old counting"),
    ("a score of", 20, 20, "a score of things, with its of"),
    ("more than 20", 21, None, "strictly above"),
    ("over twenty", 21, None, "over is more than"),
    ("more than a hundred", 101, None, "article after a modifier"),
    ("more than 1.5", 2, None, "the next whole number"),
    ("> 20", 21, None, "sign"),
    ("at least 8", 8, None, "includes the number"),
    ("at least 1.5", 2, None, "the next whole number"),
    ("no fewer than 12", 12, None, "includes the number"),
    ("at least a dozen", 12, None, "modifier and word"),
    ("20 or more", 20, None, "modifier behind"),
    ("30+", 30, None, "plus sign"),
    ("12-plus", 12, None, "plus in words"),
    ("20 at least", 20, None, "at least behind"),
    ("up to 12", 0, 12, "no lower bound but nought"),
    ("as many as 40", 0, 40, "a most, not a least"),
    ("no more than 7", 0, 7, "a most"),
    ("12 or fewer", 0, 12, "a most behind"),
    ("fewer than 20", 0, 19, "strictly below"),
    ("under 20", 0, 19, "strictly below"),
    ("less than several", 0, None, "below a vague word says nothing"),
    ("around 30", 25, 35, "half of the rounded place"),
    ("about 100", 80, 120, "at most a fifth"),
    ("about 35", 31, 39, "at least a tenth"),
    ("some 30", 25, 35, "some before a number is about"),
    ("about three", 2, 4, "never less than one unit"),
    ("about one", 1, 2, "about one is not none"),
    ("an estimated 200", 160, 240, "estimate"),
    ("~50", 45, 55, "sign"),
    ("20 or so", 16, 24, "about, behind"),
    ("20-odd", 16, 24, "about, tied behind"),
    ("nearly 100", 80, 100, "from below, the number itself not excluded"),
    ("just under 20", 16, 19, "strictly below, and close"),
    ("just over 20", 21, 24, "strictly above, and close"),
    ("at least some 200", 160, None, "two modifiers, the inner one first"),
    ("exactly 7", 7, 7, "says only what stands there"),
    ("another three", 3, 3, "three more are three"),
    ("another", 1, 1, "one more is one"),
    ("a total of 15", 15, 15, "says only what stands there"),
    ("all four", 4, 4, "says only what stands there"),
    ("between 5 and 7", 5, 7, "range in words"),
    ("from 12 to 15", 12, 15, "range in words"),
    ("5-7", 5, 7, "hyphen"),
    ("5–7", 5, 7, "en dash"),
    ("5 – 7", 5, 7, "spaced en dash"),
    ("5-to-7", 5, 7, "hyphens around to"),
    ("five to seven", 5, 7, "numbers in words"),
    ("two or three", 2, 3, "either"),
    ("two to three hundred", 200, 300, "shared scale"),
    ("2-3 million", 2000000, 3000000, "shared scale in digits"),
    ("several", 3, None, "READING.md"),
    ("several dozen", 36, None, "vague times a scale"),
    ("several hundred", 300, None, "vague times a scale"),
    ("a few", 3, 6, "25th to 95th percentile of the perception data"),
    ("a few dozen", 36, 72, "both ends times the scale"),
    ("some", 3, None, "25th percentile of the perception data, no bound"),
    ("many", 9, None, "25th percentile of the perception data, no bound"),
    ("a handful", 3, 10, "chosen"),
    ("a couple", 2, 2, "READING.md"),
    ("a couple of", 2, 2, "with its of"),
    ("a couple of hundred", 160, 240, "a couple of a scale is only roughly two"),
    ("a pair", 2, 2, "exact"),
    ("both", 2, 2, "exact"),
    ("dozens", 24, None, "READING.md"),
    ("dozens of", 24, None, "with its of"),
    ("scores", 40, None, "READING.md"),
    ("hundreds", 200, None, "READING.md"),
    ("thousands", 2000, None, "READING.md"),
    ("hundreds and hundreds", 200, None, "said twice, meant once"),
    ("tens of thousands", 20000, None, "product, and at least two of them"),
    ("hundreds of thousands", 200000, None, "product, and at least two of them"),
    ("up to several dozen", 0, None, "a most without a bound is no bound"),
    ("more than dozens", 25, None, "above the least of them"),
    ("an unknown number", 0, None, "unknown is not nought"),
    ("an unspecified number of", 0, None, "with its of"),
    ("no", 0, 0, "explicit nought"),
    ("none", 0, 0, "explicit nought"),
    ("no one", 0, 0, "explicit nought of persons"),
    ("not a single", 0, 0, "explicit nought"),
]  # fmt: skip

NOT_EXPRESSIONS = [
    ("", "nothing"),
    ("soldiers", "no number"),
    ("three soldiers", "a number with its noun is more than a number"),
    ("1.5", "no whole number"),
    ("two and a half", "no whole number"),
    ("$50,000", "money"),
    ("9999999999999999999999", "too long for a count"),
    ("9" * 5000, "far too long"),
    ("1.2.3", "no number at all"),
    ("5 7", "two numbers"),
    ("between 7", "half a range"),
    ("tens", "tens alone is no number"),
    ("at least", "modifier without a number"),
    ("and a half", "half of nothing"),
    ("a score", "a score in a match"),
    ("half a score", "no such number"),
    ("twenty twenty", "a year or two numbers"),
    ("about half", "a part"),
]


@pytest.mark.parametrize(("words", "low", "high", "note"), EXPRESSIONS, ids=[row[0] for row in EXPRESSIONS])
def test_an_expression_is_read_as_its_interval(words: str, low: int, high: int | None, note: str) -> None:
    quantity = Quantity.parse(words)
    assert quantity is not None, note
    assert (quantity.low, quantity.high) == (low, high), note
    assert quantity.words == words


@pytest.mark.parametrize(("words", "note"), NOT_EXPRESSIONS, ids=[row[0][:20] for row in NOT_EXPRESSIONS])
def test_anything_else_is_no_quantity(words: str, note: str) -> None:
    assert Quantity.parse(words) is None, note


def test_a_descending_pair_is_no_range() -> None:
    assert Quantity.parse("7-5") is None


def test_words_are_kept_as_written_without_the_space_around() -> None:
    quantity = Quantity.parse("  More  than 20 ")
    assert quantity is not None
    assert quantity.words == "More  than 20"


def test_error_an_interval_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"the interval \[3, 2\] is empty"):
        Quantity(low=3, high=2, words="x")


def read(words: str, of: Actor | None = None) -> Quantity:
    quantity = Quantity.parse(words, of)
    assert quantity is not None
    return quantity


def group(name: str | None, words: str, country: str | None = None) -> Actor:
    return Actor(name=name, kind="civilians", words=words, country=country)


# one, other, contains, overlaps, contradicts, note
COMPARISONS: list[tuple[str, str, bool, bool, bool | None, str]] = [
    ("20", "20", True, True, False, "the same number"),
    ("20", "21", False, False, True, "two numbers"),
    ("at least 20", "23", True, True, False, "a bound and a number above it"),
    ("23", "at least 20", False, True, False, "the other way round"),
    ("at least 20", "at least 8", False, True, False, "nested bounds"),
    ("at least 20", "12", False, False, True, "a number below a bound"),
    ("up to 12", "more than 12", False, False, True, "bounds that meet nowhere"),
    ("more than 20", "20", False, False, True, "more than 20 is not 20"),
    ("about 30", "28", True, True, False, "near enough"),
    ("5-7", "6", True, True, False, "inside a range"),
    ("5-7", "8-9", False, False, True, "two ranges apart"),
    ("dozens", "25", True, True, False, "a vague word may hold a number"),
    ("dozens", "7", False, False, None, "a vague word makes no dispute by itself"),
    ("7", "scores", False, False, None, "nor on the other side"),
    ("at least several hundred", "40", False, False, None, "nor inside a modifier"),
    ("no", "3", False, False, True, "none and some"),
    ("an unknown number", "3", True, True, False, "unknown agrees with anything"),
]


@pytest.mark.parametrize(("one", "other", "contains", "overlaps", "contradicts", "note"), COMPARISONS)
def test_quantities_compare(
    one: str, other: str, contains: bool, overlaps: bool, contradicts: bool | None, note: str
) -> None:
    left, right = read(one), read(other)
    assert left.contains(right) is contains, note
    assert left.overlaps(right) is overlaps, note
    assert left.contradicts(right) is contradicts, note


GROUPS: list[tuple[Actor | None, Actor | None, bool, str]] = [
    (None, None, True, "both count all"),
    (group(None, "children"), None, False, "some of them against all of them"),
    (group(None, "children"), group(None, "Children"), True, "same words"),
    (group(None, "children"), group(None, "policemen"), False, "other words"),
    (group("Ruvanian Army", "soldiers"), group("Ruvanian Army", "troops"), True, "same name, other words"),
    (group("Ruvanian Army", "soldiers"), group(None, "soldiers"), True, "a name is missing: the words decide"),
    (group(None, "soldiers", "USA"), group(None, "soldiers", "IRQ"), False, "same words, other country"),
]


@pytest.mark.parametrize(("one", "other", "same", "note"), GROUPS)
def test_counts_of_different_groups_cannot_be_compared(
    one: Actor | None, other: Actor | None, same: bool, note: str
) -> None:
    left, right = read("3", one), read("4", other)
    expected = (
        {"contains": False, "overlaps": False, "contradicts": True}
        if same
        else dict.fromkeys(("contains", "overlaps", "contradicts"))
    )
    assert {name: getattr(left, name)(right) for name in ("contains", "overlaps", "contradicts")} == expected, note


FORMATS = [
    ("more than 20", "more than 20", "above"),
    ("Over twenty", "more than 20", "above, in other words"),
    ("no fewer than 12", "at least 12", "a least"),
    ("as many as 1200", "up to 1,200", "a most, thousands parted"),
    ("under 20", "fewer than 20", "below"),
    ("between five and seven", "5-7", "range"),
    ("no", "0", "nought"),
    ("Several", "several", "vague words stay words"),
    ("more than several", "more than several", "also under a modifier"),
    ("Nearly  100", "nearly 100", "so do approximations"),
    ("an unknown number of", "an unknown number", "unknown"),
]


@pytest.mark.parametrize(("words", "formatted", "note"), FORMATS)
def test_a_quantity_is_put_in_plain_words(words: str, formatted: str, note: str) -> None:
    assert read(words).format() == formatted, note


def test_the_group_follows_the_number() -> None:
    assert read("no", group("United States", "US persons", "USA")).format() == "0 US persons"


@pytest.mark.parametrize(
    ("low", "high", "formatted"),
    [(4, 4, "4"), (0, 9, "up to 9"), (2, 9, "2-9"), (5, None, "at least 5"), (0, None, "an unknown number")],
)
def test_derived_words_do_not_decide_the_format(low: int, high: int | None, formatted: str) -> None:
    assert Quantity(low=low, high=high, words="two policemen and some others").format() == formatted
