"""What was damaged, and how badly."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.means.interceptions import is_interception
from sayso.reading.means.target_words import target_nouns
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.openings import find_openings
from sayso.reading.parties.ruins import find_ruins
from sayso.reading.parties.targets import acted_on, object_span
from sayso.reading.sentences.grammar import BREAKS, words_of
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, Use, use_of, verb_table
from sayso.records import Damage, Extent
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan


SETTING = ("set", "setting", "sets")
RUINS = ("ruins", "rubble", "ashes")
LESS: dict[tuple[Extent, str], Extent] = {("some", "panes"): "minor", ("destroyed", "outer parts"): "major"}
"""What damage to a part is to the whole: broken windows are minor damage, a roof brought down is not all."""
FIRE_REACH = 9
"""How many words may stand between "set" and "on fire"."""


class DamageWords(Entry):
    """One extent of damage and its words: an entry of ``vocab/damage.toml``."""

    extent: Extent
    verbs: tuple[str, ...]
    intransitive: tuple[str, ...]
    adjectives: tuple[str, ...]


@cache
def _verbs(part: str) -> PhraseMatcher[tuple[Extent, frozenset[Form]]]:
    return PhraseMatcher(
        verb_table((entry.extent, getattr(entry, part)) for entry in load_table("damage", DamageWords))
    )


@cache
def _adjectives() -> dict[str, Extent]:
    return {word: entry.extent for entry in load_table("damage", DamageWords) for word in entry.adjectives}


def find_damage(scan: Scan) -> list[Mention]:
    """Return what was damaged, as mentions."""
    found: list[Mention] = []
    for passage in scan.passages:
        found += [*_by_noun(scan, passage), *_by_fire(scan, passage), *_in_ruins(scan, passage)]
        ruins = (row for row in find_ruins(scan, passage) if row[1] and not _is_person(scan, passage, row[1]))
        openings = (*find_openings(passage), *ruins)
        found += [*_described(scan, passage), *(_damage(scan, passage, *row) for row in openings)]
        for part in ("verbs", "intransitive"):
            for hit in scan.hits(_verbs(part), passage.number):
                extent, forms = hit.value
                use = use_of(passage, hit.first, hit.last, forms)
                if use is None or use.modal or ("to" in use.helpers and "have" not in use.helpers):
                    continue
                if is_interception(scan, passage, use.first):
                    continue
                passive = part == "intransitive" or use.voice == "passive"
                span = acted_on(passage, use, passive=passive)
                if span and (passive or span[1] <= len(passage)):
                    what: Extent = "none" if use.negated else extent
                    found += _damages(scan, passage, what, span, (use.first, use.last))
    return found


def _described(scan: Scan, passage: Passage) -> list[Mention]:
    """Read participles before a thing that tell of damage to it: "a gutted canteen"; mostly of things that stand."""
    syntax, found = passage.syntax, []
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if syntax is None or word not in closed("ruined") or syntax.labels[index] != "amod":
            continue
        head = syntax.heads[index]
        span, extent = (index, syntax.phrase(head)[1]), _verbs("verbs").match(word)
        stands = any(index < hit.first < span[1] for hit in scan.hits(target_nouns(), passage.number))
        if (
            extent is not None
            and head > index
            and (stands or word in closed("gutted"))
            and not _is_person(scan, passage, span)
        ):
            found.append(_damage(scan, passage, extent[0], span, (index, index + 1)))
    return found


def _sort(passage: Passage, span: tuple[int, int]) -> str:
    """Return the closed list, "panes" or "outer parts", that the head of a thing is in, or ""."""
    head = passage.word(passage.syntax.head_of(*span) if passage.syntax else span[1] - 1)
    return next((name for name in ("panes", "outer parts") if head in closed(name)), "")


def _damages(
    scan: Scan, passage: Passage, extent: Extent, span: tuple[int, int], trigger: tuple[int, int]
) -> list[Mention]:
    """Return the damage to a thing and to those named with it: "torched a bank and two shops along with a van"."""
    things = [span, *_beside(passage, span, trigger)]
    return [_damage(scan, passage, extent, one, trigger) for one in things if not _is_person(scan, passage, one)]


def _beside(passage: Passage, span: tuple[int, int], trigger: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the things that the tree joins to one, or to its verb by "along with", "alongside"."""
    syntax = passage.syntax
    if syntax is None:
        return []
    joined = [at for at in syntax.joined(syntax.head_of(*span)) if at not in range(*span)]
    for verb in range(*trigger):
        for at in syntax.children[verb]:
            case = syntax.child(at, "case") if syntax.labels[at] == "obl" else None
            with_it = case is not None and (
                syntax.words[case] == "alongside"
                or passage.phrase(case - 1, case + 1) in ("along with", "together with")
            )
            joined += [at] if with_it else []
    return [syntax.phrase(at) for at in joined if syntax.upos[at] == "NOUN"]


def _in_ruins(scan: Scan, passage: Passage) -> list[Mention]:
    """Read what lies in ruins: "left three houses in ruins", "a wing of it in ruins"; only things that stand."""
    syntax, found = passage.syntax, []
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if syntax is None or word not in RUINS or passage.word(index - 1) not in ("in", "to", "into"):
            continue
        head = syntax.child(index, "nsubj")
        head = index - 2 if head is None else head
        while head > 0 and syntax.labels[head] == "nmod" and syntax.heads[head] < head:
            head = syntax.heads[head]
        span = syntax.phrase(head) if head >= 0 and syntax.upos[head] == "NOUN" else None
        if span and any(span[0] <= hit.first < span[1] for hit in scan.hits(target_nouns(), passage.number)):
            found.append(_damage(scan, passage, "destroyed", span, (index - 1, index + 1)))
    return found


