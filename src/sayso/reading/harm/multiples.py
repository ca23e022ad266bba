"""The dead whom a noun of killing counts by itself: "a double murder", "the triple homicide"; and who died of the shot.

"Four were shot, one fatally": a number before "fatally" counts the dead among those whom a verb of harm counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.harms import Harm
from sayso.reading.sentences.groups import Group
from sayso.reading.sentences.passages import closed
from sayso.values import Quantity

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

MULTIPLES: Final = {"double": 2, "twin": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}


def by_multiples(scan: Scan, passage: Passage) -> list[Harm]:
    """Return the killed of "a double murder" and of "one fatally"."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        if word in MULTIPLES and passage.word(index + 1) in closed("killings by one noun"):
            number = MULTIPLES[word]
            many = Quantity(low=number, high=number, words=passage.line.tokens[index].text)
            harms.append(
                Harm("killed", (index, index + 2), ((Group(index, index, index + 1, many, None, plural=True), False),))
            )
        elif word == "fatally":
            end = index - 2 if passage.phrase(index - 2, index) == "of them" else index
            count = next((count for count in scan.counts(passage) if count.last == end), None)
            if count is not None and passage.word(count.first - 1) in (",", "and", "-", "–", "—"):
                some = Group(count.first, count.first, count.last, count.value, None, plural=count.value.high != 1)
                harms.append(Harm("killed", (count.first, index + 1), ((some, False),)))
    return harms
