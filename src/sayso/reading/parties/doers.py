"""Who did it, by grammar: the subject of an attacking verb, its agent, whose weapon it was, "we" and "our men"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.actors import actor_at, actor_before, actor_behind, subject_actor
from sayso.reading.means.machines import agent_owner, force_before, machine_owner
from sayso.reading.means.weapons import weapon_uses
from sayso.reading.sentences.antecedents import antecedent, pronoun_in
from sayso.reading.sentences.grammar import BREAKS
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.noun_phrases import coordinated_after, subject_groups
from sayso.reading.sentences.passages import closed, closed_matcher
from sayso.reading.sentences.verbs import Form, Use, agent_of, clause_end, clause_start, use_of, verb_table
from sayso.values import Actor
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage, Scan

PRONOUNS = ("we", "i", "it", "they")
"""Subjects that are led back to whoever says so (``claims.own_author``)."""
OWN = ("our", "my")
SAFE = 4
"""So many words behind a verb stands that a bomb was made "safe"."""
ARMED = ("state", "government", "military", "police", "armed_group", "party")
"""Kinds of actors whose weapon's strike is their own."""


def first_person(scan: Scan, passage: Passage, begin: int) -> tuple[Actor, int, int] | None:
    """Return "we" or "our men" where it is the subject of the verb group at ``begin``, not yet led back to a name."""
    if passage.word(begin - 1) in ("we", "i"):
        return _pronoun(passage, begin - 1)
    subject = subject_groups(passage, find_groups(scan, passage), begin)
    group = subject[0][0] if subject else None
    at = next((i for i in (group.first, group.first - 1) if passage.word(i) in OWN), None) if group else None
    if group is None or at is None:
        return None
    words = scan.report.text[slice(*passage.offsets(at, group.last))]
    return Actor(name=None, kind="unknown", words=words), at, group.last


def _pronoun(passage: Passage, index: int) -> tuple[Actor, int, int]:
    return Actor(name=None, kind="unknown", words=passage.line.tokens[index].text), index, index + 1


def stands_for_sayer(actor: Actor) -> bool:
    """Tell whether an actor is a pronoun or "our men", to be led back to whoever says so."""
    words = actor.words.lower()
    return actor.name is None and (words in PRONOUNS or words.split(" ")[0] in OWN)


def happening_author(scan: Scan, passage: Passage, row: Happening) -> tuple[Actor, int, int] | None:
    """Return the subject of an attacking verb, the agent of a passive, "by X" or "X’s" beside an attack noun."""
    return _noun_author(scan, passage, row) if row.part in ("noun", "anaphor") else _verb_author(scan, passage, row)


def _noun_author(scan: Scan, passage: Passage, row: Happening) -> tuple[Actor, int, int] | None:
    for index in range(row.last, min(row.last + 8, clause_end(passage, row.last))):
        if passage.word(index) == "by" and passage.word(index - 1) not in ("followed", "caused"):
            if _of_another_noun(passage, row, index):
                continue
            owner = agent_owner(scan, passage, index + 1)
            return owner or actor_behind(scan, passage, index + 1, _next_verb(passage, index + 2))
        if passage.word(index) in BREAKS or passage.word(index) in closed("be"):
            break
    staged = _who_staged(scan, passage, row)
    if staged is not None:
        return staged
    if any(
        hit.first <= row.last - 1 < hit.last and hit.last == row.last
        for hit in scan.hits(closed_matcher("state strike nouns"), passage.number)
    ):
        return force_before(scan, passage, row.first)
    return None


def _of_another_noun(passage: Passage, row: Happening, by: int) -> bool:
    """Tell whether a "by" belongs to a participle that describes something else: "in a bar frequented by gendarmes"."""
    syntax = passage.syntax
    verb = syntax.heads[syntax.heads[by]] if syntax and syntax.heads[by] >= 0 else -1
    if syntax is None or verb < 0 or syntax.labels[verb] != "acl" or verb < row.last:
        return False
    return not row.first <= syntax.heads[verb] < row.last


