"""How the fills of a slot, and of a pair of templates, are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.muc4_scorer.assignment import assign
from evaluation.muc4_scorer.count import Tally, count_missing, count_pair, count_spurious
from evaluation.muc4_scorer.history import History, parse_history
from evaluation.muc4_scorer.judges import alone, historian
from evaluation.muc4_scorer.keys import Fill, Template, parse_fill
from evaluation.muc4_scorer.slots import BY_NAME, SLOTS

Slots = dict[str, list[str]]


def template(slots: Slots, *, number: str = "1", optional: bool = False) -> Template:
    fills = {name: [parse_fill(BY_NAME[name], raw) for raw in raws] for name, raws in slots.items()}
    return Template(number, {name: tuple(filter(None, found)) for name, found in fills.items()}, optional)


def counts(tally: Tally) -> tuple[int, ...]:
    return tally.correct, tally.partial, tally.incorrect, tally.spurious, tally.missing, tally.empty


@pytest.mark.parametrize(
    ("response", "key", "expected"),
    [
        pytest.param([], [], (0, 0, 0, 0, 0, 1), id="empty on both sides"),
        pytest.param(['"A"'], ['"A"'], (1, 0, 0, 0, 0, 0), id="right"),
        pytest.param(['"A"'], [], (0, 0, 0, 1, 0, 0), id="spurious"),
        pytest.param([], ['"A"'], (0, 0, 0, 0, 1, 0), id="missing"),
        pytest.param(['"B"'], ['"A"'], (0, 0, 1, 0, 0, 0), id="what matches nothing is set against what is left"),
        pytest.param(['"B"', '"C"'], ['"A"'], (0, 0, 1, 1, 0, 0), id="more said than wanted"),
        pytest.param(['"B"'], ['"A"', '"C"'], (0, 0, 1, 0, 1, 0), id="more wanted than said"),
        pytest.param(['"A"', '"A"'], ['"A"'], (1, 0, 0, 1, 0, 0), id="said twice, wanted once"),
        pytest.param([], ['? "A"'], (0, 0, 0, 0, 0, 1), id="an optional fill costs nothing"),
        pytest.param(['"A"'], ['? "A"'], (1, 0, 0, 0, 0, 0), id="and counts when given"),
        pytest.param(['"B"'], ['? "A"'], (0, 0, 1, 0, 0, 0), id="a wrong fill is set against it"),
        pytest.param(['"A"'], ['? "A"', '"A"'], (1, 0, 0, 0, 0, 0), id="the needed one of two alike goes first"),
        pytest.param(['"MORO"', '"LENA MORO"'], ['"LENA MORO"'], (1, 0, 0, 1, 0, 0), id="the better match wins"),
    ],
)
def test_a_slot_is_counted(response: list[str], key: list[str], expected: tuple[int, ...]) -> None:
    rows = count_pair(template({"hum-tgt-name": response}), template({"hum-tgt-name": key}), alone)
    assert counts(rows["hum-tgt-name"]) == expected


@pytest.mark.parametrize(
    ("name", "response", "expected"),
    [
        pytest.param('"LENA MORO"', 'CIVILIAN: "LENA MORO"', (1, 0, 0, 0, 0, 0), id="value and tag right"),
        pytest.param('"MISS LENA MORO"', 'CIVILIAN: "MISS LENA MORO"', (1, 0, 0, 0, 0, 0), id="the tag was matched"),
        pytest.param('"MORO"', 'CIVILIAN: "MORO"', (0, 1, 0, 0, 0, 0), id="the tag was half right"),
        pytest.param('"VANCE"', 'CIVILIAN: "VANCE"', (0, 1, 0, 0, 0, 0), id="the tag is wrong"),
        pytest.param('"LENA MORO"', "CIVILIAN", (0, 1, 0, 0, 0, 0), id="the tag is missing"),
        pytest.param('"LENA MORO"', 'DIPLOMAT: "LENA MORO"', (0, 0, 1, 0, 0, 0), id="the value is wrong"),
    ],
)
def test_a_right_value_with_a_wrong_tag_is_half_right(name: str, response: str, expected: tuple[int, ...]) -> None:
    key = template({"hum-tgt-name": ['"LENA MORO"'], "hum-tgt-type": ['CIVILIAN: "LENA MORO"']})
    rows = count_pair(template({"hum-tgt-name": [name], "hum-tgt-type": [response]}), key, alone)
    assert counts(rows["hum-tgt-type"]) == expected


def test_a_partial_value_stays_partial_whatever_its_tag() -> None:
    key = template({"phys-tgt-id": ['"MILL"'], "phys-tgt-effect": ['SOME DAMAGE: "MILL"']})
    mine = template({"phys-tgt-id": ['"BARN"'], "phys-tgt-effect": ['DESTROYED: "BARN"']})
    assert counts(count_pair(mine, key, alone)["phys-tgt-effect"]) == (0, 1, 0, 0, 0, 0)


HISTORY = parse_history(
    r"""(("T" ("1"
    (hum-tgt-name ("\"THE STAFF\"" partial (all-of "\"LENA MORO\"" "\"OTTO VANCE\"")) ("\"LENA\"" fail)
                  ("\"THE CLERK\"" match "\"LENA MORO\""))
    (hum-tgt-num ((xref "1" "\"A MAN\"") partial (xref "1" "\"LENA MORO\""))))))"""
)
PEOPLE = template(
    {
        "hum-tgt-name": ['"LENA MORO"', '"OTTO VANCE"'],
        "hum-tgt-type": ['CIVILIAN: "LENA MORO"', 'DIPLOMAT: "OTTO VANCE"'],
        "hum-tgt-num": ['1: "LENA MORO"', '2: "OTTO VANCE"'],
    }
)


@pytest.mark.parametrize(
    ("slots", "slot", "expected"),
    [
        pytest.param({"hum-tgt-name": ['"THE CLERK"']}, "hum-tgt-name", (1, 0, 0, 0, 1, 0), id="granted"),
        pytest.param({"hum-tgt-name": ['"LENA"']}, "hum-tgt-name", (0, 0, 1, 0, 1, 0), id="refused"),
        pytest.param({"hum-tgt-name": ['"MORO"']}, "hum-tgt-name", (0, 0, 1, 0, 1, 0), id="never asked: incorrect"),
        pytest.param({"hum-tgt-name": ['"THE STAFF"']}, "hum-tgt-name", (0, 2, 0, 0, 0, 0), id="distributed over two"),
        pytest.param(
            {"hum-tgt-name": ['"THE STAFF"', '"LENA MORO"']}, "hum-tgt-name", (1, 1, 0, 0, 0, 0), id="over what is left"
        ),
        pytest.param(
            {"hum-tgt-name": ['"THE STAFF"', '"LENA MORO"', '"OTTO VANCE"']},
            "hum-tgt-name",
            (2, 0, 0, 1, 0, 0),
            id="over nothing: then it is spurious once",
        ),
        pytest.param(
            {"hum-tgt-name": ['"THE STAFF"'], "hum-tgt-type": ['DIPLOMAT: "THE STAFF"']},
            "hum-tgt-type",
            (1, 0, 0, 0, 1, 0),
            id="a distributed fill is a right tag for each",
        ),
        pytest.param({"hum-tgt-num": ['1: "A MAN"']}, "hum-tgt-num", (0, 1, 0, 0, 1, 0), id="a tag let pass"),
        pytest.param({"hum-tgt-num": ['2: "A MAN"']}, "hum-tgt-num", (0, 0, 1, 0, 1, 0), id="a tag not let pass"),
        pytest.param({"hum-tgt-num": ["2"]}, "hum-tgt-num", (0, 1, 0, 0, 1, 0), id="no tag at all is half right"),
    ],
)
def test_the_historian_grades_as_people_did(slots: Slots, slot: str, expected: tuple[int, ...]) -> None:
    rows = count_pair(template(slots), PEOPLE, historian(HISTORY, "T", "1"))
    assert counts(rows[slot]) == expected


def test_only_the_historian_misreads_days() -> None:
    mine, key = template({"inc-date": ["12 MAY 91"]}), template({"inc-date": ["13 MAY 91"]})
    assert counts(count_pair(mine, key, historian(History({}), "T", "1"))["inc-date"]) == (1, 0, 0, 0, 0, 0)
    assert counts(count_pair(mine, key, alone)["inc-date"]) == (0, 0, 1, 0, 0, 0)


def test_a_missing_template_is_missing_in_every_fill_unless_it_is_optional() -> None:
    total = sum(count_missing(PEOPLE).values(), Tally())
    assert counts(total) == (0, 0, 0, 0, 6, 20)
    assert count_missing(Template("1", PEOPLE.fills, optional=True)) == {}


def test_a_spurious_template_is_spurious_in_every_fill() -> None:
    assert counts(sum(count_spurious(PEOPLE).values(), Tally())) == (0, 0, 0, 6, 0, 20)


FILLS = st.lists(st.sampled_from([Fill((name,), optional=opt) for name in "ABC" for opt in (False, True)]), max_size=4)


@given(FILLS, FILLS)
def test_every_fill_said_is_counted_once_and_every_needed_fill_at_least_once(mine: list[Fill], key: list[Fill]) -> None:
    rows = count_pair(Template("1", {"perp-ind-id": tuple(mine)}), Template("1", {"perp-ind-id": tuple(key)}), alone)
    tally = rows["perp-ind-id"]
    assert tally.actual == len(mine)
    assert sum(not fill.optional for fill in key) <= tally.possible <= len(key)
    assert all(rows[slot.name] == Tally(empty=1) for slot in SLOTS if slot.name != "perp-ind-id")


@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_assignment_is_the_best_there_is(weights: list[list[int]]) -> None:
    pairs = assign(weights)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(weights[row][column] for row, column in pairs) == best(weights, 0, frozenset())


def best(weights: list[list[int]], row: int, used: frozenset[int]) -> int:
    if row == len(weights):
        return 0
    taken = [weights[row][j] + best(weights, row + 1, used | {j}) for j in range(3) if j not in used]
    return max([best(weights, row + 1, used), *taken])


def test_nothing_is_assigned_to_nothing() -> None:
    assert assign([]) == assign([[]]) == assign([[0.0, 0.0]]) == []
