"""The mentions of every field in one report, in text order: what the finders found, each value where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sayso.reading.circumstances import DAYLESS
from sayso.reading.evidence import find_evidence
from sayso.reading.happenings.around import buildings_struck, places_around
from sayso.reading.happenings.belonging import incident_at
from sayso.reading.happenings.beside import told_beside
from sayso.reading.happenings.rammings import find_driven
from sayso.reading.happenings.surroundings import Facts, hangs_on, own_moment, place_hit
from sayso.reading.harm.casualties import Casualties
from sayso.reading.harm.survivors import survivors
from sayso.reading.means.weapons import find_weapons
from sayso.reading.mentions import Mention, mention
from sayso.reading.motives import find_motives
from sayso.reading.parties.damage import find_damage
from sayso.reading.parties.own_deeds import find_own_deeds
from sayso.reading.parties.perpetrators import find_perpetrators
from sayso.reading.sentences.passages import Hit
from sayso.reading.times import counts_back
from sayso.records import Kind, StatusValue, Target
from sayso.values import Moment, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.reading.happenings.drafts import Draft, Owner
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.statements import Statements


DAY: Final = len("2020-12-31")
NIGHTS_END: Final = "T05:59"
COUNTED: Final = ("killed", "injured", "abducted", "arrested", "missing", "displaced")
DENIED_WITH: Final = ("kind", "weapon", "target")
"""What is denied with an attack; where it would have been is not."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the finders found in one report."""

    casualties: Casualties
    happenings: list[Happening]
    targets: list[Mention]
    times: list[Mention]
    facts: Facts


def gather(view: Scan, statements: Statements, found: Found, drafts: list[Draft], owner: Owner) -> list[Mention]:
    """Return the mentions of every field, in text order."""
    told = [row for row in found.happenings if row.first in owner.get(row.passage, {})]
    places = {row.passage for row in told}
    targets = [item for item in found.targets if item.passage in places or item.passage not in found.facts.happenings]
    targets = [_as_place(view, item, found.facts) for item in targets]
    denied = [row for row in found.happenings if row.status == "denied"]
    loose = [row for row in denied if row not in told]
    weapons = [item for item in find_weapons(view) if not _is_denied(view, item, loose)]
    weapons = [item for item in weapons if not any(_names(aim, item) for aim in targets)]
    rows = [*found.casualties.mentions, *weapons, *find_perpetrators(view, [*told, *loose]), *targets]
    authors = [item for item in rows if item.field == "perpetrator"]
    rows += find_own_deeds(view, statements, authors)
    rows += [item for passage in view.passages for item in find_driven(view, passage)]
    rows += [*find_damage(view), *find_motives(view), *find_evidence(view)]
    set_in = [*_dated(view, found, drafts, owner), *_located(view, found, drafts)]
    set_in += buildings_struck(view, targets, found.facts)
    rows += [*set_in, *told_beside(view, found.facts, found.times, drafts, owner, set_in)]
    rows += _kinds(view, drafts)
    rejected = [row for row in denied if row in told]
    rows = [_turned(view, item, rejected) for item in rows]
    kept = _without_weak_harms(rows, lambda item: _number(view, drafts, owner, item))
    kept = _without_mere_victims(kept, lambda item: _number(view, drafts, owner, item))
    return sorted(kept, key=lambda item: (item.anchor, item.field))


def _as_place(view: Scan, item: Mention, facts: Facts) -> Mention:
    """Return a target that only has a name as a place where that is what the name stands for: "shelled Tal Zafran"."""
    if not (isinstance(item.value, Target) and item.value.class_ == item.value.kind == "person"):
        return item
    span = view.passages[item.passage].tokens_of(*item.anchor)
    if not any((hit.first, hit.last) == span for hit in facts.places[item.passage]):
        return item
    return replace(item, value=item.value.model_copy(update={"kind": "place", "class_": None}))


def _number(view: Scan, drafts: list[Draft], owner: Owner, item: Mention) -> int:
    """Return the number of the incident that a mention goes with."""
    first, _ = view.passages[item.passage].tokens_of(*item.trigger)
    return incident_at(view, drafts, owner, item.passage, first)


