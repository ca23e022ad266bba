"""Text embedding, evaluation only: is the nearest report one of the same incident? On a pool of US shooting reports."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
from builds import Build
from prepare.form import Document
from prepare.words import sentence_starts, tokenise
from windows import MAX_WORDS, Window

POOL = 400  # reports: the first of the file whose incident has at least two among them


def nearest_report(build: Build, data: Path) -> dict[str, float]:
    """Accuracy of the nearest neighbour by cosine, on title and first words."""
    with gzip.open(data / "gva/docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [record for record in map(json.loads, lines) if record.get("incident_id")][: 4 * POOL]
    counts: dict[str, int] = {}
    for record in records:
        counts[record["incident_id"]] = counts.get(record["incident_id"], 0) + 1
    chosen = [record for record in records if counts[record["incident_id"]] > 1][:POOL]
    windows = [Window(document, 0, len(document.words)) for document in map(_opening, chosen)]
    vectors = {id(window): out["embedding"] for window, out in build.over(windows)}
    table = np.stack([vectors[id(window)] for window in windows])
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    similar = table @ table.T
    np.fill_diagonal(similar, -1.0)
    incidents = np.array([record["incident_id"] for record in chosen])
    return {"accuracy": 100 * float((incidents[similar.argmax(1)] == incidents).mean()), "reports": float(len(chosen))}


def _opening(record: dict) -> Document:
    text = f"{record.get('title') or ''}. {record['text']}"[:2000]
    words = [word for word, _, _ in tokenise(text)][:MAX_WORDS]
    return Document("gva", record["doc_id"], words, list(sentence_starts(words)))
