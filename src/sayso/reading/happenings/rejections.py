"""The attack that a report is about though it only denies it: "No air strike on the hospital, the army says"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Scan

HEAD: Final = 4
"""So many sentences at the beginning tell what a report is about."""


def rejected(scan: Scan, happenings: list[Happening]) -> list[Happening]:
    """Return the denied happenings of a report whose head names none that is real, and rejects what others say.

    Somebody has told of it, or there were nothing to reject: it is an incident, on which the report has a denial.
    """
    head = [row for row in happenings if row.passage < HEAD]
    told = any(row.real and row.strong and not (row.background or row.carried) for row in head)
    denied = [row for row in head if row.status == "denied"]
    sentences = range(min(HEAD, len(scan.passages)))
    about = any(row.strong for row in denied) and any(_rejects(scan, number) for number in sentences)
    return denied if about and not told else []


def _rejects(scan: Scan, number: int) -> bool:
    """Tell whether a sentence rejects an accusation: a word of rejecting, and one for what is rejected."""
    words = set(scan.passages[number].line.lower)
    return bool(words & closed("rejecting")) and bool(words & closed("accusations"))
