"""``whole_groups``: whom the counts of an incident are of, where several reports count: civilians, pupils, all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from sayso.linking.shares import shares
from sayso.reading.findings import group_key
from sayso.records import Claim
from sayso.values import Quantity
from sayso.vocab import Entry, load_table
from sayso.vocab.gazetteer import Gazetteer


class OneGroup(Entry):
    """Words for one group of people: an entry of ``vocab/one_group.toml``."""

    name: str
    nouns: tuple[str, ...]


def whole_groups(claims: Iterable[Claim]) -> dict[str, str]:
    """Return claim id → the group its count is of, for all counts of an incident.

    "Civilians" and the people of one nation are all the people where no report counts others beside them: "18
    civilians" and "32 people" are counts of one thing, unless somebody says "32, among them 18 civilians".
    """
    counts = [claim for claim in claims if isinstance(claim.value, Quantity)]
    told = shares(counts)
    rows = [claim for claim in counts if claim.id not in told]
    parts = {(claim.field, group_key(claim.value)) for claim in rows if _is_crowd(claim) and _is_part(claim, rows)}
    named = _named_alike(rows)
    return told | {
        claim.id: ""
        if _is_crowd(claim) and (claim.field, group_key(claim.value)) not in parts
        else named.get(claim.id, group_key(claim.value))
        for claim in rows
    }


def _named_alike(rows: Iterable[Claim]) -> dict[str, str]:
    """Return claim id → group, for counts of a group that other reports name by another word: servicemen, soldiers.

    Where one report counts both of the dead, or both of the injured, they are two groups to it, and to all.
    """
    by_group: dict[tuple[str, str], list[Claim]] = {}
    for row in rows:
        if sort := _sort_of(row):
            by_group.setdefault((row.field, sort), []).append(row)
    return {row.id: f"{sort}/" for (_, sort), told in by_group.items() if _is_one(told) for row in told}


def _is_one(rows: Sequence[Claim]) -> bool:
    """Tell whether each report has one word for the group, and two reports have two."""
    words: dict[str, set[str]] = {}
    for row in rows:
        words.setdefault(row.evidence.report, set()).add(group_key(row.value))
    return all(len(told) == 1 for told in words.values()) and len(set[str]().union(*words.values())) > 1


def _sort_of(claim: Claim) -> str | None:
    """Return which group a count is of; "a policeman" is somebody, not how many of them there were."""
    name, _, country = group_key(claim.value).partition("/")
    told = claim.value.words.casefold().split() if isinstance(claim.value, Quantity) else []
    return None if country or told[:1] in (["a"], ["an"], ["the"], ["another"]) else _sorts().get(name)


@cache
def _sorts() -> dict[str, str]:
    return {noun: entry.name for entry in load_table("one_group", OneGroup) for noun in entry.nouns}


_ANYBODY: Final = frozenset({"civilians", "citizens", "inhabitants", "residents", "villagers"})
"""Words for people of whom they say no more than that they live there."""


def _is_crowd(claim: Claim) -> bool:
    """Tell whether a count is of people of whom nothing is said but that they are civilians, or whose citizens."""
    of = claim.value.of if isinstance(claim.value, Quantity) else None
    if of is None or of.kind != "civilians":
        return False
    last = (of.name or of.words).split()[-1]
    return of.name in _ANYBODY or (of.country is not None and (last in _ANYBODY or _is_of_a_nation(last)))


def _is_of_a_nation(word: str) -> bool:
    """Tell whether a word names the people of a nation: "Danes"; "a US customs agent" is one of them."""
    return word in ("nationals", "people") or Gazetteer.default().demonym(word) is not None


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
