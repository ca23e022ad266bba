"""Stretches of a text that may fill a slot, and what is one and the same among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from evaluation.muc4.gold import letters_of
from evaluation.muc4.layers import Array
from evaluation.muc4.network import ROLES
from sayso.language.analysis import Analysis, Chunk

_TRIM = frozenset(
    {"THE", "A", "AN", "SOME", "ANOTHER", "OTHER", "THESE", "THOSE", "THIS", "THAT", "OF", "AND", "BY", "'S"}
)
_TRIM_LAST = _TRIM | {"IN", "AT", "ON", "WITH", "FOR", "FROM", "TO", "WHO", "WHICH", "WAS", "WERE", "OR", "AS", "INTO"}
_OUTSIDE: Mapping[str, float] = MappingProxyType(
    {"perp": 0.05, "org": 0.05, "thing": 0.1, "name": 0.1, "person": 0.1, "weapon": 0.05}
)
"""By role, the weight of a token's probability to be outside: what is kept is decided later, slot by slot."""
_NAME_OF = {"name": "PER", "org": "ORG"}
_AFTER_NOUN = frozenset(
    {"OF", "WHO", "WHICH", "THAT", "FROM", "IN", "AT", "ON", "WITH", "FOR", "WEARING", "ARMED", "NEAR"}
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of tokens [first, last) with a role; ``score``: how sure the network is, 0 to 1."""

    role: str
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Entity:
    """Mentions (by number) that fill a slot as one: the best string, and the sureness of the best mention."""

    role: str
    words: str
    mentions: tuple[int, ...]
    score: float


def find_mentions(analysis: Analysis, roles: Array, names: Sequence[Chunk] = ()) -> list[Mention]:
    """Return the stretches with a role; role by role, each in text order.

    Args:
        analysis: the tokens.
        roles: T×R×3 scores.
        names: names that the encoder sees: a mention that shares tokens with one reaches over the whole name.

    """
    out: list[Mention] = []
    for number, role in enumerate(ROLES):
        if role not in ("place", "date"):
            kind = _NAME_OF.get(role, "")
            known = [chunk for chunk in names if chunk.label == kind]
            runs = (_whole(mention, known) for mention in _runs(analysis, role, roles[:, number]))
            out += _apart(runs)
    return out


def _whole(mention: Mention, names: Sequence[Chunk]) -> Mention:
    """Return the mention over the whole of a name that it shares tokens with."""
    shared = [name for name in names if name.first < mention.last and mention.first < name.last]
    first, last = min([mention.first, *(n.first for n in shared)]), max([mention.last, *(n.last for n in shared)])
    return Mention(mention.role, first, last, mention.score)


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions without those that grew into the one before; the better score counts."""
    out: list[Mention] = []
    for mention in mentions:
        if out and mention.first < out[-1].last:
            before = out.pop()
            ends = max(before.last, mention.last)
            mention = Mention(mention.role, before.first, ends, max(before.score, mention.score))
        out.append(mention)
    return out


def _runs(analysis: Analysis, role: str, scores: Array) -> Iterator[Mention]:
    inside = scores[:, 1] + scores[:, 2]
    for first, last in _stretches(scores, _OUTSIDE[role]):
        begin, end = _trimmed(analysis, first, last)
        if end > begin:
            yield Mention(role, begin, end, float(np.mean(inside[begin:end])))


def _stretches(scores: Array, outside: float) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the likeliest reading of T×3 scores, where no stretch begins with a further token.

    What is outside counts with the weight ``outside``: even an unlikely stretch is one.
    """
    cost = -np.log(np.maximum(scores * (outside, 1, 1), 1e-6))
    least = np.array([0.0, 0.0, np.inf])  # cost of the best reading that ends outside, with a first, with a further one
    back = np.zeros((len(cost), 3), np.int64)
    for token, own in enumerate(cost):
        before = np.array([least, least, [np.inf, least[1], least[2]]])
        back[token] = before.argmin(1)
        least = before.min(1) + own
    kind, kinds = int(least.argmin()), []
    for token in range(len(cost) - 1, -1, -1):
        kinds.append(kind)
        kind = int(back[token, kind])
    kinds.reverse()
    first = None
    for token, kind in enumerate([*kinds, 0]):
        if first is not None and kind != 2:
            yield first, token
            first = None
        if kind == 1:
            first = token


def _trimmed(analysis: Analysis, first: int, last: int) -> tuple[int, int]:
    """Leave out marks at both ends, articles at the beginning and connectives at the end."""
    words = [analysis.tokens[at].text.upper() for at in range(first, last)]
    while words and (not letters_of(words[0]) or words[0] in _TRIM):
        words, first = words[1:], first + 1
    while words and (not letters_of(words[-1]) or words[-1] in _TRIM_LAST):
        words, last = words[:-1], last - 1
    return first, last


def words_of(analysis: Analysis, first: int, last: int) -> str:
    """Return the words of tokens [first, last) as the key writes them: in capitals, without quotes."""
    start, end = analysis.tokens[first].start, analysis.tokens[last - 1].end
    return re.sub(
        r"\s*[\[(]\s*[^\])]*$", "", " ".join(analysis.report.text[start:end].replace('"', "").upper().split())
    )


def entities(analysis: Analysis, mentions: Sequence[Mention], names: Sequence[Chunk] = ()) -> list[Entity]:
    """Return what the mentions name, the surest first; a person by the fullest of the ``names`` that hold his."""
    groups: list[list[int]] = []
    order = sorted(range(len(mentions)), key=lambda number: (-mentions[number].score, mentions[number].first))
    for number in order:
        alike = [group for group in groups if any(_same(analysis, mentions, number, other) for other in group)]
        home = alike[0] if alike else []
        for group in alike[1:]:
            home += group
        home.append(number)
        groups = [group for group in groups if all(group is not other for other in alike[1:])]
        groups += [] if alike else [home]
    persons = [Mention("name", name.first, name.last, 0) for name in names if name.label == _NAME_OF["name"]]
    return [_entity(analysis, mentions, group, persons) for group in groups]


def _entity(analysis: Analysis, mentions: Sequence[Mention], group: list[int], persons: Sequence[Mention]) -> Entity:
    best = mentions[group[0]]
    if best.role == "name":
        own = _stems(analysis, best)
        longer = [person for person in persons if own < _stems(analysis, person)]
        best = max([*(mentions[n] for n in group), *longer], key=lambda name: (len(_stems(analysis, name)), name.score))
    words = words_of(analysis, best.first, best.last)
    return Entity(best.role, words, tuple(group), mentions[group[0]].score)


def _same(analysis: Analysis, mentions: Sequence[Mention], one: int, other: int) -> bool:
    mine, theirs = mentions[one], mentions[other]
    if mine.role != theirs.role:
        return False
    if mine.role == "org" and _beside(analysis, mine, theirs):
        return True
    a, b = _stems(analysis, mine), _stems(analysis, theirs)
    if mine.role in ("name", "org"):
        return bool(a and b) and (a <= b or b <= a)
    if mine.role == "person" and (_members(analysis, mine, theirs) or _members(analysis, theirs, mine)):
        return True
    return _head(analysis, mine) == _head(analysis, theirs) and (a <= b or b <= a)


def _members(analysis: Analysis, one: Mention, other: Mention) -> bool:
    """Tell whether a plural noun alone is in the singular before another: "the Xs" and "the X leaders" are the same."""
    own = analysis.tokens[one.first].text.upper()
    last = head_of(analysis, other.first, other.last)
    *before, head = (token.text.upper() for token in analysis.tokens[other.first : last + 1])
    several = one.last == one.first + 1 and own != singular(own) and head != singular(head)
    return several and singular(own) in before


def _beside(analysis: Analysis, one: Mention, other: Mention) -> bool:
    """Tell whether one stands in brackets behind the other: a name and its short form."""
    before, after = sorted((one, other), key=lambda mention: mention.first)
    between = [token.text for token in analysis.tokens[before.last : after.first]]
    return 0 < len(between) <= 2 and bool({"(", "[", "--"} & set(between))


def _stems(analysis: Analysis, mention: Mention) -> frozenset[str]:
    words = (analysis.tokens[at].text.upper() for at in range(mention.first, mention.last))
    return frozenset(singular(word) for word in words if letters_of(word) and word not in _TRIM and not word.isdigit())


def _head(analysis: Analysis, mention: Mention) -> str:
    return singular(analysis.tokens[head_of(analysis, mention.first, mention.last)].text.upper())


def head_of(analysis: Analysis, first: int, last: int) -> int:
    """Return the token of the head noun: the last word before what follows a noun."""
    words = [analysis.tokens[at].text.upper() for at in range(first, last)]
    cut = next((at for at, word in enumerate(words) if at and word in _AFTER_NOUN), len(words))
    return first + cut - 1


def singular(word: str) -> str:
    """Return a noun without the ending of the plural, as far as spelling tells."""
    for plural, one in (("MEN", "MAN"), ("IES", "Y"), ("SSES", "SS"), ("S", "")):
        if word.endswith(plural) and not word.endswith(("SS", "US")) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + one
    return word