def _by_fire(scan: Scan, passage: Passage) -> list[Mention]:
    """Read what stands between "set" and "ablaze", "on fire"; or before, where it "was set on fire"."""
    found = []
    for index, word in enumerate(passage.line.lower):
        onto = word in ("fire", "light") and passage.word(index + 1) == "to"  # "set fire to a school"
        if onto or word in ("ablaze", "alight", "afire") or (word == "fire" and passage.word(index - 1) == "on"):
            at = index - (word == "fire" and not onto)
            use = _setting(passage, at)
            span = _set(passage, use, at, onto=onto) if use is not None else None
            if use is not None and span:
                found += _damages(scan, passage, "some", span, (use.first, index + 1))
    return found


def _setting(passage: Passage, at: int) -> Use | None:
    """Return how "set" is used before "ablaze" at ``at``; None where nothing burnt."""
    before = range(at - 1, max(at - FIRE_REACH, -1), -1)
    verb = next((index for index in before if passage.word(index) in SETTING), None)
    use = use_of(passage, verb, verb + 1, _form(passage.word(verb))) if verb is not None else None
    real = use and not (use.modal or use.negated or ("to" in use.helpers and "have" not in use.helpers))
    return use if real else None


def _set(passage: Passage, use: Use, at: int, *, onto: bool) -> tuple[int, int] | None:
    """Return the thing that burnt: between verb and "ablaze", behind it, or the subject of the passive."""
    between = at > use.last
    if onto or (not between and use.voice != "passive"):
        first, last = object_span(passage, at + 1 + onto) or (at, at)
        beside = next((n for n in range(first, last) if passage.word(n) == "alongside"), last)
        return (first, beside) if first < beside else None
    span = object_span(passage, use.last) if between else acted_on(passage, use, passive=True)
    span = (span[0], min(span[1], at)) if span and between else span
    return span if span and span[0] < span[1] else None


def _form(word: str) -> frozenset[Form]:
    return frozenset({"ing"}) if word == "setting" else frozenset({"past", "participle"})


def _is_person(scan: Scan, passage: Passage, span: tuple[int, int]) -> bool:
    words = passage.phrase(*span)
    groups = [group for group in find_groups(scan, passage) if span[0] <= group.first < span[1]]
    people = any(
        group.named or (group.last == span[1] and group.word is not None and not group.generic) for group in groups
    )
    return (
        not words
        or people
        or words.split()[-1] in closed("not damaged")
        or words.split()[0] in ("he", "she", "they", "who", "it", "him", "her")
    )


TOLD_OF = ("details of", "word of", "estimates of", "pictures of")


def _by_noun(scan: Scan, passage: Passage) -> list[Mention]:
    """Read the noun: "caused minor damage to some buildings", "there was no damage"."""
    found = []
    for index, word in enumerate(passage.line.lower):
        if word != "damage" or passage.phrase(index - 2, index) in TOLD_OF:
            continue
        if passage.word(index - 1) in ("to", "can", "could", "would", "will", "may", "might"):
            continue
        first, extent = _extent(passage, index)
        if extent is None:
            continue
        thing = object_span(passage, index + 2) if passage.word(index + 1) in ("to", "in") else None
        if (
            thing is None
            and passage.word(index - 1) not in _adjectives()
            and passage.word(index - 2) not in ("caused", "causing")
        ):
            continue
        found.append(_damage(scan, passage, extent, thing, (first, index + 1)))
    return found


def _extent(passage: Passage, at: int) -> tuple[int, Extent | None]:
    """Return where the adjectives before "damage" begin, and the extent they say (plain damage is "some")."""
    first, extent = at, None
    while passage.word(first - 1) in _adjectives():
        first -= 1
        extent = _adjectives()[passage.word(first)] if extent is None or passage.word(first) == "no" else extent
    if extent is None and passage.word(at - 1) in BREAKS | words_of("auxiliary"):
        return at, None
    return first, extent or "some"


def _damage(
    scan: Scan, passage: Passage, extent: Extent, thing: tuple[int, int] | None, trigger: tuple[int, int]
) -> Mention:
    span = thing or trigger
    of = scan.report.text[slice(*passage.offsets(*thing))] if thing else None
    if thing and (extent, _sort(passage, thing)) in LESS:
        extent = LESS[(extent, _sort(passage, thing))]
    if thing and _is_total_loss(passage, thing, trigger):
        extent = "destroyed"
    first, last = min(span[0], trigger[0]), max(span[1], trigger[1])
    words = scan.report.text[slice(*passage.offsets(first, last))]
    return mention(passage, "damage", Damage(extent=extent, words=words, of=_bare(of)), span, trigger)


def _is_total_loss(passage: Passage, thing: tuple[int, int], trigger: tuple[int, int]) -> bool:
    """Tell whether nothing is left of what fire or a blast went through: a car that was gutted, a hut alight."""
    if not any(passage.word(at) in closed("going through") for at in range(*trigger)):
        return False
    heads = (passage.syntax.joined(passage.syntax.head_of(*thing)) if passage.syntax else [thing[1] - 1])[:1]
    return any({passage.word(at), passage.word(at).removesuffix("s")} & closed("burning down") for at in heads)


def _bare(of: str | None) -> str | None:
    """Take a leading article off."""
    if of is None:
        return None
    head, _, rest = of.partition(" ")
    return rest if rest and head.lower() in ("the", "a", "an") else of
