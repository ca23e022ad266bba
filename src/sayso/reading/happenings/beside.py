"""Where and when of an incident that the sentences which name it leave open: told in one beside them.

"A boy died of burns. · It was on Saturday, near the town of X, that …": what a report tells of its main incident stands
in its head, whatever the sentence; what it tells of another stands right behind the sentence that opens it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.happenings.belonging import incident_at
from sayso.reading.happenings.drafts import Draft, Owner
from sayso.reading.happenings.surroundings import FINENESS, Facts
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.passages import closed
from sayso.values import Moment, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.reading.sentences.passages import Passage, Scan

HEAD: Final = 5
"""So many sentences at the beginning of a report may tell where and when what it is about happened."""
NEXT: Final = 1
"""So many sentences behind the one that opens a further incident may tell it of that."""
UP: Final = 6
"""How many heads are climbed from a place or time to the verbs over it."""
DAY: Final = len("2020-12-31")
LATE: Final = 45
"""A day so many days before the report is none of its news where only the sentence beside tells it."""


def told_beside(
    view: Scan, facts: Facts, times: list[Mention], drafts: list[Draft], owner: Owner, rows: Iterable[Mention]
) -> list[Mention]:
    """Return the place and the time of each incident that ``rows`` give none for, from a sentence beside.

    Args:
        view: the report.
        facts: its places, by passage.
        times: its times that may be those of happenings.
        drafts: its incidents.
        owner: which happening is of which.
        rows: the places and times that stand in the sentences that name the incidents.

    """
    told = {(item.field, _number(view, drafts, owner, item)) for item in rows if _tells(item)}
    found: list[Mention] = []
    for number in range(len(drafts)):
        near = [at for at in _near(view, drafts, number) if _is_of(view, drafts, owner, at, number)]
        if ("where", number) not in told:
            found += _first_place(view, facts, near)
        if ("when", number) not in told:
            found += _first_time(view, times, near)
    return found


def _number(view: Scan, drafts: list[Draft], owner: Owner, item: Mention) -> int:
    first, _ = view.passages[item.passage].tokens_of(*item.trigger)
    return incident_at(view, drafts, owner, item.passage, first)


def _tells(item: Mention) -> bool:
    """Tell whether a mention says where or when: no country alone, no building without a name, no open time."""
    if isinstance(item.value, Place):
        return item.value.precision != "country" and item.value.name is not None
    return isinstance(item.value, Moment) and item.value.resolved


def _near(view: Scan, drafts: list[Draft], number: int) -> list[int]:
    """Return the passages that may tell of an incident: its own, then the head of the report or those behind."""
    own = drafts[number].passages
    last = len(view.passages)
    more = range(min(HEAD, last)) if number == 0 else range(own[0] + 1, min(own[0] + 1 + NEXT, last))
    if number == 0 and own[0] >= HEAD:
        more = range(max(own[0] - 1, 0), min(own[0] + HEAD, last))
    return [*own, *(at for at in more if at not in own)]


def _is_of(view: Scan, drafts: list[Draft], owner: Owner, at: int, number: int) -> bool:
    """Tell whether a passage tells of an incident and of no other."""
    here = set(owner.get(at, {}).values())
    if here:
        return here == {number}
    return number == 0 or incident_at(view, drafts, owner, at, 0) == number


def _first_place(view: Scan, facts: Facts, near: list[int]) -> Iterator[Mention]:
    for at in near:
        passage = view.passages[at]
        hits = [hit for hit in facts.places[at] if hit.value.precision != "country"]
        hits = [hit for hit in hits if _happens(passage, hit.first, hit.last)]
        if hits and not _of_another_day(view, passage):
            hit = min(hits, key=lambda hit: FINENESS.get(hit.value.precision, 3))
            yield mention(passage, "where", hit.value, (hit.first, hit.last))
            return


def _first_time(view: Scan, times: list[Mention], near: list[int]) -> Iterator[Mention]:
    for at in near:
        passage = view.passages[at]
        for item in (item for item in times if item.passage == at):
            if _is_news(view, item.value) and _happens(passage, *passage.tokens_of(*item.anchor)):
                yield item
                return


def _is_news(view: Scan, value: object) -> bool:
    """Tell whether a time is a day, or part of one, not long before the report."""
    if not (isinstance(value, Moment) and value.resolved and value.earliest and value.latest):
        return False
    return len(value.earliest) >= DAY and not _long_before(view, value)


def _long_before(view: Scan, value: Moment) -> bool:
    from datetime import date

    published = view.report.published or ""
    if len(published) < DAY or not value.latest or len(value.latest) < DAY:
        return bool(value.latest and value.latest[:4] < published[:4])
    return (date.fromisoformat(published[:DAY]) - date.fromisoformat(value.latest[:DAY])).days > LATE


def _of_another_day(view: Scan, passage: Passage) -> bool:
    """Tell whether a sentence tells of something long before the report."""
    moments = [hit.value for hit in view.moments(passage) if hit.value.resolved]
    return bool(moments) and all(_long_before(view, moment) for moment in moments)


def _happens(passage: Passage, first: int, last: int) -> bool:
    """Tell whether the grammar hangs a place or time on what may be the happening: not on who says or is arrested."""
    syntax = passage.syntax
    if syntax is None:
        return True
    at = syntax.head_of(first, last)
    for _ in range(UP):
        if at < 0:
            return True
        word = passage.word(at)
        if syntax.upos[at] == "VERB":
            return word not in closed("not what happened")
        if word in closed("not what happened") or word in closed("toll words"):
            return False
        at = syntax.heads[at]
    return True
