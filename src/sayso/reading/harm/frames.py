"""People harmed by verbs that tell it only together with other words: ``vocab/harm_frames.toml``.

"Lost · a leg", "took six youths · away with them", "was picked up · on suspicion of": the verb, what stands behind it
in its clause, and sometimes who does it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from sayso.reading.harm.harms import Harm, tells_of_abduction
from sayso.reading.harm.real import is_unreal
from sayso.reading.harm.wounds import wound_behind_with
from sayso.reading.sentences.counted_words import describes
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.noun_phrases import coordinated_after, subject_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, Use, clause_end, clause_start, forms, use_of
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage, Scan

REACH: Final = 14
"""How many words behind its verb a frame may take."""
CAPTORS: Final = 2
"""So many sentences before may name those who took somebody away."""
AGENT: Final = 8
"""How many words behind "by" may name who did it."""
DOERS: Final = {
    "law": "those who detain",
    "doctors": "doctors",
    "splinters": "flying things",
    "raids": "police operations",
}
"""The closed lists of those who have to do it."""
Found = list[tuple["Group", bool]]


class Frame(Entry):
    """One frame: an entry of ``vocab/harm_frames.toml``, where its keys are explained."""

    name: str
    field: str
    verbs: tuple[str, ...]
    whom: Literal["subject", "object", "acted on", "passive", "with"]
    behind: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    by: Literal["", "captors", "holders", "law", "doctors", "splinters", "ward", "raids", "no captors"] = ""
    zero: bool = False
    denied: bool = False
    weak: bool = False
    named: bool = False
    wounded: bool = False
    many: bool = False
    attackers: bool = False
    whole: bool = False
    counted: bool = False
    worded: bool = False


Row = tuple[Frame, "frozenset[Form]", int]
"""A frame, the forms its verb can be, and how many words the verb has."""


@cache
def _matcher() -> PhraseMatcher[tuple[Row, ...]]:
    table: dict[str, list[Row]] = {}
    for frame in load_table("harm_frames", Frame):
        for verb in frame.verbs:
            for phrase, kinds in forms(verb).items():
                table.setdefault(phrase, []).append((frame, kinds, phrase.count(" ") + 1))
    return PhraseMatcher({phrase: (*rows, *_shorter(table, phrase)) for phrase, rows in table.items()})


def _shorter(table: dict[str, list[Row]], phrase: str) -> list[Row]:
    """Return the rows of the verbs that a longer one begins with: "escape" of "escape with", which hides it."""
    words = phrase.split(" ")
    return [row for size in range(len(words) - 1, 0, -1) for row in table.get(" ".join(words[:size]), [])]


def by_frames(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the people whom the frames tell of."""
    harms = []
    for hit in scan.hits(_matcher(), passage.number):
        for frame, kinds, size in hit.value:
            last = hit.first + size
            if not _fits(passage, frame, last) or describes(passage, hit.first):
                continue  # "by falling debris"
            use = use_of(passage, hit.first, last, kinds)
            if use is None or _is_unreal(passage, frame, use) or not _done_by(scan, passage, groups, frame, use):
                continue
            found = _whom(scan, passage, groups, frame, use)
            nobody = frame.denied and frame.field == "killed" and bool(found) and _is_none(found[0][0])
            found = _all_of(scan, passage, found[0][0]) if nobody else found
            denied = bool(found) and (nobody or use.negated or is_denied(passage, found[0][0]))
            if denied and use.negated and frame.field in ("abducted", "arrested"):
                continue  # "was never caught"
            if found and (denied or not frame.denied) and not _is_other(passage, groups, frame, found):
                zero = frame.zero or (denied and not frame.denied)
                harms.append(Harm(frame.field, (use.first, use.last), tuple(found), zero, weak=frame.weak))
                break
    return harms


def _is_none(group: Group) -> bool:
    return group.quantity is not None and group.quantity.high == 0


def _all_of(scan: Scan, passage: Passage, nobody: Group) -> Found:
    """Return all of whom nobody fared so: "none of the 13 aboard survived" has killed 13; "no one" tells no number."""
    whole = next((count for count in scan.counts(passage) if nobody.first < count.first < nobody.last + 1), None)
    if whole is None or passage.word(whole.first) in ("none", "no"):
        return []
    return [(replace(nobody, first=whole.first, noun=whole.last, quantity=whole.value), False)]


def _is_unreal(passage: Passage, frame: Frame, use: Use) -> bool:
    """Tell whether it only may happen; "could not be saved" has happened."""
    failed = frame.denied and use.negated and "could" in use.helpers
    return is_unreal(passage, use) and not failed


def is_denied(passage: Passage, group: Group) -> bool:
    """Tell whether a subject is denied: "neither the bride nor the groom was hurt", "none of the guests died"."""
    words = passage.line.lower
    opened = group.first > 0 and (
        words[group.first - 1] == "neither" or passage.phrase(group.first - 2, group.first) == "none of"
    )
    nobody = group.quantity is not None and group.quantity.high == 0
    return opened or nobody or words[group.first] in ("neither", "none")


def _fits(passage: Passage, frame: Frame, at: int) -> bool:
    """Tell whether the words that a frame needs stand behind its verb, and none that it must not have."""
    if any(passage.phrase(at, at + phrase.count(" ") + 1) == phrase for phrase in frame.but_not):
        return False
    if not (frame.behind or frame.unless or frame.wounded):
        return True
    words = f" {passage.phrase(at, min(clause_end(passage, at), at + REACH))} ".replace(" - ", "-")
    if any(map(words.__contains__, _apart(frame.unless))):
        return False
    told = not (frame.behind or frame.wounded) or any(map(words.__contains__, _apart(frame.behind)))
    return told or (frame.wounded and wound_behind_with(passage, at))


