"""Losses of one side: "put army losses at one killed and four wounded", "our losses were two dead"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.corrections import toll_setter
from sayso.reading.harm.harms import Harm
from sayso.reading.harm.shares import AMONG
from sayso.reading.sentences.groups import Group
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

REACH: Final = 4
"""So many words may stand between "losses" and the first number, and between a number and the next."""
DEAD: Final = ("dead", "deaths", "fatalities", "wounded", "injured")
"""What a side's figure may be of: "put rebel dead at 15"."""
OWN: Final = frozenset({"its", "their", "his", "her", "our", "own"})


def by_losses(scan: Scan, passage: Passage) -> list[Harm]:
    """Return what one side lost, by kind of harm; counted of that side, and told by whoever sets the figures."""
    harms: list[Harm] = []
    for index, word in enumerate(passage.line.lower):
        if word in DEAD and passage.word(index + 1) == "at":
            harms += _dead_at(scan, passage, index)
        if word not in ("losses", "casualties") or passage.word(index + 1) not in ("at", "were", "stood", "as", "to"):
            continue
        setter = toll_setter(scan, passage, index) or (harms[-1].holder if harms else None)
        side = _side(scan, passage, index, setter)
        at = index + 1
        for count in scan.counts(passage) if side is not None else ():
            last = count.last + (passage.word(count.last) in closed("before harm"))
            field = AMONG.get(passage.word(last))
            if field and 0 <= count.first - at <= REACH:
                group = Group(count.first, count.first, count.last, count.value, None)
                harms.append(Harm(field, (last, last + 1), ((group, False),), holder=setter, of=side))
                at = last + 1
    return harms


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
