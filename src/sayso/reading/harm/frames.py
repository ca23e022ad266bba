"""People harmed by verbs that tell it only together with other words: ``vocab/harm_frames.toml``.

"Lost · a leg", "took six youths · away with them", "was picked up · on suspicion of": the verb, what stands behind it
in its clause, and sometimes who does it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from sayso.reading.harm.harms import Harm, tells_of_abduction
from sayso.reading.harm.real import is_unreal
from sayso.reading.sentences.noun_phrases import coordinated_after, subject_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, Use, clause_end, clause_start, forms, use_of
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage, Scan

REACH: Final = 14
"""How many words behind its verb a frame may take."""
AGENT: Final = 8
"""How many words behind "by" may name who did it."""
DOERS: Final = {"law": "arresters", "doctors": "doctors", "splinters": "flying things"}
"""The closed lists of those who have to do it."""
Found = list[tuple["Group", bool]]


class Frame(Entry):
    """One frame: an entry of ``vocab/harm_frames.toml``, where its keys are explained."""

    name: str
    field: str
    verbs: tuple[str, ...]
    whom: Literal["subject", "object", "acted on", "passive"]
    behind: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    by: Literal["", "captors", "holders", "law", "doctors", "splinters"] = ""
    zero: bool = False
    denied: bool = False
    weak: bool = False
    named: bool = False


@cache
def _matcher() -> PhraseMatcher[tuple[tuple[Frame, frozenset[Form]], ...]]:
    table: dict[str, list[tuple[Frame, frozenset[Form]]]] = {}
    for frame in load_table("harm_frames", Frame):
        for verb in frame.verbs:
            for phrase, kinds in forms(verb).items():
                table.setdefault(phrase, []).append((frame, kinds))
    return PhraseMatcher({phrase: tuple(rows) for phrase, rows in table.items()})


def by_frames(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the people whom the frames tell of."""
    harms = []
    for hit in scan.hits(_matcher(), passage.number):
        for frame, kinds in hit.value:
            if not _fits(passage, frame, hit.last):
                continue
            use = use_of(passage, hit.first, hit.last, kinds)
            if use is None or is_unreal(passage, use) or not _done_by(scan, passage, groups, frame, use):
                continue
            found = _whom(passage, groups, frame, use)
            denied = bool(found) and (use.negated or is_denied(passage, found[0][0]))
            if found and (denied or not frame.denied) and not _is_other(frame, found):
                zero = frame.zero or (denied and not frame.denied)
                harms.append(Harm(frame.field, (use.first, use.last), tuple(found), zero, weak=frame.weak))
                break
    return harms


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
    if not frame.behind and not frame.unless:
        return True
    words = f" {passage.phrase(at, min(clause_end(passage, at), at + REACH))} ".replace(" - ", "-")
    if any(f" {phrase} " in words for phrase in frame.unless):
        return False
    return not frame.behind or any(f" {phrase} " in words for phrase in frame.behind)


def _whom(passage: Passage, groups: list[Group], frame: Frame, use: Use) -> Found:
    """Return who is harmed: the subject, the object, or whom the verb acts on."""
    be = any(word in closed("be") for word in use.helpers)
    if frame.whom == "subject":
        acted_on = be and use.voice == "passive" and passage.word(use.first) not in closed("be")
        return [] if acted_on else subject_groups(passage, groups, use.begin)
    if use.voice == "passive" and frame.whom in ("acted on", "passive"):
        return subject_groups(passage, groups, use.begin)
    if frame.whom == "passive" or use.voice == "passive":
        return []
    return coordinated_after(passage, groups, use.last) or _relative(passage, groups, use)


def _relative(passage: Passage, groups: list[Group], use: Use) -> Found:
    """Return whom a relative pronoun takes up: "the fifteen passengers whom bandits marched into the forest"."""
    before = range(use.begin - 1, max(use.begin - AGENT, -1), -1)
    whom = next((at for at in before if passage.word(at) == "whom"), None)
    return [(group, False) for group in groups if whom is not None and group.last == whom]


def _is_other(frame: Frame, found: Found) -> bool:
    """Tell whether those found are rather the ones who do it, or nobody alive: "received nine bodies"."""
    words = {group.word.name for group, _ in found if group.word is not None}
    if frame.named and found[0][0].pronoun:
        return True
    takers = frame.field in ("abducted", "displaced") and any(group.attackers for group, _ in found)
    return takers or (frame.by == "doctors" and "bodies" in words)


def _done_by(scan: Scan, passage: Passage, groups: list[Group], frame: Frame, use: Use) -> bool:
    """Tell whether those do it whom a frame asks for."""
    if not frame.by:
        return True
    if frame.by == "holders" and use.voice != "passive" and passage.word(use.begin - 1) not in ("it", "they", "still"):
        return any(group.attackers and group.last <= use.begin for group in groups)
    if frame.by in ("captors", "holders"):
        taken = any(group.attackers for group in groups) or tells_of_abduction(scan)
        return taken and not _named(passage, use, "arresters")
    return _named(passage, use, DOERS[frame.by])


def _named(passage: Passage, use: Use, name: str) -> bool:
    """Tell whether a word of a closed list is (in) the subject of a verb, or behind its "by"."""
    words = passage.line.lower
    doers = words[clause_start(passage, use.begin) : use.begin]
    if use.voice == "passive":
        after = words[use.last : use.last + AGENT]
        doers = after[after.index("by") :] if "by" in after else ()
    return any(word in closed(name) for word in doers)
