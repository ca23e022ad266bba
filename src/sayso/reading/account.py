"""What one report says: its events, its incidents with their claims and findings, and what was not understood.

The steps can be read aloud: passages → harms, weapons → happenings → incidents → mentions of every field → claims →
findings. A trained model that finds triggers, roles or coreference replaces a finder; the assembly stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.reading.circumstances import find_times
from sayso.reading.claims import to_claim
from sayso.reading.events import find_events
from sayso.reading.findings import find_findings
from sayso.reading.gathering import Found, gather
from sayso.reading.happenings.belonging import incident_at
from sayso.reading.happenings.drafts import Draft, Owner
from sayso.reading.happenings.grouping import group
from sayso.reading.happenings.incidents import Happening, find_happenings
from sayso.reading.happenings.kinds import kind_by_claims
from sayso.reading.happenings.scenes import find_scenes
from sayso.reading.happenings.surroundings import FINENESS, Facts
from sayso.reading.happenings.taxonomy import kinds
from sayso.reading.harm.casualties import Casualties, find_casualties
from sayso.reading.harm.denied_harm import find_denied_harm
from sayso.reading.harm.increments import as_increments
from sayso.reading.marked.doubted import without_doubted
from sayso.reading.marked.incidents import tells_of_none, told_without_a_word
from sayso.reading.marked.marked import find_marked
from sayso.reading.means.weapon_words import by_weapon
from sayso.reading.means.weapons import find_weapons
from sayso.reading.mentions import Mention
from sayso.reading.not_understood import not_understood
from sayso.reading.parties.damage import find_damage
from sayso.reading.parties.denied_deeds import find_denied
from sayso.reading.parties.targets import find_targets
from sayso.reading.rejections import with_rejected
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.marks import marks_of
from sayso.reading.sentences.passages import Scan, scan
from sayso.reading.sentences.statuses import of_a_war
from sayso.reading.statements.saying_times import saying_times
from sayso.reading.titles import title_of
from sayso.reading.where.places import find_places
from sayso.reading.where.sites import find_sites
from sayso.reading.where.toponyms import read_toponyms
from sayso.records import (
    Claim,
    Event,
    Incident,
    Kind,
    NotUnderstood,
    ResponsibilityClaim,
    Weapon,
    incident_id,
)
from sayso.values import Actor, Moment, Place, Quantity

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.statements.statements import Statements
    from sayso.vocab.gazetteer import Gazetteer


BARE = ("kind", "weapon", "status", "motive", "evidence_offered")
"""Claims that tell no more of an incident than its name."""
SOLID = ("when", "where", "perpetrator", "killed", "injured", "abducted", "arrested", "weapon_count", "damage")
ENOUGH = 3
"""So many facts make an incident of what a report on something else names."""
HEAD = 4
"""So many sentences at the beginning are a report's head: what is named there is what it is about."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """What was read in one report, statements aside."""

    events: tuple[Event, ...]
    incidents: tuple[Incident, ...]
    claims: tuple[Claim, ...]
    not_understood: tuple[NotUnderstood, ...]


def read_account(analysis: Analysis, statements: Statements, world: Gazetteer) -> Accounts:
    """Return the events, incidents and claims of one report; never raises on any text."""
    view = scan(analysis, world)
    view.people = _people(statements)
    found = _find(view, statements, analysis)
    harms = list(found.casualties.mentions)
    none = tells_of_none(view, analysis) and not _counts_dead_in_head(harms)
    drafts, owner = ([], {}) if none else group(view, found.happenings, harms, found.facts)
    if not drafts and (told := told_without_a_word(view, analysis)):
        found = replace(found, happenings=told)
        drafts, owner = group(view, told, harms, found.facts)
    mentions = gather(view, statements, found, drafts, owner) if drafts else []
    mentions = without_doubted(view, analysis, mentions)
    mentions += find_marked(view, analysis, statements, found.facts, mentions) if drafts else []
    mentions += find_denied(view, statements, mentions) if drafts else []
    mentions += find_denied_harm(view, statements, mentions) if drafts else []
    mentions = as_increments(view, mentions)
    ids = _ids(view, drafts)
    claims = _claims(view, mentions, drafts, owner, ids, statements)
    backed = found.facts.support | {item.passage for item in found.casualties.mentions}
    heads = [_in_head(view, draft, backed) for draft in drafts]
    about = any(head and not draft.background for head, draft in zip(heads, drafts, strict=True))
    rows = zip(drafts, ids, heads, strict=True)
    named = [n for n, row in enumerate(rows) if _only_named(view, *row, claims, about=about)]
    claims = [claim for claim in claims if claim.incident not in {ids[number] for number in named}]
    owner = {at: {first: n for first, n in row.items() if n not in named} for at, row in owner.items()}
    events = _events(view, statements, found, owner, ids)
    incidents = tuple(
        _incident(view, draft, ids[n], [c for c in claims if c.incident == ids[n]])
        for n, draft in enumerate(drafts)
        if n not in named
    )
    missing = not_understood(view, found, claims, events, statements) if drafts else ()
    return Accounts(tuple(events), incidents, tuple(claims), missing)


