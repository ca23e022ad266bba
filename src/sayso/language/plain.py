"""An analysis as plain JSON values: what ``sayso analyse --json`` prints (``sayso.analysis/1``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sayso.language.analysis import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.language.analysis import Analysis, Chunk

SCHEMA: Final = "sayso.analysis/1"
TOKEN_LAYERS: Final = ("upos", "xpos", "trigger", "kairos")  # shown at each token where they say something
_NOTHING: Final = {"O", ""}


def as_data(analysis: Analysis) -> dict[str, Any]:
    """Return all layers of an analysis; character ranges are half-open code points of the report's text.

    Keys: `report` (id, title, text, blocks), `model` (null where only rules ran), `sentences`, `tokens`, `spans`
    (layer → labelled stretches), `anchors` (layer → words that open roles), `mentions` (token → its antecedent; a
    first mention is its own), `embedding`. Token numbers count from 0.
    """
    report = analysis.report
    return {
        "report": {
            "id": report.id,
            "title": report.title,
            "text": report.text,
            "blocks": [block.model_dump() for block in report.blocks],
        },
        "model": analysis.model,
        "sentences": _sentences(analysis),
        "tokens": _tokens(analysis),
        "spans": {layer: _stretches(analysis, analysis.chunks(layer)) for layer in span_layers(analysis)},
        "anchors": {
            layer: [
                {"token": anchor.token, "score": anchor.score, "roles": _stretches(analysis, anchor.roles)}
                for anchor in anchors
            ]
            for layer, anchors in analysis.anchors.items()
        },
        "mentions": _mentions(analysis),
        "embedding": None if analysis.embedding is None else [round(float(x), 4) for x in analysis.embedding],
    }


def span_layers(analysis: Analysis) -> list[str]:
    """Return the names of the tag layers whose labels mark stretches (BIO)."""
    return [name for name, labels in analysis.tags.items() if any(label.startswith("B-") for label in _known(labels))]


def _known(labels: Sequence[str]) -> Sequence[str]:
    """Return the labels a layer has, where it says so, else those it uses."""
    return labels.labels if isinstance(labels, Labels) else labels


def _sentences(analysis: Analysis) -> list[dict[str, Any]]:
    roles = analysis.roles_of_sentences.get("role", [None] * len(analysis.sentences))
    return [
        {
            "first": sentence.first, "last": sentence.last, "start": sentence.start, "end": sentence.end,
            "block": sentence.block, "role": role,
        }
        for sentence, role in zip(analysis.sentences, roles, strict=True)
    ]  # fmt: skip


def _tokens(analysis: Analysis) -> list[dict[str, Any]]:
    columns: dict[str, list[Any]] = {
        layer: list(analysis.tags[layer]) for layer in TOKEN_LAYERS if layer in analysis.tags
    }
    tree = analysis.arcs.get("dep")
    if tree is not None:
        columns |= {"head": tree.heads.tolist(), "relation": list(tree.labels)}
    for layer, values in analysis.numbers.items():
        columns[layer] = [round(float(value), 2) for value in values]
    return [
        {"start": token.start, "end": token.end, "text": token.text}
        | {name: column[index] for name, column in columns.items() if column[index] not in _NOTHING}
        for index, token in enumerate(analysis.tokens)
    ]


def _stretches(analysis: Analysis, chunks: Iterable[Chunk]) -> list[dict[str, Any]]:
    text, tokens = analysis.report.text, analysis.tokens
    return [
        {
            "label": chunk.label, "first": chunk.first, "last": chunk.last,
            "start": (start := tokens[chunk.first].start), "end": (end := tokens[chunk.last - 1].end),
            "text": text[start:end],
        }
        for chunk in chunks
    ]  # fmt: skip


def _mentions(analysis: Analysis) -> dict[str, int]:
    arcs = analysis.arcs.get("coref")
    return {} if arcs is None else {str(i): head for i, head in enumerate(arcs.heads.tolist()) if head >= 0}