def _next_verb(passage: Passage, at: int) -> int | None:
    """Return the verb that goes on behind an agent: "an air strike by the army · hit a truck"."""
    syntax = passage.syntax
    end = min(at + len(PRONOUNS) * 3, len(passage))
    return next((i for i in range(at, end) if syntax and syntax.upos[i] in ("VERB", "AUX")), None)


def _who_staged(scan: Scan, passage: Passage, row: Happening) -> tuple[Actor, int, int] | None:
    """Return the subject of a verb of doing whose object is the attack: "X carried out the attack"."""
    syntax = passage.syntax
    if syntax is None:
        return None
    verb = syntax.heads[row.last - 1] if syntax.labels[row.last - 1] == "obj" else -1
    if verb < 0 or not any(hit.first <= verb < hit.last for hit in scan.hits(_doing(), passage.number)):
        return None
    if any(passage.word(at) in closed("habits") for at in syntax.children[verb]):
        return None  # "X often stages such attacks" does not say that it staged this one
    subject = syntax.doer(verb)
    if subject is not None and passage.word(subject) in PRONOUNS:
        return _pronoun(passage, subject)
    return subject_actor(scan, passage, verb, clause_start(passage, verb))


@cache
def _doing() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("do", sorted(closed("doing verbs")))]))


def _verb_author(scan: Scan, passage: Passage, row: Happening) -> tuple[Actor, int, int] | None:
    use = verb_use(passage, row)
    if use is None or "under" in passage.line.lower[row.first : row.last]:  # who "comes under fire" does nothing
        return None
    if row.part == "weapon" and use.voice == "active":
        owner = _weapon_owner(scan, passage, row)
        if owner:
            return owner
    if use.voice == "passive":
        by = agent_of(passage, use)
        if by is None:
            return None
        agent = agent_owner(scan, passage, by) or actor_behind(scan, passage, by)
        return None if agent and _ends_an_attacker(passage, use, agent[0]) else agent
    if _hurts_attackers(passage, scan, use):
        return None
    if use.voice == "active":
        own = first_person(scan, passage, use.begin)
        if own or passage.word(use.begin - 1) in PRONOUNS:
            return own or _pronoun(passage, use.begin - 1)
        if passage.word(use.begin - 1) in ("and", "then"):
            return _joined_subject(scan, passage, use) or _shared_subject(scan, passage, use.begin - 1)
        owner = _owner_of_machine(scan, passage, use)
        if owner:
            return owner
        groups = find_groups(scan, passage)
        subject = subject_groups(passage, groups, use.begin)
        if (
            subject
            and not _is_another(passage, use, subject[0][0])
            and not subject[0][0].pronoun
            and (
                subject[0][0].attackers
                or subject[0][0].named
                or (subject[0][0].word and subject[0][0].word.kind in ("military", "police", "armed_group"))
            )
        ):
            group = subject[0][0]
            actor = actor_at(scan, passage, group.first if group.named else _article(passage, group.first), group.last)
            return (actor, group.first, group.last) if actor else None
        found = subject_actor(scan, passage, use.begin, clause_start(passage, use.begin))
        return found or _whose_fire(scan, passage, use)
    return _behind_gerund(scan, passage, use) if use.voice == "gerund" else None


def _ends_an_attacker(passage: Passage, use: Use, author: Actor) -> bool:
    """Tell whether forces hurt the one who attacked: "the alleged killer, shot dead by police"."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax else None
    head = syntax.subject(verb) if syntax and verb is not None else None
    if syntax is None or head is None or author.kind not in ("police", "military"):
        return False
    beside = (at for at in syntax.children[head] if syntax.labels[at] in ("appos", "compound"))
    hurt = {head, *beside, *([syntax.heads[head]] if syntax.labels[head] == "appos" else [])}
    return any(syntax.words[at] in closed("attackers alone") for at in hurt)


def _is_another(passage: Passage, use: Use, group: Group) -> bool:
    """Tell whether a name is not the subject by the grammar: "according to General Ruiz, · a missile hit it"."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax and group.named else None
    head = syntax.doer(verb) if syntax and verb is not None else None
    return syntax is not None and head is not None and head >= group.last and syntax.upos[head] in ("NOUN", "PROPN")


