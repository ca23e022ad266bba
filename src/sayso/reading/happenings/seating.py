"""Which sentences tell of one incident, decided anew in text order after the rules of ``grouping`` have had their say.

Each sentence goes on with the incident it is likest to (``likeness``), or begins another where it is like none. What
the rules said is one trait of many; what they know for certain stays: headlines keep their company, two happenings that
they tell apart in one sentence stay apart, and background remains what it was opened as.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.happenings.belonging import incident_at
from sayso.reading.happenings.drafts import MOST, Draft
from sayso.reading.happenings.incidents import HARM, Happening
from sayso.reading.happenings.likeness import Sheet, Told, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.happenings.drafts import Owner
    from sayso.reading.happenings.surroundings import Facts
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Scan

AS_LIKELY: Final = 0.6
"""A sentence that names what happened goes on with an incident from this probability on."""
RULES: Final = 0.3
"""What it gains where the rules say so, too: reports of one incident are far commoner than among those of the fit."""
NAMED: Final = 0.3
"""What it gains where a sentence names the happening and its place as known."""
CARRIED: Final = 0.3
"""Below this one that only counts harm begins an incident of its own."""
EVEN: Final = 0.5
ASIDE: Final = 0.8
"""What the rules take for news is background from this probability on."""
FEW: Final = 3
"""Fewer sentences are left to the rules: the weights were fitted on reports."""
ACROSS: Final = 0.9
"""What words put before the news ("last year …") goes on with news from this probability on."""
LATEST: Final = 12
"""So many incidents told last are looked at, and the main one: the bound keeps long reports linear."""


def units_of(scan: Scan, drafts: list[Draft], owner: Owner) -> Iterator[Unit]:
    """Yield what each sentence tells of each happening, as the rules have put it, in text order."""
    rows: dict[tuple[int, int], list[Happening]] = {}
    for number, draft in enumerate(drafts):
        for row in draft.happenings:
            rows.setdefault((row.passage, number), []).append(row)
    for passage in sorted(owner):
        firsts: dict[int, int] = {}
        for first, number in sorted(owner[passage].items()):
            firsts.setdefault(number, first)
        for number, first in firsts.items():
            yield Unit(passage, first, number, rows.get((passage, number), []))


def _unnamed(scan: Scan, drafts: list[Draft], owner: Owner, harms: list[Mention]) -> Iterator[Unit]:
    """Yield the sentences that count harm and name no happening, with the incident they go with by the rules."""
    seen = set(owner)
    for harm in harms:
        if harm.passage not in seen and harm.field in HARM:
            seen.add(harm.passage)
            first, _ = scan.passages[harm.passage].tokens_of(*harm.trigger)
            yield Unit(harm.passage, first, incident_at(scan, drafts, owner, harm.passage, first))


def all_units(scan: Scan, drafts: list[Draft], owner: Owner, harms: list[Mention]) -> list[Unit]:
    """Return what the sentences of a report tell of happenings, headlines aside, in text order."""
    units = [*units_of(scan, drafts, owner), *_unnamed(scan, drafts, owner, harms)]
    return sorted(
        (unit for unit in units if scan.passages[unit.passage].kind != "headline"),
        key=lambda unit: (unit.passage, unit.first),
    )


def seat(
    scan: Scan, drafts: list[Draft], owner: Owner, harms: list[Mention], facts: Facts
) -> tuple[list[Draft], Owner]:
    """Return incidents and owners as ``grouping.group`` does, each sentence with the incident it is likest to."""
    units = all_units(scan, drafts, owner, harms) if drafts and len(scan.passages) >= FEW else []
    if len({unit.passage for unit in units}) < 2:
        return drafts, owner
    among = _told(Sheet(scan, facts, harms), drafts, units)
    _keep_news(drafts, among)
    return _as_drafts(scan, drafts, owner, among)


def _keep_news(drafts: list[Draft], among: list[Told]) -> None:
    """Let what the report is about by the rules stay news where it went on with background, and nothing else is news.

    "… has been charged with a shooting last week" puts the one happening before the news; what follows tells of it.
    """
    home = _homes(drafts, among).get(0)
    if home is not None and not drafts[0].background and all(told.background for told in among):
        among[home].background = False


def _told(sheet: Sheet, drafts: list[Draft], units: list[Unit]) -> list[Told]:
    """Return the incidents that the sentences tell of, what the report is about first."""
    among: list[Told] = []
    latest: Told | None = None
    for unit in units:
        apart = [told for told in among if told.last == unit.passage]
        rest = [told for told in _near(among) if told not in apart]
        rated = [(sheet.likeness(told, unit, among, latest) + _gain(sheet, told, unit), told) for told in rest]
        likely, best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
        certain = _begins_apart(drafts, unit)
        if best is None or ((certain or likely < _enough(drafts, unit, best)) and len(among) < MOST):
            best = Told()
            rules = _is_aside(drafts, unit)
            least = EVEN if rules else ASIDE
            weighed = bool(among) and not certain
            best.background = sheet.background(unit, among, latest, rules=rules) > least if weighed else rules
            among.insert(0 if unit.rules == 0 and all(told.units[0].rules for told in among) else len(among), best)
        sheet.add(best, unit)
        latest = best
    return among


def _begins_apart(drafts: list[Draft], unit: Unit) -> bool:
    """Tell whether the rules begin an incident here because words say so: "two days after the bombing", "answered"."""
    return drafts[unit.rules].first.apart and _begins(drafts, unit)


def _begins(drafts: list[Draft], unit: Unit) -> bool:
    """Tell whether the rules begin an incident with this sentence."""
    opener = drafts[unit.rules].first
    return any((row.passage, row.first) == (opener.passage, opener.first) for row in unit.rows)


def _enough(drafts: list[Draft], unit: Unit, told: Told) -> float:
    """Return how likely a sentence must tell of an incident to go on with it."""
    if unit.rows and all(row.background for row in unit.rows) and not told.background:
        return ACROSS
    return CARRIED if unit.row is None or (unit.row.carried and not _begins(drafts, unit)) else AS_LIKELY


def _gain(sheet: Sheet, told: Told, unit: Unit) -> float:
    """Return what speaks for an incident beside the weights: the rules, a name ("the bombing in Velm")."""
    rules = told.rules.most_common(1)[0][0] == unit.rules
    return RULES * rules + NAMED * sheet.names_again(told, unit)


def _near(among: list[Told]) -> list[Told]:
    """Return the incidents a sentence is compared with: the main one, and those told last."""
    if len(among) <= LATEST:
        return among
    return [among[0], *sorted(among[1:], key=lambda told: told.last)[-LATEST:]]


def _as_drafts(scan: Scan, drafts: list[Draft], owner: Owner, among: list[Told]) -> tuple[list[Draft], Owner]:
    """Return the incidents as drafts, with the headlines that go with each."""
    home = _homes(drafts, among)
    made = [_made(scan, drafts, told) for told in among]
    owns: Owner = {}
    for number, told in enumerate(among):
        for unit in told.units:
            if unit.rows or home[unit.rules] != number:  # else what the rules say of a sentence without a word for it
                owns.setdefault(unit.passage, {})[unit.first] = number
            for row in unit.rows:
                owns[unit.passage][row.first] = number
    for number, draft in enumerate(drafts):
        rows = [row for row in draft.happenings if scan.passages[row.passage].kind == "headline"]
        if rows and number not in home:
            home[number] = len(made)
            made.append(Draft([], draft.kind, draft.background, draft.place, draft.moment))
        for row in rows:
            made[home[number]].add(scan, row)
            made[home[number]].place = made[home[number]].place or draft.place
            owns.setdefault(row.passage, {})[row.first] = home[number]
    for draft in made:
        draft.happenings.sort(key=lambda row: (row.passage, row.first))
    return made, owns


def _homes(drafts: list[Draft], among: list[Told]) -> dict[int, int]:
    """Return for each incident of the rules the one that most of its sentences went to."""
    home = {}
    for number in range(len(drafts)):
        shares = [told.rules[number] for told in among]
        if any(shares):
            home[number] = shares.index(max(shares))
    return home


def _made(scan: Scan, drafts: list[Draft], told: Told) -> Draft:
    """Return an incident as a draft."""
    made = Draft([], told.kind, told.background, told.place, told.moment)
    rows = [row for unit in told.units for row in unit.rows] or [_of_harm(told.units[0])]
    for row in rows:
        made.add(scan, row)
    for unit in told.units:
        made.chained |= {at for at in drafts[unit.rules].chained if at[0] == unit.passage}
    if len(told.rules) == 1 and len(told.units) > 0:
        same = drafts[told.units[0].rules]
        made.place, made.moment = told.place or same.place, told.moment or same.moment
    return made


def _is_aside(drafts: list[Draft], unit: Unit) -> bool:
    """Tell whether what a sentence tells is only background."""
    return drafts[unit.rules].background or (bool(unit.rows) and all(row.background for row in unit.rows))


def _of_harm(unit: Unit) -> Happening:
    """Return the mention of an incident that only a count of harm tells of."""
    return Happening(
        passage=unit.passage, first=unit.first, last=unit.first + 1, kind="other", strong=False, part="harm",
        definite=False, plural=False, status="happened", background=False, apart=True, carried=True,
    )  # fmt: skip
