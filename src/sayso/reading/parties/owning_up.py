"""Deeds claimed or denied by grammar: "claimed the ambush", "which claimed an attack", "denied shooting at it"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at, subject_actor
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.named_groups import with_own_name
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import clause_start
from sayso.records import ResponsibilityClaim
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.records import Stance

CLAIMING: Final = frozenset({"claim", "claims", "claimed", "claiming"})
FALSE_REACH = 9
"""So many words from the verb on may "called the accusation utterly baseless" take."""
DENYING: Final = frozenset({"deny", "denies", "denied", "denying"})


def find_owning_up(scan: Scan, passage: Passage) -> list[Mention]:
    """Return who claims a deed as his own or denies to have done it, where the grammar shows it."""
    syntax, found = passage.syntax, []
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if syntax is None or syntax.upos[index] != "VERB":
            continue
        if word in CLAIMING and _claims_a_deed(syntax, index):
            found += _owned(scan, passage, syntax, index, "claims_own")
        if word in closed("calling things") and _calls_it_false(passage, syntax, index):
            found += _cleared(scan, passage, syntax, index)
        if word in DENYING and _denies_a_deed(passage, syntax, index):
            found += _owned(scan, passage, syntax, index, "denies")
    return found


def _claims_a_deed(syntax: Syntax, verb: int) -> bool:
    """Tell whether the object is an attack; "claimed the attack killed ten" only says so."""
    head = syntax.object(verb)
    denied = any(syntax.words[at] in ("not", "n't", "never") for at in syntax.children[verb])
    before = any(syntax.words[at] in closed("habits") | {"previously"} for at in syntax.children[verb])
    return head is not None and not denied and not before and syntax.words[head] in closed("attack nouns")


def _calls_it_false(passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether an accusation is called false: "called the accusation baseless", "described the claims as lies"."""
    head = syntax.object(verb)
    accused = head is not None and syntax.words[head] in closed("accusations")
    return accused and any(word in closed("false things") for word in passage.line.lower[verb : verb + FALSE_REACH])


def _cleared(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> list[Mention]:
    """Return the state whose minister calls an accusation false; it is the one that was accused."""
    head = syntax.subject(verb)
    first, last = syntax.phrase(head) if head is not None else (0, 0)
    named = (at for at in range(first, last) if passage.line.capital(at))
    tokens = passage.line.tokens
    state, at = next(((fact, at) for at in named if (fact := scan.world.country(tokens[at].text))), (None, -1))
    if state is None:
        return []
    actor = Actor(name=state.name, kind="state", country=state.code, words=tokens[at].text)
    return [mention(passage, "perpetrator", actor, (at, at + 1), (verb, verb + 1), stance="denies", holder=actor)]


def _denies_a_deed(passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether what is denied is a part in it, or violence in -ing: "any hand in the killing", "shooting at it"."""
    head = syntax.object(verb)
    if head is not None and head > verb and syntax.words[head] in closed("part in a deed"):
        return True
    deed = next(
        (at for at in syntax.children[verb] if at > verb and syntax.labels[at] in ("xcomp", "ccomp", "obj")), None
    )
    if deed is None or not (passage.word(deed).endswith("ing") or passage.word(deed - 1) == "having"):
        return False
    if syntax.child(deed, "nsubj", "nsubj:pass") is not None:
        return False  # "denied that the rebels were behind the shelling": of others
    return passage.word(deed) in closed("denied deeds")


def _owned(scan: Scan, passage: Passage, syntax: Syntax, verb: int, stance: Stance) -> list[Mention]:
    author = _author(scan, passage, syntax, verb)
    nobody = author is not None and passage.word(author[1] - 1) in ("no", "neither", "any")
    if author is None or nobody or author[0].kind == "media":
        return []
    actor, first, last = author
    value = ResponsibilityClaim(claimed=True if stance == "claims_own" else "denied")
    span, trigger = (first, last), (verb, verb + 1)
    return [
        mention(passage, "perpetrator", actor, span, trigger, stance=stance, holder=actor),
        mention(passage, "responsibility_claim", value, span, trigger, stance=stance, holder=actor),
    ]


def _author(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> Found | None:
    """Return the subject; "X, a branch of Y, which claimed …" leads back to X."""
    head = syntax.subject(verb)
    apposed = head is not None and syntax.labels[head] == "appos"
    if head is not None and apposed and syntax.heads[head] >= 0:
        first, last = syntax.phrase(syntax.heads[head])
        actor = actor_at(scan, passage, first, last)
        return (actor, first, last) if actor else None
    return with_own_name(scan, passage, subject_actor(scan, passage, verb, clause_start(passage, verb)))
