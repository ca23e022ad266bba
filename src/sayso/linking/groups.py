"""``whole_groups``: whom the counts of an incident are of, where several reports count: civilians, pupils, all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sayso.linking.shares import shares
from sayso.reading.findings import group_key
from sayso.records import Claim
from sayso.values import Quantity


def whole_groups(claims: Iterable[Claim]) -> dict[str, str]:
    """Return claim id → the group its count is of, for all counts of an incident.

    "Civilians" and the people of one nation are all the people where no report counts others beside them: "18
    civilians" and "32 people" are counts of one thing, unless somebody says "32, among them 18 civilians".
    """
    counts = [claim for claim in claims if isinstance(claim.value, Quantity)]
    told = shares(counts)
    rows = [claim for claim in counts if claim.id not in told]
    parts = {(claim.field, group_key(claim.value)) for claim in rows if _is_crowd(claim) and _is_part(claim, rows)}
    pupils = _pupils(rows)
    return told | {
        claim.id: ""
        if _is_crowd(claim) and (claim.field, group_key(claim.value)) not in parts
        else pupils.get(claim.id, group_key(claim.value))
        for claim in rows
    }


def _pupils(rows: Iterable[Claim]) -> dict[str, str]:
    """Return claim id → the group of children, for counts of pupils where other reports count children.

    Where one report counts both of the dead, or both of the injured, they are two groups to it, and to all.
    """
    by_field: dict[str, list[Claim]] = {}
    for row in rows:
        by_field.setdefault(row.field, []).append(row)
    return {key: group for told in by_field.values() for key, group in _taught(told).items()}


def _taught(rows: Sequence[Claim]) -> dict[str, str]:
    young = {row.id: row for row in rows if isinstance(row.value, Quantity) and group_key(row.value) == _CHILDREN}
    taught = [row for row in rows if isinstance(row.value, Quantity) and group_key(row.value).split("/")[0] in _PUPILS]
    both = {row.evidence.report for row in young.values()} & {row.evidence.report for row in taught}
    return {row.id: _CHILDREN for row in taught} if young and not both else {}


_ANYBODY: Final = frozenset({"civilians", "citizens", "inhabitants", "residents", "villagers"})
"""Words for people of whom they say no more than that they live there."""
_CHILDREN: Final = "children/"
_PUPILS: Final = frozenset({"pupils", "students", "schoolchildren", "schoolgirls", "schoolboys"})


def _is_crowd(claim: Claim) -> bool:
    """Tell whether a count is of people of whom nothing is said but that they are civilians, or whose citizens."""
    of = claim.value.of if isinstance(claim.value, Quantity) else None
    return of is not None and of.kind == "civilians" and (of.name in _ANYBODY or of.country is not None)


def _is_part(claim: Claim, rows: Iterable[Claim]) -> bool:
    """Tell whether the same report counts more people than these, or others beside them, in the same field."""
    mine = claim.value
    assert isinstance(mine, Quantity)
    own = group_key(mine)
    return any(
        row.evidence.report == claim.evidence.report
        and row.field == claim.field
        and isinstance(row.value, Quantity)
        and group_key(row.value) != own
        and row.value.low > mine.low
        for row in rows
    )
