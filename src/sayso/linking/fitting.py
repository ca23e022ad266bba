"""Values that look apart and are not: what no careful reader would call a dispute.

READING, "Findings": disputed are values that cannot both be true of one incident. Times months apart are of two things,
"Monday" and the Monday a week before are one day of two pages;
one name that the map has twice is one town; a blaze may have been laid; those who were shot are the dead and the hurt.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from sayso.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Claim, Kind
    from sayso.values import Moment, Place

ONE_STORY: Final = 31
"""Days: outlets that tell of one incident do not place it months apart; such times are of two things."""
WEEK: Final = 7
OPEN_WORDS: Final = frozenset(
    {"at", "blaze", "broke", "bus", "car", "collided", "collision", "crash", "crashed", "crashes", "crashing", "fire",
     "fires", "house", "in", "inferno", "of", "on", "out", "plane", "shop", "swept", "the", "train", "truck"}
)  # fmt: skip
"""Words for what may be an accident or somebody's deed."""
_DATED: Final = re.compile(r"\d")
_REACHED: Final = re.compile(r"\b(?:shot|gunned down|stabbed|knifed|struck|hit)\b", re.IGNORECASE)
_HURT: Final = re.compile(r"\b(?:injur|wound|hurt|surviv|hospital)", re.IGNORECASE)


def months_apart(one: Moment, other: Moment) -> bool:
    """Tell whether two times are so far apart that one is of something else, an earlier conviction, another attack."""
    return (one.days_from(other) or 0) > ONE_STORY


def week_out(one: Moment, other: Moment) -> bool:
    """Tell whether both are one weekday a week apart, and one was only counted from the day of its page.

    "On Monday" means another Monday as soon as a page bears a date before its own text: the outlets agree.
    """
    days = [(moment.earliest or "")[:10] for moment in (one, other)]
    if not all(moment.resolved and moment.one_day for moment in (one, other)) or not all(map(_is_day, days)):
        return False
    apart = abs((date.fromisoformat(days[0]) - date.fromisoformat(days[1])).days)
    return apart == WEEK and any(not _DATED.search(moment.words) for moment in (one, other))


def _is_day(iso: str) -> bool:
    return len(iso) == len("2020-01-01")


def one_name(one: Place, other: Place) -> bool:
    """Tell whether two places bear one name, and only the map has two of it: neither report says which.

    "Springfield" may have been looked up in two states, in "a Springfield office" too; "Springfield, Ohio" and
    "Springfield, Illinois" are two.
    """
    first, second = sorted(((place.name or "").casefold() for place in (one, other)), key=len)
    told_apart = "," in one.words and "," in other.words
    return bool(first) and f"{second} ".startswith(f"{first} ") and not told_apart


def leaves_open(kind: Kind) -> bool:
    """Tell whether the words for an accident say only that it burned or crashed, not that nobody meant it."""
    return kind.kind == "accident" and OPEN_WORDS.issuperset(kind.words.casefold().split())


def are_shot_and_hurt(one: Claim, other: Claim, claims: Iterable[Claim]) -> bool:
    """Tell whether one counts all who were shot, the other the hurt alone: "five were shot", two of whom died.

    Args:
        one: how many were hurt or shot.
        other: likewise, by somebody else.
        claims: all claims of the incident.

    """
    if one.field != "injured" or not isinstance(one.value, Quantity) or not isinstance(other.value, Quantity):
        return False
    larger, smaller = (one, other) if one.value.low > other.value.low else (other, one)
    all_of_them, hurt = larger.value, smaller.value
    assert isinstance(all_of_them, Quantity)
    assert isinstance(hurt, Quantity)
    words = larger.evidence.text
    if not _REACHED.search(words) or _HURT.search(words) or hurt.low == 0:
        return False
    dead = (row.value.low for row in claims if row.field == "killed" and isinstance(row.value, Quantity))
    return hurt.high is None or all_of_them.low - hurt.high <= max(dead, default=0)
