"""Names behind a description, owners that take up a name: "a group calling itself …", "its spokesman"."""

from __future__ import annotations

import re
from typing import Final

from sayso.reading.sentences.grammar import words_of


def by_own_name(words: str) -> str:
    """In "a group calling itself the X", "a man known as Y" keep the name."""
    if (given := _GIVEN.search(words)) is not None:
        return given[1]
    found = _OWN_NAME.search(words) or _APPOSED.match(words)
    if found is not None and found[1].lower() in (_NAMED_BY if found.re is _OWN_NAME else _BODIES):
        return f"{found[1]} {found[2]}" if found[2][:1].isupper() else words
    return words


_OWN_NAME: Final = re.compile(
    r"\b(\w+),? (?:of \w+ )?(?:(?:which |who |that )?(?:calls?|calling|styling|styles?) "
    r"(?:itself|themselves|himself|herself)"
    r"|(?:is )?(?:better |popularly |also |only )*known (?:only )?as|named|called)"
    r"\s+(?:the\s+)?[“\"‘']?([A-Z][^,;“”\"]+)$"
)
_GIVEN: Final = re.compile(
    r"\b(?:gave|gives|giving) (?:his|her) (?:first )?name (?:only )?as ([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
)
_APPOSED: Final = re.compile(r"^(?:an?|another|one) (?:[\w-]+ )*?(\w+), (?:the )?([A-Z][^,;“”\"]+),?$", re.IGNORECASE)
"""In "a Kurdish group, the Falcons" the name behind the comma: the words before it only say what it is."""
_NAMED_BY: Final = frozenset(
    {
        "alliance", "band", "body", "brigade", "cell", "channel", "collective", "commander", "faction", "group", "man",
        "militia", "movement", "network", "occupiers", "organisation", "organization", "outfit", "outlet", "umbrella",
        "unit", "volunteers", "woman",
    }
)  # fmt: skip
_BODIES: Final = _NAMED_BY - {"commander", "man", "woman", "occupiers", "unit"}


def owner_taken_up(tokens: list[str]) -> tuple[str | None, list[str]]:
    """Return an owner that only takes up somebody named before, and what it owns: "its" · "the group's"."""
    if tokens[0].lower() in POSSESSIVE and len(tokens) > 1:
        return tokens[0].lower(), tokens[1:]
    if tokens[0].lower() == "the" and len(tokens) > 2 and tokens[1].islower() and tokens[1].endswith(("'s", "’s")):
        return f"the {tokens[1][:-2]}", tokens[2:]
    return None, tokens


OWN_COUNTS: Final = frozenset(
    {"own count", "count", "own tally", "tally", "own figures", "own estimates", "own account", "own words"}
)
"""What somebody's own figures are called: he speaks through them."""
POSSESSIVE: Final = frozenset({"his", "her", "its", "their"})
CAPITALS: Final = re.compile(r"(?:[A-Z][\w’'-]+)(?: (?:(?:of|the|for|al|bin) )*[A-Z][\w’'-]+)*")
NAME_RUN: Final = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+(?:(?:al|bin|ibn|ben|de|da|del|van|von|el|abu)\s+)*){1,4}(?:(?:al|el)-)?[A-Z][\w’'-]+"
)
DOCUMENTS: Final = frozenset({"statement", "communique", "communiqué", "letter", "video", "message", "leaflet", "post"})
"""What "the statement" may be: who issued it speaks."""


def joins_name(tokens: list[str], index: int) -> bool:
    """Tell whether "on" joins two parts of a name: "Commission on Human Rights", not "police on Monday"."""
    if tokens[index] != "on" or index + 1 >= len(tokens):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    return before[:1].isupper() and after[:1].isupper() and after.lower().strip(".") not in words_of("day")
