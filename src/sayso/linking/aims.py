"""What was hit: a place of civil life or something military, which is what rival reports of a strike dispute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sayso.records import Claim, Target

CIVIL: Final = frozenset({"market", "school", "hospital", "place_of_worship", "event", "residence"})
"""Classes of targets of civil life."""
ARMED: Final = frozenset({"military_base", "soldiers", "militants"})
"""Classes of targets that take part in a war."""


def aimed_apart(mine: Sequence[Claim], theirs: Sequence[Claim]) -> bool:
    """Tell whether one side says that a place of civil life was hit, the other that only something military was."""
    return any(_things(a) & CIVIL and _is_armed(b) and not _is_armed(a) for a, b in ((mine, theirs), (theirs, mine)))


def _is_armed(claims: Sequence[Claim]) -> bool:
    """Tell whether what is said to be hit is a base, or a boat or a house with fighters, and nothing of civil life."""
    things, everybody = _things(claims), {row.value.class_ for row in claims if isinstance(row.value, Target)}
    return bool(things and everybody & ARMED) and not things & CIVIL


def _things(claims: Iterable[Claim]) -> set[str | None]:
    targets = (claim.value for claim in claims if isinstance(claim.value, Target))
    return {target.class_ for target in targets if target.kind == "place"}
