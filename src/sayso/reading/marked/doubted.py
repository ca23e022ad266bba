"""What rules read and the model does not believe: mentions none of whose words it marks are dropped.

Both thresholds lie where held-out reports show the rule wrong in most cases (``evaluation/held``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.marked.marked import COUNTS, surest_count
from sayso.reading.sentences.marks import marks_of, share_of
from sayso.values import Actor, Quantity

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis, Marks
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Scan

DOUBTED: Final = {"perpetrator": 3, "target": 8, "killed": 3, "injured": 3, "abducted": 3}
"""Per cent below which what a rule read is dropped. On the same reports 10 of 13 such authors, 31 of 41 such targets
and 6 of 8 such counts of dead (most of them tolls of a war) were wrong."""
SETTINGS: Final = ("when", "where")
UNTOLD: Final = 3
"""Per cent below which a time or a place is not that of an incident, where another one surely is: of 18 such 14."""
HELD: Final = ("abducted", "arrested", "missing")
UNMARKED, CERTAIN = 5, 60
"""Per cent of its own field and of another one, below and above which a count of people held is one of the other."""
PRONOUNS: Final = frozenset({"it", "they", "we", "he", "she", "i"})
"""Whom somebody means shows in his sentence; the words themselves are marked by chance."""
OWN_WORDS: Final = ("denies", "claims_own", "suspects")
"""What somebody says of himself ("we did not"), and who is held, names an author whom no mark expects."""


def without_doubted(view: Scan, analysis: Analysis, known: list[Mention]) -> list[Mention]:
    """Return the mentions but those none of whose words the model marks with their field."""
    marks = marks_of(view, analysis)
    if marks is None:
        return known
    firm = [item for item in (_renamed(view, marks, one) for one in known) if not _is_doubted(view, marks, item)]
    return _without_doubted_settings(view, marks, firm)


def _without_doubted_settings(view: Scan, marks: Marks, known: list[Mention]) -> list[Mention]:
    """Return the mentions but those times and places that are not marked at all, where the report has one that is."""
    shares = {
        id(item): share_of(passage, marks, item.field, *passage.tokens_of(*item.anchor))
        for item in known
        if item.field in SETTINGS
        for passage in (view.passages[item.passage],)
    }
    best = {field: max((shares[id(one)] for one in known if one.field == field), default=0) for field in SETTINGS}
    return [
        item for item in known if id(item) not in shares or shares[id(item)] >= UNTOLD or best[item.field] < CERTAIN
    ]


def _renamed(view: Scan, marks: Marks, item: Mention) -> Mention:
    """Return a count under the field that its words are marked with, where they are not marked with its own at all."""
    if item.field not in HELD:
        return item
    passage = view.passages[item.passage]
    first, last = passage.tokens_of(*item.anchor)
    other = surest_count(passage, marks, first, last, HELD)
    own, best = (share_of(passage, marks, name, first, last) for name in (item.field, other))
    return replace(item, field=other) if own < UNMARKED and best >= CERTAIN else item


def _is_doubted(view: Scan, marks: Marks, item: Mention) -> bool:
    none = isinstance(item.value, Quantity) and item.value.high == 0  # "no injuries": a zero is seldom marked
    said = item.stance in OWN_WORDS or item.holder is not None
    pronoun = isinstance(item.value, Actor) and item.value.words.lower() in PRONOUNS  # "denied that it had shelled"
    if item.field not in DOUBTED or said or none or item.shot or pronoun:
        return False
    passage = view.passages[item.passage]
    first, last = passage.tokens_of(*item.anchor)
    labels: tuple[str, ...] = ("perpetrator", "cleared") if item.field == "perpetrator" else (item.field,)
    if item.field in COUNTS:
        labels = COUNTS  # who is counted as something else is counted
    return max(share_of(passage, marks, label, first, last) for label in labels) < DOUBTED[item.field]
