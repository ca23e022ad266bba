"""Who the attackers are said to be: "named the gunman as X", "the bomber was a student"; and were there more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

ALSO_ATTACKERS: Final = frozenset(
    {
        "ringleader",
        "ringleaders",
        "mastermind",
        "masterminds",
        "organiser",
        "organisers",
        "organizer",
        "organizers",
        "culprit",
        "culprits",
    }
)
"""Nouns for authors that nobody counts among the attackers of a happening."""
SUSPECTED: Final = frozenset({"suspect", "suspects", "arrested", "detained", "accused", "detainee", "detainees"})
"""Words for those held or sought, whose names may be told later."""
MORE: Final = frozenset({"second", "third", "another", "other"})
"""Words that tell an attacker from the one already told of."""
BACK: Final = 3
"""So many sentences back may stand the attacker whom "him" or "one" takes up."""


def find_described(scan: Scan, passage: Passage) -> list[Mention]:
    """Return whom attackers are identified as, and attackers said to be there or not ("there was no second gunman")."""
    syntax = passage.syntax
    if syntax is None:
        return []
    told = [*_identified(scan, passage, syntax), *_equated(scan, passage, syntax), *_apposed(scan, passage, syntax)]
    return [*told, *_existing(scan, passage, syntax)]


def _apposed(scan: Scan, passage: Passage, syntax: Syntax) -> list[Mention]:
    """Return who the attacker is by an apposition: "the shooter, a former guard", "the bomber, Omar Dib"."""
    found = []
    for group in find_groups(scan, passage):
        if not group.attackers or group.plural or group.named or passage.word(group.last) != ",":
            continue
        head = next((at for at in syntax.children[group.last - 1] if syntax.labels[at] == "appos"), None)
        who = _person(scan, passage, syntax, head) if head is not None and head > group.last else None
        if who is not None:
            found.append(mention(passage, "perpetrator", who[0], who[1:], (group.first, who[2])))
    return found


def _identified(scan: Scan, passage: Passage, syntax: Syntax) -> list[Mention]:
    """Return X of "identified him as X", "gunmen, named by police as X", and who is "described as the ringleaders"."""
    found = []
    for verb, word in enumerate(passage.line.lower):
        if word not in closed("identifying") or syntax.upos[verb] != "VERB":
            continue
        complements = [at for at in syntax.children[verb] if syntax.labels[at] == "xcomp"]
        head = next((at for at in (syntax.oblique(verb, ("as",)), *complements[::-1]) if at is not None), None)
        if head is None or "as" not in passage.line.lower[verb : head + 1]:
            continue
        passive = any(syntax.labels[at] == "aux" and syntax.words[at] in closed("be") for at in syntax.children[verb])
        one = syntax.heads[verb] if syntax.labels[verb] == "acl" else None
        one = syntax.subject(verb) if syntax.labels[verb] == "advcl" and syntax.object(verb) is None else one
        one = one if one is not None else (syntax.subject(verb) if passive else syntax.object(verb))
        one = syntax.child(verb, "xcomp") if one is None and not passive else one  # a slip: "named the bomber as X"
        if one is None:
            continue
        attackers = _attackers_at(scan, passage, one)
        if attackers or _takes_up_attacker(scan, passage, one):
            who = _person(scan, passage, syntax, head)
            first = attackers.first if attackers and attackers.first < verb else None
            found += [_as(passage, who, (verb, head + 1), first)] if who else []
        elif _is_suspect(passage, syntax, one):
            held = [_person(scan, passage, syntax, at) for at in syntax.joined(head)]
            names = [who for who in held if who is not None and passage.line.capital(who[1])]
            found += [replace(_as(passage, who, (verb, head + 1), None), stance="suspects") for who in names]
        elif passage.word(head) in ALSO_ATTACKERS or _attackers_at(scan, passage, head):
            who = _person(scan, passage, syntax, one)
            found += [_as(passage, who, (verb, head + 1), None)] if who else []
    return found


def _is_suspect(passage: Passage, syntax: Syntax, at: int) -> bool:
    """Tell whether a noun is of somebody held or suspected: "one suspect", "two of the arrested officers"."""
    first, last = syntax.phrase(at)
    return passage.word(at) in SUSPECTED or bool(SUSPECTED & set(passage.line.lower[first:last]))


def _as(passage: Passage, who: Found, trigger: tuple[int, int], first: int | None) -> Mention:
    """Return the mention; its words begin at the attackers', whose hedge is its own: "one of the alleged gunmen"."""
    span = who[1:] if first is None else (first, who[2])
    return mention(passage, "perpetrator", who[0], span, trigger)


