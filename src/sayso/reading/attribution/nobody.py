"""What looks like a statement and is none: nobody says it, a country only tells where, somebody asks for silence."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.attribution.attributions import Attribution
    from sayso.values.facts import ActorLookup

_NUMBERS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "scores", "several",
)  # fmt: skip
_DEADLY: Final = frozenset({"bomb", "crash", "fire", "mine", "rocket", "clash", "war", "fighting", "accident"})
_FIRST_PERSON: Final = frozenset({"i", "we", "my", "our", "well", "yes", "no"})
_TOLD: Final = 10
"""So many words at least follow the town that opens a report; a headline's sayer has fewer."""
SPOKEN: Final = 12
"""Among so many first words somebody who speaks names himself."""
_NOBODY: Final = frozenset({"no", "nobody", "none", "neither"})


def said_by_somebody(found: Sequence[Attribution], world: ActorLookup) -> list[Attribution]:
    """Return the attributions of which statements can be made, in the order given."""
    no_statement = (_names_nobody, _keeps_silent, _takes_lives, _only_cites)
    kept = [item for item in found if not any(rule(item) for rule in no_statement)]
    named = Counter(item.source.text for item in kept if item.source)
    once = [item for item in kept if item.source and named[item.source.text] == 1]
    datelines = {id(item) for item in once if _is_dateline(item, kept, world)}
    return [item for item in kept if id(item) not in datelines and not _tells_where(item, named, world)]


def _names_nobody(item: Attribution) -> bool:
    """Tell whether a source is "no group", "nobody": that nobody says something is the report's word."""
    words = item.source.text.lower().split() if item.source else []
    label = len(words) == 1 and item.cue is not None and item.cue.text == ":" and words[0] in closed("labels of texts")
    return bool(words) and (words[0] in _NOBODY or label)


def _tells_where(item: Attribution, named: Counter[str], world: ActorLookup) -> bool:
    """Tell whether a country before a colon only says where ("Togo: two held"): nobody speaks for it in the report."""
    country = world.country(item.source.text.title()) if item.source and item.cue and item.cue.text == ":" else None
    if country is None:
        return False
    others = (
        words for words, times in named.items() if times > (item.source is not None and words == item.source.text)
    )
    return not any(_belongs(words, country.code, world) for words in others)


def _is_dateline(item: Attribution, found: Sequence[Attribution], world: ActorLookup) -> bool:
    """Tell whether a place before a colon, named once, is where the report was written: "LAGOS: Gunmen killed …".

    In small letters only where what follows tells of that place: "Kano: Gunmen killed nine in Kano", not "Khan: …".
    """
    source = item.source
    if source is None or item.cue is None or item.cue.text != ":":
        return False
    there = re.compile(rf"\b(?:in|at|near|of|on) {re.escape(source.text)}\b")
    opens = source.start == 0 and len(item.contents[0].text.split()) >= _TOLD
    if world.government(source.text) and not (opens and source.text.isupper()):
        return False
    if not (source.text.isupper() or opens) and not any(there.search(one.contents[0].text) for one in found):
        return False
    speaks = _FIRST_PERSON & set(item.contents[0].text.lower().split()[:SPOKEN])  # "MORO: We saw two men."
    town = opens and source.text.isupper() and source.text.lower() not in closed("speakers on air")
    return not speaks and (town or bool(world.places(source.text.title())))


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


def _only_cites(item: Attribution) -> bool:
    """Tell whether somebody only names whom he relies on, "citing hospital sources": they are in the chain."""
    words = item.contents[0].text.lower().split()
    cites = item.cue is not None and item.cue.text.lower() in ("citing", "quoting")
    return cites and len(item.contents) == 1 and len(words) < _CITED and not {"that", "as", "was", "were"} & set(words)


_CITED: Final = 8  # words of who is cited


def _takes_lives(item: Attribution) -> bool:
    """Tell whether an attack "claims" people: "Bomb on bus claims six martyrs", "the raid claimed nine lives"."""
    if item.cue is None or item.source is None or not _CLAIMS.fullmatch(item.cue.text):
        return False
    deadly = closed("attack nouns") | _DEADLY
    content = item.contents[0].text.lower()
    happened = any(word.strip(",.").rstrip("s") in deadly for word in item.source.text.lower().split())
    if _LIFE.search(content):
        return True  # "a sessions court sentenced two for a bomb, claiming nine lives": nobody claims lives as his word
    return happened and bool(_LIVES.match(item.contents[0].text))


_LIFE = re.compile(r"^(?:the )?(?:\S+ ){0,4}(?:lives|life)\b")
_CLAIMS = re.compile(r"(?:ha[sd] |have )?(?:also |already )?claim(?:s|ed|ing)?", re.IGNORECASE)
_LIVES = re.compile(
    rf"(?:at least |more than |over |up to |some |about |the )*(?:\d|lives\b|{'|'.join(_NUMBERS)})", re.IGNORECASE
)
_SILENT_CUE = re.compile(r"\b(?:ask|declin|request|refus|insist|want|prefer|demand)", re.IGNORECASE)
_UNNAMED = re.compile(r"(?:not )?to be (?:named|identified|quoted)|(?:on )?anonymity|not to be\b", re.IGNORECASE)
