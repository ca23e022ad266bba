"""Words by which somebody denies harm and no deed: "reports of civilian deaths", "that any nurse was hurt".

Only the words of the content are looked at; whose they are, the statement knows.
"""

from __future__ import annotations

import re
from typing import Final

from sayso.reading.sentences.group_words import group_matcher

_TOLD: Final = (
    r"(?:as [\w“”\"]+ )?(?:[\w“”\"]+ as )?(?:(?:the|any|all|such|these|those|media|local|rebel) )*"
    r"(?:(?:reports?|claims?|allegations?|accusations?|charges?|accounts?|suggestions?|rumou?rs?)"
    r"(?: (?:by|from|in) [^,;]{1,40}?)? (?:of|about) )"
)
_HARM: Final = r"(?P<harm>deaths?|casualties|fatalities|(?<=civilian )losses|(?<=civilian )victims)\b"
_WHOSE: Final = (
    r"(?P<who>(?!(?:heavy|high|mass|further|more|large|many|additional|new|last|these|such|the)\b)[\w'’-]+ ){0,2}?"
)
_OF_HARM: Final = re.compile(
    rf"(?:{_TOLD}|causing |having caused |inflicting )(?:any )?(?P<group>{_WHOSE}){_HARM}", re.IGNORECASE
)
_ANY_HARM: Final = re.compile(
    r"(?:that )?(?:any|a single|even one|one) (?:of (?:its|their|the|our) )?(?P<group>(?:[\w'’-]+ ){0,2}?[\w'’-]+) "
    r"(?:(?:had|has|have|was|were|is|are) )?(?:been |so much as )?(?P<harm>killed|died|hurt|injured|wounded|harmed)\b",
    re.IGNORECASE,
)
_MANY_HARM: Final = re.compile(
    r"(?:as [\w“”\"]+ )?(?:(?:any |the |media )?(?:reports?|claims?|allegations?|rumou?rs?|suggestions?) )?that "
    r"(?P<group>(?:[a-z'’-]+ )?[a-z'’-]+) (?:had|have|were|has|was) (?:been )?"
    r"(?P<harm>killed|died|hurt|injured|wounded|harmed)\b"
)
_AMONG: Final = re.compile(
    r"(?:that )?(?:any |there (?:were|had been) )?(?P<group>(?:[\w'’-]+ ){0,2}?[\w'’-]+) "
    r"(?:(?:were|was|had been|are) )?"
    r"among the (?P<harm>dead|killed|wounded|injured|casualties|victims)\b",
    re.IGNORECASE,
)


def denies_harm(content: str) -> re.Match[str] | None:
    """Return where words that somebody denies are of harm alone, with no number; None where they are of a deed.

    >>> denies_harm("reports of civilian deaths in Wednesday's air strike")["harm"]
    'deaths'
    """
    text = content.lstrip("“\"‘' ")
    many = _MANY_HARM.match(text)
    return _OF_HARM.match(text) or _ANY_HARM.match(text) or _AMONG.match(text) or (many if _are_many(many) else None)


def end_of_harm_noun(content: str) -> int | None:
    """Return where a noun for harm that is denied ends: what hangs on it is taken for granted; None for a clause.

    >>> end_of_harm_noun("reports of civilian deaths in the raid"), end_of_harm_noun("that any boy had died")
    (26, None)
    """
    found = _OF_HARM.match(content.lstrip("“\"‘' "))
    return found.end() if found is not None else None


def _are_many(found: re.Match[str] | None) -> bool:
    """Tell whether the harm would have befallen people without a number: "that · children had died"."""
    words = found["group"].lower() if found is not None else ""
    known = [plural for _, end, (_, plural) in group_matcher().find(words) if end == len(words)]
    return bool(known) and known[-1]
