"""Happenings → the incidents of one report: which mentions are of one happening, and which are only background.

The rules, in the order in which they apply: the first happening that is told as real and is no background is the main
incident; a mention joins the incident it fits by kind, place and day; one that says "another", stands in a different
settlement or on a different day begins an incident of its own; words of harm go with the happening named nearest.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sayso.reading.happenings.another import is_another
from sayso.reading.happenings.asides import sums_up_harm
from sayso.reading.happenings.belonging import incident_at
from sayso.reading.happenings.continuing import CHAIN, by_the_same, follows, sums_up, without_aftermath
from sayso.reading.happenings.drafts import MOST, Draft, Owner
from sayso.reading.happenings.incidents import HARM, Happening
from sayso.reading.happenings.news import is_news
from sayso.reading.happenings.raids import with_attacks
from sayso.reading.happenings.rejections import rejected
from sayso.reading.happenings.relevance import is_incident_report
from sayso.reading.happenings.seating import seat
from sayso.reading.happenings.surroundings import FAR, Facts, own_moment, own_place
from sayso.reading.happenings.taxonomy import compatible, kinds
from sayso.reading.happenings.totals import set_totals_apart
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Scan
    from sayso.values import Moment, Place

LONG = 366
"""What happened in a calendar year that ended so long ago is background even where a report begins with it."""
OLD = 6
"""A happening so many days before the report that is not its first is background."""
SUPERLATIVE = 5
"""So many words may "one of the deadliest …" take before its noun."""


def group(scan: Scan, happenings: list[Happening], harms: list[Mention], facts: Facts) -> tuple[list[Draft], Owner]:
    """Return the incidents of a report, the main one first, and the number of the incident of each happening.

    The second value maps passage and first token of a happening to the position of its incident.
    """
    real = _with_the_case(scan, [row for row in happenings if row.real])
    real = with_attacks(scan, real) + rejected(scan, happenings)
    if not is_incident_report(scan, real, harms, facts):
        return [], {}
    drafts: list[Draft] = []
    owner: Owner = {}
    real = [row for row in _dated_back(scan, real, facts) if row.part != "harm" or row.background]
    real = _with_lead(real, facts)
    hurt = {harm.passage for harm in harms if harm.field in HARM and getattr(harm.value, "high", 0) != 0}
    real = without_aftermath(scan, real, hurt)
    for row in _in_order(scan, [row for row in real if not row.carried], hurt & facts.armed):
        number = _place_row(scan, drafts, row, facts, owner, hurt)
        if number is not None:
            owner.setdefault(row.passage, {})[row.first] = number
    for row in (row for row in real if row.carried):
        found = _carrier(scan, drafts, owner, row)
        beside = _named_beside(scan, owner, row, facts)
        if found is not None and not beside and _elsewhere(scan, drafts[found], row, facts):
            found = next((n for n, draft in enumerate(drafts) if not _elsewhere(scan, draft, row, facts)), None)
        found = _headlined(scan, drafts, found, row, facts)
        old = row.background and found is not None and not drafts[found].background
        old = old or (found is not None and _of_another_day(scan, drafts[found], row, facts))
        aside = (old and not _named_here(owner, row)) or (row.elsewhere and not _names(facts, row.passage))
        if found is None or aside or row.backdrop:
            found = _open(drafts, row, facts, scan)
        else:
            drafts[found].add(scan, row)
        owner.setdefault(row.passage, {})[row.first] = found
    drafts, owner = seat(scan, drafts, owner, harms, facts)
    set_totals_apart(scan, drafts, owner, harms)
    for draft in drafts:
        draft.happenings.sort(key=lambda h: (h.passage, h.first))
        draft.kind = _kind(draft)
    return drafts, owner


def _with_the_case(scan: Scan, rows: list[Happening]) -> list[Happening]:
    """Return the happenings; of what somebody is charged with in the first sentence the report tells.

    "Was charged with a fatal shooting last week" puts the only happening before the news, which is a step of its case.
    """
    lead = next((at for at, passage in enumerate(scan.passages) if passage.kind == "paragraph"), None)
    here = [row for row in rows if row.passage == lead and not row.carried]
    news = [row for row in here if not row.background and row.kind != "arrest_raid"]
    if lead is None or news or not any(word in closed("steps of a case") for word in scan.passages[lead].line.lower):
        return rows
    return [replace(row, background=False) if row in here else row for row in rows]


def _named_beside(scan: Scan, owner: Owner, row: Happening, facts: Facts) -> bool:
    """Tell whether a sentence names a happening; one inside a time ("a day after the attack") is only counted from."""
    passage = scan.passages[row.passage]
    spans = [passage.tokens_of(*item.anchor) for item in facts.times.get(row.passage, [])]
    return any(not any(first <= at < last for first, last in spans) for at in owner.get(row.passage, {}))


def _dated_back(scan: Scan, rows: list[Happening], facts: Facts) -> list[Happening]:
    """Return the happenings, those that their own times put before the news marked as background.

    A time that only begins ("since January") is that of a total. A day some time ago, or before that of the first
    happening where that is longer ago, counts only behind the first happening, for a report may be late; what lies
    years back is background even in a report on its trial.
    """
    news = [row for row in rows if not row.background]
    begin = _beginning(scan, news, facts)
    told = [moment for row in news if row.passage == begin and (moment := own_moment(scan, row, facts))]
    limit = min([_days_before(scan.report.published, OLD), *(moment.earliest for moment in told if moment.earliest)])
    long_ago = _days_before(scan.report.published, LONG)[:4]
    first_day = min((moment.earliest[:10] for moment in told if moment.earliest), default="")
    marked = []
    for row in rows:
        moment = own_moment(scan, row, facts)
        total = moment is not None and moment.resolved and moment.latest is None
        latest = moment.latest if moment is not None and moment.latest is not None else "9"
        tried = row.passage == begin and _before_a_court(scan, begin)
        old = (latest < limit and row.passage > begin) or (latest[:4] < long_ago and not tried)
        old = old or (row.part == "harm" and row.passage > begin and _had_happened(scan, row) and latest < first_day)
        marked.append(replace(row, background=True) if (total and row.passage > begin) or old else row)
    old_harm = [row for row in marked if row.background and row.carried]
    return [replace(row, background=True) if sums_up_harm(scan, row, old_harm) else row for row in marked]


def _beginning(scan: Scan, news: list[Happening], facts: Facts) -> int:
    """Return the passage of the first happening; behind a headline without a day, the first sentence of the text."""
    begin = min((row.passage for row in news), default=0)
    dated = any(own_moment(scan, row, facts) for row in news if row.passage == begin)
    if scan.passages[begin].kind != "headline" or dated:
        return begin
    return next((row.passage for row in news if _is_lead(scan, row.passage)), begin)


def _is_lead(scan: Scan, number: int) -> bool:
    """Tell whether a passage is the first sentence of the text, behind headlines and dateline."""
    paragraphs = (at for at, passage in enumerate(scan.passages[: number + 1]) if passage.kind == "paragraph")
    return next(paragraphs, None) == number


def _had_happened(scan: Scan, row: Happening) -> bool:
    """Tell whether harm is told in the past perfect: "six had died there on Sunday"."""
    return "had" in scan.passages[row.passage].line.lower[max(row.first - 4, 0) : row.first + 1]


def _before_a_court(scan: Scan, number: int) -> bool:
    """Tell whether a report begins with a trial, which is about what the accused did, however long ago."""
    return any(word in closed("courts") for word in scan.passages[number].line.lower)


def _with_lead(rows: list[Happening], facts: Facts) -> list[Happening]:
    """Return the happenings; harm told in a sentence before all others begins the main incident by itself.

    "Drones killed four soldiers. … In May a mine had hit a truck": what is named first is not what was told first.
    """
    news = [row for row in rows if not row.background]
    named = min((row.passage for row in news if not row.carried), default=None)
    first = next((row for row in news if row.strong or row.passage in facts.support), None)
    if first is None or not first.carried or (named is not None and first.passage >= named):
        return rows
    return [replace(row, carried=False, strong=True) if row is first else row for row in rows]


def _in_order(scan: Scan, seeds: list[Happening], harmed: set[int]) -> list[Happening]:
    """Return the named happenings in the order in which they are placed: what leads, the news, the background.

    ``harmed``: passages in which the armed hurt people; there a weak word ("fought") may lead too.
    """
    news = [row for row in seeds if not row.background and (_may_lead(scan, row) or row.passage in harmed)]
    lead = min(news, key=lambda row: (row.passage, not _may_lead(scan, row)), default=None)
    return sorted(seeds, key=lambda row: (row is not lead, row.background, row.passage, row.first))


def _days_before(published: str | None, days: int) -> str:
    """Return the day so many days before a date-time in ISO 8601, "" where the date is unknown."""
    if published is None:
        return ""
    return (date.fromisoformat(published[:10]) - timedelta(days=days)).isoformat()


def _may_lead(scan: Scan, row: Happening) -> bool:
    """Tell whether a mention may be what the report is about: said strongly, not a stray weak word."""
    return row.strong or scan.passages[row.passage].kind == "headline"


def _place_row(
    scan: Scan, drafts: list[Draft], row: Happening, facts: Facts, owner: Owner, hurt: set[int]
) -> int | None:
    """Return the number of the draft a named happening belongs to; a new one where it fits none.

    None for a weak word ("a clash over money") that fits no incident and has nothing beside it that means violence.
    """
    place, moment = own_place(scan, row, facts), own_moment(scan, row, facts)
    same = by_the_same(scan, drafts, row, place, moment)
    if same is not None:
        drafts[same].add(scan, row)
        return same
    if is_another(scan, drafts, row, place):
        row = replace(row, apart=True)
    apposed = _apposed(scan, row, owner)
    if apposed is not None:
        drafts[apposed].add(scan, row)
        return apposed
    order = sorted(range(len(drafts)), key=lambda n: (*_unlike(drafts[n], row), _distance(drafts[n], row), n))
    for number in order:
        draft = drafts[number]
        if row.part == "anaphor" or (row.background and not draft.earlier):
            continue
        if row.background != draft.earlier and not (row.definite and place is None and moment is None):
            continue
        headline = draft.headline  # days in headlines are often those of the news
        titled = headline and len(drafts) == 1 and _is_told_on(scan, draft, row, place)
        if _fits(draft, row, None if titled else place, None if headline else moment):
            draft.add(scan, row)
            draft.place = (place or draft.place) if titled else (draft.place or place)
            draft.background = draft.background and (draft.earlier or not is_news(scan, row, facts))
            draft.moment = moment or draft.moment if headline else _finer(draft.moment, moment)
            return number
    chained = _chained(scan, drafts, row, place, moment)
    if chained is not None:
        drafts[chained].add(scan, row)
        drafts[chained].chained.add((row.passage, row.first))
        return chained
    weak = not row.strong and row.part != "anaphor" and row.passage not in facts.support
    own = row.background or (not row.definite and (place is not None or moment is not None or row.apart))
    weak = weak and not (own and row.passage in hurt)  # "last year fighting there left 55 dead"
    if len(drafts) >= MOST:
        return None
    return None if weak and drafts else _open(drafts, row, facts, scan)


def _is_told_on(scan: Scan, draft: Draft, row: Happening, place: Place | None) -> bool:
    """Tell whether the text begins with what its headline tells, whatever place that names: "North Side shooting"."""
    abroad = draft.place and place and draft.place.country and place.country and draft.place.country != place.country
    return not abroad and not row.apart and not row.plural and _is_lead(scan, row.passage)


def _unlike(draft: Draft, row: Happening) -> tuple[bool, bool]:
    """Return in what a mention that tells its kind differs from an incident: in time told of, then in kind."""
    return draft.earlier != row.background, row.kind not in ("other", draft.kind)


def _chained(scan: Scan, drafts: list[Draft], row: Happening, place: Place | None, moment: Moment | None) -> int | None:
    """Return the incident that violence of another kind is a part of: told right after it, no other place or day."""
    if row.background or row.apart or row.part == "anaphor" or (row.plural and not row.definite):
        return None
    for number, draft in enumerate(drafts):
        gap = row.passage - draft.before(row.passage)
        if sums_up(draft, row, moment):
            continue
        near = 0 <= gap <= (CHAIN if place or moment else FAR)
        shared = "violence" in set(kinds()[draft.kind].families) & set(kinds()[row.kind].families)
        same = gap == 0  # one sentence: what does not contradict is one happening
        here = place is None or (draft.place is None and same)
        here = here or (draft.place is not None and place is not None and _one_place(draft.place, place, same=same))
        then = moment is None or (draft.moment is None and same)
        then = then or (draft.moment is not None and moment is not None and not draft.moment.contradicts(moment))
        if near and shared and here and then and not draft.background:
            return number
    return None


def _one_place(one: Place, other: Place, *, same: bool) -> bool:
    """Tell whether two places may be one: by name, or in one sentence because nothing speaks against it."""
    return one.name == other.name or (same and not _apart(one, other))


def _of_another_day(scan: Scan, draft: Draft, row: Happening, facts: Facts) -> bool:
    """Tell whether harm beside background has a day of its own, and the background none or another."""
    moment = own_moment(scan, row, facts)
    if not draft.background or moment is None or not moment.resolved:
        return False
    return draft.moment is None or bool(draft.moment.contradicts(moment))


def _distance(draft: Draft, row: Happening) -> int:
    at = bisect_left(draft.passages, row.passage)
    return min(abs(number - row.passage) for number in draft.passages[max(at - 1, 0) : at + 1])


def _headlined(scan: Scan, drafts: list[Draft], found: int | None, row: Happening, facts: Facts) -> int | None:
    """Return the incident whose place a headline names beside harm: "Car bomb in Velm; judge killed near Ostrel"."""
    place = own_place(scan, row, facts) if scan.passages[row.passage].kind == "headline" else None
    if found is None or place is None or place.name is None or place.name == getattr(drafts[found].place, "name", None):
        return found
    named = (n for n, draft in enumerate(drafts) if draft.place and draft.place.name == place.name)
    return next(named, found)


def _elsewhere(scan: Scan, draft: Draft, row: Happening, facts: Facts) -> bool:
    """Tell whether a word of harm has a day and a place of its own, and one of them is not the incident's."""
    place, moment = own_place(scan, row, facts), own_moment(scan, row, facts)
    if place is None or moment is None or not moment.resolved:
        return False
    apart = draft.place is not None and _apart(draft.place, place)
    return apart or (draft.moment is not None and bool(draft.moment.contradicts(moment)))


