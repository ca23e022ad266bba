"""Tolls: "the death toll rose to 22", "a toll of 12", "exceeded 100", and what they take the place of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.casualty_words import casualty_phrases
from sayso.reading.harm.corrections import toll_before, toll_counts, toll_setter
from sayso.reading.harm.harms import Harm
from sayso.reading.harm.rivals import counted
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.groups import Group, actor_of, find_groups
from sayso.reading.sentences.noun_phrases import coordinated_after
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import clause_end
from sayso.values import Actor, Quantity

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Hit, Passage, Scan

TOLL_REACH = 14
"""How many words after "death toll" its number may stand."""


RISING: Final = frozenset({"rise", "climb", "grow", "increase", "go"})
FEARED: Final = frozenset({"expected", "feared", "likely", "set", "fear", "expect"})
LINKS: Final = ("as", "at", "from", "of", "to")
"""What joins a toll to its number; any other number before that may count something else."""
RISEN = 5
"""How many words behind "climbed" a toll may stand."""


def by_tolls(scan: Scan, passage: Passage, *, told: bool) -> list[Harm]:
    """Count by tolls: "the death toll rose to 22", "a toll of 12", "exceeded 100"; ``told``: deaths were just counted.

    What a toll takes the place of ("up from six") is told of whoever sets it; the report's own old toll is no claim.
    """
    harms = []
    for hit in scan.hits(casualty_phrases("tolls"), passage.number):
        if passage.word(hit.last) in ("on", "for"):
            continue  # "takes its toll on several towns"
        if not told and (passage.word(hit.first) in ("figure", "figures") or passage.word(hit.last - 1) == "victims"):
            continue
        if _may_rise(passage, hit.last):
            continue
        setter = toll_setter(scan, passage, hit.first)
        for count in _counts(scan, passage, hit.first, hit.last)[: 2 if setter else 1]:
            if _counts_a_thing(passage, count.last):
                continue
            quantity = _beyond(passage, count.first, count.value)
            last = count.last + 1 if passage.word(count.last) in ("people", "persons") else count.last
            group = Group(count.first, count.last if last > count.last else count.first, last, quantity, None)
            group = counted(scan, passage, count) if _set_as(passage, count.first) else group
            parts = _including(scan, passage, last)
            of = _of(scan, passage, hit) if not parts else None
            harms.append(Harm(hit.value, (hit.first, hit.last), ((group, False), *parts), holder=setter, of=of))
    told = told or any(harm.field == "killed" for harm in harms)
    return [*harms, *_set_anew(scan, passage)] if told else harms


def _set_as(passage: Passage, at: int) -> bool:
    """Tell whether a number behind "as" or "at" is all that a toll is put at: "gave the toll as · 11 gendarmes"."""
    return passage.word(at - 1) in ("as", "at")


def _of(scan: Scan, passage: Passage, hit: Hit[str]) -> Actor | None:
    """Return whom the words of a toll say that it counts: "the number of people killed", "… of dead fishermen"."""
    if "people" in passage.line.lower[hit.first : hit.last]:
        return Actor(name=None, kind="unknown", words="people")
    groups = find_groups(scan, passage) if passage.word(hit.last - 1) == "dead" else []
    group = next((one for one in groups if one.first == hit.last and one.plural and one.word is not None), None)
    return actor_of(scan, passage, group) if group is not None and not group.generic else None


def _set_anew(scan: Scan, passage: Passage) -> list[Harm]:
    """Return the number of dead of "raised it to eleven", "later put it at 40": told behind another such number."""
    harms = []
    for count in scan.counts(passage):
        at = count.first - 2
        if passage.word(at) in ("it", "that", "this") and passage.word(at + 1) in ("to", "at"):
            setter = toll_setter(scan, passage, at)
            group = Group(count.first, count.first, count.last, count.value, None)
            harms += [Harm("killed", (at, count.first), ((group, False),), holder=setter)] if setter else []
    return harms


def _may_rise(passage: Passage, at: int) -> bool:
    """Tell whether a toll is only expected or feared to rise: numbers behind it count something else."""
    end = clause_end(passage, at)
    words = passage.line.lower[at : min(end, at + TOLL_REACH)]
    rise = next((n for n, word in enumerate(words) if word in closed("rises") | RISING), None)
    return rise is not None and any(word in closed("hypothetical") | FEARED for word in words[:rise])


def _including(scan: Scan, passage: Passage, at: int) -> list[tuple[Group, bool]]:
    """Return the parts of "put the number of dead at nine, including a lieutenant colonel"."""
    at += passage.word(at) == ","
    size = next((n for n in (1, 2) if passage.phrase(at, at + n) in closed("parts")), 0)
    after = coordinated_after(passage, find_groups(scan, passage), at + size) if size else []
    return [(group, True) for group, _ in after]


def _counts_a_thing(passage: Passage, at: int) -> bool:
    """Tell whether a noun behind the number is what it counts: "far higher, with one hospital source saying …"."""
    syntax = passage.syntax
    head = syntax.heads[at - 1] if syntax and 0 < at <= len(syntax.heads) and syntax.labels[at - 1] == "nummod" else -1
    return head >= at and passage.word(head) in closed("speaking things")


def _counts(scan: Scan, passage: Passage, first: int, last: int) -> list[Hit[Quantity]]:
    """Return the number of a toll: behind the verb whose subject it is ("the toll of the blast … has risen to 38")."""
    syntax = passage.syntax
    head = next((at for at in range(first, last) if syntax and syntax.labels[at] == "nsubj"), None)
    verb = syntax.heads[head] if syntax and head is not None else -1
    if verb > last + 1:
        found = toll_counts(scan, passage, verb + 1, min(clause_end(passage, verb + 1), verb + TOLL_REACH))
        if found:
            return found
    end = min(clause_end(passage, last), last + TOLL_REACH)
    found = _put_at(scan, passage, last, last + TOLL_REACH) or toll_counts(scan, passage, last, end)
    return found or _behind_rise(scan, passage, last) or toll_before(scan, passage, first)


def _put_at(scan: Scan, passage: Passage, first: int, end: int) -> list[Hit[Quantity]]:
    """Return the number that a toll is put at, past another: "put the number of the dead in the two towns at 28"."""
    counts = [count for count in scan.counts(passage) if first <= count.first < end]
    if not counts or passage.word(counts[0].first - 1) in LINKS:
        return []
    link = next((count.first for count in counts if _behind_at(passage, count.first)), None)
    return toll_counts(scan, passage, link, end) if link is not None else []


def _behind_at(passage: Passage, at: int) -> bool:
    return passage.word(at - 1 - (passage.word(at - 1) in QUOTES)) == "at"


def _behind_rise(scan: Scan, passage: Passage, last: int) -> list[Hit[Quantity]]:
    """Return the number behind "has climbed to", however much tells before of what happened."""
    rise = next((at for at in range(last, len(passage)) if passage.word(at) in closed("rises")), None)
    return toll_counts(scan, passage, rise + 1, rise + 1 + RISEN) if rise is not None else []


def _beyond(passage: Passage, at: int, quantity: Quantity) -> Quantity:
    """Return "exceeded 100" as [101, ∞)."""
    if passage.word(at - 1) in closed("exceeding") and quantity.high == quantity.low:
        return Quantity(low=quantity.low + 1, high=None, words=f"{passage.line.tokens[at - 1].text} {quantity.words}")
    return quantity
