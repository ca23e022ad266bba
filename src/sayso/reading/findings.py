"""All claims on one field of an incident by value: sole, agreed, compatible or disputed (READING: "Findings")."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from sayso.reading.means.deliveries import deliveries_in, finest
from sayso.records import (
    Claim,
    Damage,
    EvidenceOffered,
    Finding,
    FindingStatus,
    FindingValue,
    Kind,
    Motive,
    ResponsibilityClaim,
    StatusValue,
    Target,
    Weapon,
)
from sayso.values import Actor, Moment, Place, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GENERIC_KINDS = ("unknown", "person", "civilians")
"""Actor kinds that, unnamed, fit any named author: "gunmen" and a group."""
STATE_KINDS = ("state", "government", "military")
"""Faces of one state: its government’s or its army’s act is its own."""
NO_AUTHOR = ("denies", "exonerates", "doubts")
"""Stances that deny an author instead of naming one."""


def find_findings(claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Return the findings of one incident, in the order in which their fields are first claimed.

    Counts of different groups of people are different findings.
    """
    by_field: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        by_field.setdefault((claim.field, group_key(claim.value)), []).append(claim)
    return tuple(_finding(rows) for rows in by_field.values())


def group_key(value: Any) -> str:
    """Return the group a count is of, "" for all: generic words ("people", "others") count all."""
    of = value.of if isinstance(value, Quantity) else None
    if of is None or (of.name is None and of.kind == "unknown"):
        return ""
    return f"{(of.name or of.words).casefold()}/{of.country or ''}"


def _finding(claims: list[Claim]) -> Finding:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(value_key(claim), []).append(claim)
    values = tuple(_value(rows) for rows in groups.values())
    return Finding(field=claims[0].field, status=status_of(list(groups.values())), values=values)


def _value(claims: list[Claim]) -> FindingValue:
    holders = dict.fromkeys(claim.holder.name or claim.holder.words for claim in claims)
    return FindingValue(
        value=claims[0].value, claims=tuple(claim.id for claim in claims), holders=tuple(holders), origins=1
    )


def value_key(claim: Claim) -> str:
    """Return what makes two claims say the same value; a denied author is another value than an author."""
    denied = "not " if claim.field == "perpetrator" and claim.stance in NO_AUTHOR else ""
    if isinstance(claim.value, Weapon) and claim.value.class_ in ("bomb", "car_bomb"):
        return str((claim.value.class_, *sorted(finest(deliveries_in(f"{claim.value.words} | {claim.evidence.text}")))))
    return denied + _key(claim.value)


def _key(value: Any) -> str:
    keys: dict[type, Callable[[Any], object]] = {
        Quantity: lambda v: (v.low, v.high),
        Actor: lambda v: ((v.name or v.words).casefold(), v.sponsor),
        Moment: lambda v: (v.earliest, v.latest) if v.resolved else v.words.casefold(),
        Place: lambda v: ((v.name or v.words).casefold(), v.country),
        Weapon: lambda v: (v.class_, *sorted(finest(deliveries_in(v.words)))),
        Target: lambda v: (v.name or v.words).casefold(),
        Damage: lambda v: (v.extent, (v.of or "").casefold()),
        Kind: lambda v: v.kind,
        Motive: lambda v: v.words.casefold(),
        StatusValue: lambda v: v.status,
        ResponsibilityClaim: lambda v: v.claimed,
        EvidenceOffered: lambda v: v.provided,
    }
    return str(keys[type(value)](value))


def status_of(groups: list[list[Claim]]) -> FindingStatus:
    """Return how the values stand to each other: one says it, several say it, both can be true, they cannot."""
    if len(groups) == 1:
        holders = {(claim.holder.name or claim.holder.words, claim.holder.kind) for claim in groups[0]}
        return "agreed" if len(holders) > 1 else "sole"
    clash = any(contradict(one, other) for a, b in combinations(groups, 2) for one in a for other in b)
    return "disputed" if clash else "compatible"


