"""What a violent verb acts on by the grammar, whatever it is: "cables were set on fire", "clashed with the guards"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.means.weapons import find_weapons
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.target_phrases import strike_verbs, target_at, target_hit
from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import use_of

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.reading.sentences.verbs import Form
    from sayso.records import Target

AIMED: Final = ("at", "on", "into", "against", "onto", "towards", "upon")
"""Prepositions that lead to what a verb without an object acts on: "fired on", "lobbed a grenade at"."""
ACTED_ON: Final = ("arson", "shootdown", "assassination", "abduction", "stabbing")
"""Kinds whose every verb is done to somebody or something."""
PEOPLE: Final = ("military", "police", "armed_group", "civilians", "person", "party")
"""Kinds of targets that somebody can clash with."""
RUN_INTO: Final = frozenset({"hit", "struck", "triggered", "detonated", "over", "on", "into"})
"""Words by which who moves meets what was laid: "hit a mine", "ran over a device"."""
LONGEST: Final = 7
"""Longer noun phrases are no names of things."""
WHOLE: Final[frozenset[Form]] = frozenset({"past", "participle"})


def find_struck(scan: Scan, passage: Passage, rows: list[Happening]) -> list[Mention]:
    """Return what the verbs of happenings act on, and who met what was laid."""
    syntax, found = passage.syntax, []
    if syntax is None:
        return []
    for row in rows:
        for at in _acted_on(scan, passage, syntax, row) if row.part != "anaphor" else ():
            hit = _named(scan, passage, syntax, at, row)
            if hit:
                found.append(mention(passage, "target", hit.value, (hit.first, hit.last), (row.first, row.last)))
    return [*found, *_met_a_mine(scan, passage, syntax)]


def _acted_on(scan: Scan, passage: Passage, syntax: Syntax, row: Happening) -> list[int]:
    """Return the heads of what a happening's word acts on, joined ones included."""
    verb = syntax.verb_in(row.first, row.last)
    if row.part == "noun":
        head = syntax.oblique(row.last - 1, ("on", "against")) if syntax.words[row.last - 1] != "operation" else None
    elif verb is None or syntax.labels[verb] == "amod":
        return []
    elif row.kind == "armed_clash":
        head = syntax.oblique(verb, ("with", "against"))
    else:
        head = _undergoer(scan, passage, syntax, row, verb)
        stands = syntax.child(verb, "aux") is not None and syntax.subject(verb) is not None  # "was shot dead at a mall"
        aims = head is None and syntax.words[verb] in closed("aiming verbs") and not stands
        head = _aimed_at(syntax, verb) if aims else head
    return [at for at in syntax.joined(head) if at >= min(head, row.first)] if head is not None else []


def _undergoer(scan: Scan, passage: Passage, syntax: Syntax, row: Happening, verb: int) -> int | None:
    """Return the object of a verb of striking, or the subject of its passive; None for "fired a shot", "went off"."""
    striking = any(hit.first <= verb < hit.last for hit in scan.hits(strike_verbs(), passage.number))
    if not (striking or row.kind in ACTED_ON):
        return None
    use = use_of(passage, row.first, row.last, WHOLE)
    if use is None or use.voice != "passive":
        head = syntax.object(verb)
        return head if head is not None and syntax.words[head] not in closed("things laid") | {"fire"} else None
    if not any(word in closed("be") for word in use.helpers) or syntax.labels[verb] == "advcl":
        return syntax.child(verb, "nsubj") if syntax.child(verb, "aux") is not None else None
    return syntax.subject(verb)


def _aimed_at(syntax: Syntax, verb: int) -> int | None:
    """Return the first thing behind the verb that one of the prepositions leads to."""
    for at in syntax.children[verb]:
        case = syntax.child(at, "case")
        if at > verb and case is not None and syntax.words[case] in AIMED and syntax.upos[at] == "NOUN":
            return at
    return None


def _named(scan: Scan, passage: Passage, syntax: Syntax, head: int, row: Happening) -> Hit[Target] | None:
    """Return the target at a head: as the lexicon knows it, else the bare noun phrase."""
    if syntax.upos[head] not in ("NOUN", "PROPN"):
        return None
    first, last = syntax.phrase(head)
    known = target_at(scan, passage, first, last) or _crowd(scan, passage, syntax, head)
    if row.kind == "armed_clash" and (known is None or known.value.kind not in PEOPLE):
        return None
    first += passage.word(first) in closed("determiners")
    plain = syntax.upos[head] == "NOUN" and last - first <= LONGEST
    if known is not None or not plain or _is_idle(scan, passage, (first, last), head, row):
        return known
    return target_hit(scan, passage, first, last, "unknown", None)


def _crowd(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> Hit[Target] | None:
    """Return people told apart by what they do: "people · protesting", "villagers fleeing"."""
    doing = next((at for at in syntax.children[head] if at == head + 1 and syntax.labels[at] == "acl"), None)
    if doing is None or not passage.word(doing).endswith("ing") or passage.word(head) not in ("people", "those"):
        return None
    return target_hit(scan, passage, head, doing + 1, "civilians", None)


def _is_idle(scan: Scan, passage: Passage, span: tuple[int, int], head: int, row: Happening) -> bool:
    """Tell whether a noun is nothing that is aimed at: a weapon, a limb, a day, a crowd without a name, the attack."""
    word = passage.word(head)
    if row.kind == "shootdown" and word.removesuffix("s") in closed("aircraft"):
        return False
    words = set(passage.line.lower[span[0] : span[1]])
    idle = closed("generic targets", "no actors", "hurt parts", "attack nouns")
    never = closed("things laid") | words_of("day", "time") | words_of("preposition") - {"of"}
    if word in idle | closed("no aim", "alight") or words & never:
        return True
    armed = (item for item in find_weapons(scan) if item.passage == passage.number)
    spans = [passage.tokens_of(*item.anchor) for item in armed]
    groups = (group for group in find_groups(scan, passage) if group.first <= head < group.last)
    loose = any(group.pronoun or group.generic or group.attackers for group in groups)
    return loose or any(first <= head < last for first, last in spans)


def _met_a_mine(scan: Scan, passage: Passage, syntax: Syntax) -> list[Mention]:
    """Return the vehicle or people of "a bus hit a mine", "a minibus ran over a land mine"."""
    found = []
    for at, word in enumerate(passage.line.lower):
        if word not in closed("things laid") or syntax.upos[at] != "NOUN":
            continue
        verb = syntax.heads[at]
        case = syntax.child(at, "case")
        link = syntax.words[case] if case is not None else syntax.words[verb] if verb >= 0 else ""
        subject = syntax.subject(verb) if verb >= 0 and link in RUN_INTO and syntax.upos[verb] == "VERB" else None
        if subject is None or syntax.labels[at] not in ("obj", "obl") or syntax.child(verb, "aux") is not None:
            continue
        if syntax.upos[subject] != "NOUN" or syntax.words[subject] in closed("things laid", "attack nouns"):
            continue
        first, last = syntax.phrase(subject)
        first += passage.word(first) in closed("determiners")
        hit = target_at(scan, passage, first, last) or target_hit(scan, passage, first, last, "unknown", None)
        found.append(mention(passage, "target", hit.value, (hit.first, hit.last), (verb, at + 1)))
    return found
