"""Bare numbers set beside ones just told: "22 were hurt; a doctor spoke of thirty", "Police put the number at 17".

Also figures whose noun says what they count: "puts its injured at eleven", "the dead numbered nine".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.corrections import PRONOUNS, subject_of, toll_setter
from sayso.reading.harm.harms import Harm
from sayso.reading.harm.shares import AMONG
from sayso.reading.sentences.counted_words import ends_bare
from sayso.reading.sentences.grammar import QUOTES, is_adverb, words_of
from sayso.reading.sentences.groups import Group, find_groups
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.values import Quantity

FIGURES: Final = frozenset({"figure", "number", "toll", "count", "tally", "total", "estimate", "numbers"})
"""Nouns for a number of people that do not say who they are."""
FIGURED: Final = AMONG | {
    "arrests": "arrested",
    "injuries": "injured",
    "displaced": "displaced",
    "abductions": "abducted",
}
"""What a figure may be of."""
NUMBERED: Final = ("numbered", "number", "totalled", "totaled", "total")
LIMITS: Final = ("as high as", "no higher than", "no further than", "no farther than", "as many as", "as low as")
FIGURE_REACH: Final = 4
"""So many sentences back may stand what "the figure" is of."""
BACK: Final = 8
"""How many words before a number its verb may stand."""
NEAR: Final = 3
"""How many words may stand between "the injured as" and the number."""


def by_rivals(scan: Scan, passage: Passage, harms: list[Harm], before: dict[str, int]) -> list[Harm]:
    """Return the bare number that somebody sets against one just told: "22 were hurt; a doctor spoke of thirty".

    ``before``: what the sentences before told, and how many sentences ago, for "Volunteers counted 26.";
    a figure that is named so ("gave the figure as 12") reaches farther back than the sentence before.
    """
    found = []
    for count in scan.counts(passage):
        verb = _giving(passage, count.first)
        handful = passage.word(count.first) in ("a", "an")
        if verb is None or handful or not _stands_bare(passage, count.last, verb):
            continue
        told = [harm for harm in harms if harm.field in AMONG.values() and harm.trigger[1] <= verb]
        last = _field_before(passage, count, before)
        field = max(told, key=lambda harm: harm.trigger).field if told else last
        later = any(harm.trigger[0] > verb for harm in harms)
        if not told and (later or passage.word(verb) not in closed("counting")):
            continue
        if field is None or (passage.word(verb) in ("treated", "treats") and field != "injured"):
            continue
        holder = _giver(scan, passage, verb)
        found += [Harm(field, (verb, verb + 1), ((_bare(count), False),), holder=holder)] if holder else []
    return found


def _field_before(passage: Passage, count: Hit[Quantity], before: dict[str, int]) -> str | None:
    """Return the field that the sentence before counted last; "the figure" of dead may be told farther back."""
    figure = passage.word(count.first - 2) in FIGURES and passage.word(count.first - 3) not in ("their", "its")
    far = figure and before.get("killed", FIGURE_REACH) < FIGURE_REACH
    return next((field for field, ago in before.items() if ago == 1), "killed" if far else None)


def by_figures(scan: Scan, passage: Passage) -> list[Harm]:
    """Return the numbers of "put the dead at six and the injured as thirty-four", "the wounded numbered 27"."""
    harms: list[Harm] = []
    counts = scan.counts(passage)
    for index, word in enumerate(passage.line.lower if counts else ()):
        field = FIGURED.get(word)
        at = _link(passage, index + 1) if field is not None else None
        if field is None or at is None:
            continue
        link = passage.word(at)
        count = next((hit for hit in counts if 0 <= hit.first - at - 1 <= NEAR), None)
        giver = toll_setter(scan, passage, index)
        joined = bool(harms) and link in ("at", "as")
        if count is not None and (giver is not None or joined or link in NUMBERED):
            holder = giver or (harms[-1].holder if joined else None)
            harms.append(Harm(field, (index, index + 1), ((counted(scan, passage, count), False),), holder=holder))
    return harms


def _link(passage: Passage, at: int) -> int | None:
    """Return where "at", "as" or "numbered" stands behind a figure's noun: "put arrests (in the state) at 29"."""
    end = at + BACK // 2 if passage.word(at) in ("in", "across", "among", "by", "on", "from", "for") else at + 1
    return next((n for n in range(at, end) if passage.word(n) in ("at", "as", *NUMBERED)), None)


def _bare(count: Hit[Quantity]) -> Group:
    return Group(count.first, count.first, count.last, count.value, None)


def counted(scan: Scan, passage: Passage, count: Hit[Quantity]) -> Group:
    """Return whom a figure is said to count: "put the dead at · 11 soldiers"; a bare number where nobody is named."""
    group = next((one for one in find_groups(scan, passage) if one.first == count.first), None)
    whose = group is not None and group.word is not None and group.noun > group.first and group.plural
    return group if group is not None and whose else _bare(count)


def _stands_bare(passage: Passage, at: int, verb: int) -> bool:
    """Tell whether no noun follows a number; behind a verb that only counts, the sentence may go on."""
    if at >= len(passage) or not passage.line.word(at):
        return True
    harmed = passage.word(at) in AMONG or passage.word(at) in closed("bare number followers")
    return passage.word(verb) in closed("counting") and ends_bare(passage, at) and not harmed


def _giver(scan: Scan, passage: Passage, verb: int) -> Actor | None:
    """Return who gives a number; a pronoun is left for ``claims.py``."""
    at = verb - 1
    while is_adverb(passage.word(at)) or passage.word(at) in closed("adverbs") | words_of("auxiliary"):
        at -= 1
    if passage.word(at) in PRONOUNS:
        return Actor(name=None, kind="unknown", words=passage.line.tokens[at].text)
    return subject_of(scan, passage, at + 1, known=False)


def _giving(passage: Passage, at: int) -> int | None:
    """Return the verb that gives the number at ``at``: "counted 26", "put the figure at 26", "went as high as 26"."""
    at -= passage.word(at - 1) in QUOTES
    if passage.phrase(at - 3, at) in LIMITS:
        return _verb_before(passage, at - 3)
    link = passage.word(at - 1)
    if link in ("at", "as", "of", ",", ":") and passage.word(at - 2) in FIGURES:
        return _verb_before(passage, at - 2)
    verb = at - 1 - (link in ("of", "beyond", "at") and passage.word(at - 2) in closed("giving numbers"))
    return verb if passage.word(verb) in closed("giving numbers") else None


def _verb_before(passage: Passage, at: int) -> int | None:
    """Return the verb of counting that a figure noun or a limit at ``at`` belongs to."""
    before = range(at - 1, max(at - BACK, -1), -1)
    return next((n for n in before if passage.word(n) in closed("counting")), None)
