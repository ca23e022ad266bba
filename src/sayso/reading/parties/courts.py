"""Authors before the law: "charged X with murder", "sentenced six men for the raid", "pleaded not guilty"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, use_of, verb_table
from sayso.records import ResponsibilityClaim
from sayso.values import Actor
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.reading.sentences.verbs import Use
    from sayso.records import Stance

CLIENTS: Final = frozenset({"client", "clients", "defendant", "defendants", "suspect", "suspects", "accused"})
"""Nouns by which a lawyer's words take up who is charged."""
NOBODY: Final = frozenset({"nobody", "none", "no-one"})
BACK: Final = 8
"""So many sentences back may stand who is charged."""
CRIME_REACH: Final = 30
"""So many words behind the verb may stand what somebody is charged with."""


@cache
def _verbs() -> PhraseMatcher[tuple[Stance, frozenset[Form]]]:
    rows: list[tuple[Stance, list[str]]] = [
        ("accuses", sorted(closed("charging verbs"))),
        ("exonerates", sorted(closed("acquitting verbs"))),
    ]
    return PhraseMatcher(verb_table(rows))


def find_charged(scan: Scan, passage: Passage, *, near: bool) -> list[Mention]:
    """Return who is charged with violence or sentenced for it, on the word of the prosecutor or court.

    Args:
        scan: the report.
        passage: a sentence.
        near: violence was told in this sentence or the ones before, so that its crime need not be named again.

    """
    syntax, found = passage.syntax, []
    for hit in scan.hits(_verbs(), passage.number) if syntax else ():
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        verb = syntax.verb_in(hit.first, hit.last) if syntax else None
        if syntax is None or use is None or verb is None or use.modal or use.negated:
            continue
        untold = near and hit.value[0] == "accuses" and not _of_another_day(scan, passage)
        if not _for_violence(passage, use, near=untold):
            continue
        passive = use.voice == "passive" or (syntax.labels[verb] == "acl" and use.voice != "gerund")
        head = syntax.subject(verb) if passive else syntax.object(verb)
        author = somebody(scan, passage, syntax, head) if head is not None else None
        if author:
            by = None if passive else judge(scan, passage, syntax, syntax.subject(verb))
            found.append(
                mention(
                    passage,
                    "perpetrator",
                    author[0],
                    author[1:],
                    (use.first, use.last),
                    stance=hit.value[0],
                    holder=by,
                )
            )
    return found


def _for_violence(passage: Passage, use: Use, *, near: bool) -> bool:
    """Tell whether it is for violence: a crime behind the verb, or none where violence was just told."""
    ahead = passage.line.lower[use.last : min(use.last + CRIME_REACH, len(passage))]
    if hinders_justice(ahead):
        return False
    if any(
        word in closed("crimes") or word in closed("attack nouns") - {"incident", "attempt", "operation"}
        for word in ahead
    ):
        return True
    names_another = any(word in ("with", "of", "for", "over") for word in ahead[:3])
    rushed = passage.word(use.first).startswith("charg") and use.voice != "passive"  # "bystanders charged the shooter"
    return near and not names_another and not rushed


def hinders_justice(ahead: Sequence[str]) -> bool:
    """Tell whether a charge is of what came after the deed: "for · obstructing the bombing investigation"."""
    crimes = closed("crimes") | closed("attack nouns") | closed("denied deeds")
    told = (word for word in ahead if word in crimes or word in closed("hindering justice"))
    return next(told, "") in closed("hindering justice")


def _of_another_day(scan: Scan, passage: Passage) -> bool:
    """Tell whether a sentence opens with a time of its own: "In May a box was smashed; a teenager was convicted"."""
    return any(hit.first <= 1 for hit in scan.moments(passage))


def judge(scan: Scan, passage: Passage, syntax: Syntax, head: int | None) -> Actor | None:
    """Return who charges or sentences; a court and prosecutors are the state's."""
    if head is None or syntax.upos[head] not in ("NOUN", "PROPN"):
        return None
    first, last = syntax.phrase(head)
    first += first < head and passage.word(first) in closed("determiners")
    words = scan.report.text[slice(*passage.offsets(first, last))]
    return actor_at(scan, passage, first, last) or Actor(name=words, kind="government", words=words)


