"""Who did it, in a turn of phrase: "suspicion fell at once on X", "bore the stamp of X", "at the bidding of X".

A phrase table knows these words only side by side; here adverbs, days and helpers may stand between them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at, actor_behind, subject_actor
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.blamed import PEOPLE, nobody, only_meant
from sayso.reading.parties.named_groups import with_own_name
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import clause_start
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.records import Stance


@dataclass(frozen=True, slots=True)
class Idiom:
    """A turn of phrase: a word of each row, in order, at most ``gap`` words apart; the author stands behind it.

    ``attackers``: only where attackers are spoken of; ``subject``: whose word it is stands before it.
    """

    rows: tuple[frozenset[str], ...]
    stance: Stance
    gap: int = 0
    attackers: bool = False
    subject: bool = False


def _row(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FALL: Final = _row(
    "fell fall falls fallen falling point points pointed pointing centred centered centres centers focused focuses "
    "focused focussed rest rests rested settled settles turned turns lies lay lie landed alighted"
)
_BEAR: Final = _row("bear bears bore bearing borne carry carries carried has had have wore")
_MARKS: Final = _row(
    "hallmark hallmarks mark marks stamp signature fingerprints imprint trademark trademarks handwriting"
)
_BIDDING: Final = _row("bidding behest orders instigation order direction instructions service pay")
_SENT: Final = _row("sent dispatched hired directed armed trained commanded recruited paid commissioned")
_PUT: Final = _row("put puts putting set sets setting lay lays laid laying place placed places placing shifted")
_SEE: Final = _row(
    "see sees saw seen seeing recognise recognised recognises recognize recognized detect detected detects"
)
_PART: Final = _row("role part involvement hand participation responsibility complicity")
IDIOMS: Final = (
    Idiom(
        (
            _row("suspicion suspicions blame responsibility finger fingers"),
            _FALL,
            _row("on upon at to towards toward with"),
        ),
        "suspects",
        gap=4,
    ),
    Idiom((_BEAR, _MARKS, _row("of")), "suspects", gap=4),
    Idiom((_row("hand handiwork work doing"), _row("of")), "accuses"),
    Idiom((_row("fingerprints"), _row("of")), "accuses"),
    Idiom((_row("hallmarks"), _row("of")), "suspects"),
    Idiom((_PUT, _row("at"), _row("the"), _row("door feet doorstep"), _row("of")), "accuses", gap=5, subject=True),
    Idiom((_row("at"), _row("the"), _row("door feet doorstep"), _row("of")), "accuses"),
    Idiom((_PUT, _row("down"), _row("to")), "accuses", gap=6, subject=True),
    Idiom((_PUT, _row("blame responsibility"), _row("on with upon at")), "accuses", gap=4, subject=True),
    Idiom((_row("pin pins pinned pinning"), _row("on upon")), "accuses", gap=5, subject=True),
    Idiom(
        (_SEE, _row("hand handiwork mark marks stamp signature fingerprints pen work"), _row("of")),
        "suspects",
        gap=5,
        subject=True,
    ),
    Idiom(
        (_row("rule rules ruled ruling"), _row("out"), _PART, _row("for by of on")), "exonerates", gap=3, subject=True
    ),
    Idiom((_row("nothing"), _row("to"), _row("connect link tie")), "exonerates", subject=True),
    Idiom((_row("looking look looked"), _row("at into")), "suspects"),
    Idiom((_row("at on under in"), _row("the"), _BIDDING, _row("of from")), "accuses", attackers=True),
    Idiom((_SENT, _row("by")), "accuses", attackers=True),
)
OPENING: Final = {word: tuple(one for one in IDIOMS if word in one.rows[0]) for one in IDIOMS for word in one.rows[0]}
"""The idioms by their first word."""
CAREFUL: Final = _row("hand work doing looking look looked")
"""First words that mean an author only before a body that can have done it, and where the sentence is of the deed."""
BODIES: Final = ("armed_group", "military", "state", "government", "party")
AUTHORS: Final = _row(
    "author authors perpetrator perpetrators culprit culprits mastermind masterminds instigator instigators"
)
ENDS: Final = frozenset({".", ",", ";", "", "”", '"'})
DID: Final = _row("it this that")
TOLD: Final = _row(
    "said say says believe believes believed think thinks thought that insisted insists claimed claims suspect"
)
"""Words before "it was X" by which somebody tells so."""
BLAME_REACH: Final = 8


def find_idioms(scan: Scan, passage: Passage) -> list[Mention]:
    """Return whom a turn of phrase names as the author."""
    words = passage.line.lower
    found = [item for at in range(len(words)) if words[at] in OPENING for item in _behind(scan, passage, at)]
    return [
        *found,
        *_to_blame(scan, passage),
        *_author_of(scan, passage),
        *_it_was(scan, passage),
        *_did_it(scan, passage),
    ]


def _behind(scan: Scan, passage: Passage, at: int) -> Iterator[Mention]:
    for idiom in OPENING[passage.word(at)]:
        end = _end_of(passage, idiom, at)
        found = with_own_name(scan, passage, actor_behind(scan, passage, end)) if end is not None else None
        if end is None or found is None or (idiom.attackers and not _of_attackers(scan, passage, at)):
            continue
        if idiom.subject and only_meant(passage, at):
            continue
        if passage.word(at) in CAREFUL and found[0].kind not in BODIES:
            continue
        if passage.word(at) == "hand" and passage.word(found[2]) not in ("in", "behind"):
            continue
        item = mention(passage, "perpetrator", found[0], found[1:], (at, end), stance=idiom.stance)
        yield replace(item, holder=_subject(scan, passage, at)) if idiom.subject else item


def _subject(scan: Scan, passage: Passage, at: int) -> Actor | None:
    """Return whose word it is: the subject of the verb that opens the idiom; None where it has none of its own."""
    found = subject_actor(scan, passage, at, clause_start(passage, at)) if passage.word(at) != "nothing" else None
    return found[0] if found and found[0].kind not in ("armed_group", "person") else None


def _end_of(passage: Passage, idiom: Idiom, at: int) -> int | None:
    """Return where an idiom that begins at ``at`` ends; None where it does not stand there."""
    for row in idiom.rows[1:]:
        ahead = range(at + 1, min(at + 2 + idiom.gap, len(passage)))
        stop = next(
            (i for i in ahead if passage.word(i) in closed("clause ends") or passage.word(i) in QUOTES), len(passage)
        )
        found = next((i for i in ahead if i < stop and passage.word(i) in row and passage.word(i + 1) != "once"), None)
        if found is None:
            return None
        at = found
    return at + 1


def _of_attackers(scan: Scan, passage: Passage, at: int) -> bool:
    """Tell whether attackers are spoken of, who acted for somebody: "the pair", "the bomber"."""
    return any(group.attackers and group.first < at for group in find_groups(scan, passage)) or any(
        word in closed("attacking bodies") for word in passage.line.lower[:at]
    )


def _to_blame(scan: Scan, passage: Passage) -> list[Mention]:
    """Return X of "X was in all likelihood to blame"."""
    words = passage.line.lower
    at = next((i for i in range(1, len(words)) if words[i - 1] == "to" and words[i] == "blame"), None)
    begin = (
        next((i for i in range(at - 1, max(at - BLAME_REACH, 0), -1) if words[i] in closed("be")), None) if at else None
    )
    if at is None or begin is None or "not" in words[begin:at]:
        return []
    found = subject_actor(scan, passage, begin, clause_start(passage, begin))
    if found is None or found[0].kind not in BODIES:
        return []
    return [mention(passage, "perpetrator", found[0], found[1:], (begin, at + 1), stance="accuses")]


def _author_of(scan: Scan, passage: Passage) -> list[Mention]:
    """Return X of "X was the author of the blast", "named X as the author"."""
    syntax, words = passage.syntax, passage.line.lower
    found: list[Mention] = []
    for at, word in enumerate(words) if syntax else ():
        if syntax is None or word not in AUTHORS:
            continue
        subject = syntax.child(at, "nsubj") if syntax.child(at, "cop") is not None else None
        verb = syntax.heads[at]
        named = (
            subject is None
            and verb >= 0
            and syntax.child(at, "case") is not None
            and passage.phrase(at - 2, at) == "as the"
        )
        head = subject if subject is not None else (syntax.object(verb) if named else None)
        who = _at(scan, passage, head) if head is not None else None
        if who is not None and "not" not in words[max(at - 4, 0) : at]:
            found.append(mention(passage, "perpetrator", who[0], who[1:], (at, at + 1), stance="accuses"))
    return found


def _it_was(scan: Scan, passage: Passage) -> list[Mention]:
    """Return X of a quotation "It was X" or "This was X": only of a body that can have done it, and of nothing more."""
    words = passage.line.lower
    for at in range(1, len(words) - 2):
        if (
            (words[at - 1] in QUOTES or words[at - 1] in TOLD)
            and words[at] in DID
            and words[at + 1] in ("was", "is", "'s", "were")
        ):
            found = actor_behind(scan, passage, at + 2)
            ends = found is not None and (passage.word(found[2]) in QUOTES or passage.word(found[2]) in (",", ".", ""))
            if found and ends and found[0].kind in BODIES:
                return [mention(passage, "perpetrator", found[0], found[1:], (at, at + 2), stance="accuses")]
    return []


def _did_it(scan: Scan, passage: Passage) -> list[Mention]:
    """Return X of "X did it", "X had done this", "X took part"."""
    words = passage.line.lower
    for at in range(1, len(words) - 1):
        did = words[at] in ("did", "done") and words[at + 1] in DID
        if (did or _took_part(passage, at)) and words[at - 1] not in ("not", "who", "what", "n't", "n’t"):
            begin = at - (words[at - 1] in ("had", "has", "have"))
            found = subject_actor(scan, passage, begin, clause_start(passage, begin))
            people = found is not None and words[at + 1] == "this" and PEOPLE.search(words[found[2] - 1])
            fits = found is not None and (found[0].kind in BODIES or people)
            many = (
                found is not None and not did and found[0].words[:1].isdigit()
            )  # "300 soldiers took part": in a search
            if found and fits and found[2] <= begin and not many and not nobody(passage, found[1]):
                return [mention(passage, "perpetrator", found[0], found[1:], (begin, at + 2), stance="accuses")]
    return []


def _took_part(passage: Passage, at: int) -> bool:
    """Tell whether somebody took part in an attack, or just in what was told: "believe that soldiers took part"."""
    if passage.word(at) not in ("took", "taken") or passage.word(at + 1) != "part":
        return False
    behind = passage.line.lower[at + 2 : at + 6]
    return passage.word(at + 2) in ENDS or (behind[:1] == ("in",) and bool(closed("attack nouns") & set(behind)))


def _at(scan: Scan, passage: Passage, head: int) -> Found | None:
    syntax = passage.syntax
    first, last = syntax.phrase(head) if syntax else (head, head + 1)
    first += passage.word(first) in closed("determiners")
    actor: Actor | None = actor_at(scan, passage, first, last)
    return (actor, first, last) if actor and actor.kind in BODIES else None
