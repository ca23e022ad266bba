"""Losses of one side: "put army losses at one killed and four wounded", "its own losses at nine", "a loss of five"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.corrections import toll_setter
from sayso.reading.harm.harms import Harm
from sayso.reading.harm.shares import AMONG
from sayso.reading.sentences.counted_words import ends_bare
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.groups import Group
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

REACH: Final = 4
"""So many words may stand between "losses" and the first number, and between a number and the next."""
LINKS: Final = ("at", "were", "stood", "as", "to")
"""What may join "losses" to their number."""
DEAD: Final = ("dead", "deaths", "fatalities", "wounded", "injured")
"""What a side's figure may be of: "put rebel dead at 15"."""
OWN: Final = frozenset({"its", "their", "his", "her", "our", "own"})


def by_losses(scan: Scan, passage: Passage) -> list[Harm]:
    """Return what one side lost, by kind of harm; counted of that side, and told by whoever sets the figures."""
    harms: list[Harm] = []
    for index, word in enumerate(passage.line.lower):
        if word in DEAD and passage.word(index + 1) == "at":
            harms += _dead_at(scan, passage, index)
        link = index + 1 + (passage.word(index + 1) == "alone")
        if word not in ("losses", "casualties", "loss") or passage.word(link) not in LINKS:
            continue
        setter = toll_setter(scan, passage, index) or (harms[-1].holder if harms else None)
        side = _side(scan, passage, index, setter)
        told = _by_kind(scan, passage, link, setter, side) if side is not None else []
        harms += told or _all_dead(scan, passage, index, link, setter, side)
    return harms


def _by_kind(scan: Scan, passage: Passage, at: int, setter: Actor | None, side: Actor | None) -> list[Harm]:
    """Return the counts of "at one killed and four wounded"."""
    harms = []
    for count in scan.counts(passage):
        last = count.last + (passage.word(count.last) in closed("before harm"))
        field = AMONG.get(passage.word(last))
        if field and 0 <= count.first - at <= REACH:
            group = Group(count.first, count.first, count.last, count.value, None)
            harms.append(Harm(field, (last, last + 1), ((group, False),), holder=setter, of=side))
            at = last + 1
    return harms


def _all_dead(
    scan: Scan, passage: Passage, index: int, link: int, setter: Actor | None, side: Actor | None
) -> list[Harm]:
    """Return the killed of "its own losses at nine": losses of which nothing else is said are the dead."""
    if side is None or passage.word(index) == "casualties" or passage.word(link) not in ("at", "as"):
        return []
    at = link + 1 + (passage.word(link + 1) in QUOTES)
    count = next((hit for hit in scan.counts(passage) if hit.first == at), None)
    if count is None or not (ends_bare(passage, count.last) or not passage.line.word(count.last)):
        return []
    group = Group(count.first, count.first, count.last, count.value, None)
    return [Harm("killed", (index, link + 1), ((group, False),), holder=setter, of=side)]


def _dead_at(scan: Scan, passage: Passage, index: int) -> list[Harm]:
    """Return the count of "put rebel dead at no fewer than 15"."""
    side = _side(scan, passage, index, None)
    count = next((hit for hit in scan.counts(passage) if 0 <= hit.first - index - 2 <= REACH), None)
    if side is None or count is None:
        return []
    group = Group(count.first, count.first, count.last, count.value, None)
    return [
        Harm(
            AMONG[passage.word(index)],
            (index, index + 1),
            ((group, False),),
            holder=toll_setter(scan, passage, index),
            of=side,
        )
    ]


def _side(scan: Scan, passage: Passage, at: int, setter: Actor | None) -> Actor | None:
    """Return whose losses they are: who sets them ("its own"), or who is named before the word."""
    first = at
    while first > 0 and _names_a_side(passage, first - 1):
        first -= 1
    words = passage.line.lower[first:at]
    if not words:
        return None
    if set(words) <= OWN:
        return setter if setter is not None and setter.name is not None else None
    at -= words[-1] == "own"  # "the army's own losses"
    start, end = passage.offsets(first, at - (passage.word(at - 1) in ("'s", "’s", "'", "’")))
    text = scan.report.text[start:end]
    known = scan.world.actor(text)
    kind = known.kind if known else "military" if words[0] in closed("militaries") else "unknown"
    return Actor(name=known.name if known else None, kind=kind, country=known.country if known else None, words=text)


def _names_a_side(passage: Passage, at: int) -> bool:
    word = passage.word(at)
    if word in ("'s", "’s", "'", "’") or word in OWN or (passage.line.capital(at) and at > 0):
        return True
    syntax = passage.syntax
    noun = syntax is not None and syntax.upos[at] in ("NOUN", "PROPN", "ADJ")
    return noun and word not in closed("toll setting") | closed("casualty modifiers") - {"civilian", "military"}
