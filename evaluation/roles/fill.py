"""Arguments of gold event triggers, from the model's layers: semantic roles, grammar, names, and its own event layer.

The mapping of roles stands in ``mapping.toml``, what grammar adds to it in ``beside.py``. Every argument is one word,
the head of its phrase.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.language.figures import head
from evaluation.roles.beside import beside
from evaluation.roles.trees import case_of, is_passive, is_vehicle, joined, labelled, text_of, verbs, words
from sayso.language.analysis import Analysis, Anchor
from sayso.reading.sentences.group_words import GroupWord
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import forms
from sayso.reading.speaking.title_words import titles
from sayso.vocab import load_table

LOCATING = frozenset({"in", "at", "near", "outside", "inside", "across", "around", "throughout", "on"})
"""Prepositions that tie a place to what happened there."""
AIMING = frozenset({"on", "against", "targeting"})
"""Prepositions that tie its target to an attack."""
ACTING = frozenset({"Attacker", "Killer", "Injurer", "DamagerDestroyer", "Perpetrator"})
"""Arguments that can do something: no bomb, no blast."""
PEOPLE = frozenset({"Participant", "Communicator", "Recipient", "Victim", "Defendant", "Detainee"})
"""Arguments that are people or bodies."""
COUNTING = frozenset(
    {"number", "hundreds", "scores", "dozens", "thousands", "some", "none", "one", "two", "three", "four", "five",
     "six", "seven", "eight", "nine", "ten", "members", "majority", "most", "many", "several", "couple", "all"}
)  # fmt: skip
"""Words that count those named behind "of"."""
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
"""Parts of speech that can be an argument."""
NOWHERE = frozenset({"spot", "session", "directions", "election", "prison", "premises", "scene", "end", "middle"})
"""Heads of phrases of place that name none."""
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
"""Who blows himself up is no target."""
CLIMB = 4
"""How many heads lie at most between a place and its trigger."""


@cache
def mapping() -> Mapping[str, Mapping[str, Any]]:
    """Return the entries of ``mapping.toml`` by event type."""
    path = Path(__file__).parent / "mapping.toml"
    return {entry["kind"]: entry for entry in tomllib.loads(path.read_text(encoding="utf-8"))["entry"]}


def entry_of(kind: str) -> Mapping[str, Any] | None:
    """Return the entry of an event type of three levels: its own, else that of its first two levels."""
    return mapping().get(kind) or mapping().get(".".join(kind.split(".")[:2]))


def arguments(
    analysis: Analysis, first: int, last: int, kind: str, *, elsewhere: Collection[int] = (), own: bool = True
) -> set[tuple[str, int]]:
    """Return the arguments (name, word) of the event whose trigger stands at [first, last).

    Args:
        analysis: of the document; ``anchor_word`` of the trigger is an anchor of its layers ``srl`` and ``kairos``.
        first: first word of the trigger.
        last: one past its last word.
        kind: event type, three levels.
        elsewhere: words of triggers that have the place of a sentence first: the attack, not the deaths in it.
        own: whether the model's own layer for these events has a word.

    """
    entry = entry_of(kind)
    if entry is None:
        return set()
    trigger = anchor_word(analysis, first, last)
    sentence = next(s for s in analysis.sentences if s.first <= trigger < s.last)
    found = set(_by_roles(analysis, trigger, entry)) | set(_by_light_verb(analysis, trigger, entry))
    found |= set(_by_prepositions(analysis, trigger, entry))
    if entry.get("agent") and entry["agent"] not in {name for name, _ in found}:
        found |= {(entry["agent"], word) for word in _shared_subject(analysis, trigger)}
    if entry.get("theme") == "Target":
        found |= {("Target", word) for word in _struck(analysis, trigger)}
    found = beside(analysis, trigger, kind, entry, found)
    names = {name for name, _ in found}
    anchor = _anchor(analysis, "kairos", trigger) if own else None
    extra = {(role.label, head(analysis, role.first, role.last)) for role in (anchor.roles if anchor else ())}
    trusted = set(entry.get("kairos", ())) - names
    found |= {(name, word) for name, word in extra if name in trusted and sentence.first <= word < sentence.last}
    if entry.get("place") and not any(sentence.first <= word < sentence.last for word in elsewhere):
        found |= {("Place", one) for word in _places(analysis, trigger) for one in _listed(analysis, word)}
        struck = (word for name, word in found if name == "Target")
        found -= {("Place", word) for word in struck if not analysis.tags["entity"][word].endswith("LOC")}
    meant = {(name, _named(analysis, _counted(analysis, word))) for name, word in found}
    return {(name, word) for name, word in meant if _fits(analysis, name, word)}


def anchor_word(analysis: Analysis, first: int, last: int) -> int:
    """Return the word of a trigger that can open roles: its first verb or noun, else its head."""
    upos = analysis.tags["upos"]
    return next((word for word in range(first, last) if upos[word] in ("VERB", "NOUN")), head(analysis, first, last))


def _anchor(analysis: Analysis, layer: str, word: int) -> Anchor | None:
    return next((anchor for anchor in analysis.anchors[layer] if anchor.token == word), None)


def _fits(analysis: Analysis, name: str, word: int) -> bool:
    """Tell whether a word can be such an argument: no day, no relative pronoun, no attack as an attacker."""
    text = analysis.tokens[word].text.lower()
    if analysis.tags["upos"][word] not in NOMINAL or analysis.tags["timex"][word] != "O" or text in ("which", "that"):
        return False
    if name in ACTING and (_violent(analysis, word) or is_vehicle(analysis, word) or text in words("explosives")):
        return False
    if name == "Target" and (_violent(analysis, word) or text in words("explosives") or text in REFLEXIVE):
        return False
    if name in PEOPLE and not _is_people(analysis, word):
        return False
    return name not in ACTING or text not in closed("no actors") | {"device", "ied"}


def _is_people(analysis: Analysis, word: int) -> bool:
    """Tell whether a word is a name, a pronoun or a noun for people or a body."""
    text = analysis.tokens[word].text.lower()
    pos = analysis.tags["upos"][word]
    if analysis.tags["entity"][word] != "O" or pos == "NUM" or (pos == "PRON" and text != "it"):
        return True
    return text in _people() or (text,) in titles()


@cache
def _people() -> frozenset[str]:
    entries = load_table("groups", GroupWord)
    bodies = (*closed("governments"), *closed("militaries"), *closed("group nouns"))
    return frozenset(word for entry in entries for word in (*entry.singular, *entry.plural)) | frozenset(bodies)


def _named(analysis: Analysis, word: int) -> int:
    """Return the name that stands with a title or a noun: "the group X", "Mr X", "X, a spokesman" stay with X."""
    arcs, entity = analysis.arcs["dep"], analysis.tags["entity"]
    if analysis.tokens[word].text.lower().rstrip(".") in ("mr", "mrs", "ms", "dr"):
        return next((child for child in arcs.children(word) if arcs.labels[child] == "flat"), word)
    if entity[word] != "O":
        return word
    near = (child for child in arcs.children(word) if arcs.labels[child] in ("appos", "flat"))
    return next((child for child in near if entity[child] in ("B-PER", "B-ORG")), word)


def _counted(analysis: Analysis, word: int) -> int:
    """Return whom a counting word counts: "hundreds of prisoners" → prisoners."""
    upos = analysis.tags["upos"]
    for at in range(word + 1, min(word + 4, len(upos))) if upos[word] == "NUM" else ():
        if upos[at] == "NOUN":
            return at  # "seven Taliban militants", where the number was taken for the head
        if upos[at] not in ("ADJ", "PROPN"):
            break
    if analysis.tokens[word].text.lower() not in COUNTING:
        return word
    arcs = analysis.arcs["dep"]
    return next((child for child in arcs.children(word) if child > word and arcs.labels[child] == "nmod"), word)


def _by_roles(analysis: Analysis, trigger: int, entry: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the arguments that the semantic roles fill, lists word by word."""
    anchor = _anchor(analysis, "srl", trigger)
    roles = anchor.roles if anchor else ()
    theme = entry.get("theme", "")
    if analysis.tokens[trigger].text.lower() in entry.get("device", ()):
        theme = "ExplosiveDevice"
    if not any(role.label == "ARG0" for role in roles):
        theme = entry.get("alone", theme)
    names = {"ARG0": entry.get("agent", ""), "ARG1": theme, "ARG2": entry.get("goal", "")}
    for role in roles:
        word = head(analysis, role.first, role.last)
        nominal = analysis.tags["upos"][trigger] != "VERB" and analysis.arcs["dep"].labels[word] == "compound"
        if names.get(role.label) and not nominal:
            for one in _joined(analysis, word, role.first, role.last):
                yield names[role.label], one


