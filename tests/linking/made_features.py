"""Features of any account, for laws that hold for all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sayso.linking.features import Doer, Features
from sayso.linking.spots import PlaceMark

NAMES = ("velatma", "velatmeh", "tarrant", "brumm", "ilsa tarrant", "north quay", "ilsa tarent")
TOWNS = (
    PlaceMark(name="velatma", country="LBY", admin1="Coast", lat=32.0, lon=14.0, precision="settlement"),
    PlaceMark(name="brumm", country="LBY", admin1="Coast", lat=32.2, lon=14.1, precision="settlement"),
    PlaceMark(name="", country="LBY", precision="country"),
    PlaceMark(name="holm", country="LBY", admin1="Coast", lat=32.1, precision="settlement"),
    PlaceMark(name="quorn", country="EGY", admin1="Delta", lat=30.0, lon=31.0, precision="district"),
)
intervals = st.tuples(st.integers(0, 9), st.sampled_from([None, 9, 12]))
vectors = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 700), max_size=5)


def some(values: Any, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


features = st.builds(
    Features,
    account=st.sampled_from(["in_1", "in_2"]),
    report=st.sampled_from(["re_1", "re_2"]),
    background=st.booleans(),
    published=st.sampled_from([None, 1000, 1001, 1040]),
    days=some([(1000, 1000), (1001, 1002), (990, 1010), (1400, 1400)]),
    places=some(TOWNS),
    kinds=some(["bombing", "shooting", "other"]),
    counts=st.dictionaries(
        st.sampled_from(["killed", "injured", "abducted", "weapon_count"]),
        st.lists(intervals, min_size=1, max_size=2).map(tuple),
    ),
    targets=some(["market", "school"]),
    weapons=some(["bomb", "car_bomb", "rocket", "unknown"]),
    doers=some(
        [Doer(name="brumm front", kind="armed_group", named=True), Doer(name="men", kind="unknown", named=False)]
    ),
    people=some((*NAMES[4:], "paper")),
    names=some(NAMES[:4]),
    persons=some(["ilsa tarrant", "tarent"]),
    numbers=some(["age 17", "age 34", "block 500 oak", "street oak", "clock 21:30"]),
    follows=st.booleans(),
    dateline=st.sampled_from(["", "brumm", "quorn"]),
    title=vectors,
    lead=vectors,
    body=vectors,
    publisher=st.sampled_from([None, "north quay", "paper"]),
)
