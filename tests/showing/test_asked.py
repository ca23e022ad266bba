from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.showing import asked


@pytest.mark.parametrize(
    ("check", "given", "found"),
    [
        (asked.point, "33.31,44.36", (33.31, 44.36)),
        (asked.kind, "bombing", "bombing"),
        (asked.status, "killed:disputed", "killed:disputed"),
        (asked.status, ":disputed", ":disputed"),
        (asked.day, "2031-05-14", "2031-05-14"),
        (asked.moment, "2031-05-14", "2031-05-14T23:59:59.999999Z"),  # a day means its end
        (asked.moment, "2031-05-14T12:00+02:00", "2031-05-14T10:00:00.000000Z"),
    ],
)
def test_what_can_be_asked(check: Callable[[str], object], given: str, found: object) -> None:
    assert check(given) == found


@pytest.mark.parametrize(
    ("check", "given", "words"),
    [
        (asked.point, "33", "no point"),
        (asked.point, "91,0", "no map"),
        (asked.point, "nan,0", "no map"),
        (asked.kind, "picnic", "none of"),
        (asked.status, "colour:disputed", "none of"),
        (asked.status, "killed:odd", "none of"),
        (asked.day, "yesterday", "no date"),
        (asked.moment, "2031-13-01", "no moment"),
        (asked.moment, "0001-01-01T00:00+14:00", "no moment"),  # before the first day there is
    ],
)
def test_error_what_cannot_be_asked(check: Callable[[str], object], given: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check(given)
