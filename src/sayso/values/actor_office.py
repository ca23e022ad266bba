"""Who bore an office on a day: "the Iraqi prime minister" in a report of 2020 was Mustafa al-Kadhimi.

The person is derived from dated tables of leaders, never read in the text: who shows it says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sayso.values.actor import Actor
    from sayso.values.facts import LeaderFact, OfficeLookup

OFFICES: Final[dict[str, tuple[str, ...]]] = {
    "president": ("president",),
    "prime minister": ("prime minister", "premier"),
    "premier": ("premier", "prime minister"),
    "chancellor": ("chancellor",),
    "king": ("king",),
    "queen": ("queen",),
    "emperor": ("emperor",),
    "sultan": ("sultan",),
    "emir": ("amir",),
    "amir": ("amir",),
    "supreme leader": ("supreme leader",),
    "crown prince": ("crown prince", "crown prince and prime minister"),
}
"""Office as written, lower case → the offices of the tables that it may be."""
_NAMES: Final = "|".join(sorted(OFFICES, key=len, reverse=True))
_OFFICE: Final = re.compile(rf"\b({_NAMES})$", re.IGNORECASE)
_NOT_NOW: Final = re.compile(
    r"\b(?:former|ex|then|late|deputy|vice|acting|interim|elect|designate|next|future)\b", re.IGNORECASE
)


def bearer(actor: Actor, lookup: OfficeLookup, on: str | None) -> LeaderFact | None:
    """Return who bore the office that an actor is named by, on a day.

    Args:
        actor: as read ("the Iraqi prime minister", kind government).
        lookup: the dated tables of leaders.
        on: ISO day of the report; None where it is not known.

    Returns:
        None for everybody else, for offices once held ("the former president"), and where the tables do not say.

    """
    if on is None or len(on) < len("2020-12-20") or actor.kind != "government" or actor.country is None:
        return None
    found = _OFFICE.search(actor.name or "")
    if found is None or _NOT_NOW.search(actor.name or "") or _NOT_NOW.search(actor.words):
        return None
    facts = (lookup.office(office, actor.country, on[:10]) for office in OFFICES[found[1].lower()])
    return next((fact for fact in facts if fact is not None), None)
