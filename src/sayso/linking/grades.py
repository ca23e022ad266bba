"""The Admiralty code of a value: its digit (credibility of the information) computed, its letter left to a person.

The letter (reliability of the source, A to F) is judged by people who know an outlet; sayso only shows it. The digit
follows from what the ledger holds: how many independent origins say so and whether somebody says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

from sayso.linking.findings import Judged, Told
from sayso.linking.weighing import OPEN
from sayso.records import Claim, FindingValue

Digit = Literal[1, 2, 3, 4, 5, 6]
Letter = Literal["A", "B", "C", "D", "E", "F"]

DIGITS: Final[dict[Digit, str]] = {
    1: "confirmed by independent sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable: contradicted",
    6: "truth cannot be judged",
}
LETTERS: Final[dict[Letter, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
UNLIKELY: Final = 0.5
"""A certainty wholly below this makes a value doubtful."""


class Grade(NamedTuple):
    """The digit of the Admiralty code and the rule that gave it, in words."""

    digit: Digit
    rule: str

    @property
    def meaning(self) -> str:
        """What the digit stands for."""
        return DIGITS[self.digit]


def grade(
    value: FindingValue, judged: Judged, claims: Iterable[Claim], told: Mapping[str, Told] | None = None
) -> Grade:
    """Return the digit for one value of a finding.

    The rules, the first that holds: nobody asserts it → 6; somebody contradicts it → 5, or 4 where it has more
    independent origins (two at least) than all who contradict it together; all who say so hedge it as unlikely, or its
    holder has replaced it → 4; two independent origins → 1; another origin says what fits → 2; else → 3.

    Args:
        value: one of the values of ``judged``.
        judged: its finding.
        claims: at least those of the finding.
        told: report id → what is known of it; a report that is missing is its own origin.

    """
    by_id = {claim.id: claim for claim in claims}
    own = [by_id[number] for number in value.claims]
    said = [claim for claim in own if claim.stance not in (*OPEN, "denies", "exonerates")]
    if not said:
        return Grade(6, "nobody asserts it: it is only doubted, asked or denied")
    against = _against(value, judged)
    if against:
        return _contradicted(value.origins, _origins((by_id[number] for number in against), told))
    if all(claim.id in judged.superseded for claim in said):
        return Grade(4, "its holder has replaced it")
    if all(claim.certainty is not None and claim.certainty.high < UNLIKELY for claim in said):
        return Grade(4, "all who say so call it unlikely")
    origins = _origins(said, told)
    if origins > 1:
        return Grade(1, f"{origins} independent origins say so, and nobody contradicts it")
    if _origins((by_id[number] for other in judged.finding.values for number in other.claims), told) > 1:
        return Grade(2, "one origin says so, and what another origin says fits")
    return Grade(3, "one origin says so, and nobody contradicts it")


def _against(value: FindingValue, judged: Judged) -> list[str]:
    own = set(value.claims)
    pairs = [(c.one, c.other) for c in judged.conflicts]
    return [other for one, other in [*pairs, *((b, a) for a, b in pairs)] if one in own]


def _contradicted(origins: int, against: int) -> Grade:
    if origins > 1 and origins > against:
        return Grade(4, f"contradicted, but by fewer origins ({against}) than say so ({origins})")
    return Grade(5, f"contradicted by {_counted(against)}")


def _origins(claims: Iterable[Claim], told: Mapping[str, Told] | None) -> int:
    known = told or {}
    reports = {claim.evidence.report for claim in claims}
    return len({known[report].origin if report in known else report for report in reports})


def _counted(origins: int) -> str:
    return "one origin" if origins == 1 else f"{origins} origins"
