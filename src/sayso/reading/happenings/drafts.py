"""``Draft``: an incident being put together from the mentions of its happening."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.reading.happenings.surroundings import FAR

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Scan
    from sayso.values import Moment, Place

MOST = 200
"""So many incidents are read in one report; the bound keeps hostile input linear."""

Owner = dict[int, dict[int, int]]
"""Passage → first token of a happening → the number of its incident."""


@dataclass(slots=True)
class Draft:
    """An incident being put together from happenings."""

    happenings: list[Happening]
    kind: str
    background: bool
    place: Place | None = None
    moment: Moment | None = None
    chained: set[tuple[int, int]] = field(default_factory=set)  # violence of another kind that followed in it

    passages: list[int] = field(default_factory=list)  # sorted, each once
    earlier: bool = False  # the words that opened it put it before what the report is about
    headline: bool = True  # only the headline has named it so far

    def add(self, scan: Scan, row: Happening) -> None:
        """Take in one more mention."""
        self.happenings.append(row)
        at = bisect_left(self.passages, row.passage)
        if self.passages[at : at + 1] != [row.passage]:
            self.passages.insert(at, row.passage)
        self.headline = self.headline and scan.passages[row.passage].kind == "headline"

    def leave(self, row: Happening) -> bool:
        """Give up a mention that is no other's; the one that opened it stays."""
        if (self.first.passage, self.first.first) == (row.passage, row.first):
            return False
        self.happenings = [h for h in self.happenings if (h.passage, h.first) != (row.passage, row.first)]
        self.passages = sorted({h.passage for h in self.happenings})
        return True

    def before(self, passage: int) -> int:
        """Return the last of its passages up to ``passage``; far away where there is none."""
        at = bisect_right(self.passages, passage)
        return self.passages[at - 1] if at else -passage - FAR

    @property
    def first(self) -> Happening:
        """The mention that names it first."""
        return self.happenings[0]
