"""Which statement stands inside which other, whose words stand where, and through whom they came."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.attribution.attributions import Attribution
    from sayso.reading.speaking.known import Speaker
    from sayso.records import Statement


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose words stand where: places at which the innermost statement changes, and its number from there on."""

    cuts: tuple[int, ...]
    inner: tuple[int, ...]

    def at(self, position: int) -> int:
        """Return the number of the innermost statement around ``position``; −1 for the report's own voice."""
        found = bisect_right(self.cuts, position) - 1
        return self.inner[found] if found >= 0 else -1


def nest(attributions: Sequence[Attribution]) -> list[int | None]:
    """Return for each attribution the one in whose content it stands, the innermost of them.

    An attribution stands in another's content when its cue (or, without a cue, its content) lies in one piece of it
    and its own content is shorter: so no two can stand in each other, and the whole is a forest.
    """
    pieces = sorted(
        ((span.start, span.end, number) for number, item in enumerate(attributions) for span in item.contents),
        key=lambda piece: (piece[0], -piece[1], piece[2]),
    )
    spots = sorted((_spot(item), number) for number, item in enumerate(attributions))
    parents: list[int | None] = [None] * len(attributions)
    sizes = [sum(span.end - span.start for span in item.contents) for item in attributions]
    live: list[tuple[int, int, int]] = []
    at = 0
    for (start, end), number in spots:
        while at < len(pieces) and pieces[at][0] <= start:
            live.append(pieces[at])
            at += 1
        live = [piece for piece in live if piece[1] > start][-_DEEPEST:]
        around = [piece for piece in live if piece[1] >= end and piece[2] != number and sizes[piece[2]] > sizes[number]]
        if around:
            parents[number] = min(around, key=lambda piece: (sizes[piece[2]], piece[2]))[2]
    return parents


_DEEPEST = 64  # statements open at one place; the bound keeps hostile input linear


def _spot(item: Attribution) -> tuple[int, int]:
    first = item.cue or item.contents[0]
    return first.start, first.end


def inside(statement: Statement, parent: int | None, built: Sequence[Statement]) -> Statement:
    """Return a statement that names the one it stands in; ``parent`` is that one's number in ``built``."""
    return statement if parent is None else statement.model_copy(update={"inside": built[parent].id})


def chains_of(speakers: Sequence[Speaker], parents: Sequence[int | None]) -> list[tuple[str, ...]]:
    """Return the chain of each statement: those of the statements around it, then its own."""
    chains: list[tuple[str, ...]] = []
    for number, speaker in enumerate(speakers):
        links: list[tuple[str, ...]] = []
        parent = parents[number]
        while parent is not None and len(links) < _DEEPEST:
            links.append(_own_chain(speakers[parent]))
            parent = parents[parent]
        outer = tuple(name for link in reversed(links) for name in link)
        chain = (*outer, *_own_chain(speaker)) if outer else speaker.chain
        chains.append(tuple(name for at, name in enumerate(chain) if at == 0 or name != chain[at - 1]))
    return chains


def _own_chain(speaker: Speaker) -> tuple[str, ...]:
    name = speaker.holder.name or speaker.holder.words
    return speaker.chain or ((name,) if name else ())


def innermost(attributions: Sequence[Attribution]) -> Voices:
    """Cut the text where the innermost statement changes; a nested statement is inner to its parent."""
    sizes = [sum(span.end - span.start for span in item.contents) for item in attributions]
    edges: list[tuple[int, int, int]] = []
    for number, item in enumerate(attributions):
        for span in item.contents:
            edges += [(span.start, 1, number), (span.end, 0, number)]
    live: dict[int, None] = {}
    cuts: list[int] = []
    inner: list[int] = []
    for place, opens, number in sorted(edges):
        if opens:
            live[number] = None
        else:
            live.pop(number, None)
        best = min(list(live)[-_DEEPEST:], key=lambda one: (sizes[one], one), default=-1)
        if cuts and cuts[-1] == place:
            inner[-1] = best
        else:
            cuts.append(place)
            inner.append(best)
    return Voices(tuple(cuts), tuple(inner))
