"""What fields, stances of values and their signs are called wherever a person reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sayso.records import Finding

LABELS: Final = {
    "status": "status",
    "perpetrator": "who did it",
    "responsibility_claim": "claimed",
    "evidence_offered": "evidence",
    "motive": "why",
    "target": "target",
    "weapon": "weapon",
    "weapon_count": "fired or laid",
    "weapon_failed": "failed",
    "killed": "killed",
    "injured": "injured",
    "abducted": "abducted",
    "arrested": "arrested",
    "missing": "missing",
    "displaced": "displaced",
    "damage": "damage",
    "when": "when",
    "where": "where",
    "kind": "what",
}
"""Fields in the order in which an analyst asks for them, with their label."""

SIGNS: Final = {"disputed": "≠", "compatible": "~", "agreed": "=", "sole": " "}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of one report in the order of LABELS, without what its heading already shows.

    What, when and where stand in the heading: they are shown again only when there is more than one word on them.
    """
    order = list(LABELS)
    shown = [f for f in findings if f.field not in {"kind", "when", "where"} or f.status in {"compatible", "disputed"}]
    return sorted(shown, key=lambda f: order.index(f.field))
