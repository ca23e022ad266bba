"""Counts that go on counting: "Three more people died overnight" adds to the nineteen told before, and is no toll.

READING: each count keeps its group. Those who come on top of a toll are the others, not all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.values import Actor, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Scan

FIELDS: Final = ("killed", "injured")
BACK: Final = 12
"""So many sentences back may stand the toll that is added to."""
_BEFORE: Final = re.compile(r"\b(?:another|a further|an additional|yet)$", re.IGNORECASE)
_INSIDE: Final = re.compile(
    r"(?:another|a further|an additional|further) [\w-]+(?: people)?$|"
    r"[\w-]+ (?:more|others?|further|additional)(?: people)?$",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(r"(?:more|others?|other people|further|additional)\b(?! than)", re.IGNORECASE)
_THAN: Final = re.compile(r"(?:more|fewer|less|other) than\b", re.IGNORECASE)
_RISES: Final = re.compile(r"\b(?:to|at|now|total|totalling|toll)$", re.IGNORECASE)


def as_increments(scan: Scan, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, counts that come on top of a toll told before as counts of "others".

    Args:
        scan: the report.
        mentions: of all fields; their order is kept.

    """
    tolls = [item for item in mentions if item.field in FIELDS and _counts_all(item)]
    return [_as_others(item) if _is_added(scan, item, tolls) else item for item in mentions]


def _counts_all(item: Mention) -> bool:
    value = item.value
    return isinstance(value, Quantity) and value.low > 0 and (value.of is None or _is_everybody(value.of))


def _is_everybody(of: Actor) -> bool:
    return of.name is None and of.kind == "unknown"


def _is_added(scan: Scan, item: Mention, tolls: Sequence[Mention]) -> bool:
    """Tell whether a count says itself that it is of more, and the same harm was counted before."""
    if item.field not in FIELDS or not _counts_all(item) or not isinstance(item.value, Quantity):
        return False
    text, (start, end) = scan.report.text, item.anchor
    said, before = text[start:end], text[max(start - 16, 0) : start].rstrip()
    behind = text[end : end + 24].lstrip()
    of = item.value.of.words if item.value.of is not None else ""
    more = (
        _INSIDE.match(said)
        or _BEFORE.search(before)
        or _BEHIND.match(behind)
        or of.split()[:1] in (["others"], ["other"])
    )
    if not more or _THAN.search(said) or _RISES.search(before):
        return False
    back = (one for one in tolls if one.field == item.field and one.anchor[0] < start)
    return any(item.passage - one.passage <= BACK for one in back)


def _as_others(item: Mention) -> Mention:
    value = item.value
    if not isinstance(value, Quantity):
        return item
    words = value.of.words if value.of is not None else "others"
    return replace(item, value=value.model_copy(update={"of": Actor(name="others", kind="unknown", words=words)}))
