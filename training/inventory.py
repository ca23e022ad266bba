"""Which labels each layer has: counted on the training documents, written once per run, read by everything after."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from model import ANCHOR_LAYERS, NUMBER_LAYERS, Inventory
from prepare.form import Document

BIO_LAYERS = {"entity", "gmb", "military", "timex", "attribution"}
# A role seen more rarely than this isn't learnt: it becomes OTHER (events) or nothing (srl), so that the role tables stay small.
MINIMUM = {"srl": 25, "event": 25, "kairos": 10}
MINIMUM_TAG = {"military": 15, "trigger": 1, "kairos": 5}
KEEP_OTHER = {"event"}


def count(documents: Iterable[Document]) -> Inventory:
    """Inventory of the layers found in the documents."""
    tags: dict[str, Counter[str]] = {}
    roles: dict[str, Counter[str]] = {}
    relations: set[str] = set()
    for document in documents:
        relations.update(document.relations or ())
        for name, labels in document.tags.items():
            if not name.startswith("gold:") and name not in NUMBER_LAYERS:
                tags.setdefault(name, Counter()).update(str(label) for label in labels if label is not None)
        for name, anchors in document.anchors.items():
            roles.setdefault(name, Counter()).update(role[0] for anchor in anchors for role in anchor.roles)
    layers = {name: _tag_labels(name, counts) for name, counts in sorted(tags.items())}
    layers |= {name: ["value"] for name in NUMBER_LAYERS}
    anchors = {name: _role_labels(name, roles[name]) for name in ANCHOR_LAYERS if name in roles}
    return Inventory(layers, sorted(relations), anchors)


def _tag_labels(name: str, counts: Counter[str]) -> list[str]:
    if name in BIO_LAYERS:
        kinds = sorted(
            {label[2:] for label in counts if label != "O" and counts[f"B-{label[2:]}"] >= MINIMUM_TAG.get(name, 1)}
        )
        return bio_labels(kinds)
    if name == "sentence":
        return ["inside", "start"]
    kept = sorted(label for label in counts if counts[label] >= MINIMUM_TAG.get(name, 1))
    return ["O", *(label for label in kept if label != "O")] if "O" in counts else kept


def _role_labels(name: str, counts: Counter[str]) -> list[str]:
    kept = sorted(role for role, times in counts.items() if times >= MINIMUM.get(name, 1))
    return bio_labels([*kept, "OTHER"] if name in KEEP_OTHER else kept)


def bio_labels(kinds: list[str]) -> list[str]:
    """O, B-x, I-x, B-y, I-y, …"""
    return ["O", *(f"{prefix}-{kind}" for kind in kinds for prefix in "BI")]


def save(inventory: Inventory, path: Path) -> None:
    """Write as JSON."""
    path.write_text(
        json.dumps({"tags": inventory.tags, "relations": inventory.relations, "anchors": inventory.anchors}, indent=1)
    )


def load(path: Path) -> Inventory:
    """Read what ``save`` wrote."""
    return Inventory(**json.loads(path.read_text()))
