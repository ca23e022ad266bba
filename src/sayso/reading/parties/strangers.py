"""Attackers whom the report only describes: "two hooded youths on a scooter", "men in fatigues", "its occupants".

Whoever by the grammar does a deed of violence is its author, whatever he is called. Of people who are armed or masked
it is enough that they came, stopped somebody or fled.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at
from sayso.reading.means.interceptions import is_interception
from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.named_groups import with_own_name
from sayso.reading.sentences.antecedents import antecedent
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, use_of, verb_table
from sayso.values import Actor
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.reading.sentences.verbs import Use

HELPERS: Final = frozenset({"victims", "bodies", "medical staff", "journalists", "aid workers", "others", "members"})
"""Groups whose violence nobody tells of."""
FORCES: Final = ("military", "police", "government")
"""Kinds of people who attack as strangers only one by one: "an off-duty soldier"."""
LOOKS: Final = 7
"""So many words behind a noun may tell what those people wear, ride or hold."""
COUNTING: Final = 4
"""So many nouns that only count may stand over the noun for people."""
AWAY: Final = ("back", "air", "skywards", "skyward")
"""Where a shot goes that is no attack: "fired back", "fired into the air"."""
REACH: Final = 5


@cache
def _verbs() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    names = ("attackers' deeds", "handling verbs", "attackers' moves")
    return PhraseMatcher(verb_table((name, sorted(closed(name))) for name in names))


def find_strangers(scan: Scan, passage: Passage, known: list[Mention]) -> list[Mention]:
    """Return attackers who are only described, but for those whom another rule has found.

    Args:
        scan: the report.
        passage: a sentence of or behind one that tells of violence.
        known: the authors found so far.

    """
    syntax, found = passage.syntax, []
    taken = [passage.tokens_of(*item.anchor) for item in known if item.passage == passage.number]
    for hit in scan.hits(_verbs(), passage.number) if syntax else ():
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        verb = syntax.verb_in(hit.first, hit.last) if syntax else None
        if syntax is None or use is None or verb is None or not _is_told(passage, use):
            continue
        if is_interception(scan, passage, hit.first):
            continue
        head = _agent(scan, passage, syntax, verb) if use.voice == "passive" else _doer(syntax, verb)
        for one in _all_of(syntax, head):
            group = _people(scan, passage, syntax, one)
            if group is None or not _fits(scan, passage, syntax, hit.value[0], verb, group):
                continue
            who = _described(scan, passage, syntax, one)
            if who is not None and not any(first < who[2] and who[1] < last for first, last in taken):
                taken.append(who[1:])
                found.append(mention(passage, "perpetrator", who[0], who[1:], (use.first, use.last)))
    return found


def _all_of(syntax: Syntax, head: int | None) -> list[int]:
    """Return those who act: the head, who is joined to it, and who it is said to be: "the man who shot, a hunter"."""
    if head is None:
        return []
    described = [at for at in syntax.children[head] if syntax.labels[at] == "appos" and syntax.upos[at] == "NOUN"]
    return [*syntax.joined(head), *described]


def _agent(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> int | None:
    """Return the head of a passive's agent; none where attackers suffer it ("was overpowered by customers")."""
    hurt = syntax.subject(verb)
    if hurt is not None and _of_attackers(scan, passage, hurt):
        return None
    return syntax.oblique(verb, ("by",))


def _doer(syntax: Syntax, verb: int) -> int | None:
    """Return the head of who acts; no noun that a preposition governs, which only a slip of the grammar makes act."""
    over = verb
    while syntax.child(over, "nsubj") is None and syntax.labels[over] in ("advcl", "conj", "xcomp") and over > 0:
        over = syntax.heads[over]
    passive = over != verb and any(syntax.words[at] in closed("be") for at in syntax.children[over])
    head = syntax.doer(verb) if not passive else None  # "was gunned down hours after a blast, injuring seven"
    return None if head is None or head > verb or syntax.child(head, "case") is not None else head


