"""Whom or what it was aimed at: "targeting the embassy", "an attack on a convoy", "the harbour was hit"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.reading.happenings.taxonomy import kinds
from sayso.reading.means.interceptions import is_interception
from sayso.reading.means.target_words import TargetWords, target_nouns
from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.reached import find_reached
from sayso.reading.parties.struck import find_struck
from sayso.reading.parties.target_phrases import strike_verbs, target_at, target_hit
from sayso.reading.sentences.grammar import BREAKS, QUOTES, words_of
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.sentences.verbs import Use, clause_start, use_of
from sayso.records import Target

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

REACH = 10
"""How many words a target’s noun phrase may take."""


def find_targets(scan: Scan, happenings: list[Happening]) -> list[Mention]:
    """Return targets as mentions."""
    rows: dict[int, list[Happening]] = {}
    for row in happenings:
        if row.status in ("happened", "ongoing", "attempted", "planned") and row.part != "harm":
            rows.setdefault(row.passage, []).append(row)
    found: list[Mention] = []
    for passage in scan.passages:
        found += [*_named_as_target(scan, passage), *find_reached(scan, passage)]
        if passage.number in rows:
            found += [*_by_verbs(scan, passage, rows[passage.number]), *_under_fire(scan, passage)]
            found += find_struck(scan, passage, rows[passage.number])
            for row in rows[passage.number]:
                found += _by_nouns(scan, passage, row)
    weighed = (_weighed(scan, item) for item in _once(found))
    return [item for item in weighed if item is not None]


def _once(found: list[Mention]) -> list[Mention]:
    """Return each target once, the longest of those that lie inside one another: "car of a judge", not "car"."""
    kept: list[Mention] = []
    for item in sorted(found, key=lambda one: one.anchor[0] - one.anchor[1]):
        if not any(one.anchor[0] <= item.anchor[0] and item.anchor[1] <= one.anchor[1] for one in kept):
            kept.append(item)
    return sorted(kept, key=lambda one: one.anchor)


def _weighed(scan: Scan, item: Mention) -> Mention | None:
    """Return a target; weak where it is only said that it was hurt ("nine guests were killed"), which aims at nobody.

    None for whom a participle adds: "stormed the hotel, killing nine guests".
    """
    passage = scan.passages[item.passage]
    words = {passage.word(at) for at in range(*passage.tokens_of(*item.trigger))}
    target = item.value
    if _is_no_victim(scan, passage, item):
        return None
    people = isinstance(target, Target) and target.kind not in ("place", "unknown", "person")
    if not (people and words & closed("mere harm")):
        return item
    first, _ = passage.tokens_of(*item.trigger)
    adds = passage.word(first).endswith("ing") and passage.word(first - 1) != "of"
    return None if adds else replace(item, weak=True)


def _is_no_victim(scan: Scan, passage: Passage, item: Mention) -> bool:
    """Tell whether words name the attackers, the speaker's own men or a weapon: "killed six of the bandits"."""
    first, last = passage.tokens_of(*item.anchor)
    own = "own" in (passage.word(first), passage.word(first + 1))
    attackers = isinstance(item.value, Target) and item.value.class_ == "attackers"
    person = isinstance(item.value, Target) and item.value.kind == "person"
    nouns = (hit for hit in scan.hits(weapon_matcher(), passage.number) if hit.value[1] == "nouns") if person else ()
    return own or attackers or any(hit.last == last and first <= hit.first for hit in nouns)


def _by_verbs(scan: Scan, passage: Passage, rows: list[Happening]) -> list[Mention]:
    """Return what verbs of striking act on; what was only tried or planned has a target too."""
    found = []
    tried = {row.first for row in rows if row.status in ("attempted", "planned")}
    for hit in scan.hits(strike_verbs(), passage.number):
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        meant = use is not None and "to" in use.helpers and "have" not in use.helpers and hit.first not in tried
        if use is None or use.modal or use.negated or meant or is_interception(scan, passage, use.first):
            continue
        reaching = passage.word(hit.last - 1) in ("into", "at", "on")  # "a car was rammed into the gate"
        passive = use.voice == "passive" and not reaching
        span = acted_on(passage, use, passive=passive)
        for first, last in _with_joined(passage, span) if span else ():
            target = target_at(scan, passage, first, last)
            if target:
                found.append(
                    mention(passage, "target", target.value, (target.first, target.last), (use.first, use.last))
                )
    return found


