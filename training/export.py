"""Checkpoint → one ONNX file (float or int8) and its `model.json`: `python export.py CHECKPOINT RUN BASE OUT [--float]`."""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import shutil
import tempfile
from pathlib import Path
from typing import Any

import inventory as inventories
import onnx
import torch
from encoder import SHAPES, Block, Encoder, Size
from inventory import BIO_LAYERS
from layers import FORBIDDEN, Syntax
from model import ANCHOR_LAYERS, CRF_LAYERS, NUMBER_LAYERS, Inventory, Joint
from pieces import CHARACTERS, MAX_PIECES, WORDS
from quantise import quantise
from torch import Tensor, nn
from torch.nn import functional
from windows import MAX_WORDS

VERSION = "2026-11-29"
THRESHOLDS = {"srl": 0.3, "quote": 0.2, "event": 0.3, "location": 0.15, "kairos": 0.15}
DECIDE = {"srl": 0.5, "quote": 0.5, "event": 0.5, "location": 0.3, "kairos": 0.5}
SENTENCE_ONLY = {"srl", "event", "location"}  # corpora of single sentences: an argument elsewhere was never seen
# Added to the score of O: rare triggers are shy otherwise (WikiEvents dev: F1 34.5 at 0, 47.8 at −1, 52.5 at −2, 51.2 at −3).
OUTSIDE = {"kairos": -2.0}
INPUTS = ["pieces", "shapes", "words", "sentences", "anchors"]


class Attend(torch.autograd.Function):
    """Attention of one window without padding, as one operator of ONNX Runtime."""

    @staticmethod
    def forward(ctx: object, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """B×L×H each → B×L×H."""
        q, k, v = (part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in (query, key, value))  # B×N×L×D
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]), -1)
        return (weights @ v).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        """The operator."""
        found = g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        found.setType(query.type())
        return found


class PlainNorm(nn.Module):
    """Layer normalisation in plain operators: ONNX Runtime's own takes a word at a time, these whole rows of registers."""

    def __init__(self, norm: nn.LayerNorm) -> None:
        super().__init__()
        self.weight, self.bias, self.eps = norm.weight, norm.bias, norm.eps

    def forward(self, x: Tensor) -> Tensor:
        """…×H → …×H."""
        centred = x - x.mean(-1, keepdim=True)
        spread = torch.sqrt((centred * centred).mean(-1, keepdim=True) + self.eps)
        return centred / spread * self.weight + self.bias


