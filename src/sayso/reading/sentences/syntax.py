"""``Syntax``: the grammar of one sentence as the model sees it: parts of speech, heads and semantic roles.

Word positions count from the sentence's first token, as in ``Passage``. Where no model ran there is no syntax, and the
rules of ``verbs.py`` and ``noun_phrases.py`` judge by the order of words alone.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from sayso.language.analysis import Analysis, Sentence

FAR_UP: Final = 12
"""How many heads are climbed from a word to the verb over it."""
UP: Final = 6
"""How many heads are climbed in search of a subject that verbs share."""
DEEP: Final = 8
"""How deep phrases may nest; the bound keeps hostile input linear."""
INSIDE: Final = frozenset({"det", "amod", "nummod", "compound", "flat", "punct", "nmod", "fixed", "advmod", "case"})
"""Relations of what may stand inside a noun phrase before its head."""
SHARED: Final = frozenset({"conj", "xcomp", "advcl", "parataxis"})
"""Relations of verbs that take over their head's subject where they have none."""
AIMING: Final = frozenset({"targeting", "aimed", "hitting", "striking", "killing", "wounding", "carried", "fired"})
"""Participles behind a weapon or an attack that go on with the same happening ("missiles targeting a base in …")."""
SETTING: Final = {"ARGM-TMP": 6, "ARGM-LOC": 14}
"""Roles that say when and where, and how many words they may take; longer ones hold happenings of their own."""
RELATIVES: Final = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class Syntax:
    """The grammar of one sentence.

    Attributes:
        words: lower-case words.
        upos: part of speech of each word (Universal Dependencies).
        heads: position of each word's head, −1 for the root.
        labels: relation of each word to its head, without subtypes.
        children: positions of each word's dependents, in text order.
        frames: predicate → its roles as (label, first, last).

    """

    words: Sequence[str]
    upos: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    children: tuple[tuple[int, ...], ...]
    frames: Mapping[int, tuple[tuple[str, int, int], ...]]

    def child(self, index: int, *labels: str) -> int | None:
        """Return the first dependent with one of these relations."""
        return next((at for at in self.children[index] if self.labels[at] in labels), None)

    def has_verb(self, first: int, last: int) -> bool:
        """Tell whether one of the words [first, last) is a verb."""
        return any(self.upos[at] in ("VERB", "AUX") for at in range(first, min(last, len(self.upos))))

    def verb_in(self, first: int, last: int) -> int | None:
        """Return the verb among the words [first, last)."""
        return next((at for at in range(first, min(last, len(self.upos))) if self.upos[at] == "VERB"), None)

    def predicate(self, begin: int) -> int | None:
        """Return the verb or other predicate of the verb group that begins at ``begin`` (an auxiliary, an adverb)."""
        if not 0 <= begin < len(self.upos):
            return None
        if self.upos[begin] == "VERB":
            return begin
        head = self.heads[begin]
        return head if head > begin and self.labels[begin] in ("aux", "cop", "advmod", "mark") else None

    def oblique(self, index: int, cases: Container[str]) -> int | None:
        """Return the first dependent noun behind a word that one of these prepositions governs."""
        for at in self.children[index]:
            case = self.child(at, "case")
            if at > index and self.labels[at] in ("obl", "nmod") and case is not None and self.words[case] in cases:
                return at
        return None

    def verb_over(self, index: int) -> int | None:
        """Return the verb nearest above a word, itself not counted."""
        at = self.heads[index]
        for _ in range(FAR_UP):
            if at < 0 or self.upos[at] == "VERB":
                break
            at = self.heads[at]
        return at if at >= 0 and self.upos[at] == "VERB" else None

    def goes_with(self, index: int, trigger: int) -> bool:
        """Tell whether a time or place at ``index`` can be that of the happening at ``trigger``.

        It can where it hangs on the trigger, on a verb over the trigger that does not merely report it, or on a clause
        that says when or how ("as he drove to work on Monday"); not where it hangs in a clause that describes somebody.
        """
        at = index
        for _ in range(FAR_UP):
            if at == trigger:
                return True
            if at != index and self.upos[at] == "VERB":
                if self.carries(at, trigger):
                    return True
                describes = self.labels[at] == "acl" and (self.heads[at] == trigger or self.words[at] in AIMING)
                if self.labels[at] not in ("advcl", "xcomp", "conj") and not describes:
                    return False
            if self.heads[at] < 0:
                return self.upos[at] != "VERB"
            at = self.heads[at]
        return False

    def sets(self, index: int, trigger: int) -> bool:
        """Tell whether the roles of a predicate make a word part of when or where it was: at ``trigger``, or over it.

        Roles and tree err at different places: "marched on the offices on Thursday" may hang the day on either verb.
        """
        over = None if self.upos[trigger] == "VERB" else self.verb_over(trigger)
        rows = [row for at in (trigger, over) if at is not None for row in self.frames.get(at, ())]
        return any(label in SETTING and first <= index < last <= first + SETTING[label] for label, first, last in rows)

    def carries(self, verb: int, trigger: int) -> bool:
        """Tell whether a word hangs on a verb, directly or not, and the verb does not merely report it."""
        at = trigger
        for _ in range(FAR_UP):
            if at == verb:
                return True
            if at < 0 or self.labels[at] in ("ccomp", "parataxis", "root"):
                return False
            at = self.heads[at]
        return False

    def hangs_on(self, index: int, head: int) -> bool:
        """Tell whether a word hangs on a head, directly or not."""
        at = index
        for _ in range(FAR_UP):
            if at == head or at < 0:
                break
            at = self.heads[at]
        return at == head

    def subject(self, verb: int) -> int | None:
        """Return the head of a verb's subject: its own, what it describes, or what it shares with its head.

        None where the grammar has none. A relative pronoun is led back to its noun.
        """
        at = verb
        for _ in range(UP):
            own = self._own_subject(at)
            if own is not None:
                relative = self.labels[at] == "acl" and self.words[own] in RELATIVES
                return self.heads[at] if relative and self.heads[at] >= 0 else own
            if self.labels[at] in ("acl", "amod") and self.heads[at] >= 0:
                return self.heads[at]
            if self.labels[at] not in SHARED or self.heads[at] < 0:
                return None
            of = any(self.words[mark] == "of" and mark < at for mark in self.children[at])  # "accuse X of killing"
            controlled = self.child(self.heads[at], "obj") if of or self.labels[at] == "xcomp" else None
            if controlled is not None:
                return controlled  # "left two people injured"
            at = self.heads[at]
        return None

    def _own_subject(self, verb: int) -> int | None:
        """Return a verb's own subject; not who speaks before a colon ("PRESENTER: Gunmen have seized …")."""
        found = [at for at in self.children[verb] if self.labels[at] in ("nsubj", "csubj")]
        behind = [at for at in found if ":" not in self.words[at:verb]] if len(found) > 1 else []
        return next(iter(behind or found), None)

    def doer(self, verb: int) -> int | None:
        """Return the head of who acts: the subject by grammar, else by the roles of the predicate."""
        found = self.subject(verb)
        if found is not None:
            return found
        role = next(((first, last) for label, first, last in self.frames.get(verb, ()) if label == "ARG0"), None)
        return self.head_of(*role) if role else None

    def object(self, verb: int) -> int | None:
        """Return the head of a verb's object."""
        return self.child(verb, "obj")

    def joined(self, index: int) -> list[int]:
        """Return a noun and those joined to it by "and", in text order."""
        found, rest = {index}, [index]
        while rest:
            rest = [at for one in rest for at in self.children[one] if self.labels[at] == "conj" and at not in found]
            found.update(rest)
        return sorted(found)

    def head_of(self, first: int, last: int) -> int:
        """Return the word of [first, last) whose head lies outside, the first of several; ``first`` where none does."""
        inside = range(first, min(last, len(self.heads)))
        return next((at for at in inside if not first <= self.heads[at] < last), first)

    def phrase(self, head: int, depth: int = DEEP) -> tuple[int, int]:
        """Return the noun phrase around a head: its modifiers before it, an "of" phrase behind it; no clauses."""
        first = last = head
        for child in self.children[head] if depth else ():
            if child < head and self.labels[child] in INSIDE:
                first = min(first, self.phrase(child, depth - 1)[0])
            if child > head and self._goes_on(head, child):
                last = max(last, self.phrase(child, depth - 1)[1] - 1)
        while first < head and (self.upos[first] == "PUNCT" or self.labels[first] == "case"):
            first += 1
        return first, last + 1

    def _goes_on(self, head: int, child: int) -> bool:
        if self.labels[child] in ("flat", "compound", "fixed"):
            return True
        case = self.child(child, "case")
        return self.labels[child] == "nmod" and case is not None and self.words[case] in ("of", "'s", "’s")


