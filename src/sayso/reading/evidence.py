"""Whether evidence was shown: "gave no details linking …", "posted footage of the launch", "offered no film"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at
from sayso.reading.claims import REPORT
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.grammar import QUOTES, words_of
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, clause_end, verb_table
from sayso.records import EvidenceOffered
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

AUTHOR_REACH: Final = 14
"""How many words behind "no evidence" may tell that it is of who did it."""
EVIDENCE_REACH: Final = 5
"""How many words may stand between "provide" and "evidence"."""
PROOF: Final = frozenset({"evidence", "proof", "proofs"})
TAKING_UP: Final = frozenset({"this", "that", "it", "them"})
NO: Final = frozenset({"no", "not", "n't", "n’t", "never", "neither", "nor", "nothing", "none", "without", "any"})
SHOWN: Final = 6
"""So many words behind "footage" may tell what it is of."""
STAKES: Final = ("armed_group", "military", "state", "government", "police", "party", "organisation")
"""Kinds of those who show something to make others believe who did it."""


def find_evidence(scan: Scan) -> list[Mention]:
    """Return whether evidence was shown, as mentions."""
    found: list[Mention] = []
    for passage in scan.passages:
        for index, word in enumerate(passage.line.lower):
            if word in ("nothing", "anything"):
                found += _nothing(passage, index)
            elif word in closed("links to an author"):
                found += _unlinked(passage, index)
            elif word in closed("evidence words"):
                found += _told(passage, index)
            elif word in closed("records of a deed") and passage.syntax is not None:
                found += _recorded(scan, passage, passage.syntax, index)
    return [_as_observed(scan, item) for item in _once(found)]


def _once(found: list[Mention]) -> list[Mention]:
    """Return one mention a passage and value: "no pictures and no names" is one lack."""
    rows: dict[tuple[int, bool], Mention] = {}
    for item in found:
        value = item.value
        if isinstance(value, EvidenceOffered):
            rows.setdefault((item.passage, value.provided), item)
    return list(rows.values())


def _as_observed(scan: Scan, item: Mention) -> Mention:
    """Return what somebody is seen not to show as the report's own: "blamed the rebels · without offering proof"."""
    passage = scan.passages[item.passage]
    first, _ = passage.tokens_of(*item.anchor)
    quoted = sum(passage.word(at) in QUOTES for at in range(first)) % 2
    return replace(item, holder=REPORT) if passage.word(first) == "without" and not quoted else item


def _shown(passage: Passage, span: tuple[int, int], trigger: tuple[int, int], *, provided: bool) -> Mention:
    return mention(passage, "evidence_offered", EvidenceOffered(provided=provided), span, trigger)


def _told(passage: Passage, at: int) -> list[Mention]:
    given = _given(passage, at)
    if given is None:
        return []
    first, provided = given
    return [_shown(passage, (first, min(clause_end(passage, at), at + 10)), (first, at + 1), provided=provided)]


def _nothing(passage: Passage, at: int) -> list[Mention]:
    """Return that nothing was shown: "offered nothing to back up the boast", "nothing in support"."""
    given = passage.word(at - 1) in closed("giving verbs")
    if passage.word(at) == "anything" and not (given and NO & set(passage.line.lower[max(at - 4, 0) : at - 1])):
        return []
    back = passage.word(at + 1) == "to" and passage.word(at + 2) in closed("backing up")
    back = back or (passage.word(at + 1) in ("in", "as") and passage.word(at + 2) in ("support", "proof", "evidence"))
    found = passage.word(at + 1) in ("was", "has", "had") and bool({"found", "discovered"} & set(_behind(passage, at)))
    linking = found and bool({"link", "tie", "connect", "linking", "tying", "connecting"} & set(_behind(passage, at)))
    if not ((given and back) or linking):
        return []
    first = at - 1 if given else at
    return [
        _shown(passage, (first, min(clause_end(passage, at), at + EVIDENCE_REACH + 3)), (first, at + 1), provided=False)
    ]


