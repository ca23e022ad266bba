"""Who is held or sought for it: "picked up on suspicion of arson", "a man accused of it", "life terms for X"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.courts import hinders_justice, judge, somebody
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.records import Stance

LINKS: Final = (
    ("on", "suspicion", "of"),
    ("in", "connection", "with"),
    ("in", "relation", "to"),
    ("over",),
    ("for",),
    ("of",),
    ("as", "a", "suspect"),
    ("as", "suspects"),
)
"""What stands between a verb of holding and what somebody is held for."""
REACH: Final = 16
"""So many words may stand between a verb of holding and its link."""
CRIME_REACH: Final = 6
FEW: Final = 3
"""More than so many that are held are a round-up."""
OF: Final = ("of", "for", "in", "over")
TERMS: Final = frozenset({"terms", "term", "sentence", "sentences", "life", "years"})
GIVING: Final = frozenset({"handed", "gave", "given", "imposed", "passed", "meted"})
SURRENDERING: Final = ("gave", "given", "give", "turned", "handed")
REFLEXIVE: Final = ("himself", "herself", "themselves")
NOBODY: Final = ("police", "military", "government", "media", "armed_group")
"""Kinds of people who are no suspects as a body."""


def find_suspects(scan: Scan, passage: Passage) -> list[Mention]:
    """Return who is arrested, wanted or accused of violence, each once."""
    syntax = passage.syntax
    if syntax is None:
        return []
    found: dict[tuple[int, int], Mention] = {}
    for verb, who, stance in (
        *_held(scan, passage, syntax),
        *_accused(scan, passage, syntax),
        *_surrendered(scan, passage, syntax),
        *_terms(scan, passage, syntax),
    ):
        if who[0].kind not in NOBODY or passage.word(who[1] - 1) in ("a", "an", "one"):
            given = passage.word(verb) in GIVING and syntax.child(verb, "aux") is None
            court = judge(scan, passage, syntax, syntax.subject(verb)) if given else None
            item = mention(passage, "perpetrator", who[0], who[1:], (verb, verb + 1), stance=stance, holder=court)
            found.setdefault(item.anchor, item)
    return list(found.values())


def _held(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[tuple[int, Found, Stance]]:
    """Yield who was "arrested on suspicion of it", "taken into custody over the attack"."""
    for verb, word in enumerate(passage.line.lower):
        if word not in closed("holding suspects") or syntax.upos[verb] != "VERB" or _unreal(passage, syntax, verb):
            continue
        if word in ("taken", "took", "take") and "custody" not in passage.line.lower[verb : verb + REACH]:
            continue
        if not _for_the_deed(passage, verb + 1):
            continue
        thing = syntax.object(verb)
        head = syntax.subject(verb) if thing is None else thing
        for at in syntax.joined(head) if head is not None else ():
            who = somebody(scan, passage, syntax, at)
            if who is not None and _few(scan, passage, at):
                yield verb, who, "suspects"


def _few(scan: Scan, passage: Passage, at: int) -> bool:
    """Tell whether so few are held that they can be the authors: not "17 people arrested over the violence"."""
    group = next((g for g in find_groups(scan, passage) if g.first <= at < g.last), None)
    if group is None or group.quantity is None:
        return group is None or not group.plural
    return group.quantity.high is not None and group.quantity.high <= FEW


def _unreal(passage: Passage, syntax: Syntax, verb: int) -> bool:
    around = {syntax.words[at] for at in syntax.children[verb]}
    return bool(around & closed("hypothetical", "negation"))


def _for_the_deed(passage: Passage, at: int) -> bool:
    """Tell whether somebody is held for violence: a link, and a crime or what was told of behind it."""
    words = passage.line.lower
    for i in range(at, min(at + REACH, len(words))):
        link = next((link for link in LINKS if tuple(words[i : i + len(link)]) == link), None)
        if words[i] in closed("clause ends"):
            return False
        if link is None or words[i] == "of":
            continue
        ahead = words[i + len(link) : i + len(link) + CRIME_REACH]
        if hinders_justice(ahead):
            return False
        if link[0] == "as" or any(_crime(word) for word in ahead):
            return True
    return False


def _crime(word: str) -> bool:
    return word in closed("crimes") or word in closed("attack nouns") or word in closed("denied deeds")


def _accused(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[tuple[int, Found, Stance]]:
    """Yield "a man accused of planting it", "X, wanted for the bombing", "a man suspected of having …"."""
    for verb, word in enumerate(passage.line.lower):
        if word not in closed("accused participles") or passage.word(verb + 1) not in OF:
            continue
        if not any(
            _crime(one) or one in closed("accused deeds") - {"being"} for one in passage.line.lower[verb + 2 : verb + 5]
        ):
            continue
        acl = syntax.labels[verb] in ("acl", "amod") and syntax.heads[verb] < verb
        if "whose" in passage.line.lower[max(verb - 5, 0) : verb]:
            continue  # "a chief whose men are accused of it": not he
        head = syntax.heads[verb] if acl else (syntax.subject(verb) if syntax.child(verb, "aux", "cop") else None)
        who = somebody(scan, passage, syntax, head) if head is not None and head >= 0 else None
        told = who is not None and passage.word(who[1] - 1) == "the" and not passage.line.capital(who[1])
        if who is not None and not told and not _unreal(passage, syntax, verb):
            yield verb, who, "accuses" if word == "convicted" else "suspects"


def _surrendered(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[tuple[int, Found, Stance]]:
    """Yield who "gave himself up", "turned herself in"; and the name of "a suspect, Ana Ruiz"."""
    words = passage.line.lower
    for at, word in enumerate(words):
        if word in SURRENDERING and words[at + 1 : at + 2] and words[at + 1] in REFLEXIVE:
            head = syntax.subject(at) if words[at + 2 : at + 3] and words[at + 2] in ("up", "in") else None
        elif word == "suspect":
            head = next((i for i in syntax.children[at] if i > at and syntax.labels[i] == "appos"), None)
            head = head if head is not None and syntax.upos[head] == "PROPN" else None
        else:
            continue
        who = somebody(scan, passage, syntax, head) if head is not None else None
        if who is not None and _few(scan, passage, head if head is not None else at):
            yield at, who, "suspects"


def _terms(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[tuple[int, Found, Stance]]:
    """Yield who was "handed life terms", "given 30 years" for it; "life terms to X and Y for planting the bomb"."""
    words = passage.line.lower
    for verb, word in enumerate(words):
        if word not in GIVING or not TERMS & set(words[verb : verb + REACH]) or not _for_the_deed(passage, verb):
            continue
        head = syntax.oblique(verb, ("to",)) or syntax.oblique(verb, ("on",))
        head = head if head is not None else (syntax.subject(verb) if syntax.child(verb, "aux") is not None else None)
        for at in syntax.joined(head) if head is not None else ():
            who = somebody(scan, passage, syntax, at)
            if who is not None and isinstance(who[0], Actor):
                yield verb, who, "accuses"