def _counts_dead_in_head(harms: list[Mention]) -> bool:
    """Tell whether both headline and lead count the dead, of whatever sort of attack: no model knows all sorts."""
    told = {h.passage for h in harms if h.field == "killed" and isinstance(h.value, Quantity) and h.value.low > 0}
    return len([number for number in told if number < HEAD - 1]) > 1


def _only_named(view: Scan, draft: Draft, number: str, head: bool, claims: list[Claim], *, about: bool) -> bool:
    """Tell whether a happening is only named and nothing is told of it.

    In the head of a report a name is enough, unless it is of something long past. A report that names nothing in its
    head is about something else: there an incident needs several facts of its own.
    """
    told = {claim.field for claim in claims if claim.incident == number and _tells(claim)}
    if head:
        return _long_past(view, draft) and not told - {"when", "where", "target"}
    return not told if about else len(told & set(SOLID)) < ENOUGH


def _in_head(view: Scan, draft: Draft, backed: frozenset[int]) -> bool:
    """Tell whether the head of the report names it, a weak word with something beside it that means violence."""
    rows = (row for row in draft.happenings if row.passage < HEAD)
    headline = any(view.passages[row.passage].kind == "headline" for row in draft.happenings)
    hurt = any(number < HEAD for number in backed)
    return headline or any(row.strong or hurt for row in rows)


def _tells(claim: Claim) -> bool:
    """Tell whether a claim says more than a name does; a time that is not known says nothing."""
    return claim.field not in BARE and not (isinstance(claim.value, Moment) and not claim.value.resolved)


def _long_past(view: Scan, draft: Draft) -> bool:
    """Tell whether a happening lies more than a year before the report."""
    published, latest = view.report.published, draft.moment.latest if draft.moment else None
    return bool(published and latest and int(latest[:4]) < int(published[:4]) - 1)


def _people(statements: Statements) -> dict[str, object]:
    """Return the holders of the report by last name and by full name."""
    known: dict[str, object] = {}
    for statement in statements.records:
        name = statement.holder.name
        if name and statement.holder.kind != "report":
            known.setdefault(name.casefold(), statement.holder)
            if statement.holder.kind == "person":
                known.setdefault(name.split()[-1].casefold(), statement.holder)
    return known


def _find(view: Scan, statements: Statements, analysis: Analysis) -> Found:
    casualties = find_casualties(view)
    happenings = find_happenings(view, casualties.mentions)
    apart = [(s.holder_span.start, s.holder_span.end) for s in statements.records if s.holder_span]
    times = find_times(view, saying_times(view, statements))
    by_passage: dict[int, list[Mention]] = {}
    for item in times:
        by_passage.setdefault(item.passage, []).append(item)
    rows: dict[int, list[Happening]] = {}
    for row in happenings:
        rows.setdefault(row.passage, []).append(row)
    names = read_toponyms(analysis, view.world)
    marks = marks_of(view, analysis)
    places = find_places(view, apart, names, marks)
    sites = find_sites(view, names, places, marks)
    scenes = find_scenes(analysis, view, happenings)
    armed = _armed(view)
    facts = Facts(places, by_passage, rows, _support(view, casualties) | armed, armed, scenes, sites)
    return Found(casualties, happenings, find_targets(view, happenings), times, facts)


def _support(view: Scan, casualties: Casualties) -> frozenset[int]:
    """Return the passages with damage or a number of casualties."""
    found = {item.passage for item in find_damage(view)}
    found |= {p.number for p in view.passages for start, _ in casualties.unsplit if p.start <= start < p.end}
    return frozenset(found)


def _armed(view: Scan) -> frozenset[int]:
    """Return the passages with attackers or weapons."""
    armed = (p.number for p in view.passages if any(group.attackers for group in find_groups(view, p)))
    return frozenset({item.passage for item in find_weapons(view)}.union(armed))


def _ids(view: Scan, drafts: list[Draft]) -> list[str]:
    return [
        incident_id(view.report.span(*view.passages[d.first.passage].offsets(d.first.first, d.first.last)))
        for d in drafts
    ]


def _claims(
    view: Scan,
    mentions: list[Mention],
    drafts: list[Draft],
    owner: Owner,
    ids: list[str],
    statements: Statements,
) -> list[Claim]:
    """Return one claim for each (incident, field, value, holder, stance); later repetitions are left out."""
    found: dict[str, Claim] = {}
    seen: set[tuple[str, ...]] = set()
    for item in mentions:
        passage = view.passages[item.passage]
        first, last = passage.tokens_of(*item.trigger)
        number = incident_at(view, drafts, _outside(owner, item, passage), item.passage, first)
        if isinstance(item.value, Quantity) and not drafts[number].background and of_a_war(view, passage, first, last):
            continue  # where no background incident could be opened for it
        claim = to_claim(view, item, ids[number], statements)
        for one in [*with_rejected(claim, statements), *_owned(claim)] if claim else []:
            key = (one.incident, one.field, _same(one), one.holder.name or one.holder.words, one.stance)
            if key not in seen:
                seen.add(key)
                found.setdefault(one.id, one)
    return _most_specific(list(found.values()))


