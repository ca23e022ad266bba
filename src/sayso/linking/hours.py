"""The hour as a question of its own: reports that agree on the day may not agree on the hour.

READING, "Findings". "On Saturday, shortly after six" and "on Saturday, at about 10.40" name one day; in the finding on
the day they are one value. What they dispute, a depot before dawn or a market at its fullest, is the hour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sayso.records import Claim
from sayso.values import Moment

HOUR: Final = "hour/"
"""Name of the group of claims that tell the hour."""
CLOSE: Final = timedelta(minutes=20)
"""Who looked at no clock says "around 5.30" for 5.20."""
_MINUTE: Final = len("2020-01-01T05:20")
_LONGEST: Final = timedelta(hours=1)


def told_hours(claims: Sequence[Claim], holder: Callable[[Claim], str]) -> list[Claim]:
    """Return the claims that tell the hour, where two reports or two holders do."""
    rows = [claim for claim in claims if isinstance(claim.value, Moment) and hour_of(claim.value)]
    return rows if len({(holder(claim), claim.evidence.report) for claim in rows}) > 1 else []


def hour_of(moment: Moment) -> tuple[datetime, datetime] | None:
    """Return between which minutes it was, where a clock was looked at: "5.20 a.m.", "shortly after six"."""
    if len(moment.earliest or "") < _MINUTE or len(moment.latest or "") < _MINUTE or not moment.resolved:
        return None
    first, last = (datetime.fromisoformat((iso or "")[:_MINUTE]) for iso in (moment.earliest, moment.latest))
    return (first, last) if last - first <= _LONGEST else None


def same_day(one: Moment, other: Moment) -> bool:
    """Tell whether two times both name the hour of one day."""
    mine, theirs = hour_of(one), hour_of(other)
    return bool(mine and theirs) and (one.earliest or "")[:10] == (other.earliest or "")[:10]


def hours_apart(one: Moment, other: Moment) -> bool:
    """Tell whether two hours of one day are too far apart to be one."""
    mine, theirs = hour_of(one), hour_of(other)
    if mine is None or theirs is None or not same_day(one, other):
        return False
    return max(mine[0], theirs[0]) - min(mine[1], theirs[1]) > CLOSE
