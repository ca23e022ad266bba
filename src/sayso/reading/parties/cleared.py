"""Who is cleared because the deed itself is denied: "our jets flew no sorties", "neither X nor Y planes struck it"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at, subject_actor
from sayso.reading.means.machines import OWNERS, by_pronoun, force_before, machine_owner
from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.statuses import NOBODY, neither_before
from sayso.reading.sentences.verbs import Form, clause_start, use_of, verb_table
from sayso.values import Actor
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.means.machines import Found
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

UNREAL: Final = {"does", "do", "to", "will", "wo", "would", "only", "if"}
"""Words beside a verb with which a negation denies no deed."""
PRONOUNS: Final = ("we", "it", "they")


@cache
def _verbs(name: str) -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([(name, sorted(closed(name)))]))


def find_cleared(scan: Scan, passage: Passage) -> list[Mention]:
    """Return whom the denial of a deed clears, as mentions; whose word that is the statement around it tells."""
    syntax = passage.syntax
    if syntax is None:
        return []
    deeds = sorted({verb for verb in _deeds(scan, passage, syntax) if _denied(passage, syntax, verb)})
    return [
        mention(passage, "perpetrator", actor, (first, last), (verb, verb + 1), stance="denies")
        for verb in deeds
        for actor, first, last in _subjects(scan, passage, syntax, verb)
    ]


def _deeds(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[int]:
    """Yield the verbs of a deed: of striking, of staging an attack or flying a sortie, of using a weapon."""
    for name in ("striking verbs", "doing verbs", "flying verbs", "using verbs"):
        for hit in scan.hits(_verbs(name), passage.number):
            verb = syntax.verb_in(hit.first, hit.last)
            use = use_of(passage, hit.first, hit.last, hit.value[1])
            if verb is None or use is None or use.voice not in ("active", "infinitive"):  # "did not bomb"
                continue
            if name == "striking verbs" or _done_to(scan, passage, syntax, verb, name):
                yield verb


def _done_to(scan: Scan, passage: Passage, syntax: Syntax, verb: int, name: str) -> bool:
    """Tell whether the object makes a deed of the verb: an attack that is staged, a sortie, a weapon that is used."""
    head = syntax.object(verb)
    if head is None:
        return False
    if name != "using verbs":
        return syntax.words[head] in closed("attack nouns", "flights of attack")
    taken_up = syntax.words[head] in ("it", "gas", "them")  # "has never used it"
    return taken_up or any(hit.first <= head < hit.last for hit in scan.hits(weapon_matcher(), passage.number))


def _denied(passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether the clause is negated: by its verb, its object ("no sorties") or its subject ("neither army").

    A habit ("does not target civilians"), a promise ("will not fire", "agreed not to fire") denies no deed.
    """
    around = {syntax.words[at] for at in syntax.children[verb]}
    object_ = syntax.object(verb)
    whom = syntax.words[object_] if object_ is not None else ""
    if around & (UNREAL | closed("hypothetical")) or syntax.words[verb].endswith("ing") or whom == "civilians":
        return False
    if any(syntax.words[at] in ("not", "n't", "n’t", "never") for at in syntax.children[verb]):
        return True
    if object_ is not None and any(syntax.words[at] == "no" for at in syntax.children[object_]):
        return True
    subject = syntax.doer(verb)
    nobody = subject is not None and syntax.words[syntax.phrase(subject)[0]] in NOBODY
    return nobody or neither_before(passage, verb) is not None


def _subjects(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> list[Found]:
    neither = neither_before(passage, verb)
    if neither is not None and (both := _both(scan, passage, neither + 1, _noun_before(passage, syntax, verb))):
        return both
    head = syntax.doer(verb)
    if head is None:
        return []
    first, _ = syntax.phrase(head)
    if syntax.words[head] == "none":
        head = syntax.child(head, "nmod") or head
    if (own := _own(scan, passage, syntax, head)) is not None:
        return [own]
    owner = machine_owner(scan, passage, head)
    weapon = any(hit.first <= head < hit.last for hit in scan.hits(weapon_matcher(), passage.number))
    owner = owner or (force_before(scan, passage, head) if weapon else None)
    found = owner or subject_actor(scan, passage, verb, clause_start(passage, verb))
    anybody = passage.word(first) in NOBODY and found is not None and not passage.line.capital(found[1])
    return [found] if found and found[0].kind in OWNERS and (owner or not anybody) else []


def _own(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> Found | None:
    """Return "it", "we", "its units", "our jets", to be led back to whoever says so (``claims.own_author``)."""
    if passage.word(head) in PRONOUNS:
        return Actor(name=None, kind="unknown", words=passage.line.tokens[head].text), head, head + 1
    forces = closed("own men", "militaries", "armed vehicles")
    return by_pronoun(scan, passage, head) if passage.word(head) in forces else None


def _both(scan: Scan, passage: Passage, first: int, head: int) -> list[Found]:
    """Return the states or forces of "neither Russian nor Syrian planes"."""
    nor = next((at for at in range(first, head) if passage.word(at) == "nor"), None)
    if nor is None:
        return []
    sides = ((first, nor), (nor + 1, head))
    found = [force_before(scan, passage, end) or _whole(scan, passage, begin, end) for begin, end in sides]
    return [one for one in found if one is not None and one[0].kind in OWNERS]


def _noun_before(passage: Passage, syntax: Syntax, verb: int) -> int:
    """Return the noun right before a verb and its auxiliaries: neither X nor Y · planes had struck; behind a name."""
    at = verb - 1
    while at > 0 and syntax.upos[at] in ("AUX", "ADV", "PART"):
        at -= 1
    return at + 1 if passage.line.capital(at) else at


def _whole(scan: Scan, passage: Passage, first: int, last: int) -> Found | None:
    actor = actor_at(scan, passage, first, last)
    return (actor, first, last) if actor else None
