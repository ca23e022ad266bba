"""How a mention goes on from an incident told before: the same men do it, it came later, it is an arrest for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.happenings.drafts import Draft
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.happenings.surroundings import Facts
    from sayso.reading.sentences.passages import Scan
    from sayso.values import Moment, Place

CHAIN = 2
"""So many sentences may lie between an incident and what followed in it ("a driver was shot when he tried to flee")."""
DAY = 10
"""Characters of a day in ISO 8601."""


def by_the_same(
    scan: Scan, drafts: list[Draft], row: Happening, place: Place | None, moment: Moment | None
) -> int | None:
    """Return the incident that "the gunmen threw grenades at the gate" goes on with: those named do it, nowhere else.

    An attack may last over midnight: only more than a day between two times tells them apart.
    """
    passage = scan.passages[row.passage]
    syntax = passage.syntax
    verb = syntax.verb_in(row.first, row.last) if syntax and row.part in ("verb", "weapon") else None
    head = syntax.subject(verb) if syntax and verb is not None else None
    if head is None or row.background or row.apart or place is not None:
        return None
    doers = (group for group in find_groups(scan, passage) if group.first <= head < group.last)
    if not any(group.attackers and passage.word(group.first) == "the" for group in doers):
        return None
    last = next((n for n in range(len(drafts) - 1, -1, -1) if not drafts[n].background), None)
    near = last is not None and 0 <= row.passage - drafts[last].before(row.passage) <= CHAIN
    return last if last is not None and near and _next_to(drafts[last].moment, moment) else None


def _next_to(one: Moment | None, other: Moment | None) -> bool:
    """Tell whether two times are at most a day apart, as far as they are known."""
    if one is None or other is None or not one.contradicts(other):
        return True
    ends = [(moment.earliest or moment.latest or "", moment.latest or moment.earliest or "") for moment in (one, other)]
    (first, last), (begin, end) = ends
    early, late = (last, begin) if last < begin else (end, first)
    if len(early) < DAY or len(late) < DAY:
        return False
    return date.fromisoformat(late[:DAY]) - date.fromisoformat(early[:DAY]) <= timedelta(days=1)


def sums_up(draft: Draft, row: Happening, moment: Moment | None) -> bool:
    """Tell whether an incident is a sum of several told one by one: "three attacks since May", then "On 4 June, …"."""
    several = draft.first.plural and not draft.first.definite
    open_ended = draft.moment is not None and draft.moment.resolved and draft.moment.latest is None
    dated = moment is not None and moment.latest is not None
    return several and open_ended and (dated or (not row.plural and row.passage not in draft.passages))


def follows(main: Draft, row: Happening, moment: Moment | None, facts: Facts) -> bool:
    """Tell whether a happening is dated after the main one: what came later explains nothing, it is news."""
    told = (row.strong or row.passage in facts.support) and row.status == "happened"
    if moment is None or main.moment is None or not told or main.background:
        return False
    return bool(main.moment.latest and moment.earliest) and moment.earliest[:10] > main.moment.latest[:10]  # type: ignore[index]


def without_aftermath(scan: Scan, rows: list[Happening], hurt: set[int]) -> list[Happening]:
    """Return the happenings without the arrests that follow other violence, where nobody is hurt in them.

    A report that begins with raids tells of them, and of what was only planned.
    """
    news = [row for row in rows if row.strong and not row.background and row.kind != "arrest_raid"]
    first = next((row for row in news), None)
    begins = bool(scan.passages) and not closed("arrests").isdisjoint(scan.passages[0].line.lower)
    if first is None or (begins and first.status != "happened"):
        return rows
    late = [row for row in rows if row.kind == "arrest_raid" and row.part == "verb" and row.passage >= first.passage]
    return [row for row in rows if row not in late or row.passage in hurt]
