"""``find_findings``: all claims on one field of an incident, over all its reports, by value.

sole: one holder in one report. agreed: one value, said more than once. compatible: several that can all be true.
disputed: at least two that cannot. A holder’s later value is a revision, no dispute; what stands in three copies of one
wire story has one origin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.linking.agreement import is_one_value
from sayso.linking.groups import whole_groups
from sayso.linking.hours import HOUR, told_hours
from sayso.linking.scene import Scene, Told, told_of
from sayso.linking.weighing import OPEN, Conflict, Revision, conflicts, hour_conflicts, revisions
from sayso.reading.findings import value_key
from sayso.records import Claim, ClaimField, ClaimValue, Finding, FindingStatus, FindingValue, ResponsibilityClaim
from sayso.values import Moment, Place, Quantity

__all__ = ["Conflict", "Display", "Judged", "Revision", "Told", "display_value", "find_findings", "judge", "told_of"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with what led to its status.

    Attributes:
        finding: the values with their holders and origins.
        group: whom a count is of, "" for all; of times, that it is the hour.
        conflicts: pairs of claims that cannot both be true, with the cause.
        revisions: claims that a later one by the same holder replaces.

    """

    finding: Finding
    group: str
    conflicts: tuple[Conflict, ...]
    revisions: tuple[Revision, ...]

    @property
    def superseded(self) -> frozenset[str]:
        """Ids of claims that their holder has replaced."""
        return frozenset(revision.old for revision in self.revisions)


@dataclass(frozen=True, slots=True)
class Display:
    """The value to show for a finding, and the rule that chose it, in words."""

    value: ClaimValue
    rule: str


def find_findings(claims: Sequence[Claim], told: Mapping[str, Told] | None = None) -> tuple[Finding, ...]:
    """Return the findings of one incident; see ``judge``."""
    return tuple(row.finding for row in judge(claims, told))


def judge(claims: Sequence[Claim], told: Mapping[str, Told] | None = None) -> tuple[Judged, ...]:
    """Return the findings of one incident with their conflicts and revisions, whatever the order of the claims.

    Where several tell the hour, that is a finding of its own beside the one on the day, with the same claims.

    Args:
        claims: all claims of all accounts of the incident, each id once.
        told: report id → its origin, day, publisher and headlines; a report that is missing is its own origin.

    """
    scene = Scene(tuple(claims), told or {})
    scene = Scene(tuple(sorted(claims, key=lambda claim: (*scene.time(claim), claim.id))), scene.told)
    groups = whole_groups(scene.claims)
    by_field: dict[tuple[ClaimField, str], list[Claim]] = {}
    for claim in scene.claims:
        by_field.setdefault((claim.field, groups.get(claim.id, "")), []).append(claim)
    if hours := told_hours(by_field.get(("when", ""), ()), scene.holder):
        by_field["when", HOUR] = hours
    return tuple(_judge(scene, rows, group) for (_, group), rows in by_field.items())


def display_value(judged: Judged, claims: Iterable[Claim], told: Mapping[str, Told] | None = None) -> Display:
    """Return the value to show, and why: the first rule that leaves one value decides.

    The rules, in order: what its holder replaced goes; what is only doubted or denied goes; what only a headline says
    goes; then most independent origins; then the narrowest value that all the others allow; then the value said last;
    then the one said first in the text. Where a rule would leave nothing, it is skipped. A claim that its holder has
    replaced has no vote in any of them, for a value that others still hold.

    Args:
        judged: the finding.
        claims: at least those of the finding.
        told: as for ``judge``.

    """
    by_id = {claim.id: claim for claim in claims}
    scene = Scene(tuple(by_id.values()), told or {})
    values = list(judged.finding.values)
    if len(values) == 1:
        return Display(values[0].value, "the only value")
    rows = {id(value): _voting([by_id[number] for number in value.claims], judged) for value in values}
    origins = {key: len({scene.of(claim).origin for claim in claims}) for key, claims in rows.items()}
    keeps: tuple[tuple[str, Callable[[Claim], bool]], ...] = (
        ("its holder has not replaced it", lambda claim: claim.id not in judged.superseded),
        ("it is asserted, not doubted or denied", _asserted),
        ("it stands in a text, not only in a headline", lambda claim: not scene.in_headline(claim)),
    )
    for words, keep in keeps:
        kept = [value for value in values if any(map(keep, rows[id(value)]))]
        if len(kept) == 1 and len(values) > 1:
            return Display(kept[0].value, words)
        values = kept or values
    most = max(origins[id(value)] for value in values)
    values = [value for value in values if origins[id(value)] == most]
    if len(values) == 1:
        return Display(values[0].value, f"most independent origins say it ({most})")
    narrow = [value for value in values if _narrowest(value, values)]
    if len(narrow) == 1:
        return Display(narrow[0].value, "the narrowest, and all the others allow it")
    latest = max(values, key=lambda value: max(scene.time(claim) for claim in rows[id(value)]))
    return Display(latest.value, "said last")