def _fits(draft: Draft, row: Happening, place: Place | None, moment: Moment | None) -> bool:
    if not compatible(draft.kind, row.kind) or sums_up(draft, row, moment):
        return False
    if draft.place and place and _apart(draft.place, place):
        return False
    if draft.moment and moment and draft.moment.contradicts(moment):
        return False
    opened_here = draft.first.apart and draft.first.passage == row.passage  # "Elsewhere · a car bomb · exploded"
    return opened_here or not (row.apart and not row.definite)


def _finer(one: Moment | None, other: Moment | None) -> Moment | None:
    """Return the time that says more: "5 March" before "the week of 3 March"; else the first."""
    return other if one is None or (other is not None and one.contains(other)) else one


def _apart(one: Place, other: Place) -> bool:
    """Tell whether two places are certainly not one: two settlements (or finer), or two countries."""
    if one.country and other.country and one.country != other.country:
        return True
    fine = ("settlement", "point", "district")
    return bool(one.precision in fine and other.precision in fine and one.contradicts(other))


def _open(drafts: list[Draft], row: Happening, facts: Facts, scan: Scan) -> int:
    place, moment = own_place(scan, row, facts), own_moment(scan, row, facts)
    news = is_news(scan, row, facts) or (bool(drafts) and follows(drafts[0], row, moment, facts))
    aside = bool(drafts) and not row.apart and not news
    background = row.background or aside or (bool(drafts) and _goes_back(drafts[0], row, moment))
    drafts.append(Draft([], row.kind, background, place, moment))
    drafts[-1].earlier = row.background
    drafts[-1].add(scan, row)
    return len(drafts) - 1


