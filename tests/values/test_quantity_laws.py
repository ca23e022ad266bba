"""What holds of every quantity: properties over all kinds of text, and time linear in its length."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values import Quantity
from sayso.values.quantity import find_quantities, total

ROOT = Path(__file__).parents[2]
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

VOCABULARY = (
    "a an and half dozen dozens of at least more than up to between from 5 7 20 1,200 1.5 2019 no one none several few "
    "hundred thousand million - – / : . , $ % + km mm m year old first 3rd May February policemen people child the "
    "twenty three score scores both couple another some or so about nearly under Route No F 16 s in to 9"
)
PIECES = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=80)
QUANTITIES = st.builds(
    lambda low, more, words: Quantity(low=low, high=None if more is None else low + more, words=words),
    st.integers(0, 10**6),
    st.none() | st.integers(0, 10**6),
    st.sampled_from(["20", "dozens", "more than 20", "them", "about 30"]),
)


def spelled(number: int, joint: str, hyphen: str) -> str:
    """Return a number below ten thousand in words."""
    if number < 20:
        return UNITS.split()[number]
    if number < 100:
        return TENS.split()[number // 10 - 2] + (hyphen + UNITS.split()[number % 10] if number % 10 else "")
    scale, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % scale
    between = joint if rest and rest < 100 else " "
    return f"{UNITS.split()[number // scale]} {word}" + (between + spelled(rest, joint, hyphen) if rest else "")


@pytest.mark.parametrize(("joint", "hyphen"), [(" and ", "-"), (" ", " ")])
def test_numbers_in_words_are_read_back(joint: str, hyphen: str) -> None:
    for number in range(10_000):
        quantity = Quantity.parse(spelled(number, joint, hyphen))
        assert quantity is not None, number
        assert (quantity.low, quantity.high) == (number, number)


@given(st.integers(0, 10**15))
def test_numbers_in_digits_are_read_back_with_and_without_commas(number: int) -> None:
    for words in (str(number), f"{number:,}"):
        quantity = Quantity.parse(words)
        assert quantity is not None
        assert (quantity.low, quantity.high) == (number, number)


@given(TEXTS)
def test_parse_never_raises_and_gives_an_interval(text: str) -> None:
    quantity = Quantity.parse(text)
    assert quantity is None or quantity.high is None or 0 <= quantity.low <= quantity.high


@given(TEXTS, st.booleans())
def test_mentions_lie_in_the_text_in_order_without_overlap(text: str, articles: bool) -> None:
    last = 0
    for mention in find_quantities(text, articles=articles):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
        for noun in filter(None, (mention.noun, mention.group)):
            assert noun.text == text[noun.start : noun.end]


@given(TEXTS, st.booleans())
def test_a_mention_reads_again_as_the_same_quantity(text: str, articles: bool) -> None:
    for mention in find_quantities(text, articles=articles):
        if mention.quantity:
            assert mention.quantity.words == text[mention.start : mention.end]
            assert Quantity.parse(mention.quantity.words) == mention.quantity


@given(TEXTS)
def test_the_formatted_number_means_the_same(text: str) -> None:
    quantity = Quantity.parse(text)
    if quantity is not None:
        again = Quantity.parse(quantity.format())
        assert again is not None
        assert (again.low, again.high) == (quantity.low, quantity.high)


@given(QUANTITIES, QUANTITIES)
def test_contradiction_and_overlap_are_symmetric_and_exclude_each_other(one: Quantity, other: Quantity) -> None:
    assert one.contradicts(other) is other.contradicts(one)
    assert one.overlaps(other) is other.overlaps(one)
    assert not (one.contradicts(other) and one.overlaps(other))
    assert not one.contains(other) or one.overlaps(other)


@given(QUANTITIES)
def test_a_quantity_contains_and_overlaps_itself(one: Quantity) -> None:
    assert one.contains(one)
    assert one.overlaps(one)
    assert one.contradicts(one) is False


@given(TEXTS)
def test_a_total_is_the_sum_of_its_parts(text: str) -> None:
    whole = total(find_quantities(text))
    assert whole is None or whole.quantity.low == sum(quantity.low for _, quantity in whole.parts)


HOSTILE = {
    "digits": "1",
    "halves": "a dozen and a half ",
    "groups": "111,",
    "pairs": "11,",
    "hyphens": "a-",
    "ranges": "1-",
    "tens": "twenty-",
    "serials": "a1",
    "modifiers": "more than ",
    "openings": "between ",
    "nos": "no ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    """Ten times the text may take about ten times the time; a square would take a hundred times."""
    times = []
    for size in (10_000, 100_000):
        text = (piece * (size // len(piece) + 1))[:size]
        start = time.process_time()
        find_quantities(text)
        times.append(time.process_time() - start)
    assert times[1] < 30 * times[0] + 0.5


@pytest.mark.slow
def test_ten_million_digits_are_no_number_and_no_trouble() -> None:
    start = time.process_time()
    (mention,) = find_quantities("7" * 10_000_000)
    assert (mention.kind, mention.quantity) == ("identifier", None)
    assert time.process_time() - start < 5


@pytest.mark.shared
def test_the_perception_table_is_rebuilt_from_the_data_to_the_letter() -> None:
    data = ROOT.parent / "shared" / "data" / "certainty"
    if not data.is_dir():
        pytest.skip("no ../shared/data here")
    spec = importlib.util.spec_from_file_location("build_perception", ROOT / "training" / "build_perception.py")
    assert spec is not None
    assert spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    shipped = (ROOT / "src" / "sayso" / "values" / "perception.toml").read_text(encoding="utf-8")
    assert builder.build(data) == shipped
