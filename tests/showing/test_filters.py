"""Filters as a query string: what is written is read again, and what cannot be understood is said at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.ledger.asking.selecting import Near, Query
from sayso.showing.filters import query_of_text, read_filters, text_of_query, words_of_query

WORDS = st.none() | st.text(min_size=1).map(lambda text: " ".join(text.replace("\x00", " ").split()) or None)
POINTS = st.builds(
    Near,
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.integers(1, 20_000).map(float),
)
QUERIES = st.builds(
    Query,
    since=st.none() | st.just("2031-05-01"),
    until=st.none() | st.just("2031-06"),
    place=WORDS,
    near=st.none() | POINTS,
    kind=st.sampled_from([None, "bombing", "shooting"]),
    actor=WORDS,
    holder=WORDS,
    outlet=WORDS,
    status=st.sampled_from([None, "killed", ":disputed", "killed:agreed"]),
    text=WORDS,
    background=st.booleans(),
)


@given(QUERIES)
def test_what_is_written_is_read_again(query: Query) -> None:
    text = text_of_query(query)
    assert query_of_text(text) == query
    assert query_of_text(f"http://127.0.0.1:8321/incidents?{text}&page=3") == query
    assert text_of_query(query_of_text(text)) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind=picnic", "kind: 'picnic' is none of"),
        ("kidn=bombing", "'kidn' is no filter"),
        ("near=here&since=someday", "since.*near|near.*since"),
        ("&".join(f"a{n}=1" for n in range(60)), "no filters"),
    ],
)
def test_error_what_is_no_filter_is_said(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        query_of_text(text)


def test_a_filter_that_is_not_understood_filters_nothing_on_the_desk() -> None:
    found = read_filters({"place": " Mali ", "near": "1,2", "radius": "nan", "kind": "picnic"})
    assert (found.query.place, found.query.near, found.query.kind) == ("Mali", Near(1, 2, 50), None)
    assert set(found.problems) == {"radius", "kind"}


def test_words_for_people() -> None:
    assert words_of_query(Query()) == "all incidents"
    query = Query(kind="bombing", near=Near(33.31, 44.36, 50), background=True)
    assert words_of_query(query) == "kind: bombing · within 50 km of 33.31, 44.36 · background too"