@cache
def _apart(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Return phrases with the spaces around them, to be looked for as whole words."""
    return tuple(f" {phrase} " for phrase in phrases)


def _whom(scan: Scan, passage: Passage, groups: list[Group], frame: Frame, use: Use) -> Found:
    """Return who is harmed: the subject, the object, or whom the verb acts on."""
    be = any(word in closed("be") for word in use.helpers)
    acted_on = be and use.voice == "passive" and passage.word(use.first) not in closed("be")
    if frame.whom == "with":
        behind = range(use.last, min(clause_end(passage, use.last), use.last + AGENT))
        at = next((index for index in behind if passage.word(index) == "with"), None)
        return coordinated_after(passage, groups, at + 1) if at is not None and not acted_on else []
    if frame.whom == "subject":
        found = [] if acted_on else subject_groups(passage, groups, use.begin)
        return [(whole_of(scan, passage, group, use.begin), part) for group, part in found]
    if use.voice == "passive" and frame.whom in ("acted on", "passive"):
        return subject_groups(passage, groups, use.begin)
    if frame.whom == "passive" or use.voice == "passive":
        return []
    return coordinated_after(passage, groups, use.last) or _relative(passage, groups, use)


def whole_of(scan: Scan, passage: Passage, share: Group, verb: int) -> Group:
    """Return the whole for "nineteen of the 27 clearers who · were taken": the clause tells of all of them."""
    if passage.word(verb - 1) not in ("who", "that", "whom") or share.last != verb - 1 or share.first == share.noun:
        return share
    whole = next((count for count in scan.counts(passage) if share.noun <= count.first < share.last), None)
    return replace(share, first=whole.first, noun=whole.last, quantity=whole.value) if whole is not None else share


def _relative(passage: Passage, groups: list[Group], use: Use) -> Found:
    """Return whom a relative pronoun takes up: "the fifteen passengers whom bandits marched into the forest"."""
    before = range(use.begin - 1, max(use.begin - AGENT, -1), -1)
    whom = next((at for at in before if passage.word(at) == "whom"), None)
    return [(group, False) for group in groups if whom is not None and group.last == whom]


def _is_other(passage: Passage, groups: list[Group], frame: Frame, found: Found) -> bool:
    """Tell whether those found are rather the ones who do it, or nobody alive: "received nine bodies"."""
    words = {group.word.name for group, _ in found if group.word is not None}
    share = "of" in passage.line.lower[found[0][0].first : found[0][0].noun]
    if (frame.whole and share) or (frame.attackers and not any(group.attackers for group, _ in found)):
        return True
    if (frame.named and found[0][0].pronoun) or (frame.many and not found[0][0].plural):
        return True
    if (frame.worded and found[0][0].word is None) or (frame.counted and _is_uncounted(found[0][0])):
        return True
    if frame.field == "abducted" and _is_one_more(passage, groups, found[0][0]):
        return True
    takers = frame.field in ("abducted", "displaced") and any(group.attackers for group, _ in found)
    nobody = frame.field == "missing" and any(_is_nobody(group) for group, _ in found)
    return takers or nobody or (frame.by == "doctors" and "bodies" in words)


def _done_by(scan: Scan, passage: Passage, groups: list[Group], frame: Frame, use: Use) -> bool:
    """Tell whether those do it whom a frame asks for."""
    if not frame.by:
        return True
    if frame.by == "holders" and use.voice != "passive" and passage.word(use.begin - 1) not in ("it", "they", "still"):
        return any(group.attackers and group.last <= use.begin for group in groups)
    if frame.by == "ward":
        return any(word in closed("doctors", "hospitals") for word in passage.line.lower)
    if frame.by in ("captors", "holders"):
        return captors_near(scan, passage) and not _named(passage, use, "arresters")
    if frame.by == "no captors":
        return not captors_near(scan, passage)
    return _named(passage, use, DOERS[frame.by])


def _is_uncounted(group: Group) -> bool:
    """Tell whether a bare plural has no number: "they were fishermen who had been picked up"."""
    return group.plural and group.first == group.noun and group.word is not None


def _is_one_more(passage: Passage, groups: list[Group], group: Group) -> bool:
    """Tell whether "a fourth was taken away" goes on from what are no people: "three vehicles were burnt"."""
    bare = group.word is None and not group.pronoun and not group.named
    ordinal = passage.word(group.last - 1) in closed("ordinals") | {"another"}
    return bare and ordinal and not any(one.word is not None and one.last <= group.first for one in groups)


def _is_nobody(group: Group) -> bool:
    """Tell whether nobody is counted, or what is no longer alive: "no bodies were recovered"."""
    none = group.quantity is not None and group.quantity.high == 0
    return none or (group.word is not None and group.word.name in ("bodies", "victims"))


def captors_near(scan: Scan, passage: Passage) -> bool:
    """Tell whether attackers, rather than police, may have taken somebody.

    They stand in the sentence or the two before, or anywhere where no police does; or the report tells of an abduction.
    """
    places = scan.passages[max(passage.number - CAPTORS, 0) : passage.number + 1]
    law = any(word in closed("those who detain") for place in places for word in place.line.lower)
    places = places if law else scan.passages
    return tells_of_abduction(scan) or any(group.attackers for place in places for group in find_groups(scan, place))


def _named(passage: Passage, use: Use, name: str) -> bool:
    """Tell whether a word of a closed list is (in) the subject of a verb, or behind its "by"."""
    words = passage.line.lower
    start = clause_start(passage, use.begin)
    doers = words[0 if passage.word(use.begin - 1) in ("they", "it") else start : use.begin]
    if use.voice == "passive":
        after = words[use.last : use.last + AGENT]
        doers = after[after.index("by") :] if "by" in after else ()
    return any(word in closed(name) for word in doers)