def _equated(scan: Scan, passage: Passage, syntax: Syntax) -> list[Mention]:
    """Return who the attacker is by "the gunman was a former soldier", "it was Ruiz who fired" aside."""
    found = []
    for head, tag in enumerate(syntax.upos):
        cop = syntax.child(head, "cop")
        subject = syntax.child(head, "nsubj") if cop is not None and tag in ("NOUN", "PROPN") else None
        if subject is None or syntax.child(head, "case") is not None or "not" in passage.line.lower[subject:head]:
            continue
        group = _attackers_at(scan, passage, subject)
        if group is None or _attackers_at(scan, passage, head):
            continue
        who = _person(scan, passage, syntax, head)
        if who:
            found.append(mention(passage, "perpetrator", who[0], who[1:], (subject, head + 1)))
    return found


def _existing(scan: Scan, passage: Passage, syntax: Syntax) -> list[Mention]:
    """Return a further attacker, said to be there ("a second gunman fled") or not ("there was no second …")."""
    found = []
    for group in find_groups(scan, passage):
        inside = passage.line.lower[max(group.first - 1, 0) : group.last]
        if group.attackers and group.quantity is not None and _are_there(passage, group.first):
            words = scan.report.text[slice(*passage.offsets(group.noun, group.last))]
            actor = Actor(name=words, kind="person", words=words)
            found.append(mention(passage, "perpetrator", actor, (group.noun, group.last)))
            continue
        if not group.attackers or (group.plural and "no" not in inside):
            continue
        more = next((word for word in inside if word in MORE), None)
        if more is None or passage.word(group.last - 1).startswith("suspect"):
            continue
        first = group.first + (passage.word(group.first) in closed("determiners") | {"no"})
        words = scan.report.text[slice(*passage.offsets(first, group.last))]
        actor = Actor(name=words, kind="unknown", words=words)
        stance = (
            "denies" if "no" in inside or "not" in passage.line.lower[max(group.first - 3, 0) : group.first] else None
        )
        found.append(mention(passage, "perpetrator", actor, (first, group.last), stance=stance))  # type: ignore[arg-type]
    return found or _never_one(scan, passage, syntax)


def _are_there(passage: Passage, first: int) -> bool:
    """Tell whether "there were · six attackers" tells how many came; not "there were no"."""
    told = passage.word(first - 1) in ("were", "was") and passage.word(first - 2) == "there"
    return told and passage.word(first) not in ("no", "not")


def _never_one(scan: Scan, passage: Passage, syntax: Syntax) -> list[Mention]:
    """Return the further attacker of the sentence before, whom "there had never been one" denies."""
    at = next(
        (at for at, word in enumerate(passage.line.lower) if word == "one" and "there" in passage.line.lower[:at]), None
    )
    if at is None or not {"never", "not", "n't"} & set(passage.line.lower[:at]) or syntax.children[at]:
        return []
    for number in range(passage.number - 1, max(passage.number - 1 - BACK, -1), -1):
        before = scan.passages[number]
        rows = _existing(scan, before, before.syntax) if before.syntax else []
        if rows and isinstance(rows[-1].value, Actor):
            actor = rows[-1].value.model_copy(update={"words": passage.line.tokens[at].text})
            return [mention(passage, "perpetrator", actor, (at, at + 1), stance="denies")]
    return []


def _attackers_at(scan: Scan, passage: Passage, at: int) -> Group | None:
    rows = (group for group in find_groups(scan, passage) if group.first <= at < group.last)
    return next((group for group in rows if group.attackers), None)


def _takes_up_attacker(scan: Scan, passage: Passage, at: int) -> bool:
    """Tell whether "him", "her" or "them" can only be the attackers: the last ones named before were such."""
    if passage.word(at) not in ("him", "her", "them"):
        return False
    for number in range(passage.number - 1, max(passage.number - 1 - BACK, -1), -1):
        people = [g for g in find_groups(scan, scan.passages[number]) if g.attackers or g.named]
        if people:
            return people[-1].attackers
    return False


def _person(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> Found | None:
    """Return whom the noun phrase at a head names: a name, or somebody by trade, age or ties."""
    name = syntax.child(head, "appos") if syntax.upos[head] == "NOUN" else None
    head = name if name == head + 1 and name is not None and syntax.upos[name] == "PROPN" else head  # "alias · Botong"
    group = next((g for g in find_groups(scan, passage) if g.first <= head < g.last and not g.pronoun), None)
    first, last = syntax.phrase(head)
    if group is not None:
        first, last = min(first, group.first), max(last, group.last)
    first += passage.word(first) in closed("determiners")
    known = actor_at(scan, passage, first, last)
    if known is None and group is None and syntax.upos[head] != "PROPN":
        return None
    words = scan.report.text[slice(*passage.offsets(first, last))]
    return known or Actor(name=words, kind="person", words=words), first, last
