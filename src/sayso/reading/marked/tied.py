"""Whether the grammar ties somebody marked as an author to a deed: a mark alone is no accusation.

The layer marks whoever stands where authors stand in the reports that it has seen. In news of other sorts (trials, a
feature, the day after) that is anybody: who closed the road, who was told of it, whom the suspect lived with. So one
who is marked must do, plan or be blamed for violence by the grammar of his sentence, or be called an attacker.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, verb_table
from sayso.records import Target
from sayso.values import Actor
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

UP: Final = 5
"""So many heads are climbed from a name to the verb of its clause: "the leader of a cell of the Front · planned"."""
DEEP: Final = 3
"""So many verbs and their objects are followed from a verb: "walked in · and began · to fire · a rifle"."""
WITHIN: Final = ("obj", "obl", "xcomp", "conj", "advcl", "ccomp", "acl", "compound")
"""Relations by which a verb goes on to what is done; what only describes its objects is left out."""
IDLE: Final = frozenset({"taking", "being", "using", "operation"})
"""Words of those lists that alone are no violence."""
CHARGING: Final = frozenset({"", "of", "with", "for"})
"""What leads from a charge to the deed: "accused of murdering", "wanted for the raid"."""
UNREAL: Final = frozenset({"would", "could", "might", "if"})
"""Beside a verb: nobody has done it."""
SCREENS: Final = frozenset({"front", "fronts"})
"""What somebody acts behind: "a front for X"."""
IN_THE_NAME: Final = ("in", "the", "name")
AUTHORS: Final = frozenset({"behind", "involved", "responsible"})
TIMES: Final = frozenset({"after", "before", "during", "since", "until", "following", "amid", "days", "hours"})
"""Prepositions by which a deed only says when something else was done."""
ARMED: Final = 70
"""Per cent from which on a mark of an armed group is right four times in five, whatever its sentence says."""
SURELY: Final = 75
"""Per cent from which on a mark of a target is right most of the time, beside a deed or not."""
NAMES: Final = ("conj", "appos", "flat", "compound")
"""Relations of one name to another that shares its part in a sentence."""


def is_tied(view: Scan, passage: Passage, item: Mention, rows: Iterable[Happening], *, sure: int) -> bool:
    """Tell whether a marked author has a deed of violence of his own in his sentence, or is surely marked and armed.

    Args:
        view: the report.
        passage: the sentence of the mention.
        item: the author.
        rows: the happenings of the sentence.
        sure: per cent that the model marks him with.

    """
    syntax = passage.syntax
    if syntax is None or (sure >= ARMED and isinstance(item.value, Actor) and item.value.kind == "armed_group"):
        return True
    span = passage.tokens_of(*item.anchor)
    head = syntax.head_of(*span)
    deeds = _deeds(view, passage, rows) - set(range(*span))
    return (
        syntax.words[head] in closed("attackers alone")  # "hunting the suspect": the words say that he did it
        or any(syntax.labels[at] == "acl" and _does(syntax, at, deeds) for at in syntax.children[head])
        or _is_over(syntax, head, deeds)
    )


def may_be_hit(
    view: Scan, passage: Passage, item: Mention, rows: Iterable[Happening], authors: Iterable[Actor], *, sure: int
) -> bool:
    """Tell whether a marked target can be one: no author, nothing that a bomb lay in, and beside a deed by the grammar.

    Args:
        view: the report.
        passage: the sentence of the mention.
        item: the target.
        rows: the happenings of the sentence.
        authors: who did it, by any rule.
        sure: per cent that the model marks it with; from ``SURELY`` on no grammar is asked.

    """
    syntax = passage.syntax
    if syntax is None:
        return True
    span = passage.tokens_of(*item.anchor)
    words = passage.phrase(*span)
    if any(one.kind in ("person", "unknown") and one.name and one.name.lower() == words for one in authors):
        return False
    head = syntax.head_of(*span)
    if syntax.words[head] in closed("bags"):
        return False  # "a bomb in a sports bag"
    if sure >= SURELY:
        return True
    deeds = _deeds(view, passage, rows) | {at for at, word in enumerate(syntax.words) if word in closed("ruined")}
    deeds -= set(range(*span))
    if deeds and isinstance(item.value, Target) and item.value.kind == "place" and item.value.class_ != "unknown":
        return True  # a place that a list knows, in a sentence that tells of violence
    described = (at for at in syntax.children[head] if syntax.labels[at] == "acl")
    return any(_is_beside(syntax, at, -1, deeds) for at in described) or _hangs_on_a_deed(syntax, head, deeds)


def hurts_others(view: Scan, passage: Passage, item: Mention, rows: Iterable[Happening]) -> bool:
    """Tell whether people marked as hurt do the deed: "a villager · killed a leopard"."""
    syntax = passage.syntax
    at = syntax.head_of(*passage.tokens_of(*item.anchor)) if syntax is not None else -1
    verb = syntax.heads[at] if syntax is not None else -1
    if item.field not in ("killed", "injured") or syntax is None or verb < 0 or syntax.labels[at] != "nsubj":
        return False
    passive = any(syntax.words[child] in closed("be") for child in syntax.children[verb])
    return not passive and syntax.object(verb) is not None and verb in _deeds(view, passage, rows)


def _hangs_on_a_deed(syntax: Syntax, head: int, deeds: set[int]) -> bool:
    """Tell whether a noun hangs on a deed, or on a verb that has one beside it or over it."""
    at = head
    for _ in range(UP):
        over = syntax.heads[at]
        if over < 0 or over in deeds:
            return over >= 0
        if syntax.upos[over] in ("VERB", "AUX"):
            goes_on = syntax.labels[over] in ("advcl", "conj", "xcomp", "acl") and syntax.heads[over] in deeds
            return goes_on or syntax.labels[at] == "nsubj" or _is_beside(syntax, over, at, deeds)
        at = over
    return False


def _is_beside(syntax: Syntax, verb: int, but: int, deeds: set[int]) -> bool:
    """Tell whether a verb is a deed or has one among its own nouns: "the explosion · took place in the train"."""
    own = [at for at in syntax.children[verb] if at != but]
    parts = [one for at in own for one in syntax.children[at] if syntax.labels[one] in ("compound", "nmod")]
    return verb in deeds or any(at in deeds for at in (*own, *parts))


def _deeds(view: Scan, passage: Passage, rows: Iterable[Happening]) -> set[int]:
    """Return the words of a sentence for violence, for a weapon and for a part in either."""
    found = {at for row in rows if row.real for at in range(row.first, row.last)}
    found |= {at for hit in view.hits(weapon_matcher(), passage.number) for at in range(hit.first, hit.last)}
    found |= {at for hit in view.hits(_attacking(), passage.number) for at in range(hit.first, hit.last)}
    words = closed("accused deeds", "denied deeds", "attack nouns", "part in a deed") - IDLE
    found |= {at for at, word in enumerate(passage.line.lower) if word in words}
    people = (group for group in find_groups(view, passage) if group.attackers)
    return found - {at for group in people for at in range(group.noun, group.last)}  # "dinner with the bombers"


@cache
def _attacking() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("attack", sorted(closed("attackers' deeds")))]))


def _is_over(syntax: Syntax, head: int, deeds: set[int]) -> bool:
    """Tell whether what a name hangs on is a deed, its verb does one, or lays one at his door."""
    at = head
    for _ in range(UP):
        over, label = syntax.heads[at], syntax.labels[at]
        if over < 0:
            return False
        if over in deeds and syntax.upos[over] != "VERB":
            return True
        if syntax.upos[over] in ("VERB", "AUX"):
            return _is_doer_or_named(syntax, at, deeds)
        if label == "nsubj":  # "X was behind it"
            return syntax.words[over] in AUTHORS
        if (
            syntax.words[over] in SCREENS
            or syntax.words[over] in closed("marks of an author")
            or tuple(syntax.words[max(over - 2, 0) : over + 1]) == IN_THE_NAME
        ):
            return True
        at = over
    return False


def _is_doer_or_named(syntax: Syntax, at: int, deeds: set[int]) -> bool:
    """Tell whether the verb over a noun is a deed that it does, lays one at its door, or says who somebody was."""
    verb = syntax.heads[at]
    case = syntax.child(at, "case")
    led = syntax.words[case] if case is not None else ""
    if led == "as" and syntax.words[verb] in closed("naming somebody"):
        return True  # "a member whom it named as X"
    acts = syntax.labels[at] == "nsubj" or led == "by"
    if led == "from" and any(one in deeds for one in _subjects(syntax, verb)):
        return True  # "the shells came from X"
    if led in ("to", "on") and syntax.words[verb] in closed("blaming with to"):
        return True
    if led != "behind" and "behind" in [syntax.words[one] for one in _inside(syntax, verb)]:
        return True  # "behind it stood X"
    if syntax.words[verb] in closed("charging") and not acts and _does(syntax, verb, deeds):
        return True  # "charged X with the murder"
    return (acts and _does(syntax, verb, deeds)) or syntax.words[verb] in closed(
        "naming the author", "naming the author by blame"
    )


def _subjects(syntax: Syntax, verb: int) -> list[int]:
    return [at for at in syntax.children[verb] if syntax.labels[at] == "nsubj"]


def _inside(syntax: Syntax, verb: int) -> Iterator[int]:
    """Yield the words that hang on a verb, and the prepositions of those."""
    for child in syntax.children[verb]:
        yield child
        yield from (at for at in syntax.children[child] if syntax.labels[at] == "case")


def _does(syntax: Syntax, verb: int, deeds: set[int]) -> bool:
    """Tell whether a verb, or what it goes on to, is a deed that is told as real."""
    beside = {syntax.words[at] for at in syntax.children[verb] if syntax.labels[at] in ("aux", "mark")}
    if beside & UNREAL or syntax.words[verb] in closed("holding suspects"):
        return False
    return verb in deeds or any(at in deeds for at in _goes_on(syntax, verb, DEEP))


def _goes_on(syntax: Syntax, at: int, depth: int) -> Iterator[int]:
    """Yield the objects of a verb, and the verbs that it goes on to with theirs."""
    for child in syntax.children[at]:
        if syntax.labels[child] not in WITHIN or not (syntax.upos[at] == "VERB" or syntax.labels[child] in NAMES):
            continue
        case = syntax.child(child, "mark", "case")
        led = syntax.words[case] if case is not None else ""
        if led in TIMES or (led not in CHARGING and syntax.labels[child] == "advcl"):
            continue  # "after he was struck", "after the attack" is another's deed
        yield child
        if depth:
            yield from _goes_on(syntax, child, depth - 1)
