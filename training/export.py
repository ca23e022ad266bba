"""Checkpoint → one ONNX file (float or int8) and its `model.json`: `python export.py CHECKPOINT RUN BASE OUT [--float]`."""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import shutil
import tempfile
from pathlib import Path

import inventory as inventories
import onnx
import torch
from embedding import Pooled, load_pooled
from encoder import SHAPES, Block, Encoder, Size
from inventory import BIO_LAYERS
from layers import FORBIDDEN
from model import ANCHOR_LAYERS, CRF_LAYERS, NUMBER_LAYERS, Inventory, Joint
from pieces import CHARACTERS, MAX_PIECES, WORDS
from quantise import quantise
from torch import Tensor, nn
from torch.nn import functional
from windows import MAX_WORDS, SAME_SENTENCE

VERSION = "2026-11-23"
THRESHOLDS = {"srl": 0.3, "quote": 0.2, "event": 0.3, "location": 0.15, "kairos": 0.3}
DECIDE = {"srl": 0.5, "quote": 0.5, "event": 0.5, "location": 0.3, "kairos": 0.5}
# Added to the score of O: rare triggers are shy otherwise (WikiEvents dev: F1 34.5 at 0, 47.8 at −1, 52.5 at −2, 51.2 at −3).
OUTSIDE = {"kairos": -2.0}
INPUTS = ["pieces", "mask", "shapes", "words", "wordmask", "sentences", "anchors"]