def _unlinked(passage: Passage, at: int) -> list[Mention]:
    """Return that nothing ties anybody to it: "found no link between the suspect and the front", "no trace of"."""
    none = next((i for i in range(at - 1, max(at - 4, -1), -1) if passage.word(i) in ("no", "any")), None)
    said = passage.line.lower[max((none or 0) - 5, 0) : none] if none is not None else ()
    told = closed("finding nothing") & set(said) or closed("finding nothing") & set(_behind(passage, at))
    if none is None or not told or (passage.word(none) == "any" and not NO - {"any"} & set(said)):
        return []
    if passage.word(at + 1) not in ("between", "with", "to", "of", "that") or not _to_an_author(passage, at):
        return []
    return [_shown(passage, (none, min(clause_end(passage, at), at + 10)), (none, at + 1), provided=False)]


def _to_an_author(passage: Passage, at: int) -> bool:
    """Tell whether a link or a trace is of somebody who may have done it, or of his allegiance."""
    ahead = _behind(passage, at)
    meant = closed("part in a deed") | (closed("of authorship") - TAKING_UP) | closed("kinds of groups", "ties")
    named = any(passage.line.capital(i) for i in range(at + 1, min(at + 1 + EVIDENCE_REACH + 3, len(passage))))
    linked = passage.word(at) in ("link", "links", "connection", "connections", "tie", "ties")
    return any(word in meant for word in ahead) or (linked and named)


def _behind(passage: Passage, at: int) -> list[str]:
    return list(passage.line.lower[at + 1 : at + 1 + AUTHOR_REACH])


def _at_clause_end(passage: Passage, at: int) -> bool:
    """Tell whether nothing says what the details would be of: "gave no details" may be of who did it."""
    return not passage.line.word(at + 1)


def _of_the_author(passage: Passage, at: int) -> bool:
    """Tell whether evidence is of who did it: "no evidence that X was involved", not "… of fighters in the school"."""
    ahead = _behind(passage, at)
    meant = closed("attack nouns", "part in a deed", "of authorship")
    return ahead[:1] in (["linking"], ["connecting"], ["tying"]) or any(word in meant for word in ahead)


def _given(passage: Passage, at: int) -> tuple[int, bool] | None:
    """Return where the giving begins and whether it took place; None where evidence is only mentioned."""
    window = range(at - 1, max(at - EVIDENCE_REACH - 3, -1), -1)
    verb = next((index for index in window if passage.word(index) in closed("giving verbs")), None)
    evidence = passage.word(at) in PROOF
    links = evidence and passage.word(at + 1) in ("that", "of", "to", "for")
    links = links or passage.word(at + 1) in ("linking", "connecting", "tying")
    none = next((index for index in window if passage.word(index) in ("no", "without", "any")), None)
    if verb is None:
        lacking = none is not None and none >= at - 3
        behind = evidence and (passage.word(at + 1) in closed("accompanying") or _is_given(passage, at))
        return (none or 0, False) if lacking and (behind or (links and _of_the_author(passage, at))) else None
    if (nots := _nots(passage, verb, at)) is not None:
        return (nots, False) if evidence or links or _at_clause_end(passage, at) else None
    return (verb, True) if evidence else None


def _is_given(passage: Passage, at: int) -> bool:
    """Tell whether evidence is the subject of giving: "no proof has so far been produced"."""
    return any(word in closed("giving verbs") for word in passage.line.lower[at + 1 : at + 2 + EVIDENCE_REACH])


def _nots(passage: Passage, verb: int, at: int) -> int | None:
    """Return where it begins to say that something was not given: "gave no", "did not offer", "neither man showed"."""
    no = words_of("negation") | NO
    near = [index for index in range(max(verb - 4, 0), at) if passage.word(index) in no]
    if near:
        return min(near)
    syntax = passage.syntax
    subject = syntax.doer(verb) if syntax else None
    first = syntax.phrase(subject)[0] if syntax and subject is not None else None
    return first if first is not None and passage.word(first) in ("neither", "none", "nobody") else None


@cache
def _verbs(name: str) -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([(name, sorted(closed(name)))]))


def _is_of(scan: Scan, passage: Passage, verb: int, name: str) -> bool:
    return any(hit.first <= verb < hit.last for hit in scan.hits(_verbs(name), passage.number))