def contradict(one: Claim, other: Claim) -> bool:
    """Tell whether two claims on one field cannot both be true. A holder’s new value is a revision, no dispute."""
    same_holder = one.holder.kind != "report" and one.holder.name is not None and one.holder.name == other.holder.name
    if same_holder and one.field not in ("perpetrator", "responsibility_claim"):
        return False
    rule = _RULES.get(type(one.value))
    return bool(rule and rule(one, other))


def _counts(one: Claim, other: Claim) -> bool:
    a, b = one.value, other.value
    assert isinstance(a, Quantity)
    assert isinstance(b, Quantity)
    if a.vague or b.vague:
        return False
    return (a.high is not None and a.high < b.low) or (b.high is not None and b.high < a.low)


def _described(*actors: Actor) -> bool:
    """Tell whether one of several groups is only described: "insurgents" may be any group that has a name."""
    return any(
        actor.kind == "armed_group" and (actor.name or actor.words).split()[-1][:1].islower() for actor in actors
    )


def _authors(one: Claim, other: Claim) -> bool:
    """Two authors clash when neither belongs to, or is backed by, the other; an author and its denial always do."""
    a, b = one.value, other.value
    assert isinstance(a, Actor)
    assert isinstance(b, Actor)
    denials = (one.stance in NO_AUTHOR) + (other.stance in NO_AUTHOR)
    if denials:
        return denials == 1 and _same_actor(a, b)
    if a.kind in GENERIC_KINDS or b.kind in GENERIC_KINDS or (a.kind == b.kind and _described(a, b)):
        return False
    return not (_same_actor(a, b) or _backs(a, b) or _backs(b, a))


def _same_actor(a: Actor, b: Actor) -> bool:
    first, second = (set((x.name or x.words).casefold().split()) for x in (a, b))
    states = a.kind in STATE_KINDS and b.kind in STATE_KINDS and a.country is not None and a.country == b.country
    return first <= second or second <= first or states


def _backs(state: Actor, other: Actor) -> bool:
    return state.country is not None and state.country == other.sponsor and state.kind in STATE_KINDS


def _times(one: Claim, other: Claim) -> bool:
    assert isinstance(one.value, Moment)
    assert isinstance(other.value, Moment)
    return bool(one.value.contradicts(other.value))


def _places(one: Claim, other: Claim) -> bool:
    assert isinstance(one.value, Place)
    assert isinstance(other.value, Place)
    return bool(one.value.contradicts(other.value))


def _damages(one: Claim, other: Claim) -> bool:
    """A thing that was hit and one that stands undamaged clash; "the building" may be any of them."""
    a, b = one.value, other.value
    assert isinstance(a, Damage)
    assert isinstance(b, Damage)
    return (a.extent == "none") != (b.extent == "none") and bool(a.of and b.of) and _one_thing(a.of or "", b.of or "")


def _one_thing(one: str, other: str) -> bool:
    first, second = noun_of(one), noun_of(other)
    return first == second or "building" in (first, second)


def noun_of(words: str) -> str:
    """Return the noun a thing is named by, in the singular: "the town's fish markets", "market of Tarsk" → market."""
    named = words.casefold().split(" of ")[0].split()
    last = named[-1] if named else ""
    return last.removesuffix("s") if len(last) > 3 and not last.endswith("ss") else last


def _claimed(one: Claim, other: Claim) -> bool:
    """Tell whether one group says both "we did it" and "we did not"; "no claim yet" and a claim later fit."""
    a, b = one.value, other.value
    assert isinstance(a, ResponsibilityClaim)
    assert isinstance(b, ResponsibilityClaim)
    return {a.claimed, b.claimed} == {True, "denied"} and one.holder.name == other.holder.name


def _happened(one: Claim, other: Claim) -> bool:
    a, b = one.value, other.value
    assert isinstance(a, StatusValue)
    assert isinstance(b, StatusValue)
    return "denied" in (a.status, b.status)


def _shown(one: Claim, other: Claim) -> bool:
    return one.value != other.value and one.holder != other.holder


_RULES: dict[type, Callable[[Claim, Claim], bool]] = {
    Quantity: _counts,
    Actor: _authors,
    Moment: _times,
    Place: _places,
    Damage: _damages,
    ResponsibilityClaim: _claimed,
    StatusValue: _happened,
    EvidenceOffered: _shown,
}
