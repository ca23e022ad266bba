"""Whether a surname alone means a head of state or government: "Salman, a trader in Basra" is no crown prince.

A surname is shared by too many. It stands for the leader who bears it where the report says so: by his office beside
the name, or by naming his country, and nobody of that name with a trade of his own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sayso.reading.speaking.speakers import Source
    from sayso.values.facts import ActorLookup, LeaderFact

_OFFICES: Final = (
    r"(?:president|prime minister|premier|chancellor|king|queen|emir|amir|sultan|crown prince|supreme leader|ayatollah|"
    r"taoiseach|head of (?:state|government)|leader)"
)
_OFFICE: Final = re.compile(rf"\b{_OFFICES}\b", re.IGNORECASE)
_HONORIFICS: Final = frozenset({"mr", "mrs", "ms", "miss", "sir", "dr"})
"""Titles that say nothing of an office or a trade."""


def leader_of_name(source: Source, text: str, published: str | None, world: ActorLookup) -> LeaderFact | None:
    """Return the leader whom the name of a source means in a report; None where it may be anybody's.

    Args:
        source: who speaks, as written, his name in its fullest form.
        text: of the report.
        published: ISO day of the report; the term must hold that day.
        world: who led which country when.

    """
    name = source.person
    if name is None or (published is None and " " not in name):
        return None
    fact = world.leader(name, published)
    if fact is None or " " in name or fact.name in text or _is_in_office(source, text):
        return fact
    trade = (source.role or "") not in _HONORIFICS | {""} or source.of is not None
    return None if trade or _has_a_trade(name, text) or not _names_country(fact, text, world) else fact


def _is_in_office(source: Source, text: str) -> bool:
    """Tell whether the source or the report gives the office beside the name: "President X", "X, the premier"."""
    name = re.escape(source.person or "")
    beside = rf"\b(?i:{_OFFICES})(?: [A-Z][\w.'’-]*){{0,2}},? {name}\b|\b{name}, [^,.;]{{0,40}}?\b(?i:{_OFFICES})\b"
    return bool(_OFFICE.search(source.role or "") or re.search(beside, text))


def _has_a_trade(name: str, text: str) -> bool:
    """Tell whether the report introduces somebody of that name as something else: "Kim, a nurse"."""
    return re.search(rf"\b{re.escape(name)}, (?:\d+,|an?\b|the\b)", text) is not None


def _names_country(fact: LeaderFact, text: str, world: ActorLookup) -> bool:
    country = world.by_code(fact.country)
    names = (country.name, country.adjective, country.capital) if country is not None else ()
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names if name)
