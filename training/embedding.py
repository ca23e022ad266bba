"""The text embedding: a linear map of pooled layers, fitted so that it gives what the base model's embedding gave.

Fine-tuning on tags and arcs ruins the plain mean of the last layer (LOG.md); the lower layers still know what a text is about. Least squares on
a few thousand windows of training text is enough: `python embedding.py CHECKPOINT RUN BASE PREPARED` writes RUN/embedding.pt.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

import inventory as inventories
import torch
from encoder import Encoder, Size, load_base
from model import Joint
from pieces import Pieces
from prepare.form import read
from torch import Tensor, nn
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
RIDGE = 0.3
BATCH = 16


class Pooled(nn.Module):
    """Means over the pieces of some layers, joined, then a linear map; without a fitted map the mean of the last layer."""

    def __init__(self, layers: list[int], width: int, fitted: bool) -> None:
        super().__init__()
        self.layers = layers
        self.map = nn.Linear(len(layers) * width, width) if fitted else nn.Identity()

    def forward(self, layers: list[Tensor], mask: Tensor) -> Tensor:
        """Layers B×L×H each, mask B×L → B×H."""
        return self.map(torch.cat([mean(layers[number], mask) for number in self.layers], -1))


def mean(hidden: Tensor, mask: Tensor) -> Tensor:
    """B×L×H → B×H over real pieces."""
    weights = mask[:, :, None].to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1.0)


def load_pooled(run: Path) -> Pooled:
    """The fitted map of a run, or the plain mean where none was fitted."""
    path = run / "embedding.pt"
    if not path.exists():
        return Pooled([-1], Size().width, fitted=False)
    state = torch.load(path, weights_only=True)
    pooled = Pooled(state["layers"], Size().width, fitted=True)
    pooled.load_state_dict(state["state"])
    return pooled


def sample(prepared: Path) -> list[Window]:
    """The first windows of training documents."""
    windows: list[Window] = []
    for name, count in CORPORA.items():
        path = prepared / f"{name}.jsonl.gz"
        for document in itertools.islice(read(path), count) if path.exists() else ():
            windows += itertools.islice(cut(document, MAX_WORDS, document.sentences), WINDOWS_EACH)
    return windows


@torch.no_grad()
def fit(tuned: Encoder, base: Encoder, encoding: Encoding, windows: list[Window], layers: list[int]) -> Pooled:
    """Ridge regression from the tuned layers to the base model's normalised embedding."""
    inputs, targets = [], []
    order = sorted(windows, key=encoding.length)
    for start in range(0, len(order), BATCH):
        batch = encoding.batch(order[start : start + BATCH], gold=False)
        pieces, mask, shapes = batch["pieces"], batch["mask"], batch["shapes"]
        found = tuned.all_layers(pieces, mask, shapes)
        inputs.append(torch.cat([mean(found[number], mask) for number in layers], -1))
        targets.append(nn.functional.normalize(mean(base(pieces, mask, shapes), mask), dim=-1))
    x, y = torch.cat(inputs).double(), torch.cat(targets).double()
    x_mean, y_mean = x.mean(0), y.mean(0)
    x, y = x - x_mean, y - y_mean
    gram = x.T @ x
    weight = torch.linalg.solve(
        gram + RIDGE * gram.diagonal().mean() * 0.01 * torch.eye(len(gram)).double(), x.T @ y
    )  # kH×H
    pooled = Pooled(layers, y.shape[1], fitted=True)
    pooled.map.weight.copy_(weight.T)  # type: ignore[union-attr, operator]
    pooled.map.bias.copy_(y_mean - x_mean @ weight)  # type: ignore[union-attr, operator]
    print(f"{len(x)} windows, explained {1 - float(((y - x @ weight) ** 2).sum() / (y**2).sum()):.3f} of the variance")
    return pooled


def main() -> None:
    """Fit and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("--layers", default="0,1,2,3")
    options = parser.parse_args()
    inventory = inventories.load(options.run / "inventory.json")
    state = torch.load(options.checkpoint, weights_only=True, map_location="cpu")
    model = Joint(Encoder(Size(), 0.0), inventory, 0.0)
    model.load_state_dict(state.get("model", state))
    layers = [int(number) for number in options.layers.split(",")]
    encoding = Encoding(inventory, Pieces(options.base / "tokenizer.json"))
    pooled = fit(model.encoder.eval(), load_base(options.base, 0.0).eval(), encoding, sample(options.prepared), layers)
    torch.save({"layers": layers, "state": pooled.state_dict()}, options.run / "embedding.pt")


if __name__ == "__main__":
    main()