class _Last(threading.local):
    """The analysis that was asked about last, and the grammar of its sentences by their first tokens."""

    analysis: Analysis | None = None
    found: Final[dict[int, Syntax | None]]

    def __init__(self) -> None:
        self.found = {}


_last: Final = _Last()


def syntax_of(analysis: Analysis, sentence: Sentence, words: Sequence[str]) -> Syntax | None:
    """Return the grammar of a sentence, whose lower-case words these are; None where no model ran."""
    if _last.analysis is not analysis:
        _last.analysis = analysis
        _last.found.clear()
    if sentence.first not in _last.found:
        _last.found[sentence.first] = _syntax(analysis, sentence, words)
    return _last.found[sentence.first]


def _syntax(analysis: Analysis, sentence: Sentence, words: Sequence[str]) -> Syntax | None:
    dep, upos = analysis.arcs.get("dep"), analysis.tags.get("upos")
    if dep is None or upos is None:
        return None
    first, last = sentence.first, sentence.last
    heads = tuple(at - first if first <= at < last else -1 for at in dep.heads[first:last].tolist())
    children: list[list[int]] = [[] for _ in heads]
    for index, head in enumerate(heads):
        if head >= 0 and head != index:
            children[head].append(index)
    return Syntax(
        words,
        tuple(upos[first:last]),
        heads,
        tuple(dep.labels[first:last]),
        tuple(map(tuple, children)),
        _frames(analysis, first, last),
    )


def _frames(analysis: Analysis, first: int, last: int) -> dict[int, tuple[tuple[str, int, int], ...]]:
    anchors = analysis.anchors.get("srl", ())
    begin = bisect_left(anchors, first, key=lambda anchor: anchor.token)
    end = bisect_left(anchors, last, key=lambda anchor: anchor.token)
    return {
        anchor.token - first: tuple(
            (role.label, role.first - first, role.last - first)
            for role in anchor.roles
            if first <= role.first and role.last <= last
        )
        for anchor in anchors[begin:end]
    }
