"""Whether a marked author takes part in a deed by the grammar of his sentence: a mark alone names anybody.

The layer was fitted on reports of incidents; in a court report, or one on politics, it marks relatives, lawyers,
policemen who arrest and ministers who comment. So its authors count where they do, suffer blame for, or are tied to
some deed of violence that the sentence tells.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import verb_table
from sayso.values import Actor
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.reading.sentences.verbs import Form

HARM: Final = ("kind", "killed", "injured", "abducted", "damage", "weapon")
"""Fields whose words tell of a deed."""
CLIMB: Final = 5
"""So many nouns may stand over a name before the word that says what he did: "one of the fighters of the Front"."""
CORE: Final = ("nsubj", "obj", "iobj", "det", "amod", "compound")
"""Relations of those who do or suffer a deed."""
NAMING: Final = ("appos", "conj", "flat", "compound", "amod", "nummod", "dep")
"""Relations by which one noun is another's name, fellow or description."""
SHARING: Final = ("conj", "xcomp", "advcl", "ccomp", "parataxis")
"""Relations of verbs that go on with a verb's subject: "began · shooting", "ordered · to kill"."""

OWNING: Final = ("", "'s", "’s", "'", "’")
"""How somebody stands before a noun that is his: "the army's raid", "a police raid"."""
TYING: Final = ("by", "from", "between", "with")
"""Prepositions between a deed and who has a part in it."""
SUFFERED: Final = frozenset(
    {"murder", "killing", "assassination", "kidnapping", "abduction", "death", "shooting", "stabbing", "execution"}
)
"""Deeds before which stands who suffered them."""


class Deeds:
    """Where a report tells of deeds: by the words of other mentions, and by lists of verbs and nouns."""

    def __init__(self, scan: Scan, known: Iterable[Mention]) -> None:
        self.scan = scan
        self.told: dict[int, list[tuple[int, int]]] = {}
        for item in known:
            if item.field in HARM:
                self.told.setdefault(item.passage, []).append(item.trigger)

    def at(self, passage: Passage, index: int) -> bool:
        """Tell whether a word is one of a deed."""
        start = passage.line.start(index)
        if any(first <= start < last for first, last in self.told.get(passage.number, ())):
            return True
        if passage.word(index) in closed("attack nouns", "part in a deed"):
            return True
        verb = passage.syntax is None or passage.syntax.upos[index] == "VERB"  # "in heavy rains"
        return verb and any(hit.first <= index < hit.last for hit in self.scan.hits(_verbs(), passage.number))

    def inside(self, passage: Passage) -> bool:
        """Tell whether a sentence tells of a deed at all: a tree may tear an armed group from what it did."""
        return any(self.at(passage, index) for index in range(len(passage)))


@cache
def _verbs() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("deed", sorted(closed("attackers' deeds")))]))


def takes_part(scan: Scan, passage: Passage, item: Mention, deeds: Deeds) -> bool:
    """Tell whether a marked author does a deed, or is tied to one; True where no model told the grammar."""
    syntax = passage.syntax
    if syntax is None:
        return True
    at = syntax.head_of(*passage.tokens_of(*item.anchor))
    armed = isinstance(item.value, Actor) and item.value.kind == "armed_group"
    for _ in range(CLIMB):
        over, label = syntax.heads[at], syntax.labels[at]
        if _describes_a_doer(passage, syntax, at, deeds):
            return True
        if over < 0:  # a name that hangs on the verb itself is a subject that the tree misjudges
            return deeds.inside(passage) if syntax.upos[at] == "VERB" else deeds.at(passage, at)
        if _is_named_so(scan, passage, syntax, at):
            return True
        if label == "nsubj":
            torn = armed or at > over  # a tree that puts a subject behind its verb has missed what he did
            return _acts(scan, passage, syntax, at, deeds) or (torn and deeds.inside(passage))
        if deeds.at(passage, over) or _agent_of_a_deed(passage, syntax, at, deeds):
            return _is_tied(syntax, at)
        if not (label in NAMING or _counts(scan, passage, syntax, at)):
            return False
        at = over
    return False


def hurts_others(passage: Passage, item: Mention, deeds: Deeds) -> bool:
    """Tell whether people marked as hurt do the deed: "a villager · killed a leopard"."""
    syntax = passage.syntax
    at = syntax.head_of(*passage.tokens_of(*item.anchor)) if syntax is not None else -1
    verb = syntax.heads[at] if syntax is not None else -1
    if item.field not in ("killed", "injured") or syntax is None or verb < 0 or syntax.labels[at] != "nsubj":
        return False
    return _is_active(syntax, verb) and syntax.object(verb) is not None and deeds.at(passage, verb)


