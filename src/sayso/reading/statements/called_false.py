"""What somebody calls false that others have told: "reports that its jets bombed the market were a fabrication".

He denies what the clause says, though nothing but the last words of it tells so.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from sayso.reading.sentences.passages import closed

NEWS: Final = frozenset({"information", "news", "rumours", "rumors", "footage", "statements", "posts", "statement"})
"""Nouns for what is spread, beside those for accusations and stories."""
_NO_TRUTH: Final = (
    r"ha(?:s|ve|d) no (?:basis|foundation|truth|grounds)\b|d(?:o|oes|id) not (?:correspond|match|reflect)\b|"
    r"contradicts? (?:reality|the facts|the truth)\b|(?:is|are|was|were) not true\b|"
    r"(?:is|are|was|were) without (?:any )?(?:basis|foundation|truth)\b"
)


def calls_told_false(content: str) -> bool:
    """Tell whether words are of something told, and call it false.

    >>> calls_told_false("that reports that its jets had hit a school were false"), calls_told_false("it was a lie")
    (True, False)
    """
    return bool(_told_false().match(" ".join(content.split())))


def nouns_of_telling() -> frozenset[str]:
    """Return the nouns for what somebody else has told: accusations, stories, reports, information."""
    return closed("accusations", "what is told") | NEWS


@cache
def _told_false() -> re.Pattern[str]:
    nouns, false = ("|".join(map(re.escape, sorted(words))) for words in (nouns_of_telling(), closed("false things")))
    return re.compile(
        r"(?:that )?[“\"‘']?(?:(?:the|these|those|such|all|any|this|that|an?) )?(?:[\w’'-]+ ){0,3}?"
        rf"(?:{nouns})(?: [^,;:.]{{1,60}}?)? (?:that|alleging|claiming|about|on|of) [^;:]{{1,240}}? "
        rf"(?:(?:is|are|was|were|(?:has|have|had) been)(?: [\w’'-]+){{0,3}}? [“\"‘']?(?:{false})\b|{_NO_TRUTH})",
        re.IGNORECASE,
    )