def somebody(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> Found | None:
    """Return the people at a head, by name or by what they are called: "six men", "a teenager", "all six"."""
    group = next((g for g in find_groups(scan, passage) if g.first <= head < g.last and not g.pronoun), None)
    if passage.word(head) in NOBODY:
        return None
    if group is None and syntax.upos[head] not in ("PROPN", "NUM"):
        return None
    first, last = (group.noun if group.named else group.first, group.last) if group else syntax.phrase(head)
    first += first < head and passage.word(first) in closed("determiners") and syntax.upos[head] != "NUM"
    actor = actor_at(scan, passage, first, last)
    words = scan.report.text[slice(*passage.offsets(first, last))]
    return actor or Actor(name=words, kind="person", words=words), first, last


def find_pleas(scan: Scan, passage: Passage, known: list[Mention]) -> list[Mention]:
    """Return who says that he is not guilty: "pleaded not guilty", "maintains his innocence", "denies murder"."""
    syntax, found = passage.syntax, []
    for index, word in enumerate(passage.line.lower) if syntax else ():
        verb = _pleading(passage, syntax, index, word) if syntax else None
        if syntax is None or verb is None:
            continue
        of_word = syntax.child(index, "nsubj")  # "he is not guilty": the adjective is the predicate
        head = of_word if of_word is not None else syntax.subject(verb)
        author = _pleader(scan, passage, syntax, head, known) if head is not None else None
        if author is None:
            continue
        actor, span, trigger = author[0], author[1:], (verb, index + 1)
        value = ResponsibilityClaim(claimed="denied")
        found += [
            mention(passage, "perpetrator", actor, span, trigger, stance="denies", holder=actor),
            mention(passage, "responsibility_claim", value, span, trigger, stance="denies", holder=actor),
        ]
    return found


def _pleading(passage: Passage, syntax: Syntax, index: int, word: str) -> int | None:
    """Return the verb whose subject clears himself at a word: "guilty" behind "not", "innocence", a crime denied."""
    if word == "guilty" and passage.word(index - 1) == "not":
        return next((at for at in range(index - 2, max(index - 4, -1), -1) if syntax.upos[at] in ("VERB", "AUX")), None)
    verb = syntax.heads[index]
    if verb < 0 or syntax.labels[index] != "obj" or verb > index:
        return None
    if word == "innocence":
        return verb if passage.word(verb) in closed("insisting") else None
    denied = passage.word(verb) in ("denies", "denied", "denying", "deny")
    return (
        verb if denied and word in closed("crimes") and passage.word(index - 1) not in ("the", "any", "such") else None
    )


def _pleader(scan: Scan, passage: Passage, syntax: Syntax, head: int, known: list[Mention]) -> Found | None:
    """Return the subject; a pronoun or "his client" leads back to the author last named, "both" to two of them."""
    word = passage.word(head)
    if word == "both":
        two = _last_two(passage, known)
        return (two.model_copy(update={"words": passage.line.tokens[head].text}), head, head + 1) if two else None
    person = _last_person(passage, known)
    if word in CLIENTS or syntax.upos[head] == "PRON":
        if person is not None:
            said = passage.line.tokens[head].text
            return person.model_copy(update={"words": said}), head, head + 1
        if syntax.upos[head] == "PRON":
            return None
    return somebody(scan, passage, syntax, head)


def _last_two(passage: Passage, known: list[Mention]) -> Actor | None:
    """Return the two people last told of as authors together ("two men"), up to this sentence."""
    before = (item for item in reversed(known) if 0 <= passage.number - item.passage <= BACK)
    people = (item.value for item in before if item.field == "perpetrator" and isinstance(item.value, Actor))
    return next((one for one in people if "two" in one.words.lower().split()[:2]), None)


def _last_person(passage: Passage, known: list[Mention]) -> Actor | None:
    """Return the person last named as the author of something, up to this sentence."""
    before = (item for item in reversed(known) if 0 <= passage.number - item.passage <= BACK)
    people = (item.value for item in before if item.field == "perpetrator" and isinstance(item.value, Actor))
    return next((one for one in people if one.kind == "person" and one.name and one.name[:1].isupper()), None)