class FastBlock(nn.Module):
    """A block of one window without padding, from operators that are fast at run time."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block, self.heads = block, block.heads
        self.mix_norm, self.norm = PlainNorm(block.mix_norm), PlainNorm(block.norm)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:  # nothing is padded: no bias
        """hidden 1×L×H → 1×L×H."""
        block = self.block
        mixed = Attend.apply(block.query(hidden), block.key(hidden), block.value(hidden), self.heads)
        hidden = self.mix_norm(hidden + block.mix(mixed))
        return self.norm(hidden + block.shrink(functional.gelu(block.grow(hidden))))


class Exported(nn.Module):
    """The graph of CONTRACT.md: inputs INPUTS of one window, outputs a tuple in the order of ``output_names``."""

    def __init__(self, model: Joint) -> None:
        super().__init__()
        self.model = model
        model.encoder.blocks = nn.ModuleList(FastBlock(block) for block in model.encoder.blocks)  # type: ignore[arg-type]
        model.encoder.norm = PlainNorm(model.encoder.norm)  # type: ignore[assignment]

    def forward(
        self, pieces: Tensor, shapes: Tensor, words: Tensor, sentences: Tensor, anchors: Tensor
    ) -> tuple[Tensor, ...]:
        """All layers of one window."""
        model = self.model
        mask = torch.ones_like(pieces)
        hidden, layers = model.words(pieces, mask, shapes, words)  # 1×W×H, 1×L×H each
        dep = model.dep_scores(hidden, sentences)
        relations = model.relations(hidden, dep.argmax(-1))
        syntax = Syntax.of(dep, relations)
        context = model.context(hidden, syntax)
        outputs = [model.tag_scores(name, hidden, context) for name in model.tags]
        outputs += [dep, relations, model.coref_scores(hidden)]
        pick = model.tag_scores("pick", hidden, context)  # 1×W×(K+1)
        outputs.append(pick)
        blocks = Blocks(sentences[0], hidden, syntax)
        for name, head in model.roles.items():
            column = ANCHOR_LAYERS.index(name)
            threshold = math.log(THRESHOLDS[name] / (1 - THRESHOLDS[name]))
            index = torch.nonzero((pick[..., column] > threshold) | (anchors[..., column] > 0))  # P×2
            if name in SENTENCE_ONLY:
                outputs += [index, head(blocks.hidden, blocks.places(index[:, 1]), blocks.syntax)]
            else:
                outputs += [index, head(hidden, index, syntax)]
        outputs.append(model.text(layers[0].mean(1)))
        return tuple(outputs)


class Blocks:
    """The sentences of a window side by side, so that roles are sought in the anchor's own sentence only: a fourth of the work.

    N sentences of S words each, S the longest; what stands behind a shorter one's end is a repetition that nobody reads.
    """

    def __init__(self, sentences: Tensor, hidden: Tensor, syntax: Syntax) -> None:
        places = torch.arange(sentences.shape[0])
        self.number = sentences - sentences[0]  # W: 0, 0, …, 1, …
        rows = torch.arange(self.number[-1] + 1)  # N
        mine = self.number[None] == rows[:, None]  # N×W
        self.start = torch.where(mine, places[None], sentences.shape[0]).amin(1)  # N
        longest = mine.sum(1).amax()
        inside = (self.start[:, None] + torch.arange(longest)).clamp(max=sentences.shape[0] - 1)  # N×S
        self.offset = places - self.start[self.number]  # W
        self.hidden = hidden[0][inside]  # N×S×H

        def square(table: Tensor) -> Tensor:
            return torch.gather(table[0][inside], 2, inside[:, None].expand(-1, inside.shape[1], -1))  # N×S×S

        relations = syntax.relations[0][inside]
        self.syntax = Syntax(square(syntax.heads), square(syntax.under), square(syntax.siblings), relations)

    def places(self, words: Tensor) -> Tensor:
        """Words of the window, P → (sentence, word in it), P×2."""
        return torch.stack([self.number[words], self.offset[words]], 1)


def output_names(inventory: Inventory) -> list[str]:
    """Names of the outputs, in order."""
    names = [f"tag.{name}" for name in inventory.tags] + ["dep.head", "dep.label", "coref.head", "tag.anchor"]
    return names + [f"{name}.{part}" for name in inventory.anchors for part in ("index", "scores")] + ["embedding"]


def write_onnx(model: Joint, path: Path) -> None:
    """Trace with dynamic axes."""
    names = output_names(model.inventory)
    generator = torch.Generator().manual_seed(0)
    pieces = torch.randint(1000, 2000, (1, 14), generator=generator)
    words = torch.arange(1, 10)[None]
    anchors = torch.zeros(1, 9, len(ANCHOR_LAYERS), dtype=torch.long)
    anchors[:, 2::3] = 1
    sentences = torch.tensor([[0] * 5 + [1] * 4])
    example = (pieces, torch.ones_like(pieces), words, sentences, anchors)
    axes = {name: {1: "L"} for name in INPUTS[:2]} | {name: {1: "W"} for name in INPUTS[2:]}
    for name in names:
        layer = name.split(".")[0]
        picked = f"P_{layer}"  # one name per layer: equal names would promise equal sizes
        width = f"S_{layer}" if layer in SENTENCE_ONLY else "W"
        axes[name] = (
            {0: picked} if name.endswith(".index") else {0: picked, 1: width} if name.endswith(".scores") else {1: "W"}
        )
    axes["embedding"] = {}
    for name in ("dep.head", "coref.head"):
        axes[name][2] = "W1"
    exported = Exported(model).eval()
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
            custom_opsets={"com.microsoft": 1},
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
            | {"threshold": THRESHOLDS[name], "decide": DECIDE[name], "same_sentence": name in SENTENCE_ONLY}
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
    parser.add_argument(
        "--keep-float", default="text", help="comma-separated parts of names of weights that stay float"
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    model = load(options.checkpoint, options.run / "inventory.json")
    with tempfile.TemporaryDirectory() as folder:
        traced = Path(folder) / "float.onnx"
        write_onnx(model, traced)
        graph = onnx.load(str(traced))
    if not options.float:
        quantise(graph, [part for part in options.keep_float.split(",") if part])
    onnx.save(graph, str(options.out / "sayso.onnx"))
    shutil.copy(options.base / "tokenizer.json", options.out / "tokenizer.json")
    (options.out / "model.json").write_text(json.dumps(model_json(model, options.out), ensure_ascii=False, indent=1))
    print(f"{(options.out / 'sayso.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