def _behind_gerund(scan: Scan, passage: Passage, use: Use) -> tuple[Actor, int, int] | None:
    """Return the attackers of "a gunman walked in and began shooting, killing three": armed, and by grammar alone."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax else None
    head = syntax.doer(verb) if syntax and verb is not None else None
    group = next((g for g in find_groups(scan, passage) if head is not None and g.first <= head < g.last), None)
    if group is None or not group.attackers or group.last > use.first:
        return None
    first = _article(passage, group.first)
    actor = actor_at(scan, passage, first, group.last)
    return (actor, first, group.last) if actor else None


def _owner_of_machine(scan: Scan, passage: Passage, use: Use) -> tuple[Actor, int, int] | None:
    """Return whose machine does it in "an American fighter jet shot down …", "a government helicopter dropped …"."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax else None
    head = syntax.doer(verb) if syntax and verb is not None else None
    return machine_owner(scan, passage, head) if head is not None else None


def _whose_fire(scan: Scan, passage: Passage, use: Use) -> tuple[Actor, int, int] | None:
    """Return whose attack hurt somebody: "rebel rocket fire killed three", "the army's shelling wounded two"."""
    syntax = passage.syntax
    head = syntax.subject(use.first) if syntax else None
    if syntax is None or head is None or not {syntax.words[head]} & (closed("attack nouns") | {"fire", "shelling"}):
        return None
    first, _ = syntax.phrase(head)
    first = _article(passage, first)
    found = force_before(scan, passage, first + 1) if first < head else None
    return found if found and found[1] >= first else None


def _weapon_owner(scan: Scan, passage: Passage, row: Happening) -> tuple[Actor, int, int] | None:
    """Return whose weapon struck: "a drone of the government hit …", "an army drone …", "X's missiles …"."""
    used = next((use for use in weapon_uses(scan, passage) if use.first == row.first and not use.failed), None)
    if used is None or used.noun[1] > row.first:
        return None
    first, last = used.noun
    if passage.word(last) == "of":
        found = actor_behind(scan, passage, last + 1, row.first)
    elif passage.word(last) == "from":
        found = agent_owner(scan, passage, last + 1)
    elif passage.word(first - 1) in ("'s", "’s"):
        found = actor_before(scan, passage, first - 1, max(first - 6, 0))
    elif passage.word(first - 1) in closed("governments") or passage.word(first - 1) in closed("militaries"):
        found = actor_behind(scan, passage, first - 1, first)
    else:
        found = force_before(scan, passage, first)
    return found if found and found[0].kind in ARMED else None


def _shared_subject(scan: Scan, passage: Passage, end: int) -> tuple[Actor, int, int] | None:
    """Return the subject that a verb behind "and" shares with the verb before: it opens the clause."""
    start = clause_start(passage, end)
    groups = find_groups(scan, passage)
    if passage.word(start - 1) in ("who", "which", "that"):
        heads = [group for group in groups if group.last in (start - 1, start - 2)]
    else:
        heads = [group for group in groups if start <= group.first <= start + 3]
        heads = [g for g in heads if not any(_governs(passage, index) for index in range(start, g.first))]
    if heads and not heads[0].pronoun:
        group = heads[0]
        first = group.first if group.named else _article(passage, group.first)
        actor = actor_at(scan, passage, first, group.last)
        armed = group.attackers or group.named or (group.word and group.word.kind in ("military", "police"))
        return (actor, first, group.last) if actor and armed else None
    found = actor_behind(scan, passage, start, end)
    return found if found and found[1] <= start + 2 else None


