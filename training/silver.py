"""Silver labels: `PYTHONPATH=../src python silver.py BUILD DATA PREPARED` writes PREPARED/silver-*.train.jsonl.gz.

A build labels paragraphs of the human-rights reports (public domain), and the layers that some corpora lack. Only what it
is sure of becomes gold; the rest is masked. It learns nothing from its own labels as such: the gain, if any, is that the
student has to say the same with pieces hidden (`train.py --silver`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from builds import Build
from decode import Bio, Floats
from model import ANCHOR_LAYERS
from prepare.form import Anchor, Document, read, spans_of, write
from windows import Window, cut

SEED = 20261130
WORDS = (30, 160)  # of a paragraph that is drawn
REPORT_WORDS = 160_000
SURE, SURE_SPAN = 0.8, 0.5  # of a word's label; of every word of a chain or of an anchor's roles
PICKED = (0.1, 0.8)  # below: certainly no anchor; above: certainly one; between: masked
COMPLETED = {"polnear.train": 80, "masc.train": 2000}  # documents drawn


def paragraphs(data: Path) -> Iterator[Document]:
    """Paragraphs of the reports in random order, each once (the reports repeat themselves from year to year)."""
    from sayso.language.sentences import sentence_ends
    from sayso.language.tokens import tokenise

    with gzip.open(data / "state_hr_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = sorted({text for line in lines for text in json.loads(line)["paragraphs"]})
    random.Random(SEED).shuffle(texts)
    seen: set[str] = set()
    for number, text in enumerate(texts):
        tokens = tokenise(text, 0, len(text))
        key = " ".join(token.text for token in tokens[:12])
        if WORDS[0] <= len(tokens) <= WORDS[1] and key not in seen:
            seen.add(key)
            starts = [0, *sentence_ends(tokens)][:-1]
            yield Document("reports", str(number), [token.text for token in tokens], starts)


def limited(documents: Iterable[Document], words: int) -> Iterator[Document]:
    """Documents until there are enough words."""
    for document in documents:
        if words <= 0:
            return
        words -= len(document.words)
        yield document


class Labeller:
    """Adds the layers that a document lacks."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.chains = {name: Bio(build.layers[name]) for name in ("attribution", "entity") if name in build.layers}

    def __call__(self, document: Document) -> Document:
        """The document with silver `entity`, `attribution`, `srl`, `upos` and tree where it has no gold."""
        size = len(document.words)
        new = [name for name in (*self.chains, "upos") if name not in document.tags]
        document.tags |= {name: [None] * size for name in new}
        anchors = [] if "srl" in document.anchors else ["srl"]
        for name in anchors:
            document.anchors[name], document.tags[f"gold:{name}"] = [], [None] * size
        tree = document.heads is None
        if tree:
            document.heads, document.relations = [-2] * size, [""] * size
        for window, out in self.build.over(list(cut(document, 110, document.sentences))):
            self._tags(window, out, new)
            for name in anchors:
                self._anchors(window, out, name)
            if tree:
                self._tree(window, out)
        if "attribution" in new and None in document.tags["attribution"]:
            del document.tags["attribution"]  # a chain is whole or nothing
        return document

    def _tags(self, window: Window, out: dict[str, Floats], names: list[str]) -> None:
        for name in names:
            window.document.tags[name][window.first : window.end] = self._labels(name, out[f"tag.{name}"])

    def _labels(self, name: str, scores: Floats) -> list[str | None]:
        labels, chain = self.build.layers[name]["labels"], self.chains.get(name)
        path = chain.path(scores) if chain else scores.argmax(-1).tolist()
        if chain and name == "attribution":
            least = marginals(chain, scores)[range(len(path)), path].min()
            return [labels[i] if least >= SURE_SPAN else None for i in path]
        sure = softmax(scores)[range(len(path)), path]
        known = [labels[i] if chance >= SURE else None for i, chance in zip(path, sure, strict=True)]
        for _, first, last in spans_of([labels[i] for i in path]) if chain else ():
            if None in known[first : last + 1]:  # an entity is whole or nothing
                known[first : last + 1] = [None] * (last + 1 - first)
        return known

    def _anchors(self, window: Window, out: dict[str, Floats], name: str) -> None:
        document, decoder = window.document, Bio(self.build.anchors[name])
        chance = 1 / (1 + np.exp(-out["tag.anchor"][:, ANCHOR_LAYERS.index(name)]))
        known = document.tags[f"gold:{name}"]
        for word in np.flatnonzero(chance < PICKED[0]):
            known[window.first + int(word)] = "O"
        for row, word in enumerate(out[f"{name}.index"].tolist()):
            if chance[word] < PICKED[1]:
                continue
            scores = out[f"{name}.scores"][row]
            path = decoder.path(scores)
            if softmax(scores)[range(len(path)), path].min() >= SURE_SPAN:
                known[window.first + word] = "A"
                roles = [(role, a + window.first, b + window.first) for role, a, b in decoder.spans(scores)]
                document.anchors[name].append(Anchor(window.first + word, roles))

    def _tree(self, window: Window, out: dict[str, Floats]) -> None:
        document, labels = window.document, self.build.layers["dep"]["labels"]
        heads = softmax(out["dep.head"])
        for word, head in enumerate(heads.argmax(-1).tolist()):
            if heads[word, head] >= SURE:
                document.heads[window.first + word] = -1 if head == 0 else head - 1 + window.first  # type: ignore[index]
                document.relations[window.first + word] = labels[int(out["dep.label"][word].argmax())]  # type: ignore[index]


def softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    return scores / scores.sum(-1, keepdims=True)


def marginals(chain: Bio, scores: Floats) -> Floats:
    """W×C: the probability of each label at each word under a chain."""
    forward, backward = [chain.start + scores[0]], [chain.end]
    for row in scores[1:]:
        forward.append(_sum(forward[-1][:, None] + chain.transitions, 0) + row)
    for row in scores[:0:-1]:
        backward.append(_sum(chain.transitions + (row + backward[-1])[None], 1))
    return softmax(np.array(forward) + np.array(backward[::-1]))


def _sum(scores: Floats, axis: int) -> Floats:
    top = scores.max(axis, keepdims=True)
    return np.log(np.exp(scores - top).sum(axis)) + top.squeeze(axis)


def main() -> None:
    """Write one file a source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("prepared", type=Path)
    options = parser.parse_args()
    label = Labeller(Build(options.build))
    for name, count in COMPLETED.items():
        path = options.prepared / f"{name}.jsonl.gz"
        if not path.exists():  # `prepare --licences strict` leaves some out
            continue
        documents = list(read(path))
        drawn = random.Random(SEED).sample(documents, min(count, len(documents)))
        _report(name, options.prepared, map(label, drawn))
    _report("reports.train", options.prepared, map(label, limited(paragraphs(options.data), REPORT_WORDS)))


def _report(name: str, prepared: Path, documents: Iterable[Document]) -> None:
    count, words = write(prepared / f"silver-{name}.jsonl.gz", documents)
    print(f"silver-{name:24} {count:6} documents {words:9,} words", flush=True)


if __name__ == "__main__":
    main()