def _is_told(passage: Passage, use: Use) -> bool:
    """Tell whether it is told as done; not "accused of killing", "wanted to shoot", "fired into the air"."""
    if use.modal or use.negated or use.voice == "infinitive":
        return False
    if use.voice == "gerund" and passage.word(use.first - 1) in ("of", "for", "from", "without", "to", "with", "on"):
        return False
    fired = passage.word(use.first) in ("fired", "fire", "firing", "shot", "shoot", "shooting")
    return not (fired and any(word in AWAY for word in passage.line.lower[use.last : use.last + REACH]))


def _people(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> tuple[int, Group | None] | None:
    """Return the noun for people at a head or behind its "of" ("a column of rebels"), with their group."""
    for _ in range(COUNTING):
        inner = syntax.oblique(head, ("of", "from")) if passage.word(head) in closed("people in numbers") else None
        if inner is None:
            break
        head = inner
    if passage.word(head) in ("someone", "somebody"):
        return head, None
    group = next((g for g in find_groups(scan, passage) if g.first <= head < g.last), None)
    if group is None:
        return (head, None) if passage.word(head) in closed("loose people") else None
    if (
        group.pronoun
        or passage.word(head) in closed("nobody")
        or (group.word is not None and group.word.name in HELPERS)
    ):
        return None
    return head, group


def _fits(scan: Scan, passage: Passage, syntax: Syntax, way: str, verb: int, people: tuple[int, Group | None]) -> bool:
    """Tell whether such people are the authors of what such a verb tells."""
    head, group = people
    thing = syntax.object(verb)
    if group and group.word and group.word.kind in FORCES and (group.plural or not _any_one(passage, group)):
        return False
    if thing is not None and _of_attackers(scan, passage, thing):
        return False  # "residents killed two of the attackers", "beat him to death"
    if way == "handling verbs":
        hits = scan.hits(weapon_matcher(), passage.number)
        return thing is not None and any(hit.first <= thing < hit.last for hit in hits)
    return way == "attackers' deeds" or (group is not None and group.attackers) or _armed(passage, syntax, head)


def _of_attackers(scan: Scan, passage: Passage, at: int) -> bool:
    """Tell whether a noun or pronoun is of attackers."""
    if passage.word(at) in ("him", "her", "them"):
        taken_up = antecedent(scan, passage, at)
        return taken_up is not None and taken_up[1].attackers
    return any(group.attackers for group in find_groups(scan, passage) if group.first <= at < group.last)


def _any_one(passage: Passage, group: Group) -> bool:
    """Tell whether it is some member of a force, none in particular: "a soldier", "an off-duty policeman"."""
    return passage.word(group.first) in ("a", "an", "one")


def _armed(passage: Passage, syntax: Syntax, head: int) -> bool:
    """Tell whether what stands around a noun for people says that they are armed, masked or nobody knows."""
    first, _ = syntax.phrase(head)
    return any(word in closed("armed looks") for word in passage.line.lower[first : head + 1 + LOOKS])


def _described(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> Found | None:
    """Return whom the noun phrase at a head names, its count and article taken off; None for "the attackers"."""
    inner = _people(scan, passage, syntax, head)
    if inner is None:
        return None
    at, group = inner
    first, last = syntax.phrase(at)
    if passage.word(first) == "the" and passage.word(at) in closed("taken up attackers") and at == first + 1:
        return None  # "the attackers": those told of before
    if group is not None:
        first, last = min(max(group.noun, 0), at), max(last, group.last)
    last = next(
        (index for index in range(at + 1, last) if passage.word(index) == "," or passage.word(index) in QUOTES), last
    )
    while first < at and passage.word(first) in closed("determiners"):
        first += 1
    words = scan.report.text[slice(*passage.offsets(first, last))]
    actor = actor_at(scan, passage, first, last) or Actor(name=words, kind="person", words=words)
    return with_own_name(scan, passage, (actor, first, last)) or (actor, first, last)