def _names(target: Mention, weapon: Mention) -> bool:
    """Tell whether a weapon's noun is what was aimed at: "brought down a drone"."""
    return weapon.field == "weapon" and weapon.anchor[1] == target.anchor[1] and weapon.anchor[0] >= target.anchor[0]


def _is_denied(view: Scan, item: Mention, denied: list[Happening]) -> bool:
    """Tell whether a weapon is only in the word for what did not happen: "nobody stabbed anybody"."""
    first, last = view.passages[item.passage].tokens_of(*item.anchor)
    return any(row.passage == item.passage and first <= row.first < last for row in denied)


def _turned(view: Scan, item: Mention, rejected: list[Happening]) -> Mention:
    """Return what belongs to an attack that is denied as denied too: its kind, its weapon, what it would have hit."""
    if item.field not in DENIED_WITH or item.stance is not None:
        return item
    first, last = view.passages[item.passage].tokens_of(*item.trigger)
    inside = any(row.passage == item.passage and first <= row.first < last for row in rejected)
    return replace(item, stance="denies") if inside else item


def _without_weak_harms(rows: list[Mention], number: Callable[[Mention], int]) -> list[Mention]:
    """Drop "he was shot" and pronouns where the report counts the same harm of the same incident outright.

    Of those who were shot the dead are taken off; ``number``: the incident of a mention.
    """
    harms: dict[int, list[Mention]] = {}
    for item in rows:
        if item.field in COUNTED:
            harms.setdefault(number(item), []).append(item)
    kept = [item for item in rows if item.field not in COUNTED]
    for same in harms.values():
        kept += _outright(same)
    return kept


def _without_mere_victims(rows: list[Mention], number: Callable[[Mention], int]) -> list[Mention]:
    """Drop whom it only says were hurt as targets where the report tells what the same incident was aimed at."""
    aimed = {number(item) for item in rows if item.field == "target" and not item.weak}
    return [item for item in rows if not (item.field == "target" and item.weak and number(item) in aimed)]


def _outright(rows: list[Mention]) -> list[Mention]:
    """Return the harm of one incident without what is only hinted at beside outright counts."""
    outright = {item.field for item in rows if not item.weak}
    dead = [item for item in rows if item.field == "killed" and isinstance(item.value, Quantity)]
    most = max((_low(item) for item in rows if item.field == "injured" and not item.weak), default=0)
    kept = []
    for item in rows:
        left = survivors(item, dead) if item.weak and item.shot and not item.cared and dead else item
        more = left is not None and item.shot and item.field == "injured" and _low(left) > most > 0
        if left and (not item.weak or item.field not in outright or more):
            kept.append(left)
    return kept


def _low(item: Mention) -> int:
    return item.value.low if isinstance(item.value, Quantity) else 0


def _dated(view: Scan, found: Found, drafts: list[Draft], owner: Owner) -> list[Mention]:
    """Return the times that stand in a sentence with a happening and can be its own.

    The grammar may leave the main incident without any: then the first time of its first sentence is its own.
    """
    beside = [item for item in found.times if item.passage in owner]
    rows = [_at_its_row(view, item, found, owner) for item in beside if _its_own(view, item, found, owner)]
    rows = [dated for item in rows if (dated := _on_its_day(item, drafts, owner)) is not None]
    beside = [item for item in beside if isinstance(item.value, Moment) and item.value.anchor != DAYLESS]
    if not drafts or any(0 in owner[item.passage].values() for item in rows):
        return rows
    opening = [p for p in drafts[0].passages if view.passages[p].kind != "headline"][:1]
    return rows + [item for item in beside if item.passage in opening][:1]


def _on_its_day(item: Mention, drafts: list[Draft], owner: Owner) -> Mention | None:
    """Return a time of day on the day of its incident, "shortly after 9 a.m."; None where no day is told."""
    moment = item.value
    if not isinstance(moment, Moment) or moment.resolved or moment.anchor != DAYLESS:
        return item
    numbers = set(owner[item.passage].values())
    day = drafts[numbers.pop()].moment if len(numbers) == 1 else None
    if day is None or not (day.resolved and day.one_day and day.earliest):
        return None
    value = _clock_within(moment, day)
    whole = value.earliest is not None and value.earliest.endswith("T00:00") and (value.latest or "").endswith("T23:59")
    told = value.resolved and not whole  # "midnight" may be that of either end of the day
    return replace(item, value=value.model_copy(update={"words": moment.words})) if told else None