def _outside(owner: Owner, item: Mention, passage: Passage) -> Owner:
    """Leave out of a sentence's happenings those that a time only counts from: "two days after the attack"."""
    here = owner.get(item.passage, {})
    if item.field != "when":
        return owner
    first, last = passage.tokens_of(*item.anchor)
    others = {at: number for at, number in here.items() if not first <= at < last}
    return {**owner, item.passage: others} if others else owner


def _most_specific(claims: list[Claim]) -> list[Claim]:
    """Drop the coarser word where the same holder also says the finer one: "blast" beside "car bombing"."""
    best: dict[tuple[str, str], int] = {}
    for claim in claims:
        if isinstance(claim.value, Kind):
            key = (claim.incident, claim.holder.name or claim.holder.words)
            best[key] = max(best.get(key, 0), kinds()[claim.value.kind].rank)
    return [claim for claim in claims if not (isinstance(claim.value, Kind) and _coarser(claim, claim.value, best))]


def _coarser(claim: Claim, kind: Kind, best: dict[tuple[str, str], int]) -> bool:
    return kinds()[kind.kind].rank < best[(claim.incident, claim.holder.name or claim.holder.words)]


def _owned(claim: Claim) -> list[Claim]:
    """Return the claim of responsibility that "our forces shot it down" makes, or its denial."""
    if claim.field != "perpetrator" or claim.stance not in ("claims_own", "denies"):
        return []
    value = claim.value
    state = isinstance(value, Actor) and value.kind == "state" and value.country == claim.holder.country
    if claim.stance == "denies" and not (state or getattr(value, "name", None) == claim.holder.name):
        return []
    owned = ResponsibilityClaim(claimed=True if claim.stance == "claims_own" else "denied")
    data = claim.model_dump(by_alias=True, exclude={"id", "value"})
    return [Claim(**{**data, "field": "responsibility_claim"}, value=owned)]


def _same(claim: Claim) -> str:
    from sayso.reading.findings import group_key, value_key

    return value_key(claim) + "|" + group_key(claim.value)


def _events(view: Scan, statements: Statements, found: Found, owner: Owner, ids: list[str]) -> list[Event]:
    """Return the events with the incident of the happening they name."""
    places = {
        view.passages[number].line.start(first): ids[draft]
        for number, row in owner.items()
        for first, draft in row.items()
    }
    named = [row for row in found.happenings if row.part != "harm"]  # "were found dead" is no event of its own
    events = find_events(view, statements, named, found.targets)
    return [event.model_copy(update={"incident": places.get(event.trigger.start)}) for event in events]


def _incident(view: Scan, draft: Draft, number: str, claims: list[Claim]) -> Incident:
    when = _best_moment(claims) or draft.moment
    where = _best_place(claims) or draft.place
    kind = kind_by_claims(_kind_of(draft, claims), claims)
    return Incident(
        id=number,
        kind=kind,
        title=title_of(kinds()[kind], when, where, claims, view.world),
        when=when,
        where=where,
        reports=(view.report.id,),
        findings=find_findings(claims),
        background=draft.background,
    )


def _kind_of(draft: Draft, claims: list[Claim]) -> str:
    """Return the kind the words name; where they name none, that of the weapon ("attacked … with machetes")."""
    if draft.kind != "other":
        return draft.kind
    weapons = (claim.value.class_ for claim in claims if isinstance(claim.value, Weapon))
    return next((by_weapon()[name] for name in weapons if name in by_weapon()), draft.kind)


def _best_moment(claims: list[Claim]) -> Moment | None:
    """Return the first resolved time claimed, else the first."""
    moments = [claim.value for claim in claims if claim.field == "when" and isinstance(claim.value, Moment)]
    return next((moment for moment in moments if moment.resolved), moments[0] if moments else None)


def _best_place(claims: list[Claim]) -> Place | None:
    """Return the first place finer than a country, else the first; a facility named inside it goes before it.

    So does a town told in one breath with its province: "in the state of Assam, at the town of Diphu".
    """
    told = [(claim, claim.value) for claim in claims if claim.field == "where" and isinstance(claim.value, Place)]
    named = [row for row in told if row[1].name] or told
    fine = [row for row in named if row[1].precision not in ("country", "area", None) and row[1].country]
    pinned = [row for row in fine if row[1].precision != "point" or row[1].lat is not None]
    rough = [row for row in named if row[1].precision != "point"]
    best = next(iter((*pinned, *fine, *rough, *named)), None)
    if best is None:
        return None
    inside = (place for _, place in named if place.precision == "point" and best[1].contains(place))
    finer = (place for claim, place in pinned if _in_one_breath(best, (claim, place)))
    return next(inside, None) or next(finer, best[1])


def _in_one_breath(best: tuple[Claim, Place], other: tuple[Claim, Place]) -> bool:
    """Tell whether a finer place is told with a rougher one: their evidence overlaps."""
    (one, rough), (two, fine) = best, other
    finer = FINENESS.get(fine.precision, 3) < FINENESS.get(rough.precision, 3) and fine.country == rough.country
    return finer and one.evidence.start < two.evidence.end and two.evidence.start < one.evidence.end