def _by_light_verb(analysis: Analysis, trigger: int, entry: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the subject of a verb whose object is the trigger: "X launched attacks"."""
    arcs = analysis.arcs["dep"]
    verb = int(arcs.heads[trigger])
    if arcs.labels[trigger] == "obj" and entry.get("agent") and analysis.tokens[verb].text.lower() in _light():
        anchor = _anchor(analysis, "srl", verb)
        for role in anchor.roles if anchor else ():
            if role.label == "ARG0":
                yield entry["agent"], head(analysis, role.first, role.last)


@cache
def _light() -> frozenset[str]:
    doing = (*sorted(closed("doing verbs")), "issue", "give", "hold", "send", "call")
    return frozenset(form for verb in doing for form in forms(verb))


def _shared_subject(analysis: Analysis, trigger: int) -> Iterator[int]:
    """Yield the subject that an active verb takes over from the verb it is joined to: "responded by …, asking X"."""
    arcs = analysis.arcs["dep"]
    verb = trigger
    for _ in range(CLIMB):
        own = [child for child in arcs.children(verb) if arcs.labels[child] in ("nsubj", "aux")]
        if own or arcs.labels[verb] not in ("conj", "advcl", "xcomp") or analysis.tags["upos"][verb] != "VERB":
            break
        verb = int(arcs.heads[verb])
    subjects = [child for child in arcs.children(verb) if arcs.labels[child] == "nsubj"]
    if verb != trigger and not is_passive(analysis, verb):
        yield from subjects[:1]


def _by_prepositions(analysis: Analysis, trigger: int, entry: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield what prepositions tie to a trigger: "attacks on X" its target, "a meeting with X" who took part."""
    arcs = analysis.arcs["dep"]
    for child in arcs.children(trigger):
        case = next((analysis.tokens[c].text.lower() for c in arcs.children(child) if arcs.labels[c] == "case"), "")
        if arcs.labels[child] in ("nmod", "obl") and case == "with" and entry.get("with"):
            yield entry["with"], child
        if arcs.labels[child] == "nmod" and case in AIMING and entry.get("theme") == "Target":
            yield "Target", child


def _struck(analysis: Analysis, trigger: int) -> Iterator[int]:
    """Yield what an attack strikes: "the explosion shattered X", "X was shattered by an explosion", "aimed at X"."""
    arcs = analysis.arcs["dep"]
    verb = int(arcs.heads[trigger])
    if arcs.labels[trigger] in ("nsubj", "obl") and text_of(analysis, verb) in _striking():
        wanted = "obj" if arcs.labels[trigger] == "nsubj" else "nsubj"
        yield from (child for child in arcs.children(verb) if arcs.labels[child] == wanted)
    for clause in arcs.children(trigger):
        if arcs.labels[clause] == "acl" and analysis.tokens[clause].text.lower() in ("aimed", "targeted", "targeting"):
            yield from (child for child in arcs.children(clause) if arcs.labels[child] in ("obl", "obj"))


@cache
def _striking() -> frozenset[str]:
    striking = (*sorted(closed("strike words")), "shatter", "rock", "tear through", "rip")
    return frozenset(form for verb in striking for form in forms(verb)) - verbs("hurt")


def _joined(analysis: Analysis, word: int, first: int, last: int) -> Iterator[int]:
    yield word
    arcs = analysis.arcs["dep"]
    for child in arcs.children(word):
        if first <= child < last and arcs.labels[child] == "conj" and child != word:
            yield from _joined(analysis, child, first, last)


def _places(analysis: Analysis, trigger: int) -> Iterator[int]:
    """Yield places: where the roles say it was, and names tied to the trigger by a preposition of place."""
    anchor = _anchor(analysis, "srl", trigger)
    for role in anchor.roles if anchor else ():
        if role.label == "ARGM-LOC":
            word = head(analysis, role.first, role.last)
            if analysis.tokens[word].text.lower() not in NOWHERE and not _violent(analysis, word):
                yield word
    arcs = analysis.arcs["dep"]
    sentence = next(s for s in analysis.sentences if s.first <= trigger < s.last)
    for word in range(sentence.first, sentence.last):
        cases = {analysis.tokens[c].text.lower() for c in arcs.children(word) if arcs.labels[c] == "case"}
        if analysis.tags["entity"][word].endswith("LOC") and cases & LOCATING and _under(analysis, word, trigger):
            yield word
    verb = int(arcs.heads[trigger])
    if analysis.tags["upos"][trigger] != "VERB" and arcs.labels[trigger] in ("nsubj", "obl", "obj"):
        for word in labelled(arcs, verb, "obl"):
            if analysis.tags["entity"][word].endswith("LOC") and case_of(analysis, word) in LOCATING:
                yield word
        if arcs.labels[trigger] == "nsubj" and case_of(analysis, verb) in LOCATING:
            yield verb


def _listed(analysis: Analysis, place: int) -> Iterator[int]:
    """Yield a place and the names of places that a list joins to it."""
    for word in joined(analysis.arcs["dep"], place):
        if word == place or analysis.tags["entity"][word].endswith("LOC"):
            yield word


def _violent(analysis: Analysis, word: int) -> bool:
    """Tell whether a word names an attack ("killed in blasts in X"): the place is the attack's."""
    text = analysis.tokens[word].text.lower()
    return text in words("bangs") or not closed("attack nouns").isdisjoint((text, text.removesuffix("s")))


def _under(analysis: Analysis, word: int, trigger: int) -> bool:
    """Tell whether a word hangs on the trigger through nouns alone."""
    arcs = analysis.arcs["dep"]
    for _ in range(CLIMB):
        word = int(arcs.heads[word])
        if word == trigger:
            return True
        if word < 0 or analysis.tags["upos"][word] == "VERB":
            return False
    return False
