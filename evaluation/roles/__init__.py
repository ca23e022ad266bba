"""The exam ``roles``: who attacked whom with what and where, given the trigger and its type (WikiEvents).

An argument is right where its name and the head word of its mention are; its sentence is all that is looked at. How the
model's roles become arguments stands in ``mapping.toml``; see ``fill.py``.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from evaluation import Exam
from evaluation.language.corpora import Document, draft
from evaluation.language.figures import head
from evaluation.roles.fill import anchor_word, arguments
from evaluation.roles.training_texts import training
from sayso.errors import SetupError
from sayso.language.analysis import Analysis
from sayso.language.engine import default_model, enrich

Argument = tuple[int, str, int]
"""Trigger (its number), name, head word."""

PLACED = ("Conflict.Attack", "Life.Die", "Life.Injure")
"""Types whose events in one sentence share a place: WikiEvents gives it to the first of these."""
FIGURES: dict[str, frozenset[str]] = {
    "attacker": frozenset({"Attacker"}),
    "target": frozenset({"Target"}),
    "victim": frozenset({"Victim"}),
    "device": frozenset({"ExplosiveDevice"}),
    "place": frozenset({"Place"}),
}
"""Figure → the names of WikiEvents that count for it."""


def exam(data: Path, split: str | None = None) -> Exam:
    """Fill the arguments of every gold trigger of a split.

    Args:
        data: folder with ``wikievents/SPLIT.jsonl``.
        split: "dev" by default; "train" is what rules are chosen on: there the model's own layer for these events,
            which was trained on it, is left out.

    Raises:
        SetupError: no model is installed: roles are read by it alone.

    """
    split = split or "dev"
    records = _records(data / "wikievents", split)
    model = default_model()
    if model is None:
        raise SetupError("no model is installed", place="exam roles", way_out="install one, or set SAYSO_MODEL")
    # once without gold, so that the triggers' own words are known by their parts of speech
    plain = list(enrich(((draft(_document(record)), {}) for record in records), model))
    jobs = [
        (draft(_document(r)), {"srl": _words(a, r), "kairos": _words(a, r)})
        for r, a in zip(records, plain, strict=True)
    ]
    tally: Counter[tuple[str, str]] = Counter()
    for record, analysis in zip(records, enrich(jobs, model), strict=True):
        tally += compare(gold(record, analysis), filled(record, analysis, own=split != "train"))
    return Exam("roles", split, len(records), {f"{name}.f": f1(tally, name) for name in (*FIGURES, "all")})


def _records(folder: Path, split: str) -> list[dict[str, Any]]:
    if split == "train":
        return training(folder / "wiki-train-human.jsonl")
    return [json.loads(line) for line in (folder / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]


def _document(record: dict[str, Any]) -> Document:
    document = Document(record["doc_id"], words=record["tokens"], paragraphs=[0])
    at = 0
    for words, _ in record["sentences"]:
        document.sentences.append(at)
        at += len(words)
    return document


def _words(analysis: Analysis, record: dict[str, Any]) -> frozenset[int]:
    triggers = (event["trigger"] for event in record["event_mentions"])
    return frozenset(anchor_word(analysis, trigger["start"], trigger["end"]) for trigger in triggers)


def gold(record: dict[str, Any], analysis: Analysis) -> set[Argument]:
    """Return the arguments of a document, each with the head word of its mention."""
    mentions = {m["id"]: (m["start"], m["end"]) for m in record["entity_mentions"]}
    return {
        (number, argument["role"], head(analysis, *mentions[argument["entity_id"]]))
        for number, event in enumerate(record["event_mentions"])
        for argument in event["arguments"]
        if argument["entity_id"] in mentions
    }


def filled(record: dict[str, Any], analysis: Analysis, *, own: bool = True) -> set[Argument]:
    """Return the arguments that are read of a document with its triggers given; ``own`` as in ``fill.arguments``."""
    events = [(e["trigger"]["start"], e["trigger"]["end"], e["event_type"]) for e in record["event_mentions"]]
    return {
        (number, name, word)
        for number, (first, last, kind) in enumerate(events)
        for name, word in arguments(analysis, first, last, kind, elsewhere=_before(kind, events), own=own)
    }


def _before(kind: str, events: list[tuple[int, int, str]]) -> list[int]:
    """Return the triggers of the types that have a place before ``kind``."""
    rank = next((number for number, name in enumerate(PLACED) if kind.startswith(name)), 0)
    return [first for first, _, other in events if other.startswith(PLACED[:rank])]


def compare(wanted: set[Argument], found: set[Argument]) -> Counter[tuple[str, str]]:
    """Return the numbers wanted, found and right for every figure."""
    tally: Counter[tuple[str, str]] = Counter()
    for kind, rows in (("wanted", wanted), ("found", found), ("right", wanted & found)):
        for _, name, _ in rows:
            tally["all", kind] += 1
            for figure, names in FIGURES.items():
                tally[figure, kind] += name in names
    return tally


def f1(tally: Counter[tuple[str, str]], figure: str) -> float:
    """Return the F1 of a figure in per cent; 0 where there is nothing."""
    total = tally[figure, "wanted"] + tally[figure, "found"]
    return 200 * tally[figure, "right"] / total if total else 0.0
