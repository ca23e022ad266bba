"""What two claims of different reports on one field have to do with each other: a conflict, a revision, or neither.

READING, "Findings". The comparison of two values is that of one report (``reading/findings.py``); here comes what only
many reports need: who is the same holder, what was said later, and what a headline leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby, product
from typing import Final, NamedTuple

from sayso.linking.aims import aimed_apart
from sayso.linking.fitting import are_shot_and_hurt, leaves_open, months_apart, one_name, week_out
from sayso.linking.hours import hours_apart, same_day
from sayso.linking.scene import ABROAD, HOME, Scene
from sayso.reading.findings import contradict, value_key
from sayso.reading.happenings.taxonomy import kinds
from sayso.reading.means.deliveries import clash, deliveries, deliveries_in
from sayso.records import Claim, Kind, ResponsibilityClaim, Target, Weapon
from sayso.values import Actor, Moment, Place, Quantity

OPEN: Final = ("doubts", "questions")
"""Stances that leave a thing open: they contradict nothing."""
AGAINST: Final = ("denies", "exonerates")
WHOLE: Final = ("when", "where", "weapon", "kind", "target")
"""Fields of which one report may rightly give several values (two weapons, two quarters): reports clash on them only
when no value of the one fits any value of the other."""
TOLD_BY_EACH: Final = ("weapon",)
"""Fields on which two holders of two reports clash even where one report quotes both sides. What one of many holders in
a report says beside the day and the sort of the incident is mostly of another thing: an arrest, an old conviction."""
OPPOSED: Final = frozenset({"rebel", "rebels", "insurgent", "insurgents", "terrorist", "terrorists", "jihadists"})
"""Words for fighters who, unlike "gunmen", are not the soldiers of the state."""
WORDED: Final = ("bomb", "car_bomb", "artillery", "aircraft", "missile")
"""Classes of weapons of which the words tell more than the class."""
OF_ARMIES: Final = ("aircraft", "drone", "artillery", "missile")
"""Classes of weapons that tell who used them."""
COUNTED: Final = ("killed", "injured", "abducted", "arrested", "missing", "displaced", "weapon_count", "weapon_failed")
_ANY_PART: Final = re.compile(r"(?i)\b(?:responsib|involve|role|claim|behind|part in|carr|accus|charge|blame)")
"""Who denies this denies that it was he at all."""


class Conflict(NamedTuple):
    """Two claims that cannot both be true, by id, and why they differ, in one phrase."""

    field: str
    one: str
    other: str
    cause: str


class Revision(NamedTuple):
    """A holder’s earlier claim and the later one that takes its place, by id."""

    field: str
    old: str
    new: str
    holder: str


def conflicts(scene: Scene, claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Return the conflicts among claims of one finding, in the order of the claims, one for each pair of values.

    Args:
        scene: the incident, with all its claims.
        claims: those of one field and one group of people.

    """
    firm = [claim for claim in claims if claim.stance not in OPEN and not _headline_echo(scene, claim)]
    firm = [claim for claim in firm if claim.field != "when" or not scene.is_after(claim)]
    if firm and firm[0].field in WHOLE:
        asserted = [claim for claim in firm if claim.field not in ("weapon", "target") or claim.stance not in AGAINST]
        return (*(_between_sides(scene, asserted) if asserted else ()), *_ruled_out(scene, firm, asserted))
    by_value: dict[str, list[Claim]] = {}
    for claim in firm:
        by_value.setdefault(_said(claim), []).append(claim)
    pairs = (_rivals(scene, one, other) for one, other in combinations(by_value.values(), 2))
    return tuple(_conflict(scene, one, other) for one, other in pairs if _clash(scene, one, other))


