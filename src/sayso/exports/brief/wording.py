"""Sentences that every form of a brief has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sayso.exports.brief.facts import Brief
from sayso.linking.grades import DIGITS

LEGEND: Final = (
    "Each value stands on somebody's word; numbers in brackets lead to the exact words."
    " ≠ marks what cannot all be true."
)
_MEANINGS: Final = "; ".join(f"{digit} {meaning}" for digit, meaning in DIGITS.items())
GRADES: Final = f"Grade: credibility in the Admiralty code, computed from who else says so: {_MEANINGS}"


def counted(found: Brief) -> str:
    """Return how much there is: incidents, reports, independent origins."""
    stories = found.stories
    reports = len({source.report for story in stories for source in story.sources})
    origins = sum(story.origins for story in stories)
    many = f"{len(stories)} incidents, " if len(stories) != 1 else ""
    return f"{many}{_number(reports, 'report')}, {_number(origins, 'independent origin')}"


def made(found: Brief) -> Iterator[str]:
    """Yield how machines and people took part, so that a reader can weigh it and do it again."""
    for reader, number in found.readers.items():
        yield f"{_number(number, 'report')} read by a machine: {reader} (digest of the model's files)."
    yield (
        "The machine only marked who says what and in which words. Quoted words are the reports' own; headings, labels "
        "and sentences around them are fixed: nothing here was written by a language model."
    )
    yield f"People have judged {found.reviewed} of {_number(found.claims, 'claim')}; what they rejected is left out."
    yield "The machine misses things and misreads some: check the exact words before you rely on a value."
    seq, digest = found.ledger
    yield f"Rests on the ledger up to entry {seq}{f' ({digest})' if digest else ''}; made by sayso {found.version}."
    yield GRADES + "."


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
