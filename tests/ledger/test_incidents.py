"""Accounts to incidents: the same whatever the order, ids that survive growth, merge and split."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ledger import Ledger
from sayso.ledger.contents import ledger_hash
from sayso.ledger.naming import name_clusters, retired
from sayso.records import Judgement
from tests.ledger.foretold import accounts_of, capture_of, put, text_of

NewLedger = Callable[[str], Ledger]


def judgement(decision: str, *about: str, when: str = "2031-05-01T12:00:00Z") -> Judgement:
    return Judgement(decision=decision, about=about, who="A. Reader", when=when, why="for the test")  # type: ignore[arg-type]


def add_days(ledger: Ledger, *days: int) -> list[str]:
    """Add a report on each day and return the ids of the accounts."""
    ids = []
    for number, day in enumerate(days):
        (outcome,) = put(ledger, [capture_of(text_of(day=day, words=f"Report {number}."))])
        assert outcome.report
        ids.append(ledger.reading(outcome.report).incidents[0].id)
    return ids


def test_reports_of_one_place_and_day_are_one_incident(ledger: Ledger) -> None:
    a, b = add_days(ledger, 5, 5)
    assert ledger.clusters() == {a: tuple(sorted((a, b)))}


def test_an_incident_keeps_its_id_as_it_grows(ledger: Ledger) -> None:
    a, b, c = add_days(ledger, 5, 6, 5)
    assert set(ledger.clusters()) == {a}
    assert [ledger.resolve(each) for each in (a, b, c)] == [a, a, a]


def test_two_incidents_that_turn_out_to_be_one_keep_the_older_id_and_the_other_leads_to_it(ledger: Ledger) -> None:
    a, b, c = add_days(ledger, 4, 7, 5)  # 4 and 7 are apart; 5 is near both
    assert ledger.judge(judgement("same", b, a))
    assert set(ledger.clusters()) == {a}
    assert ledger.resolve(b) == a
    assert ledger.resolve(c) == a


def test_what_is_judged_not_the_same_is_parted_and_the_older_part_keeps_the_id(ledger: Ledger) -> None:
    a, b, c = add_days(ledger, 5, 5, 5)
    assert ledger.judge(judgement("not_same", a, c))
    assert [ledger.resolve(each) for each in (a, c)] == [a, c]
    assert ledger.resolve(b) in {a, c}
    assert len(ledger.clusters()) == 2


def test_a_retracted_judgement_counts_no_more_and_a_retracted_retraction_does_not_either(ledger: Ledger) -> None:
    a, b = add_days(ledger, 5, 5)
    apart = judgement("not_same", a, b)
    back = judgement("retract", apart.id)
    assert ledger.judge(apart)
    assert len(ledger.clusters()) == 2
    assert ledger.judge(back)
    assert len(ledger.clusters()) == 1
    assert ledger.judge(judgement("retract", back.id))
    assert len(ledger.clusters()) == 2
    assert len(list(ledger.judgements())) == 3


def test_a_judgement_outlives_new_reports(ledger: Ledger) -> None:
    a, b = add_days(ledger, 5, 5)
    ledger.judge(judgement("not_same", a, b))
    add_days(ledger, 6, 4)
    assert ledger.resolve(a) != ledger.resolve(b)


def test_the_newest_judgement_of_a_pair_counts(ledger: Ledger) -> None:
    a, b = add_days(ledger, 5, 5)
    ledger.judge(judgement("not_same", a, b))
    ledger.judge(judgement("same", a, b, when="2031-05-02T12:00:00Z"))
    assert len(ledger.clusters()) == 1


def test_what_an_incident_was_can_be_asked_for_any_entry_of_the_log(ledger: Ledger) -> None:
    a, b = add_days(ledger, 5, 5)
    seq = ledger.head().seq
    ledger.judge(judgement("not_same", a, b))
    assert ledger.clusters(as_of=seq) == {a: tuple(sorted((a, b)))}
    assert ledger.resolve(b, as_of=seq) == a
    assert ledger.resolve(b) == b
    assert ledger.clusters(as_of=seq - 1) == {a: (a,)}


def test_error_judgements_that_contradict_each_other_are_refused_and_nothing_is_written(ledger: Ledger) -> None:
    a, b, c = add_days(ledger, 1, 5, 9)
    ledger.judge(judgement("same", a, b))
    ledger.judge(judgement("same", b, c))
    head = ledger.head()
    with pytest.raises(InputError, match="judged not the same, and the same by way of"):
        ledger.judge(judgement("not_same", a, c))
    assert ledger.head() == head


@pytest.mark.parametrize("decision", ["same", "not_same", "retract"])
def test_error_a_judgement_about_nothing_known_is_refused(ledger: Ledger, decision: str) -> None:
    with pytest.raises(InputError, match="no such"):
        ledger.judge(judgement(decision, "in_0000000000000000", "in_0000000000000001"))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_arrival_does_not_matter(data: st.DataObject, new_ledger: NewLedger, counter: list[int]) -> None:
    """Also where a key grows too common on the way (more than four accounts of one place)."""
    report = st.builds(
        text_of, place=st.sampled_from(["Tarsk", "Velm"]), day=st.integers(1, 9), killed=st.integers(1, 3)
    )
    texts = data.draw(st.lists(report, min_size=2, max_size=9, unique=True))
    shuffled = data.draw(st.permutations(texts))
    found = []
    for order in (texts, shuffled):
        counter[0] += 1
        ledger = new_ledger(f"p{counter[0]}")
        put(ledger, [capture_of(text) for text in order])
        found.append((accounts_of(ledger), ledger_hash(ledger)))
    assert found[0] == found[1]


@pytest.fixture(scope="module")
def counter() -> list[int]:
    return [0]


# -- naming -----------------------------------------------------------------------------------------------------------

ORDER = {name: (number, 0) for number, name in enumerate("abcdef")}
NAMING = [
    # parts, before, expected, led on; note
    (["ab"], {}, {"a": "a", "b": "a"}, {}),  # new: after the first added
    (["abc"], {"a": "a", "b": "a"}, {"a": "a", "b": "a", "c": "a"}, {}),  # growth
    (["ab"], {"a": "a", "b": "b"}, {"a": "a", "b": "a"}, {}),  # merge: the older id stays
    (["a", "b"], {"a": "a", "b": "a"}, {"a": "a", "b": "b"}, {}),  # split
    (["bc"], {"b": "a", "c": "a"}, {"b": "a", "c": "a"}, {}),  # a's account is gone: the id lives on
    (["b", "c"], {"b": "a", "c": "a"}, {"b": "a", "c": "c"}, {}),  # … with the first of its heirs
    (["abc"], {"a": "a", "c": "b"}, {"a": "a", "b": "a", "c": "a"}, {}),  # b is a member again
    (["ac"], {"a": "a", "c": "b"}, {"a": "a", "c": "a"}, {"b": "a"}),  # b, whose account is gone, leads to a
]


@pytest.mark.parametrize(("parts", "before", "expected", "led"), NAMING)
def test_incidents_are_called_after_their_first_account(
    parts: list[str], before: dict[str, str], expected: dict[str, str], led: dict[str, str]
) -> None:
    for order in permutations([list(part) for part in parts]):
        named = name_clusters(order, before, ORDER)
        assert named == expected
        assert retired(named, before, ORDER) == led