def _clock_within(moment: Moment, day: Moment) -> Moment:
    """Return a clock on the day on which it lies in the time of the incident: "overnight … at 2 a.m." is past midnight.

    A night named by its evening runs on into the next morning.
    """
    first, last = (day.earliest or "")[:DAY], (day.latest or day.earliest or "")[:DAY]
    evening = (day.earliest or "").endswith("T18:00") and (day.latest or "").endswith("T23:59")
    last = (date.fromisoformat(first) + timedelta(days=1)).isoformat() if evening else last
    end = f"{last}{NIGHTS_END}" if evening else day.latest or ""
    found = [
        Moment.parse(f"{moment.words} today", date.fromisoformat(one), anchor_name="day of the incident")
        for one in dict.fromkeys((first, last))
    ]
    inside = (one for one in found if one.resolved and (day.earliest or "") <= (one.earliest or "") <= end)
    return next(inside, found[0])


def _at_its_row(view: Scan, item: Mention, found: Found, owner: Owner) -> Mention:
    """Return a time with the happening it dates as its trigger: "the second attack: in May, gunmen shot dead ten"."""
    here = [row for row in found.facts.happenings.get(item.passage, []) if row.first in owner[item.passage]]
    dated = [row for row in here if own_moment(view, row, found.facts) == item.value]
    if len(here) == len(dated) or not dated:
        return item
    span = view.passages[item.passage].offsets(dated[0].first, dated[0].last)
    return replace(item, trigger=span)


def _its_own(view: Scan, item: Mention, found: Found, owner: Owner) -> bool:
    passage = view.passages[item.passage]
    rows = [row for row in found.facts.happenings.get(item.passage, []) if row.first in owner[item.passage]]
    hit = Hit(*passage.tokens_of(*item.anchor), item.value)
    return any(hangs_on(passage, hit, row) and not _counted_back(passage, item, row, found) for row in rows)


def _counted_back(passage: Passage, day: Mention, row: Happening, found: Found) -> bool:
    """Tell whether a day is only what a happening's own is counted back from: "on Monday, a day after a bomb …"."""
    backs = [item for item in found.facts.times.get(day.passage, []) if isinstance(item.value, Moment)]
    backs = [item for item in backs if isinstance(day.value, Moment) and counts_back(item.value, day.value)]  # type: ignore[arg-type]
    return any(hangs_on(passage, Hit(*passage.tokens_of(*item.anchor), item.value), row) for item in backs)


def _located(view: Scan, found: Found, drafts: list[Draft]) -> list[Mention]:
    """Return the place named beside each happening, once a place and incident."""
    rows, seen = [], set()
    for number, draft in enumerate(drafts):
        for row in draft.happenings:
            hit = place_hit(view, row, found.facts)
            more = places_around(view, row, found.facts, hit)
            for one in [*([hit] if hit else []), *more]:
                name = one.value.name or one.value.words
                if (number, name) not in seen:
                    seen.add((number, name))
                    passage = view.passages[row.passage]
                    rows.append(mention(passage, "where", one.value, (one.first, one.last), (row.first, row.last)))
    return rows


def _kinds(view: Scan, drafts: list[Draft]) -> list[Mention]:
    """Return what sort of incident it is called, and that it was tried or planned where it did not happen."""
    rows = []
    for draft in drafts:
        seen: set[str] = set()
        for row in draft.happenings:
            passage = view.passages[row.passage]
            words = view.report.text[slice(*passage.offsets(row.first, row.last))]
            if row.kind != "other" and row.kind not in seen:
                seen.add(row.kind)
                rows.append(mention(passage, "kind", Kind(kind=row.kind, words=words), (row.first, row.last)))
        first = draft.first
        named = [row for row in draft.happenings if not row.carried]
        if named and all(row.status in ("attempted", "planned") for row in named):
            passage = view.passages[first.passage]
            words = view.report.text[slice(*passage.offsets(first.first, first.last))]
            rows.append(
                mention(passage, "status", StatusValue(status=first.status, words=words), (first.first, first.last))
            )
    return rows