class FastBlock(nn.Module):
    """A block with query, key and value in one product: fewer and larger matrix products at run time."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block, self.heads = block, block.heads
        parts = (block.query, block.key, block.value)
        width = block.query.in_features
        self.joined = nn.Linear(width, 3 * width)
        self.joined.weight.data = torch.cat([part.weight.data for part in parts])
        self.joined.bias.data = torch.cat([part.bias.data for part in parts])
        self.scale = 1 / math.sqrt(width // self.heads)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """hidden B×L×H, bias B×1×1×L → B×L×H."""
        query, key, value = (
            part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in self.joined(hidden).chunk(3, -1)
        )  # B×N×L×D
        weights = torch.softmax(query @ key.transpose(-1, -2) * self.scale + bias, -1)  # B×N×L×L
        mixed = self.block.mix((weights @ value).transpose(1, 2).flatten(2))
        hidden = self.block.mix_norm(hidden + mixed)
        return self.block.norm(hidden + self.block.shrink(functional.gelu(self.block.grow(hidden))))


class Exported(nn.Module):
    """The graph of CONTRACT.md: inputs INPUTS, outputs a tuple in the order of ``output_names``."""

    def __init__(self, model: Joint, embedding: Pooled) -> None:
        super().__init__()
        self.model, self.embedding = model, embedding
        model.encoder.blocks = nn.ModuleList(FastBlock(block) for block in model.encoder.blocks)  # type: ignore[arg-type]

    def forward(
        self,
        pieces: Tensor,
        mask: Tensor,
        shapes: Tensor,
        words: Tensor,
        wordmask: Tensor,
        sentences: Tensor,
        anchors: Tensor,
    ) -> tuple[Tensor, ...]:
        """All layers of one batch of windows."""
        model = self.model
        hidden, layers = model.words(pieces, mask, shapes, words)  # B×W×H, B×L×H each
        outputs = [head(hidden) for head in model.tags.values()]
        dep = model.dep_scores(hidden, sentences)
        outputs += [dep, model.relations(hidden, dep.argmax(-1)), model.coref_scores(hidden)]
        pick = model.pick(hidden)  # B×W×(K+1)
        outputs.append(pick)
        for name, head in model.roles.items():
            column = ANCHOR_LAYERS.index(name)
            threshold = math.log(THRESHOLDS[name] / (1 - THRESHOLDS[name]))
            wanted = (pick[..., column] > threshold) | (anchors[..., column] > 0)
            index = torch.nonzero(wanted & (wordmask > 0))  # P×2
            outputs += [index, head(hidden, index)]
        outputs.append(self.embedding(layers, mask))
        return tuple(outputs)


def output_names(inventory: Inventory) -> list[str]:
    """Names of the outputs, in order."""
    names = [f"tag.{name}" for name in inventory.tags] + ["dep.head", "dep.label", "coref.head", "tag.anchor"]
    return names + [f"{name}.{part}" for name in inventory.anchors for part in ("index", "scores")] + ["embedding"]


def write_onnx(model: Joint, embedding: Pooled, path: Path) -> None:
    """Trace with dynamic axes."""
    names = output_names(model.inventory)
    generator = torch.Generator().manual_seed(0)
    pieces = torch.randint(1000, 2000, (3, 14), generator=generator)
    words = torch.arange(1, 10).expand(3, -1).contiguous()
    anchors = torch.zeros(3, 9, len(ANCHOR_LAYERS), dtype=torch.long)
    anchors[:, 2] = 1
    sentences = torch.tensor([0] * 5 + [1] * 4).expand(3, -1).contiguous()
    example = (
        pieces,
        torch.ones_like(pieces),
        torch.ones_like(pieces),
        words,
        torch.ones_like(words),
        sentences,
        anchors,
    )
    axes = {name: {0: "B", 1: "L"} for name in INPUTS[:3]} | {name: {0: "B", 1: "W"} for name in INPUTS[3:]}
    for name in names:
        picked = f"P_{name.split('.')[0]}"  # one name per layer: equal names would promise equal sizes
        axes[name] = (
            {0: picked}
            if name.endswith(".index")
            else {0: picked, 1: "W"}
            if name.endswith(".scores")
            else {0: "B", 1: "W"}
        )
    axes["embedding"] = {0: "B"}
    for name in ("dep.head", "coref.head"):
        axes[name][2] = "W1"
    exported = Exported(model, embedding).eval()
    with torch.no_grad():
        torch.onnx.export(
            exported,
            example,
            str(path),
            input_names=INPUTS,
            output_names=names,
            dynamic_axes=axes,
            opset_version=18,
            dynamo=False,
        )


def layer_list(model: Joint) -> list[dict]:
    """The ``layers`` of model.json."""
    inventory = model.inventory
    layers = [_tag_layer(model, name, labels) for name, labels in inventory.tags.items()]
    layers.append(
        {
            "name": "dep",
            "kind": "arc",
            "output": "dep.head",
            "labels_output": "dep.label",
            "labels": inventory.relations,
        }
    )
    layers.append(
        {"name": "coref", "kind": "arc", "output": "coref.head", "labels": [], "mention_column": len(ANCHOR_LAYERS)}
    )
    for name, labels in inventory.anchors.items():
        layers.append(
            {
                "name": name,
                "kind": "anchor",
                "index": f"{name}.index",
                "scores": f"{name}.scores",
                "labels": labels,
                "bio": True,
            }
            | {"threshold": THRESHOLDS[name], "decide": DECIDE[name], "same_sentence": name in SAME_SENTENCE}
        )
    return layers


def _tag_layer(model: Joint, name: str, labels: list[str]) -> dict:
    layer: dict = {"name": name, "kind": "tag", "output": f"tag.{name}", "labels": labels, "bio": name in BIO_LAYERS}
    if name in NUMBER_LAYERS:
        return layer | {"kind": "number", "range": [-3, 3], "at": "event word"}
    if name == "role":
        return layer | {"kind": "class", "at": "sentence start"}
    layer["transitions"] = None
    if name in CRF_LAYERS:
        transitions, start, end = (
            part.detach().float().clamp(min=FORBIDDEN).tolist() for part in model.crf[name].scores()
        )
        layer |= {"transitions": transitions, "start": start, "end": end}
    return layer


def model_json(model: Joint, folder: Path) -> dict:
    """Everything that the runtime needs to know besides the graph."""
    files = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("sayso.onnx", "tokenizer.json")
    }
    spec = {
        "version": VERSION,
        "files": files,
        "shapes": {name: number for number, name in enumerate(SHAPES)},
        "normalise": {"words": WORDS, "characters": CHARACTERS},
        "max_pieces_per_word": MAX_PIECES,
        "window": {"words": MAX_WORDS},
        "anchors": ANCHOR_LAYERS,
        "layers": layer_list(model),
    }
    return spec | {"digest": digest(spec)}


def digest(spec: dict) -> str:
    """SHA-256 of the canonical JSON of everything but itself, as it reads after a round trip."""
    read_back = {key: value for key, value in json.loads(json.dumps(spec)).items() if key != "digest"}
    text = json.dumps(read_back, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def load(checkpoint: Path, inventory: Path) -> Joint:
    """The trained model, ready to export or evaluate."""
    state = torch.load(checkpoint, weights_only=True, map_location="cpu")
    model = Joint(Encoder(Size(), 0.0), inventories.load(inventory), 0.0)
    model.load_state_dict(state.get("model", state))
    with torch.no_grad():
        for name, change in OUTSIDE.items():
            if name in model.tags:
                model.tags[name].bias[0] += change  # type: ignore[index, operator]
    return model.eval()


def main() -> None:
    """Write OUT/sayso.onnx, OUT/model.json and OUT/tokenizer.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("run", type=Path, help="folder with inventory.json")
    parser.add_argument("base", type=Path, help="folder with tokenizer.json")
    parser.add_argument("out", type=Path)
    parser.add_argument("--float", action="store_true", help="keep float32 weights")
    parser.add_argument("--keep-float", default="", help="comma-separated parts of names of weights that stay float")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    model = load(options.checkpoint, options.run / "inventory.json")
    with tempfile.TemporaryDirectory() as folder:
        traced = Path(folder) / "float.onnx"
        write_onnx(model, load_pooled(options.run), traced)
        graph = onnx.load(str(traced))
    if not options.float:
        quantise(graph, [part for part in options.keep_float.split(",") if part])
    onnx.save(graph, str(options.out / "sayso.onnx"))
    shutil.copy(options.base / "tokenizer.json", options.out / "tokenizer.json")
    (options.out / "model.json").write_text(json.dumps(model_json(model, options.out), ensure_ascii=False, indent=1))
    print(f"{(options.out / 'sayso.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