def _voting(claims: list[Claim], judged: Judged) -> list[Claim]:
    """Return the claims that their holders have not replaced; all where they have replaced every one."""
    return [claim for claim in claims if claim.id not in judged.superseded] or claims


def _asserted(claim: Claim) -> bool:
    return claim.stance not in (*OPEN, "denies", "exonerates")


def _narrowest(value: FindingValue, values: Iterable[FindingValue]) -> bool:
    others = [other for other in values if other is not value]
    return all(_contains(other.value, value.value) for other in others)


def _contains(wide: ClaimValue, narrow: ClaimValue) -> bool:
    if isinstance(wide, Quantity) and isinstance(narrow, Quantity):
        return wide.low <= narrow.low and (wide.high is None or (narrow.high is not None and narrow.high <= wide.high))
    if isinstance(wide, Moment) and isinstance(narrow, Moment):
        return bool(wide.contains(narrow))
    return isinstance(wide, Place) and isinstance(narrow, Place) and bool(wide.contains(narrow))


def _judge(scene: Scene, claims: list[Claim], group: str) -> Judged:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(value_key(claim), []).append(claim)
    revised = revisions(scene, claims)
    found = _without_replaced(scene, claims, (hour_conflicts if group == HOUR else conflicts)(scene, claims), revised)
    finding = Finding(
        field=claims[0].field,
        status=_status(scene, claims, found, whole=group != HOUR),
        values=tuple(_value(scene, rows) for rows in groups.values()),
    )
    return Judged(finding, group, found, revised)


def _without_replaced(
    scene: Scene, claims: Sequence[Claim], found: tuple[Conflict, ...], revised: Sequence[Revision]
) -> tuple[Conflict, ...]:
    """Leave out a conflict with what its holder has replaced, where his newer value is at odds with the same one."""
    holders = {claim.id: scene.holder(claim) for claim in claims}
    old = {revision.old for revision in revised}
    standing = {frozenset((holders[row.one], holders[row.other])) for row in found if not {row.one, row.other} & old}
    return tuple(
        row
        for row in found
        if not {row.one, row.other} & old or frozenset((holders[row.one], holders[row.other])) not in standing
    )


def _status(scene: Scene, claims: Sequence[Claim], found: Sequence[Conflict], *, whole: bool) -> FindingStatus:
    if found:
        return "disputed"
    told = _claimed(claims) if claims[0].field == "responsibility_claim" else list(claims)
    if len({(scene.holder(claim), claim.evidence.report) for claim in told}) == 1:
        return "sole"
    if not whole:
        return "agreed" if len(set(map(value_key, told))) == 1 else "compatible"
    told = [claim for claim in told if claim.field != "when" or not scene.is_after(claim)]
    return "agreed" if is_one_value(told or claims) else "compatible"


def _claimed(claims: Sequence[Claim]) -> list[Claim]:
    """Return who claims it, without those who only deny that they did it themselves; all where nobody claims it."""
    values = {claim.id: claim.value.claimed for claim in claims if isinstance(claim.value, ResponsibilityClaim)}
    owned = True in values.values()
    return [claim for claim in claims if not owned or values[claim.id] != "denied"]


def _value(scene: Scene, claims: list[Claim]) -> FindingValue:
    holders = dict.fromkeys(claim.holder.name or claim.holder.words for claim in claims)
    return FindingValue(
        value=claims[0].value,
        claims=tuple(claim.id for claim in claims),
        holders=tuple(holders),
        origins=len({scene.of(claim).origin for claim in claims}),
    )