def _with_joined(passage: Passage, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Return a noun phrase and those joined to it: "a field clinic · and a parked ambulance"."""
    syntax = passage.syntax
    if syntax is None:
        return [span]
    joined = syntax.joined(syntax.head_of(*span))[1:]
    return [span, *(syntax.phrase(at) for at in joined if syntax.upos[at] in ("NOUN", "PROPN"))]


def _by_nouns(scan: Scan, passage: Passage, row: Happening) -> list[Mention]:
    """Return the target behind "attack on", "fired at", "rammed into"."""
    allowed = (
        ("on", "against", "targeting") if row.part == "noun" else ("at", "into", "on", "against", "towards", "toward")
    )
    if passage.syntax is not None:
        span = _aimed_at(passage.syntax, row, allowed)
        aimed = (target_at(scan, passage, *span) if span else None, _beside(scan, passage, row))
        return [
            mention(passage, "target", target.value, (target.first, target.last), (row.first, row.last))
            for target in aimed
            if target is not None
        ]
    for index in range(row.last, min(row.last + 5, len(passage))):
        if passage.word(index) in allowed and passage.word(index + 1) not in words_of("day", "time"):
            span = object_span(passage, index + 1)
            target = target_at(scan, passage, *span) if span else None
            return (
                [mention(passage, "target", target.value, (target.first, target.last), (row.first, row.last))]
                if target
                else []
            )
        if passage.word(index) in BREAKS or passage.word(index) in closed("be"):
            break
    return []


def _aimed_at(syntax: Syntax, row: Happening, cases: tuple[str, ...]) -> tuple[int, int] | None:
    """Return the noun phrase that "on", "at", "against" … ties to a happening by the grammar."""
    for index in range(row.first, row.last):
        done_to = {"was", "were", "been"} & set(syntax.words[max(index - 2, 0) : index])
        if syntax.words[index] in ("shot", "stabbed", "dead") and done_to:
            continue  # "was shot dead at a mall"
        done = row.part == "noun" and (row.kind != "other" or syntax.words[index] in closed("done to somebody"))
        head = syntax.oblique(index, (*cases, "of") if done else cases)
        if head is not None and syntax.words[syntax.phrase(head)[0]] in closed("named landforms"):
            continue  # "clashed on Mount X"
        if head is not None and syntax.words[head] not in words_of("day", "time"):
            return syntax.phrase(head)
    return None


def _beside(scan: Scan, passage: Passage, row: Happening) -> Hit[Target] | None:
    """Return the thing that something went off beside or came down in: "exploded near a bus", "outside the court"."""
    syntax = passage.syntax
    if syntax is None or not (row.part == "weapon" or "explosive" in kinds()[row.kind].families):
        return None
    for at in range(row.first, row.last):
        head = _whole(syntax, syntax.oblique(at, closed("places of blasts")))
        first, last = syntax.phrase(head) if head is not None else (0, 0)
        for noun in reversed(scan.hits(target_nouns(), passage.number)) if head is not None else ():
            if first <= noun.first <= head < noun.last <= last and noun.value.class_name != "residence":  # type: ignore[operator]
                begin = first + (passage.word(first) in closed("determiners"))
                return target_hit(scan, passage, begin, noun.last, noun.value.kind, noun.value.class_name)
    return None


def _whole(syntax: Syntax, head: int | None) -> int | None:
    """Return what a part belongs to: "in front of · the court", "under the windows of · the shop"."""
    if head is None or syntax.words[head] not in closed("parts of buildings"):
        return head
    return syntax.child(head, "nmod") or head


def _under_fire(scan: Scan, passage: Passage) -> list[Mention]:
    """Return the subject of "came under fire": a boat, a convoy, a post; never a minister."""
    syntax, found = passage.syntax, []
    for index, word in enumerate(passage.line.lower):
        if word != "under" or passage.word(index + 1) not in ("fire", "attack", "shelling", "bombardment"):
            continue
        verb = syntax.verb_over(index) if syntax else None
        head = syntax.subject(verb) if syntax and verb is not None else None
        nouns = [hit for hit in scan.hits(target_nouns(), passage.number) if head in range(hit.first, hit.last)]
        found += [
            mention(
                passage,
                "target",
                target_hit(scan, passage, hit.first, hit.last, *_named(hit)).value,
                (hit.first, hit.last),
            )
            for hit in nouns
        ]
    return found


def _named(hit: Hit[TargetWords]) -> tuple[str, str]:
    return hit.value.kind, hit.value.class_name


def _named_as_target(scan: Scan, passage: Passage) -> list[Mention]:
    """Return what "the target was …" names."""
    syntax, found = passage.syntax, []
    for index, word in enumerate(passage.line.lower):
        subject = syntax is not None and word in ("target", "targets") and syntax.labels[index] == "nsubj"
        if syntax is None or not subject:
            continue
        head = syntax.heads[index]
        if head > index and syntax.upos[head] in ("NOUN", "PROPN") and syntax.child(head, "cop") is not None:
            first, last = syntax.phrase(head)
            hit = target_at(scan, passage, first, last)
            found += [mention(passage, "target", hit.value, (hit.first, hit.last), (index, index + 1))] if hit else []
    return found


def acted_on(passage: Passage, use: Use, *, passive: bool) -> tuple[int, int] | None:
    """Return what a verb acts on, its object or the subject of a passive; None for a participle before its noun."""
    syntax = passage.syntax
    if syntax is None:
        return subject_span(passage, use) if passive else object_span(passage, use.last)
    verb = syntax.verb_in(use.first, use.last)
    if verb is None or syntax.labels[verb] == "amod":  # "broken glass"
        return None
    head = syntax.subject(verb) if passive else syntax.object(verb)
    if head is not None and passive and syntax.words[head] == "it":
        head = _taken_up(passage, syntax, head)
    if head is None and not passive:
        head = syntax.oblique(verb, (passage.word(use.last - 1),))
    return syntax.phrase(head) if head is not None else None


def _taken_up(passage: Passage, syntax: Syntax, pronoun: int) -> int:
    """Return the subject of the clause before, which "it" takes up: "the depot lies outside; it was hit twice"."""
    before = (at for at in range(pronoun - 1, -1, -1) if syntax.labels[at] == "nsubj" and syntax.upos[at] == "NOUN")
    joined = any(passage.word(at) in (";", "and", "when", "where") for at in range(max(pronoun - 2, 0), pronoun))
    return next(before, pronoun) if joined else pronoun


def object_span(passage: Passage, at: int) -> tuple[int, int] | None:
    """Return the tokens of the noun phrase that begins at ``at``, up to a verb, a comma or a preposition of place."""
    while at < len(passage) and passage.word(at) in QUOTES:
        at += 1
    last = at
    while last < min(at + REACH, len(passage)):
        word = passage.word(last)
        if word in BREAKS - {"'", "’"} or word in closed("clause openers") or word in closed("be"):
            break
        if word in words_of("preposition") - {"of"} or word in words_of("conjunction") or word in words_of("day"):
            break
        if last > at and (
            word in closed("bare number followers") or word in ("left", "began", "had", "caused", "took")
        ):
            break
        last += 1
    return (at, last) if last > at else None


def subject_span(passage: Passage, use: Use) -> tuple[int, int] | None:
    """Return the tokens of the subject of a passive, up to a preposition that follows its noun."""
    start = clause_start(passage, use.begin)
    first = max(start, use.begin - REACH)
    last = use.begin
    for index in range(first, use.begin):
        if passage.word(index) in (",",):
            first = index + 1
    for index in range(first, use.begin):
        if passage.word(index) in words_of("preposition") - {"of", "than", "over", "about", "around"} and index > first:
            last = index
            break
    return (first, last) if last > first else None
