"""The text embedding: the mean of what goes into the first block (pieces, places, shapes), whitened on training text.

Fine-tuning on tags and arcs ruins the mean of every later layer, but what goes in still says which words a text holds; whitening weighs them
as they deserve (LOG.md). `python embedding.py WEIGHTS RUN BASE PREPARED OUT` writes the weights with this map in them.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

import inventory as inventories
import torch
from encoder import Encoder, Size
from model import Joint
from pieces import Pieces
from prepare.form import read
from windows import MAX_WORDS, Encoding, Window, cut

CORPORA = {
    "polnear.train": 700,
    "newsdiscourse.train": 500,
    "wikievents.train": 206,
    "location.train": 600,
    "gum.train": 117,
    "ewt.train": 300,
}
WINDOWS_EACH = 2  # from one document
LEAST = 0.01  # of the mean variance: what a direction that hardly varies counts for at most
SIZE = 20.0  # norm of the map: keeps the numbers small


def sample(prepared: Path) -> list[Window]:
    """The first windows of training documents."""
    windows: list[Window] = []
    for name, count in CORPORA.items():
        path = prepared / f"{name}.jsonl.gz"
        for document in itertools.islice(read(path), count) if path.exists() else ():
            windows += itertools.islice(cut(document, MAX_WORDS, document.sentences), WINDOWS_EACH)
    return windows


@torch.no_grad()
def whiten(model: Joint, encoding: Encoding, windows: list[Window]) -> None:
    """Fit the map: no direction of the means over the windows varies more than another, as far as LEAST allows."""
    means = []
    for window in windows:
        batch = encoding.batch([window], gold=False)
        encoder = model.encoder
        pieces = encoder.pieces(batch["pieces"]) + encoder.shapes(batch["shapes"])
        means.append(encoder.norm(pieces + encoder.positions(torch.arange(pieces.shape[1]))).mean(1))
    x = torch.cat(means).double()
    centre = x.mean(0)
    values, vectors = torch.linalg.eigh((x - centre).T @ (x - centre) / len(x))
    weight = (vectors / torch.sqrt(values + LEAST * values.mean())).T  # H×H
    model.text.weight.copy_(weight / weight.norm() * SIZE)
    model.text.bias.copy_(-(model.text.weight.double() @ centre))
    print(f"{len(x)} windows")


def main() -> None:
    """Fit and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    inventory = inventories.load(options.run / "inventory.json")
    model = Joint(Encoder(Size(), 0.0), inventory, 0.0)
    state = torch.load(options.weights, weights_only=True, map_location="cpu")
    known = {name: value for name, value in state.items() if not name.startswith("text.")}
    lacking, unknown = model.load_state_dict(known, strict=False)
    if unknown or any(not name.startswith("text.") for name in lacking):
        raise SystemExit(f"{options.weights} doesn't fit: {lacking} {unknown}")
    whiten(model.eval(), Encoding(inventory, Pieces(options.base / "tokenizer.json")), sample(options.prepared))
    torch.save(model.state_dict(), options.out)


if __name__ == "__main__":
    main()