def _joined_subject(scan: Scan, passage: Passage, use: Use) -> tuple[Actor, int, int] | None:
    """Return the people who by the grammar do both: "two men approached him and fired"."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax else None
    joined = syntax is not None and verb is not None and syntax.labels[verb] == "conj"
    head = syntax.doer(verb) if joined and syntax and verb is not None else None
    group = next((g for g in find_groups(scan, passage) if head is not None and g.first <= head < g.last), None)
    if group is None or group.pronoun or group.generic or group.last > use.first:
        return None
    first = _article(passage, group.first)
    actor = actor_at(scan, passage, first, group.last)
    return (actor, first, group.last) if actor else None


def _governs(passage: Passage, index: int) -> bool:
    return passage.word(index) in closed("prepositions") or passage.word(index) == ","


def _article(passage: Passage, first: int) -> int:
    return first + 1 if passage.word(first) in closed("determiners") else first


def verb_use(passage: Passage, row: Happening) -> Use | None:
    """Return how the verb of a happening is used; None where it is no verb."""
    word = passage.word(row.first)
    kinds: frozenset[Form] = frozenset({"ing"}) if word.endswith("ing") else frozenset({"past", "participle"})
    return use_of(passage, row.first, row.last, kinds)


def ends_the_deed(passage: Passage, row: Happening, item: Mention, authors: list[Mention]) -> bool:
    """Tell whether forces act on him who did it: "stabbed four people before being shot dead by police"."""
    syntax, actor = passage.syntax, item.value
    if syntax is None or not isinstance(actor, Actor) or actor.kind not in ("police", "military"):
        return False
    verb = syntax.verb_in(row.first, row.last)
    hurt = syntax.subject(verb) if verb is not None else None
    if hurt is None or syntax.child(verb or 0, "aux") is None:
        return False
    spans = [passage.tokens_of(*one.anchor) for one in authors if one.passage == passage.number]
    return any(first <= hurt < last for first, last in spans)


def _hurts_attackers(passage: Passage, scan: Scan, use: Use) -> bool:
    """Tell whether the ones hurt are attackers ("police shot the gunman"): who hurts them is no perpetrator."""
    after = coordinated_after(passage, find_groups(scan, passage), use.last)
    if any(group.attackers for group, _ in after):
        return True
    at = pronoun_in(passage, use.last, after[0][0].last if after else use.last)
    taken_up = antecedent(scan, passage, at) if at is not None else None
    return taken_up is not None and taken_up[1].attackers


def mere_aircraft(actor: Actor) -> bool:
    """Tell whether an actor is nothing but a means: "warplanes", "jets" of whomever."""
    words = actor.words.lower()
    return words != "fighters" and (words.removesuffix("s") in closed("aircraft") or words == "artillery")


def ends_an_attack(scan: Scan, passage: Passage, row: Happening) -> bool:
    """Tell whether forces act against the attackers: "stormed the building and shot dead two", "retook it"."""
    if passage.word(row.first) in ("retook", "retaken", "regained"):
        return True
    groups = (group for group in find_groups(scan, passage) if group.word and group.word.name == "attackers")
    return any(group.first >= row.last for group in groups)


def ends_a_danger(passage: Passage, first: int, last: int) -> bool:
    """Tell whether the verb at some tokens makes a bomb safe, or looks for attackers: who does so attacks nobody."""
    verb, ahead = set(passage.line.lower[first:last]), set(passage.line.lower[last : last + SAFE])
    made = "safe" in ahead and bool(verb & {"made", "rendered", "render", "make"})
    return made or bool(verb & closed("ending a danger")) or "manhunt" in verb | ahead


def nobody_in_particular(scan: Scan, passage: Passage, actor: Actor, first: int, last: int) -> bool:
    """Tell whether a subject only counts people ("at least 37 people"): those are the ones hurt, misread."""
    if actor.kind != "person" or actor.name is None:
        return False
    inside = [group for group in find_groups(scan, passage) if group.first < last and first < group.last]
    return passage.word(first) == "least" or any(group.generic and not group.pronoun for group in inside)
