"""Deeds claimed or denied by grammar: "claimed the ambush", "which claimed an attack", "denied shooting at it"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at, subject_actor
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.blamed import nobody as nobody_at
from sayso.reading.parties.blamed import only_meant
from sayso.reading.parties.messengers import spoken_for
from sayso.reading.parties.named_groups import with_own_name
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, clause_start, use_of, verb_table
from sayso.records import ResponsibilityClaim
from sayso.values import Actor
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.records import Stance

FALSE_REACH = 9
"""So many words from the verb on may "called the accusation utterly baseless" take."""
DENYING: Final = frozenset({"deny", "denies", "denied", "denying"})
ADMITTING: Final = frozenset({"admitted", "admits", "admitting", "confessed", "confesses", "acknowledged"})
TO: Final = ("to", "of", "about", "for", "up")
"""What stands between a verb of owning up and the deed."""


OTHER_DEEDS: Final = frozenset({"some", "many", "most", "previous", "similar", "earlier", "other", "past", "numerous"})
"""Words beside attacks that are not the one told of."""
CLAIMS: Final = frozenset({"claim", "claims", "boast", "boasts"})
OWNED: Final = ("by", "'s", "’s", "'", "’", "of", "from")
"""What joins a claim to the name of whoever makes it."""


@cache
def _verbs() -> PhraseMatcher[tuple[Stance, frozenset[Form]]]:
    rows: list[tuple[Stance, list[str]]] = [
        ("claims_own", sorted(closed("owning up"))),
        ("denies", sorted(closed("disowning"))),
    ]
    return PhraseMatcher(verb_table(rows))


def find_owning_up(scan: Scan, passage: Passage) -> list[Mention]:
    """Return who claims a deed as his own or denies to have done it, where the grammar shows it."""
    syntax, found = passage.syntax, []
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if syntax is None or syntax.upos[index] != "VERB":
            continue
        if word in closed("calling things") and _calls_it_false(passage, syntax, index):
            found += _cleared(scan, passage, syntax, index)
        habit = any(syntax.words[at] in closed("habits") for at in syntax.children[index])
        if word in DENYING and not habit and _denies_a_deed(passage, syntax, index) and not _but_admits(syntax, index):
            found += _owned(scan, passage, syntax, index, "denies")
    for hit in scan.hits(_verbs(), passage.number) if syntax else ():
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        verb = syntax.verb_in(hit.first, hit.last) if syntax else None
        passive = use is not None and any(word in closed("be") for word in use.helpers)
        passive = passive and not passage.word(hit.first).endswith("ing")  # "is claiming to have carried it out"
        coming_out = syntax is not None and verb is not None and _comes_out_to(syntax, verb)
        plain = use is not None and (use.voice != "infinitive" or coming_out) and not use.modal and not passive
        plain = plain and not only_meant(passage, hit.first)
        if syntax is not None and verb is not None and plain and _of_a_deed(passage, syntax, hit, verb):
            found += _owned(scan, passage, syntax, verb, hit.value[0])
    return found


def _comes_out_to(syntax: Syntax, verb: int) -> bool:
    """Tell whether "to" only goes on with coming out: "rang a newspaper to disown it", "was quick to claim it"."""
    over = syntax.heads[verb]
    return over >= 0 and syntax.labels[verb] in ("xcomp", "advcl") and syntax.words[over] in closed("coming out to")


def _of_a_deed(passage: Passage, syntax: Syntax, hit: Hit[tuple[Stance, frozenset[Form]]], verb: int) -> bool:
    """Tell whether what is owned up to or disowned is a deed; "claimed the attack killed ten" only says so."""
    if any(
        syntax.words[at] in closed("habits") | {"previously", "not", "n't", "never"} for at in syntax.children[verb]
    ):
        return False
    if syntax.child(verb, "ccomp") is not None:
        return False  # "admitted the operation had failed"
    denied = hit.value[0] == "denies"
    deeds = closed("attack nouns", "owned") | (closed("accusations", "part in a deed") if denied else frozenset())
    head = syntax.object(verb)
    head = head if head is not None and head >= hit.last else syntax.oblique(verb, (*TO, "from", "off", "at", "aside"))
    if head is not None and _of_others(syntax, head, denied=denied):
        return False
    if head is not None and passage.word(head) in ("it", "action") and not denied and hit.last - hit.first == 1:
        return passage.word(verb) in ("claimed", "claiming") and passage.word(head) == "action"
    said = denied and head is not None and syntax.words[head] not in closed("attack nouns", "owned")
    if said and head is not None and (syntax.child(head, "acl", "ccomp") is not None or _of_harm(syntax, head)):
        return False  # "refuted reports that its aircraft had bombed it": of what they say
    if head is not None and head >= hit.last and syntax.words[head] in deeds:
        return not denied or passage.word(verb) not in DENYING or syntax.words[head] in closed("attack nouns")
    return not denied and _gerund_deed(passage, hit.last)


def _of_harm(syntax: Syntax, head: int) -> bool:
    """Tell whether reports that are denied are of harm alone: "claims of civilian casualties" charge nobody."""
    of = (at for at in syntax.children[head] if syntax.labels[at] == "nmod")
    return any(syntax.words[at] in closed("casualty nouns") | {"losses", "victims"} for at in of)


def _of_others(syntax: Syntax, head: int, *, denied: bool) -> bool:
    """Tell whether it is not this deed ("has claimed some attacks here") or not a charge ("rejected X's claim")."""
    around = {syntax.words[at] for at in syntax.children[head]}
    if not denied:
        return bool(around & OTHER_DEEDS) and syntax.words[head].endswith("s")
    cases = (syntax.child(at, "case") for at in syntax.children[head])
    return syntax.words[head] in CLAIMS and any(at is not None and syntax.words[at] in OWNED for at in cases)


def _gerund_deed(passage: Passage, at: int) -> bool:
    """Tell whether a deed follows in -ing: "admitted · planting it", "boasted of · having killed ten"."""
    at += passage.word(at) in TO
    having = passage.word(at) in ("having", "have")
    word = passage.word(at + 1) if having else passage.word(at)
    word = passage.word(at + 2) if word == "been" else word
    if word in ("leaving", "left", "sending", "sent", "putting", "put", "hiding", "hid", "posting", "posted"):
        return any(one.removesuffix("s") in closed("things laid") for one in passage.line.lower[at + 1 : at + 5])
    return word in closed("denied deeds") | closed("accused deeds") - {"being", "taking", "opening"}


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
        return not {"every", "much", "most", "some"} & {syntax.words[at] for at in syntax.children[head]}
    deed = next(
        (at for at in syntax.children[verb] if at > verb and syntax.labels[at] in ("xcomp", "ccomp", "obj")), None
    )
    if deed is None or not (passage.word(deed).endswith("ing") or passage.word(deed - 1) == "having"):
        return False
    if syntax.child(deed, "nsubj", "nsubj:pass") is not None:
        return False  # "denied that the rebels were behind the shelling": of others
    return passage.word(deed) in closed("denied deeds")


def is_a_paper(actor: Actor) -> bool:
    """Tell whether what owns up is only the paper that it stands on: "a letter claiming responsibility"."""
    words = actor.words.lower().split()
    return bool(words) and words[-1].removesuffix("s") in closed("documents") | {"letter", "note", "message", "leaflet"}


def _but_admits(syntax: Syntax, verb: int) -> bool:
    """Tell whether who denies a part of it has just owned up: "admitted firing at some, but denied shooting X"."""
    return syntax.labels[verb] == "conj" and syntax.words[syntax.heads[verb]] in ADMITTING


def _owned(scan: Scan, passage: Passage, syntax: Syntax, verb: int, stance: Stance) -> list[Mention]:
    author = _author(scan, passage, syntax, verb)
    caller = author is not None and (stance == "claims_own" or author[0].words.islower())
    if author is not None and caller and author[0].kind in ("person", "unknown"):
        author = spoken_for(scan, passage) or author
    nobody = author is not None and (nobody_at(passage, author[1]) or passage.word(author[1] - 1) == "any")
    if author is None or nobody or author[0].kind == "media" or is_a_paper(author[0]):
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