def hour_conflicts(scene: Scene, claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Return the conflicts among claims on the hour: two holders, one day, and the hours apart."""
    firm = [claim for claim in claims if claim.stance not in OPEN]
    pairs: dict[tuple[str, ...], Conflict] = {}
    for one, other in combinations(firm, 2):
        values = (one.value, other.value)
        apart = all(isinstance(value, Moment) for value in values) and hours_apart(one.value, other.value)  # type: ignore[arg-type]
        if apart and scene.holder(one) != scene.holder(other):
            pairs.setdefault(tuple(sorted(map(_said, (one, other)))), _conflict(scene, one, other))
    return tuple(pairs.values())


def _ruled_out(scene: Scene, claims: Sequence[Claim], asserted: Sequence[Claim]) -> Iterator[Conflict]:
    """Yield the conflicts of who says what a weapon was not, and others who say it was: one a value."""
    seen = set[str]()
    denials = (claim for claim in claims if claim.field == "weapon" and claim.stance in AGAINST)
    for denial in (claim for claim in denials if not _of_its_author(scene, claim)):
        told = (claim for claim in asserted if value_key(claim) == value_key(denial))
        rival = next((claim for claim in told if scene.holder(claim) != scene.holder(denial)), None)
        if rival is not None and value_key(denial) not in seen:
            seen.add(value_key(denial))
            yield _conflict(scene, rival, denial)


def _of_its_author(scene: Scene, denial: Claim) -> bool:
    """Tell whether a denial is of who did it: "denied that it had planted the bomb", "denies arson" doubt no fire.

    An air force that denies a strike denies the aircraft, too: nobody else there has any.
    """
    if isinstance(denial.value, Weapon) and denial.value.class_ in OF_ARMIES:
        return False
    said = (row for row in scene.claims if row.statement == denial.statement is not None or _by(scene, row, denial))
    return any(row.field == "perpetrator" and row.stance in AGAINST for row in said)


def _rivals(scene: Scene, one: Sequence[Claim], other: Sequence[Claim]) -> tuple[Claim, Claim]:
    """Return a claim of each of two values by two holders, where there are two; else the first of each."""
    holders = scene.holder(one[0])
    rival = next((claim for claim in other if scene.holder(claim) != holders), None)
    if rival is not None:
        return one[0], rival
    first = next((claim for claim in one if scene.holder(claim) != scene.holder(other[0])), one[0])
    return first, other[0]


def _between_sides(scene: Scene, claims: Sequence[Claim]) -> Iterator[Conflict]:
    """Yield the conflicts of two sides, none of whose values fit: one a pair of values."""
    seen: set[tuple[str, str]] = set()
    for mine, theirs in _opposed(scene, claims):
        for one, other in product(*map(_telling, (mine, theirs))) if _apart(scene, mine, theirs) else ():
            pair = (min(_said(one), _said(other)), max(_said(one), _said(other)))
            if pair not in seen and pair[0] != pair[1]:
                seen.add(pair)
                yield _conflict(scene, one, other)


def _opposed(scene: Scene, claims: Sequence[Claim]) -> Iterator[tuple[Sequence[Claim], Sequence[Claim]]]:
    """Yield the pairs of sides that can clash: two reports, two holders in one report, and two of different reports.

    Where it happened is what a whole report says: whom it quotes speaks of other places, too, where the wounded were
    taken and the aircraft came from. Nor does its own voice contradict whom it quotes on the day.
    """
    reports: dict[str, list[Claim]] = {}
    holders: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        reports.setdefault(claim.evidence.report, []).append(claim)
        holders.setdefault((claim.evidence.report, scene.holder(claim)), []).append(claim)
    yield from combinations(list(_distinct(reports.values())), 2)
    if claims[0].field == "where":
        return
    sides = [rows for rows in holders.values() if claims[0].field != "when" or not _is_aside(scene, rows, reports)]
    for mine, theirs in combinations(sides, 2):
        if mine[0].evidence.report == theirs[0].evidence.report or claims[0].field in TOLD_BY_EACH:
            yield mine, theirs


def _is_aside(scene: Scene, rows: Sequence[Claim], reports: Mapping[str, Sequence[Claim]]) -> bool:
    """Tell whether a report says something in its own voice, and not in its headline, beside whom it quotes."""
    voice = rows[0].holder.kind == "report" and not scene.in_headline(rows[0])
    return voice and len(rows) < len(reports[rows[0].evidence.report])


def _telling(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Return the claims that can clash: of targets the things, not the people in them."""
    return [row for row in claims if not isinstance(row.value, Target) or row.value.kind == "place"]


def _distinct(sides: Iterable[list[Claim]]) -> Iterable[list[Claim]]:
    """Return one of the sides that say the same values."""
    seen: dict[frozenset[str], list[Claim]] = {}
    for rows in sides:
        seen.setdefault(frozenset(map(value_key, rows)), rows)
    return seen.values()


def _apart(scene: Scene, mine: Sequence[Claim], theirs: Sequence[Claim]) -> bool:
    """Tell whether nothing that one side says fits anything that the other says."""
    if mine[0].field == "weapon":
        ways = [frozenset[str]().union(*(delivered(scene, claim) for claim in rows)) for rows in (mine, theirs)]
        return clash(ways[0], ways[1])
    if mine[0].field == "target":
        return aimed_apart(mine, theirs)
    if mine[0].field == "kind" and clash(_ways(scene, mine), _ways(scene, theirs)):
        return True
    return all(_differ(one, other) for one, other in product(mine, theirs))


def _ways(scene: Scene, claims: Sequence[Claim]) -> frozenset[str]:
    """Return the ways to reach a target that the kinds of some claims imply: a strike from the air, a shelling.

    Who speaks of missiles may mean those of an aircraft: there the weapons that the same holder names tell more.
    """
    ways = set[str]()
    for claim in claims:
        told = {claim.value.kind} if isinstance(claim.value, Kind) and not _is_any_strike(claim.value) else set[str]()
        fired = [row for row in scene.claims if row.field == "weapon" and _by(scene, row, claim) and _is_fired(row)]
        if told == {"artillery_rocket_missile"} and fired:
            ways.update(*(delivered(scene, row) for row in fired))
        else:
            ways.update(entry.name for entry in deliveries().values() if told & set(entry.kinds))
    return frozenset(ways)


def _is_any_strike(kind: Kind) -> bool:
    """Tell whether the word for a kind leaves open what struck: "a strike on the depot" may be of rockets, too."""
    return kind.words.casefold().split()[-2:] in (["strike"], ["strikes"], ["strike", "on"], ["strikes", "on"])


def _is_fired(claim: Claim) -> bool:
    return isinstance(claim.value, Weapon) and claim.value.class_ in ("missile", "rocket", "mortar", "artillery")


def revisions(scene: Scene, claims: Sequence[Claim]) -> tuple[Revision, ...]:
    """Return which claims a holder’s later ones took the place of: named holders only, counts of one group.

    A later bound that holds the old number ("at least six" after six) revises nothing.
    """
    by_holder: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.holder.kind != "report" and claim.holder.name is not None and claim.field in COUNTED:
            by_holder.setdefault(scene.holder(claim), []).append(claim)
    return tuple(revision for rows in by_holder.values() for revision in _revised(scene, rows))


def _revised(scene: Scene, rows: list[Claim]) -> Iterator[Revision]:
    """Yield what one holder replaced from day to day; on a new day he may repeat the old number ("up from six")."""
    standing: list[Claim] = []
    for _, group in groupby(sorted(rows, key=scene.time), key=lambda claim: scene.time(claim)[0]):
        today = list(group)
        fresh = [claim for claim in today if all(_replaces(claim, old) for old in standing)]
        if standing and fresh:
            repeated = [claim for claim in today if claim not in fresh]
            for old in (*standing, *repeated):
                yield Revision(old.field, old.id, fresh[0].id, fresh[0].holder.name or fresh[0].holder.words)
        standing = fresh or standing


def _said(claim: Claim) -> str:
    return f"{'not ' if _is_against(claim) else ''}{value_key(claim)}"


def _is_against(claim: Claim) -> bool:
    """Tell whether a claim denies its value; "denied that any had died" says that none had."""
    none = isinstance(claim.value, Quantity) and claim.value.high == 0
    return claim.stance in AGAINST and not none


def _conflict(scene: Scene, one: Claim, other: Claim) -> Conflict:
    first, second = sorted((one, other), key=scene.time)
    return Conflict(one.field, one.id, other.id, _cause(scene, first, second))


def _clash(scene: Scene, one: Claim, other: Claim) -> bool:
    same = scene.holder(one) == scene.holder(other)
    if same and one.field not in ("perpetrator", "responsibility_claim"):
        # A holder's new value is a revision; a report's own voice has no such excuse, but its text may hold bounds.
        return one.holder.kind == "report" and contradict(one, other)
    if _is_against(one) != _is_against(other) and isinstance(one.value, Quantity):
        return value_key(one) == value_key(other)
    if are_shot_and_hurt(one, other, scene.claims):
        return False
    if isinstance(one.value, Actor) and isinstance(other.value, Actor):
        return _authors(scene, one, other, one.value, other.value)
    if one.field == "responsibility_claim" and same and one.evidence.report == other.evidence.report:
        return not any(map(_denies_detail, (one, other)))
    return contradict(one, other)


def _denies_detail(claim: Claim) -> bool:
    """Tell whether who says elsewhere that he did it denies no more than something of it: that he hit a hospital."""
    denied = isinstance(claim.value, ResponsibilityClaim) and claim.value.claimed == "denied"
    return denied and _ANY_PART.search(claim.evidence.text) is None


def _authors(scene: Scene, one: Claim, other: Claim, a: Actor, b: Actor) -> bool:
    """Tell whether two authors clash: both views of it, that of one report and that of the values, say so."""
    if _denied(one, other):
        return contradict(one, other)
    apart = scene.at_home(a).contradicts(scene.at_home(b)) is True or _fights(a, b) or _fights(b, a)
    return contradict(one, other) and apart


def _fights(one: Actor, other: Actor) -> bool:
    """Tell whether one is a sort of fighters that is named for being against the state, and the other the state's."""
    described = one.kind == "armed_group" and bool(OPPOSED.intersection((one.name or one.words).casefold().split()))
    return described and other.kind in HOME and not any(word in other.words.casefold() for word in ABROAD)


def _denied(one: Claim, other: Claim) -> bool:
    return (one.stance in AGAINST) != (other.stance in AGAINST)


def _by(scene: Scene, claim: Claim, like: Claim) -> bool:
    return claim.evidence.report == like.evidence.report and scene.holder(claim) == scene.holder(like)


def _differ(a: Claim, b: Claim) -> bool:
    x, y = a.value, b.value
    if isinstance(x, Moment) and isinstance(y, Moment):
        return x.contradicts(y) is True and not (same_day(x, y) or months_apart(x, y) or week_out(x, y))
    if isinstance(x, Place) and isinstance(y, Place):
        guessed = x.country != y.country and any(_unmapped(place) for place in (x, y))
        guessed = guessed or one_name(x, y)
        return not guessed and x.contradicts(y) is True and not (_may_be_province(x, y) or _may_be_province(y, x))
    if isinstance(x, Kind) and isinstance(y, Kind):
        if leaves_open(x) or leaves_open(y):
            return False
        return set(kinds()[x.kind].families).isdisjoint(kinds()[y.kind].families)
    return False


def _unmapped(place: Place) -> bool:
    """Tell whether no map has a place: its country is only that of whoever speaks of it."""
    return place.lat is None and place.precision != "country"


def _may_be_province(place: Place, other: Place) -> bool:
    """Tell whether a town may stand for the province it gives its name to, in which the other place lies."""
    return place.name is not None and place.name == place.admin1 == other.admin1 and place.country == other.country


def delivered(scene: Scene, claim: Claim) -> frozenset[str]:
    """Return how the weapon of a claim reached its target, as far as its words, or what its holder calls it, tell."""
    assert isinstance(claim.value, Weapon)
    named = {entry.name for entry in deliveries().values() if claim.value.class_ in entry.classes}
    if claim.value.class_ not in WORDED:
        return frozenset(named)
    kinds_told = [row.value for row in scene.claims if isinstance(row.value, Kind) and _by(scene, row, claim)]
    if claim.value.class_ in ("artillery", "aircraft", "missile"):
        return frozenset(named | deliveries_in(claim.value.words))
    deeds = [row.evidence.text for row in scene.claims if row.field == "perpetrator" and _by(scene, row, claim)]
    said = " | ".join([claim.value.words, claim.evidence.text, *(kind.words for kind in kinds_told), *deeds])
    called = {kind.kind for kind in kinds_told}
    return frozenset(
        named | deliveries_in(said) | {entry.name for entry in deliveries().values() if called & set(entry.kinds)}
    )


def _headline_echo(scene: Scene, claim: Claim) -> bool:
    """Tell whether a headline only says in short what its text says with care: "kills 30" over "at least 30"."""
    value = claim.value
    if not isinstance(value, Quantity) or not scene.in_headline(claim):
        return False
    return any(
        isinstance(row.value, Quantity) and row.field == claim.field and value.low in (row.value.low, row.value.high)
        for row in scene.claims
        if row.evidence.report == claim.evidence.report and not scene.in_headline(row)
    )


def _replaces(new: Claim, old: Claim) -> bool:
    a, b = new.value, old.value
    if not (isinstance(a, Quantity) and isinstance(b, Quantity)) or a.vague or b.vague:
        return False
    return a.low != b.low and not (a.low <= b.low and (a.high is None or (b.high is not None and b.high <= a.high)))


def _cause(scene: Scene, first: Claim, second: Claim) -> str:
    """Return why two claims differ, as far as it shows: the earlier one first."""
    if (first.stance in AGAINST) != (second.stance in AGAINST):
        return "one says it, the other denies it"
    if first.evidence.report == second.evidence.report and scene.in_headline(first) != scene.in_headline(second):
        return "a headline against its own text"
    if scene.holder(first) == scene.holder(second):
        return "one holder against itself"
    a, b = first.value, second.value
    grew = isinstance(a, Quantity) and isinstance(b, Quantity) and b.low > a.low
    if grew and scene.time(first)[0] < scene.time(second)[0]:
        return "the toll grew"
    return "rival holders in one report" if first.evidence.report == second.evidence.report else "rival reports"
