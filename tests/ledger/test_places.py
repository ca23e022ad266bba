"""Where an incident stands: on the map wherever anybody says so, and found by every place that is asserted."""

from __future__ import annotations

import pytest

from sayso.adding import Tally, add, in_this_process
from sayso.intake import Capture, Given
from sayso.ledger import Ledger
from sayso.ledger.asking.questions import list_incidents
from sayso.ledger.asking.selecting import Near, Query, scan
from sayso.ledger.asking.voices import spot
from sayso.ledger.judging import judgement_of
from sayso.ledger.linking import default_linker
from sayso.pipeline import read_each
from tests.ledger.foretold import READER

TOWN = """An air strike killed at least 22 people in Marib on Wednesday, medics said.

Neighbours dug for survivors with their hands until dusk.

The hospital in Marib said it had no beds left."""

SITE = """At least 19 people were killed when a warplane bombed a house on Wednesday, medics said on Thursday.

The house belonged to a wholesaler, they said.

The air strike left a crater in the yard."""

MARIB, SANAA, WIDE = Near(15.46, 45.33, 30), Near(15.35, 44.21, 30), Near(15.4, 44.8, 120)


def places(ledger: Ledger, query: Query) -> list[str]:
    return [row["place"] for row in list_incidents(ledger, query).rows]


def tell(ledger: Ledger, *texts: str) -> None:
    """Add reports of one happening, a day apart; where linking does not see that, an analyst does."""
    ledger._linker = default_linker()
    days = [f"2031-06-{day}" for day in range(12, 12 + len(texts))]
    items = [
        Capture(text.encode(), f"{day}.txt", "text", Given(published=day))
        for text, day in zip(texts, days, strict=True)
    ]
    list(add(ledger, items, Tally(), read=read_each, reader=READER, parse=in_this_process))
    names = [row["within"] for row in list_incidents(ledger, Query(background=True)).rows]
    if len(names) > 1:
        ledger.judge(judgement_of(ledger, "same", names, who="ana", why="one house"))


@pytest.fixture
def struck(ledger: Ledger) -> Ledger:
    """One strike as two reports tell it: the first names the town, the one that speaks last only a house."""
    tell(ledger, TOWN, SITE)
    return ledger


def test_a_site_said_last_is_the_detail_of_the_town_on_the_map(struck: Ledger) -> None:
    (row,) = list_incidents(struck, Query()).rows
    assert (row["place"], row["country"]) == ("house, Ma'rib", "YEM")
    assert (round(row["lat"], 1), round(row["lon"], 1)) == (15.5, 45.3)


@pytest.mark.parametrize(
    ("query", "count", "note"),
    [
        (Query(place="ma'rib"), 1, "the town"),
        (Query(place="house"), 1, "its detail"),
        (Query(place="Yemen"), 1, "the country by its name"),
        (Query(place="Sanaa"), 0, "another town"),
        (Query(near=MARIB), 1, "a disc around it"),
        (Query(near=SANAA), 0, "a disc elsewhere"),
        (Query(near=MARIB, text="crater"), 1, "a disc beside words"),
    ],
)
def test_the_town_is_found(struck: Ledger, query: Query, count: int, note: str) -> None:
    assert len(places(struck, query)) == count
    with struck.snapshot() as connection:
        assert len(scan(connection, query, ("within",))) == count


def test_each_town_that_somebody_asserts_finds_it(ledger: Ledger) -> None:
    tell(ledger, TOWN, SITE.replace("a house", "a house in Sanaa", 1))
    assert len(places(ledger, Query())) == 1
    for query in (Query(near=MARIB), Query(near=SANAA), Query(place="ma'rib"), Query(place="sanaa"), Query(near=WIDE)):
        assert len(places(ledger, query)) == 1, query
    assert places(ledger, Query(near=Near(15.4, 44.8, 5))) == []


@pytest.mark.parametrize(
    ("lat", "lon", "name"), [(15.4625, 45.3258, "+15.4625 +045.3258"), (-3, -170.5, "-03.0000 -170.5000")]
)
def test_a_spot_is_written_at_a_fixed_width(lat: float, lon: float, name: str) -> None:
    assert spot(lat, lon) == name