def tells_why(scan: Scan, passage: Passage, item: Mention, deeds: Deeds) -> bool:
    """Tell whether a marked reason hangs on a deed, or on what attackers do, and is not what it is done to."""
    syntax = passage.syntax
    if syntax is None:
        return True
    at = syntax.head_of(*passage.tokens_of(*item.anchor))
    for _ in range(CLIMB):
        over, label = syntax.heads[at], syntax.labels[at]
        if over < 0:
            return False
        if deeds.at(passage, over):
            return label not in CORE
        doer = syntax.doer(over) if syntax.upos[over] == "VERB" and label not in CORE else None
        if doer is not None and _of_attackers(scan, passage, doer):
            return True  # "the kidnappers rang to demand a ransom"
        if syntax.words[over] == "called" and label in ("obj", "xcomp"):
            return True  # "in what the ministry called · a punishment"
        at = over
    return False


def _describes_a_doer(passage: Passage, syntax: Syntax, at: int, deeds: Deeds) -> bool:
    """Tell whether a clause behind a name says what he did: "gunmen · who stormed", "a man · firing at"."""
    clauses = (child for child in syntax.children[at] if syntax.labels[child] == "acl" and child > at)
    return any(
        syntax.doer(verb) == at and _is_active(syntax, verb) and _leads_to(passage, syntax, verb, deeds)
        for verb in clauses
    )


def _acts(scan: Scan, passage: Passage, syntax: Syntax, at: int, deeds: Deeds) -> bool:
    """Tell whether a subject does a deed; of gunmen and the like whatever they do."""
    verb = syntax.heads[at]
    if not _is_active(syntax, verb):
        return False
    return _leads_to(passage, syntax, verb, deeds) or _of_attackers(scan, passage, at)


def _is_named_so(scan: Scan, passage: Passage, syntax: Syntax, at: int) -> bool:
    """Tell whether a name is given for an attacker: "named the bomber · as X"."""
    case, over = syntax.child(at, "case"), syntax.heads[at]
    if case is None or over < 0 or syntax.words[case] != "as":
        return False
    if syntax.labels[over] == "acl":  # "a member it named as X"
        of_a_group = syntax.words[syntax.heads[over]] in closed("own fighters") | {"member"}
        return of_a_group or _of_attackers(scan, passage, syntax.heads[over])
    named = syntax.object(over) if syntax.object(over) is not None else syntax.subject(over)
    return named is not None and _of_attackers(scan, passage, named)


def _of_attackers(scan: Scan, passage: Passage, at: int) -> bool:
    return any(group.attackers and group.first <= at < group.last for group in find_groups(scan, passage))


def _agent_of_a_deed(passage: Passage, syntax: Syntax, at: int, deeds: Deeds) -> bool:
    """Tell whether a noun stands behind the "by" of a verb whose subject is a deed: "the murder was done · by X"."""
    case, done = syntax.child(at, "case"), syntax.subject(syntax.heads[at])
    passive = case is not None and syntax.words[case] == "by" and not _is_active(syntax, syntax.heads[at])
    return passive and done is not None and deeds.at(passage, done)


def _leads_to(passage: Passage, syntax: Syntax, verb: int, deeds: Deeds) -> bool:
    """Tell whether a verb, what it goes on with or its object is a deed."""
    return any(deeds.at(passage, at) for at in _reach(syntax, verb))


def _reach(syntax: Syntax, verb: int) -> Iterator[int]:
    """Yield a verb, its objects, and the verbs that go on with its subject."""
    yield verb
    for child in syntax.children[verb]:
        if child < verb or syntax.child(child, "nsubj") is not None:
            continue
        if syntax.labels[child] == "obj" or _led_to(syntax, child):
            yield child
            yield from (at for at in [syntax.oblique(child, ("of",))] if at is not None)  # "a series of attacks"
        if syntax.labels[child] in SHARING:
            yield child
            yield from (at for at in syntax.children[child] if syntax.labels[at] in (*SHARING, "obj"))


def _led_to(syntax: Syntax, at: int) -> bool:
    """Tell whether a verb goes on in, with or for something: "took part · in the raid", not "over the raid"."""
    case = syntax.child(at, "case")
    return syntax.labels[at] == "obl" and case is not None and syntax.words[case] in ("in", "with", "for", "to")


def _is_active(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb is no passive: its subject acts."""
    helpers = [syntax.words[child] for child in syntax.children[verb] if syntax.labels[child] in ("aux", "cop")]
    return not (
        helpers
        and helpers[-1] in closed("be")
        and syntax.upos[verb] == "VERB"
        and not syntax.words[verb].endswith("ing")
    )


def _is_tied(syntax: Syntax, at: int) -> bool:
    """Tell whether what hangs on a deed has a part in it: "attacks by", "the army's raid"; not "the murder of"."""
    case = syntax.child(at, "case")
    word = syntax.words[case] if case is not None else ""
    if word in OWNING:
        return syntax.words[syntax.heads[at]] not in SUFFERED
    return word in TYING


def _counts(scan: Scan, passage: Passage, syntax: Syntax, at: int) -> bool:
    """Tell whether a name only says of which body those over it are: "fighters of the Front", "hundreds of men"."""
    case, over = syntax.child(at, "case"), syntax.heads[at]
    if case is None or syntax.labels[at] != "nmod" or syntax.words[case] not in ("of", "from", "'s", "’s"):
        return False
    if syntax.words[over] in closed("people in numbers"):
        return True
    return any(group.noun <= over < group.last for group in find_groups(scan, passage))
