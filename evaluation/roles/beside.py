"""Arguments that grammar ties to a trigger where the semantic roles leave them or name them otherwise, type by type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evaluation.roles.trees import case_of, is_passive, is_vehicle, labelled, text_of, verbs, words
from sayso.language.analysis import Analysis

Found = set[tuple[str, int]]
"""Arguments: name and head word."""
SWAPPED = {"Recipient": "Giver", "Giver": "Recipient"}


def beside(analysis: Analysis, trigger: int, kind: str, entry: Mapping[str, Any], found: Found) -> Found:
    """Return the arguments found by roles, mended by what stands beside the trigger.

    Args:
        analysis: of the document.
        trigger: its word.
        kind: event type.
        entry: of ``mapping.toml``.
        found: what semantic roles and prepositions gave.

    """
    if kind.startswith("Movement"):
        ends = set(_journey(analysis, trigger))
        return {(name, word) for name, word in found if word not in {end for _, end in ends}} | ends
    if kind.startswith("Transaction"):
        return set(_trade(analysis, trigger, found))
    if kind.startswith("Conflict.Attack"):
        return set(_attack(analysis, trigger, found))
    if kind.startswith("Life."):
        return found | {("Victim", word) for word in _hurt(analysis, trigger)}
    if kind.startswith("Contact") and entry.get("goal"):
        return found | {(entry["goal"], word) for word in _told(analysis, trigger)}
    if kind.startswith("Justice"):
        return found | set(_justice(analysis, trigger, entry))
    return found


def _journey(analysis: Analysis, trigger: int) -> Iterator[tuple[str, int]]:
    """Yield ends and vehicle: "flew from X to Y in a plane", "reached X", "left X", "drove the truck"."""
    arcs, verb = analysis.arcs["dep"], text_of(analysis, trigger)
    for child in arcs.children(trigger):
        label, case = arcs.labels[child], case_of(analysis, child)
        if label in ("nsubj", "obj", "obl") and is_vehicle(analysis, child) and case in words("aboard"):
            yield "Vehicle", child
        elif label in ("obl", "nmod") and case in words("to") | words("from"):
            yield "Destination" if case in words("to") else "Origin", child
        elif label == "obl" and case in ("in", "at") and verb in verbs("arrive"):
            yield "Destination", child
        elif label == "obj" and verb in verbs("reach") | verbs("leave"):
            yield "Destination" if verb in verbs("reach") else "Origin", child


def _trade(analysis: Analysis, trigger: int, found: Found) -> Iterator[tuple[str, int]]:
    """Yield who gives and who gets: the subject of "sold" gives, so does the one that something is bought "from"."""
    gives = text_of(analysis, trigger) in verbs("sell")
    yield from ((SWAPPED.get(name, name) if gives else name, word) for name, word in found)
    for child in labelled(analysis.arcs["dep"], trigger, "obl", "nmod"):
        if case_of(analysis, child) == "from":
            yield "Giver", child


def _attack(analysis: Analysis, trigger: int, found: Found) -> Iterator[tuple[str, int]]:
    """Yield the arguments of an attack: an explosive is its device, "crashed into X" its target, "an X raid" by X."""
    arcs, noun = analysis.arcs["dep"], analysis.tags["upos"][trigger] == "NOUN"
    for name, word in found:
        bomb = name in ("Attacker", "Target") and text_of(analysis, word) in words("explosives")
        rams = arcs.labels[word] == "nsubj" and is_vehicle(analysis, word) and not is_passive(analysis, trigger)
        yield "ExplosiveDevice" if bomb else "Instrument" if rams and arcs.heads[word] == trigger else name, word
    for child in labelled(arcs, trigger, "nsubj", "obj", "obl", "compound"):
        if text_of(analysis, child) in words("explosives"):
            yield "ExplosiveDevice", child
        elif arcs.labels[child] == "obl" and case_of(analysis, child) == "into":
            yield "Target", child
    for child in labelled(arcs, trigger, "compound") if noun else ():
        if analysis.tags["entity"][child].endswith("ORG") or text_of(analysis, child) in words("forces"):
            yield "Attacker", child
        elif text_of(analysis, child) in words("sites"):
            yield "Target", child


def _hurt(analysis: Analysis, trigger: int) -> Iterator[int]:
    """Yield who suffers: "X suffered injuries", "X was dead", "shot X dead", "X was shot dead"."""
    arcs = analysis.arcs["dep"]
    verb = int(arcs.heads[trigger])
    if arcs.labels[trigger] == "obj" and text_of(analysis, verb) in verbs("suffer"):
        yield from labelled(arcs, verb, "nsubj")
    if text_of(analysis, trigger) != "dead":
        return
    yield from labelled(arcs, trigger, "nsubj")
    if text_of(analysis, verb) in verbs("dead"):
        yield from labelled(arcs, verb, "obj") or labelled(arcs, verb, "nsubj")


def _told(analysis: Analysis, trigger: int) -> Iterator[int]:
    """Yield to whom something is said: "told X", "said to X"."""
    for child in labelled(analysis.arcs["dep"], trigger, "iobj", "obl"):
        if analysis.arcs["dep"].labels[child] == "iobj" or case_of(analysis, child) == "to":
            yield child


def _justice(analysis: Analysis, trigger: int, entry: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield who is held or tried and by whom: "X is in custody", "X faces charges", "tried in court", "an X raid"."""
    arcs = analysis.arcs["dep"]
    above, label = int(arcs.heads[trigger]), arcs.labels[trigger]
    if entry.get("theme") == "Detainee" and text_of(analysis, trigger) in words("held"):
        holders = [above] if label == "nmod" else labelled(arcs, above if label == "obl" else trigger, "nsubj")
        yield from (("Detainee", word) for word in holders)
    if entry.get("theme") == "Defendant":
        if label == "obj" and text_of(analysis, above) in verbs("face"):
            yield from (("Defendant", word) for word in labelled(arcs, above, "nsubj"))
        courts = (word for word in labelled(arcs, trigger, "obl") if text_of(analysis, word) == "court")
        yield from (("JudgeCourt", word) for word in courts if case_of(analysis, word) in ("in", "by"))
    if analysis.tags["upos"][trigger] == "NOUN" and entry.get("agent") not in ("", None, "Defendant"):
        for word in labelled(arcs, trigger, "compound"):
            if analysis.tags["entity"][word].endswith("ORG") or text_of(analysis, word) in words("forces"):
                yield entry["agent"], word
