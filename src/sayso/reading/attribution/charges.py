"""Sayers behind the noun for what they deny: "…, an accusation · the army · denied"."""

from __future__ import annotations

import re
from typing import Final

_CHARGE: Final = re.compile(
    r"((?:an?|the|this|that|both) (?:[\w-]+ ){0,2}?(?:accusation|allegation|charge|claim|suggestion|report|version)s?|"
    r"(?:accusation|allegation|charge|claim|report)s) (?:that |which )?(?=(?:the|its|his|her|their) |[A-Z])"
)


def charge_before(source: str) -> tuple[int, int] | None:
    """Return where the noun for what is denied ends, and where he begins who denies it; None for a mere sayer.

    >>> charge_before("an accusation the army"), charge_before("the army")
    ((13, 14), None)
    """
    found = _CHARGE.match(source)
    return (found.end(1), found.end()) if found else None
