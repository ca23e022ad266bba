"""The injured among people who were shot, the dead taken off."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sayso.reading.mentions import Mention
from sayso.values import Quantity

PLURAL: Final = 2


def _are_others(dead: list[Mention], words: str) -> bool:
    """Tell whether the dead are said to be of other groups than one that is named."""
    groups = [item.value.of for item in dead if isinstance(item.value, Quantity)]
    named = [set(group.words.lower().split()) for group in groups if group is not None and group.name is not None]
    return bool(named) and len(named) == len(groups) and not any(one & set(words.lower().split()) for one in named)


def survivors(item: Mention, dead: list[Mention]) -> Mention | None:
    """Return the injured among people who were shot, the dead taken off: "five were shot and one died" → 4.

    "Four others were shot" are four; one person alone may be the one who died: None.
    """
    shot = item.value
    if not isinstance(shot, Quantity) or shot.high != shot.low or shot.vague or shot.low < PLURAL:
        return None
    group = shot.of
    if group is not None and group.words.lower().startswith(("other", "more")):
        return item
    if group is not None and group.name is not None and _are_others(dead, group.words):
        return item  # "eight members of staff sustained wounds", a nurse died
    most = max((d.value for d in dead if isinstance(d.value, Quantity)), key=lambda value: value.low)
    if most.high != most.low or most.low >= shot.low:
        return None
    words = f"{shot.words}, less {most.words}"  # derived, and says from what
    return replace(item, value=Quantity(low=shot.low - most.low, high=shot.low - most.low, words=words))
