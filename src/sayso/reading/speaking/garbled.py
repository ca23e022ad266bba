"""Whether a speaker line is broken, as copying and bad feeds leave it."""

from __future__ import annotations

import re

from sayso.reading.speaking.title_words import titles


def is_garbled(words: str, voices: int) -> bool:
    """Tell whether a speaker line is broken: a sentence ends inside it, or a voice speaks for several places.

    >>> is_garbled("Col. Ana Ruiz, a spokeswoman for the army", 1), is_garbled("near the bridge. Police", 0)
    (False, True)
    """
    for stop in re.finditer(r"(\w{3,})[.!?]\s+\w", words):
        if (stop[1].lower(),) not in titles():
            return True
    return voices > 1