def _goes_back(main: Draft, row: Happening, moment: Moment | None) -> bool:
    """Tell whether a happening told later lies before the main one: "On Wednesday, two others had been shot"."""
    later = row.passage > main.first.passage
    if moment is None or main.moment is None or not later or not main.moment.contradicts(moment):
        return False
    return (moment.latest or "9")[:10] < (main.moment.earliest or "")[:10]


def _apposed(scan: Scan, row: Happening, owner: Owner) -> int | None:
    """Return the incident that "…, another attack ascribed to Y" or "one of the worst attacks" names once more."""
    passage = scan.passages[row.passage]
    begin = row.first - 1
    before = [(first, number) for first, number in owner.get(row.passage, {}).items() if first < row.first]
    if before and row.plural and "one of the" in passage.phrase(row.first - SUPERLATIVE, row.first):
        return max(before)[1]
    if passage.word(begin) not in ("another", "an", "a") or passage.word(begin - 1) != ",":
        return None
    if passage.word(row.last) in ("in", "at", "on", "near"):
        return None
    return max(before)[1] if before else None


def _named_here(owner: Owner, row: Happening) -> bool:
    """Tell whether the sentence of a word of harm names a happening."""
    return row.passage in owner


def _names(facts: Facts, passage: int) -> bool:
    """Tell whether a sentence names a happening by more than a word of harm."""
    return any(not row.carried for row in facts.happenings.get(passage, []))


def _carrier(scan: Scan, drafts: list[Draft], owner: Owner, row: Happening) -> int | None:
    """Return the incident a word of harm goes with."""
    if not drafts:
        return None
    return incident_at(scan, drafts, owner, row.passage, row.first)


def _kind(draft: Draft) -> str:
    """Return the most specific kind that the mentions support; the first named wins a tie."""
    rows = [h for h in draft.happenings if (h.passage, h.first) not in draft.chained]
    begin = draft.first.passage
    found = [
        h.kind for h in rows if not h.carried and h.status != "hypothetical" and (not h.plain or h.passage == begin)
    ]
    if not set(found) - {"other"}:
        found = [h.kind for h in rows if not h.carried and h.status != "hypothetical"] or [draft.kind]
    return max(found, key=lambda kind: kinds()[kind].rank)
