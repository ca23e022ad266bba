"""Sites from a CSV, and what lies around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.alerts.sites import Site, near, read_sites
from sayso.errors import InputError


def write(folder: Path, text: str) -> Path:
    file = folder / "sites.csv"
    file.write_bytes(text.encode("utf-8"))
    return file


def test_sites_are_read_whatever_the_order_of_columns(tmp_path: Path) -> None:
    text = "\ufeffLat,Lon,Name,km,note\r\n33.3,44.4,Embassy,25,\r\n-1.5,36.8, Field  office ,,x\r\n"
    assert read_sites(write(tmp_path, text)) == (
        Site("Embassy", 33.3, 44.4, 25.0),
        Site("Field office", -1.5, 36.8, 50.0),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no columns"),
        ("name,lat\nA,1\n", "no columns"),
        ("name,lat,lon\n", "0 sites"),
        ("name,lat,lon\nA,91,0\nB,0,181\nC,x,0\n,1,1\nD,1,1\n", "line 2.*line 3.*line 4.*line 5: it has no name"),
        ("name,lat,lon,km\nA,1,1,0\n", "km has"),
        ("name,lat,lon,km\nA,1,1,nan\n", "km has"),
        ("name,lat,lon\nA,nan,1\n", "on no map"),
    ],
)
def test_error_each_row_that_is_no_site_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_sites(write(tmp_path, text))


def test_error_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_sites(tmp_path / "none.csv")


def test_what_lies_around_is_found_the_nearest_first() -> None:
    sites = (Site("far", 0.0, 2.0, 300.0), Site("here", 0.0, 0.4), Site("elsewhere", 0.0, 3.0))
    assert [(site.name, round(km)) for site, km in near(sites, 0.0, 0.0)] == [("here", 44), ("far", 222)]
    assert near(sites, None, 0.0) == ()
