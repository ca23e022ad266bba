"""What looks like a statement and is none: nobody says it, a country only tells where, somebody asks for silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.attribution.attributions import Attribution
    from sayso.records import Span
    from sayso.values.facts import ActorLookup

_NOBODY: Final = frozenset({"no", "nobody", "none", "neither"})


def said_by_somebody(found: Sequence[Attribution], world: ActorLookup) -> list[Attribution]:
    """Return the attributions of which statements can be made, in the order given."""
    kept = [item for item in found if not _names_nobody(item.source) and not _keeps_silent(item)]
    return [item for item in kept if not _tells_where(item, kept, world)]


def _names_nobody(source: Span | None) -> bool:
    """Tell whether a source is "no group", "nobody": that nobody says something is the report's word."""
    words = source.text.lower().split() if source else []
    return bool(words) and words[0] in _NOBODY


def _tells_where(item: Attribution, found: Sequence[Attribution], world: ActorLookup) -> bool:
    """Tell whether a country before a colon only says where ("Togo: two held"): nobody speaks for it in the report."""
    country = world.country(item.source.text.title()) if item.source and item.cue and item.cue.text == ":" else None
    if country is None:
        return False
    others = (other.source.text for other in found if other.source and other is not item)
    return not any(_belongs(words, country.code, world) for words in others)


def _belongs(words: str, code: str, world: ActorLookup) -> bool:
    """Tell whether the words of a source name a country or its people: "the Togolese army", "Lome"."""
    for word in re.findall(r"[A-Z][\w.-]+", words):
        fact = world.country(word) or world.demonym(word) or world.government(word)
        if fact is not None and fact.code == code:
            return True
    return False


def _keeps_silent(item: Attribution) -> bool:
    """Tell whether somebody only asks not to be named: that tells how he spoke, and is said of nothing."""
    return bool(item.cue and _SILENT_CUE.search(item.cue.text) and _UNNAMED.match(item.contents[0].text))


_SILENT_CUE = re.compile(r"\b(?:ask|declin|request|refus|insist|want|prefer|demand)", re.IGNORECASE)
_UNNAMED = re.compile(r"(?:not )?to be (?:named|identified|quoted)|(?:on )?anonymity|not to be\b", re.IGNORECASE)
