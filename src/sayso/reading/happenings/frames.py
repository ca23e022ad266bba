"""Happenings told by no word of violence: who does what to whom makes them ("pirates seized a tanker").

A row of ``vocab/frames.toml`` names the verbs, and who or what has to stand in which role. The verb is the trigger.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.happenings.senses import is_armed_group, speaks_of
from sayso.reading.means.target_words import target_nouns
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, Use, agent_of, clause_end, forms, use_of
from sayso.records import Status
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

SOMEBODY: Final = frozenset({"him", "her", "them", "me", "us", "he", "she", "they", "whom"})
"""Pronouns for people."""
INDIRECT: Final = ("on", "at", "into", "upon", "through", "over", "for")
"""Prepositions before what a verb without an object acts on."""
REACH: Final = 12
"""So many words behind its verb stands the word that a row asks for ("set the village of X · ablaze")."""


class Frame(Entry):
    """One row of ``vocab/frames.toml``.

    ``doers``, ``sufferers``: who acts, and on what, by names of closed lists or "armed", "people", "targets";
    empty: anybody.
    ``nobody``: the passive needs no agent. ``behind``: one of these stands behind the verb in its clause, or
    ``across`` its end; ``beside``: a word of these lists stands in the sentence, ``report``: in the report.
    ``unlike``: lists whose words in either role tell of something else. ``status``: where the verb says how far it got.
    """

    name: str
    kind: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    sufferers: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    nobody: bool = False
    across: bool = False
    beside: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    status: Status | None = None
    unlike: tuple[str, ...] = ()


Told = tuple[Frame, int, int, Use | None]
"""The row, tokens [first, last) of the verb and how it is used; None where a noun tells it."""


@cache
def _verbs() -> PhraseMatcher[tuple[tuple[Frame, frozenset[Form]], ...]]:
    table: dict[str, tuple[tuple[Frame, frozenset[Form]], ...]] = {}
    for frame in load_table("frames", Frame):
        for verb in frame.verbs:
            for phrase, found in forms(verb).items():
                table[phrase] = (*table.get(phrase, ()), (frame, found))
    return PhraseMatcher(table)


def find_framed(scan: Scan, passage: Passage) -> list[Told]:
    """Return the happenings that a verb tells by who stands in its roles; the first row that fits has the verb."""
    syntax, found = passage.syntax, list[Told]()
    for hit in scan.hits(_verbs(), passage.number) if syntax else ():
        verb = syntax.verb_in(hit.first, hit.last) if syntax else None
        if syntax is None or verb is None:
            continue
        for frame, kinds in hit.value:
            use = use_of(passage, hit.first, hit.last, kinds)
            if use is not None and _fits(scan, passage, syntax, frame, verb, use):
                found.append((frame, hit.first, hit.last, use))
                break
    return found


def find_framed_nouns(scan: Scan, passage: Passage) -> list[Told]:
    """Return the happenings that a noun of doing tells by what it is "of": "the seizure of a ship"."""
    syntax, found = passage.syntax, list[Told]()
    for hit in scan.hits(_nouns(), passage.number) if syntax else ():
        of = syntax.oblique(hit.last - 1, ("of",)) if syntax else None
        for frame in hit.value if of is not None else ():
            if syntax and of is not None and _is_one_of(scan, passage, syntax, of, frame.sufferers):
                found.append((frame, hit.first, hit.last, None))
                break
    return found


@cache
def _nouns() -> PhraseMatcher[tuple[Frame, ...]]:
    table: dict[str, tuple[Frame, ...]] = {}
    for frame in load_table("frames", Frame):
        for noun in frame.nouns:
            table[noun] = (*table.get(noun, ()), frame)
    return PhraseMatcher(table)


def _fits(scan: Scan, passage: Passage, syntax: Syntax, frame: Frame, verb: int, use: Use) -> bool:
    """Tell whether a row fits; "seized" and "careered" without auxiliaries may be either voice."""
    if frame.behind and not _stands_behind(passage, frame, use.last):
        return False
    if any(not (closed(name) & set(passage.line.lower)) for name in frame.beside):
        return False
    if any(not speaks_of(scan, name) for name in frame.report):
        return False
    voices = [use.voice == "passive"]
    if voices[0] and not use.helpers and syntax.child(verb, "nsubj") is not None:
        voices = [False, True]
    return any(_plays(scan, passage, syntax, frame, verb, use, passive=passive) for passive in voices)


def _plays(scan: Scan, passage: Passage, syntax: Syntax, frame: Frame, verb: int, use: Use, *, passive: bool) -> bool:
    """Tell whether those in the roles of a verb are whom the row asks for."""
    doer = _agent(passage, syntax, verb, use) if passive else _doer(syntax, verb)
    sufferer = syntax.subject(verb) if passive else _object(syntax, verb, passage.word(use.last - 1))
    if frame.sufferers and (sufferer is None or not _is_one_of(scan, passage, syntax, sufferer, frame.sufferers)):
        return False
    if any(at is not None and passage.word(at) in closed(name) for at in (doer, sufferer) for name in frame.unlike):
        return False
    if doer is None:
        carried_off = "armed" in frame.doers and bool(frame.behind) and _armed_before(scan, passage)
        return not frame.doers or (passive and (frame.nobody or carried_off))
    return not frame.doers or _is_one_of(scan, passage, syntax, doer, frame.doers)


def _doer(syntax: Syntax, verb: int) -> int | None:
    """Return who acts; in "the passengers whom bandits marched off" not whom they act on."""
    found = [at for at in syntax.children[verb] if syntax.labels[at] == "nsubj"]
    if len(found) > 1 and syntax.words[found[0]] in ("whom", "which", "that"):
        return found[1]
    return syntax.doer(verb)


def _armed_before(scan: Scan, passage: Passage) -> bool:
    """Tell whether the armed, and no police, are named in a sentence or the one before: they carry people off."""
    near = scan.passages[max(passage.number - 1, 0) : passage.number + 1]
    police = any(not closed("searchers").isdisjoint(one.line.lower) for one in near)
    return not police and any(group.attackers for one in near for group in find_groups(scan, one))


def _object(syntax: Syntax, verb: int, particle: str) -> int | None:
    """Return what an active verb acts on, be it only by "on" or "with"; a relative pronoun is led back to its noun."""
    head = syntax.object(verb)
    if head is None and syntax.labels[verb] == "acl" and syntax.child(verb, "nsubj") is not None:
        return syntax.heads[verb]  # "a boat (that) pirates had taken"
    if head is not None and syntax.words[head] in ("which", "that", "whom", "who") and syntax.labels[verb] == "acl":
        return syntax.heads[verb]
    return head if head is not None else syntax.oblique(verb, (*INDIRECT, particle))


def _agent(passage: Passage, syntax: Syntax, verb: int, use: Use) -> int | None:
    head = syntax.oblique(verb, ("by",))
    if head is not None:
        return head
    at = agent_of(passage, use)
    return syntax.head_of(at, clause_end(passage, at)) if at is not None and at < len(passage) else None


def _stands_behind(passage: Passage, frame: Frame, at: int) -> bool:
    last = min(at + REACH, len(passage) if frame.across else clause_end(passage, at))
    words = f" {passage.phrase(at, last)} "
    return any(f" {phrase} " in words for phrase in frame.behind)


def _is_one_of(scan: Scan, passage: Passage, syntax: Syntax, head: int, names: tuple[str, ...]) -> bool:
    """Tell whether a noun, or one joined to it, is what one of the lists holds."""
    return any(any(_is_a(scan, passage, syntax, at, name) for name in names) for at in _heads(syntax, head))


def _heads(syntax: Syntax, head: int) -> Iterator[int]:
    """Yield a noun, those joined to it, and what a number or a crowd is of: "a crowd of youths", "three of them"."""
    for at in syntax.joined(head):
        yield at
        of = syntax.oblique(at, ("of",))
        if of is not None:
            yield of


def _is_a(scan: Scan, passage: Passage, syntax: Syntax, head: int, name: str) -> bool:
    if name == "people":
        groups = find_groups(scan, passage)
        return syntax.words[head] in SOMEBODY or any(g.first <= head < g.last for g in groups)
    if name == "armed":
        groups = find_groups(scan, passage)
        if any(g.attackers and g.first <= head < g.last for g in groups):
            return True
        return is_armed_group(scan, passage, syntax, head)
    if name == "targets":
        return any(hit.first <= head < hit.last for hit in scan.hits(target_nouns(), passage.number))
    words = closed(name)
    word = syntax.words[head]
    hyphened = [passage.phrase(at, at + 3).replace(" - ", "-") for at in (head - 2, head)]  # "a pick-up", "a Mi-8"
    return not words.isdisjoint({word, word.removesuffix("s"), passage.phrase(head - 1, head + 1), *hyphened})
