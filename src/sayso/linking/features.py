"""``features_of``: all that linking compares of one account, in a record of about two kilobytes.

Two accounts are compared by their features alone, so that a ledger need not read its reports again. Days are ordinals
(``date.toordinal``); words stand in the normal form of ``terms.words``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from sayso.linking.marks import marks
from sayso.linking.spots import LISTED, PlaceMark, asides_of, days_of, ordinal_of, places_of
from sayso.linking.story import dateline_of, headline_of, leading, running, story_of, without_asides
from sayso.linking.terms import (
    ADDRESSES,
    AFTERMATH,
    IDLE,
    Vector,
    Word,
    rarity,
    skeleton,
    tellingness,
    tells,
    vector,
    words,
)
from sayso.reading.happenings.taxonomy import kinds as kind_table
from sayso.records import Claim, Incident, Kind, Report, Target, Weapon
from sayso.values import Actor, Quantity

READ_AT_MOST: Final = 20_000  # code points of a report that are compared
LEAD_TERMS, BODY_TERMS, NAMES = 50, 120, 24
FINE: Final = 10  # days: what is told of no finer stretch is rough
NAME_RARITY: Final = 4.5  # a capital word that is rarer may be a name
COUNTS: Final = ("killed", "injured", "abducted", "arrested", "missing", "displaced", "weapon_count")
_NAME: Final = re.compile(r"\b[^\W\d_a-z][\w'’]+(?: (?:[A-Z]\.|al-|el-)?[^\W\d_a-z][\w'’]+){1,3}")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Doer(_Part):
    """An author that somebody names."""

    name: str
    kind: str
    country: str | None = None
    named: bool = Field(description="a body or a person with a name, not 'gunmen'")


class Features(_Part):
    """What one report tells of one incident, as linking compares it."""

    account: str = Field(description="id of the account: that of its incident, or of its report where none was read")
    report: str
    background: bool = Field(default=False, description="mentioned only to explain")
    published: int | None = Field(default=None, description="ordinal of the day")
    days: tuple[tuple[int, int], ...] = Field(default=(), description="first and last day of each time that is told")
    places: tuple[PlaceMark, ...] = ()
    asides: tuple[PlaceMark, ...] = Field(default=(), description="spots where its report places other incidents")
    kinds: tuple[str, ...] = ()
    counts: dict[str, tuple[tuple[int, int | None], ...]] = Field(
        default={}, description="field → intervals of whole tolls (low, high; None without bound)"
    )
    targets: tuple[str, ...] = Field(default=(), description="classes of targets")
    weapons: tuple[str, ...] = Field(default=(), description="classes of weapons")
    doers: tuple[Doer, ...] = ()
    persons: tuple[str, ...] = Field(default=(), description="names of those who were hurt or taken, or are blamed")
    people: tuple[str, ...] = Field(default=(), description="names of two and more words in running text")
    names: tuple[str, ...] = Field(default=(), description="rare words with a capital in running text")
    numbers: tuple[str, ...] = Field(default=(), description="'age 17', 'block 500 oak', 'street oak', 'clock 21:30'")
    follows: bool = Field(default=False, description="the headline tells of what came after: a trial, a funeral")
    dateline: str = Field(default="", description="the town at the head of the report")
    title: Vector = {}
    lead: Vector = Field(default={}, description="headline, first sentences and those the claims were read from")
    body: Vector = Field(default={}, description="the whole report; empty for what it only mentions")
    publisher: str | None = None

    # What comparing needs again and again of one side, made once.

    @cached_property
    def told(self) -> int:
        """What it tells, a bit each, in the order of ``TELLING``."""
        return sum(1 << at for at, tells in enumerate(TELLING.values()) if tells(self))

    @cached_property
    def fine_days(self) -> tuple[tuple[int, int], ...]:
        """The days that are told to within ``FINE``."""
        return tuple(span for span in self.days if span[1] - span[0] <= FINE)

    @cached_property
    def told_kinds(self) -> frozenset[str]:
        """The kinds that say something."""
        return frozenset(self.kinds) - {"other"}

    @cached_property
    def families(self) -> frozenset[str]:
        """The families of its kinds."""
        return frozenset(family for name in self.told_kinds for family in kind_table()[name].families)

    @cached_property
    def told_weapons(self) -> frozenset[str]:
        """The classes of weapons that say something."""
        return frozenset(self.weapons) - {"unknown"}

    @cached_property
    def named_doers(self) -> dict[str, str | None]:
        """Name → country of the authors that have a name."""
        return {doer.name: doer.country for doer in reversed(self.doers) if doer.named}

    @cached_property
    def weighed_people(self) -> dict[str, int]:
        """Name of two words and more → how much it tells."""
        return {name: tellingness(name) for name in self.people}

    @cached_property
    def last_names(self) -> frozenset[str]:
        """The last names of its persons."""
        return frozenset(name.split()[-1] for name in self.persons)

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of its places."""
        return frozenset(word for place in self.places for word in place.name.split())

    @cached_property
    def spots(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Names of its places that are spots on the map, with their words."""
        return tuple((place.name, frozenset(place.name.split())) for place in self.places if place.fine and place.name)

    @cached_property
    def all_names(self) -> frozenset[str]:
        """Its rare names."""
        return frozenset(self.names)

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Its rare names, without the words of its places."""
        return frozenset(self.names) - self.place_words

    @cached_property
    def marks(self) -> dict[str, frozenset[str]]:
        """Mark of a number → the numbers: "age" → "34"."""
        found: dict[str, set[str]] = {}
        for item in self.numbers:
            mark, _, number = item.partition(" ")
            found.setdefault(mark, set()).add(number)
        return {mark: frozenset(numbers) for mark, numbers in found.items()}

    @cached_property
    def told_words(self) -> frozenset[str]:
        """The weighty words of its text, wherever they stand."""
        return frozenset(self.title.keys() | self.lead.keys() | self.body.keys() | set(self.names))

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The words of its headline."""
        return frozenset(self.title)

    @cached_property
    def title_weights(self) -> dict[str, int]:
        """Word of its headline → thousandths of the weight of the whole."""
        whole = sum(weight * weight for weight in self.title.values())
        return {word: 1000 * weight * weight // whole for word, weight in self.title.items()}

    @cached_property
    def skeletons(self) -> dict[str, str]:
        """Skeleton → name, of names long enough to have one."""
        rows = ((skeleton(name), name) for name in self.names)
        return {bare: name for bare, name in rows if len(bare) > 2}


TELLING: Final[Mapping[str, Callable[[Features], object]]] = {
    "days": lambda one: one.days,
    "published": lambda one: one.published is not None and not one.background,
    "kind": lambda one: one.told_kinds,
    "killed": lambda one: "killed" in one.counts,
    "injured": lambda one: "injured" in one.counts,
    "others_counted": lambda one: one.counts.keys() & {"abducted", "arrested", "missing", "displaced"},
    "target": lambda one: one.targets,
    "weapon": lambda one: one.told_weapons,
    "doer": lambda one: one.named_doers,
    "people": lambda one: one.people,
    "names": lambda one: one.own_names,
    "spellings": lambda one: one.skeletons,
    "ages": lambda one: "age" in one.marks,
    "blocks": lambda one: "block" in one.marks,
    "clock": lambda one: "clock" in one.marks,
    "headline": lambda one: one.title,
    "lead": lambda one: one.lead,
    "body": lambda one: one.body,
}
"""Comparator → what an account must tell for it to find anything: where one of two is silent, it need not be asked."""


def features_of(report: Report, incident: Incident | None, claims: Sequence[Claim], *, main: bool = True) -> Features:
    """Return what linking compares of one account.

    Args:
        report: the text, with its blocks.
        incident: what is told of; None compares a report in which no incident was read by its text alone.
        claims: of this incident or of more; those of others only tell where else something happened.
        main: the report is about this incident: headline, first sentences and the rest are its text. That of any other
            incident, news or background, are only the sentences it was read from.

    """
    own = [claim for claim in claims if incident is not None and claim.incident == incident.id]
    background = incident is not None and incident.background
    aside = background or not main
    text = story_of(report, READ_AT_MOST)
    if not aside and incident is not None:
        text = without_asides(text, own, _of_other_days(report, incident, own, claims))
    found = _told(text)
    stretches = leading(text, own, aside=aside)
    sayers = _sayers(own)
    inside = _within(found, stretches)
    told = [word for word in (inside if aside else found) if word.form not in sayers]
    title = [word.form for word in words(headline_of(report))]
    return Features(
        account=report.id if incident is None else incident.id,
        report=report.id,
        background=background,
        published=ordinal_of(report.published),
        days=days_of(own, incident),
        places=(places := places_of(own, incident)),
        asides=() if aside else asides_of(report, incident, claims, places),
        kinds=_kinds(own, incident),
        counts={field: _counts(own, field) for field in COUNTS if _counts(own, field)},
        targets=_listed(claim.value.class_ for claim in own if isinstance(claim.value, Target) and claim.value.class_),
        weapons=_listed(claim.value.class_ for claim in own if isinstance(claim.value, Weapon)),
        doers=_doers(own),
        persons=_persons(own),
        people=_people(text, told),
        names=_names(told),
        numbers=marks(text, stretches if aside else ((0, len(text)),)),
        follows=not aside and not AFTERMATH.isdisjoint(title),
        dateline="" if aside else dateline_of(report),
        title={} if aside else vector(title, LEAD_TERMS),
        lead=vector((word.form for word in inside if word.form not in sayers), LEAD_TERMS),
        body={} if aside else vector((word.form for word in found), BODY_TERMS),
        publisher=" ".join(word.form for word in words(report.publisher)) if report.publisher else None,
    )


def _of_other_days(report: Report, incident: Incident, own: Sequence[Claim], claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of those other incidents of a report that were on other days: a split account is no aside."""
    days = days_of(own, incident)
    others: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.incident != incident.id and claim.evidence.report == report.id:
            others.setdefault(claim.incident, []).append(claim)
    apart = (rows for rows in others.values() if days and _never_meet(days, days_of(rows, None)))
    return [claim for rows in apart for claim in rows]


def _never_meet(days: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    """Tell whether two lists of stretches of days have no day in common; where one is unknown they may."""
    return bool(others) and all(last < first or end < begin for begin, last in days for first, end in others)


def main_incident(incidents: Iterable[Incident]) -> Incident | None:
    """Return the incident that a report is about: the first that is no background; None where there is none."""
    return next((incident for incident in incidents if not incident.background), None)


@lru_cache(maxsize=1)
def _told(text: str) -> tuple[Word, ...]:
    """Return the words of the text's running lines; the accounts of a report follow one another and share them."""
    return tuple(words(running(text)))


def _sayers(claims: Sequence[Claim]) -> frozenset[str]:
    """Return the words of names of those who say it: a spokesman speaks of many incidents."""
    named = (claim.holder.name for claim in claims if claim.holder.is_named and claim.holder.kind != "report")
    chains = (name for claim in claims for name in claim.chain)
    return frozenset(word.form for name in (*named, *chains) if name for word in words(name) if word.capital)


def _within(found: Sequence[Word], stretches: Sequence[tuple[int, int]]) -> list[Word]:
    """Return the words that start in one of the stretches; both stand in the order of the text."""
    inside, at = [], 0
    for word in found:
        while at < len(stretches) and stretches[at][1] <= word.start:
            at += 1
        if at < len(stretches) and stretches[at][0] <= word.start:
            inside.append(word)
    return inside


def _listed(items: Iterable[str]) -> tuple[str, ...]:
    """Return the items once each, in the order of the alphabet, none but the first ``LISTED`` of them."""
    return tuple(sorted(set(items))[:LISTED])


def _kinds(claims: Sequence[Claim], incident: Incident | None) -> tuple[str, ...]:
    own = [] if incident is None else [incident.kind]
    return _listed([*own, *(claim.value.kind for claim in claims if isinstance(claim.value, Kind))])


def _counts(claims: Sequence[Claim], field: str) -> tuple[tuple[int, int | None], ...]:
    """Return the intervals that anybody asserts, those of parts of the toll too.

    An open one stands behind the closed one with the same numbers: as members of a set they come in an order of their
    own, for None is hashed by where it lies in the memory.
    """
    values = [claim.value for claim in claims if claim.field == field and claim.stance == "asserts"]
    found = {(value.low, value.high) for value in values if isinstance(value, Quantity)}
    return tuple(sorted(found, key=lambda pair: (-pair[0], pair[1] or pair[0], pair[1] is None)))[:LISTED]


def _doers(claims: Sequence[Claim]) -> tuple[Doer, ...]:
    actors = (claim.value for claim in claims if claim.field == "perpetrator" and isinstance(claim.value, Actor))
    found = {
        Doer(
            name=" ".join(word.form for word in words(actor.name)),
            kind=actor.kind,
            country=actor.country,
            named=actor.is_named,
        )
        for actor in actors
        if actor.name
    }
    return tuple(sorted(found, key=lambda doer: (doer.name, doer.kind, doer.country or "", doer.named)))[:LISTED]


def _persons(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return the names of those who were hurt or taken, and of persons that are blamed."""
    hurt = (claim.value.of for claim in claims if isinstance(claim.value, Quantity))
    blamed = (claim.value for claim in claims if claim.field == "perpetrator" and isinstance(claim.value, Actor))
    names = (actor.name for actor in (*hurt, *blamed) if actor is not None and actor.kind == "person" and actor.name)
    forms = (" ".join(word.form for word in words(name) if len(word.form) > 1) for name in names)
    return _listed(form for form in forms if form and tellingness(form.split()[-1]))


def _people(text: str, found: Sequence[Word]) -> tuple[str, ...]:
    """Return the rarest runs of two to four words with a capital: most are names of people, streets and bodies."""
    told = {word.start for word in found}
    runs: dict[str, float] = {}
    for match in _NAME.finditer(text):
        forms = [word.form for word in words(match[0]) if len(word.form) > 1 and word.form not in IDLE]
        if len(forms) > 1 and match.start() in told:
            runs[" ".join(forms)] = sum(rarity(form) for form in forms) / len(forms)
    ordered = sorted((name for name in runs if runs[name] >= NAME_RARITY), key=lambda name: (-runs[name], name))
    return tuple(sorted(ordered[:NAMES]))


def _names(found: Sequence[Word]) -> tuple[str, ...]:
    """Return rare words with a capital that stand in running text, the rarest ``NAMES`` of them."""
    forms = {word.form for word in found if word.capital and tells(word.form) and rarity(word.form) >= NAME_RARITY}
    small = {word.form for word in found if not word.capital}
    ordered = sorted(forms - small - ADDRESSES, key=lambda form: (-rarity(form), form))
    return tuple(sorted(ordered[:NAMES]))