def _recorded(scan: Scan, passage: Passage, syntax: Syntax, at: int) -> Iterator[Mention]:
    """Return that photographs, films or fragments were shown, or that none were; or whom such a record shows."""
    verb = _over(syntax, at)
    if verb is None or _of_what_was_done(passage, at):
        return
    subject = syntax.subject(verb) in (at, syntax.heads[at])
    passive = any(syntax.words[child] in closed("be") for child in syntax.children[verb]) and subject
    if (not subject or passive) and _is_of(scan, passage, verb, "putting out records"):
        nots = _denied(passage, syntax, verb, at)
        first = min(nots, verb, at) if nots is not None else min(verb, at)
        if nots is not None or _by_somebody(scan, passage, syntax, verb, passive=passive):
            span = (first, min(max(clause_end(passage, at), at + 1), at + 10))
            yield _shown(passage, span, (first, max(at, verb) + 1), provided=nots is None)
    elif subject and _is_of(scan, passage, verb, "records showing") and _shows_the_author(scan, passage, syntax, verb):
        yield _shown(passage, (at, min(clause_end(passage, verb), verb + 10)), (at, verb + 1), provided=True)


def _over(syntax: Syntax, at: int) -> int | None:
    """Return the verb that a record is the object or subject of; "footage of …, pictures and a list" share theirs."""
    while syntax.labels[at] in ("conj", "compound") and syntax.upos[at] == "NOUN" and syntax.heads[at] >= 0:
        at = syntax.heads[at]
    head = syntax.heads[at]
    return head if head >= 0 and syntax.labels[at] in ("obj", "nsubj") and syntax.upos[head] == "VERB" else None


def _of_what_was_done(passage: Passage, at: int) -> bool:
    """Tell whether pictures are only of victims, damage or of something else: "published photographs of the dead"."""
    ahead = passage.line.lower[at + 1 : at + 1 + SHOWN]
    around = (*passage.line.lower[max(at - 3, 0) : at], *ahead)
    return any(word in closed("aftermath") for word in around)


def _denied(passage: Passage, syntax: Syntax, verb: int, at: int) -> int | None:
    """Return where it says that nothing was shown; None where something was."""
    around = [*syntax.children[verb], *syntax.children[at]]
    nots = [child for child in around if syntax.words[child] in NO - {"any"} and syntax.labels[child] != "conj"]
    if passage.word(verb - 1) == "without":
        nots.append(verb - 1)
    subject = syntax.doer(verb)
    first = syntax.phrase(subject)[0] if subject is not None else -1
    if first >= 0 and passage.word(first) in ("neither", "none", "nobody"):
        nots.append(first)
    return min(nots, default=None)


def _by_somebody(scan: Scan, passage: Passage, syntax: Syntax, verb: int, *, passive: bool) -> bool:
    """Tell whether one with a stake did show it: not asked for, promised or refused, and no news outlet."""
    helpers = {syntax.words[child] for child in syntax.children[verb] if syntax.labels[child] in ("aux", "mark")}
    if helpers & ({"to", "if"} | closed("hypothetical")) or passage.word(verb - 1) == "to":
        return False
    head = syntax.oblique(verb, ("by",)) if passive else syntax.doer(verb)
    if head is None or syntax.words[head] in closed("news outlets"):
        return False
    if syntax.words[head] in ("he", "she", "it", "they", "which", "who"):
        return True
    actor = actor_at(scan, passage, *syntax.phrase(head))
    return syntax.words[head] in closed("showing sides") or (actor is not None and actor.kind in STAKES)


def _shows_the_author(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether a record shows somebody do something, who is no victim: "footage shows a man bending over cars"."""
    head = syntax.child(verb, "obj", "iobj")
    if head is None:
        clause = syntax.child(verb, "ccomp", "xcomp")
        head = syntax.subject(clause) if clause is not None else None
    if head is None:
        return False
    does = any(
        syntax.upos[at] == "VERB" and syntax.words[at].endswith("ing")
        for at in range(head + 1, min(head + 5, len(passage)))
    )
    group = next((one for one in find_groups(scan, passage) if one.first <= head < one.last), None)
    attackers = group is not None and group.attackers
    return attackers or (does and syntax.words[head] in closed("shown doing it"))
