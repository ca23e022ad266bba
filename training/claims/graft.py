"""Put the layer ``claim`` into a finished build: ``python graft.py BUILD OUT WEIGHTS.pt …``.

The graph keeps every node and every byte that it has; the layer is added where the other tag layers read (the first
piece of each word, and what it sees of the tree), its weights rounded like theirs. Of several fits the mean is taken.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import onnx
import torch
from layer import CONTEXT, HIDDEN, MARKS, SEEN, STATES
from net import Claims
from onnx import compose
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parents[1]))

from export import digest
from quantise import quantise

NAME = "mark.claim"


class Together(nn.Module):
    """The mean opinion of layers fitted from different beginnings: each errs in places of its own."""

    def __init__(self, layers: Iterable[Claims]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, hidden: Tensor, context: Tensor, sentences: Tensor) -> Tensor:
        """Return the mean of the logits, 1×W×(marks + kinds)."""
        return torch.stack([layer(hidden, context, sentences) for layer in self.layers]).mean(0)


def traced(model: nn.Module) -> onnx.ModelProto:
    """The layer alone as a graph with 8-bit products."""
    example = (torch.randn(1, 7, STATES), torch.randn(1, 7, CONTEXT), torch.tensor([[0, 0, 0, 1, 1, 1, 1]]))
    inputs = ["claim.hidden", "claim.context", "claim.sentences"]
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        path = Path(folder) / "claim.onnx"
        axes = {name: {1: "W"} for name in [*inputs, NAME]}
        torch.onnx.export(
            model, example, str(path), input_names=inputs, output_names=[NAME], dynamic_axes=axes,
            opset_version=18, dynamo=False,
        )  # fmt: skip
        graph = onnx.load(str(path))
    quantise(graph, [])
    return graph


def grafted(build: onnx.ModelProto, layer: onnx.ModelProto) -> onnx.ModelProto:
    """Both graphs as one: a layer of that name that the build has already is replaced."""
    _remove(build)
    layer = compose.add_prefix(layer, "claim/", rename_inputs=False, rename_outputs=False)
    wired = {"claim.hidden": HIDDEN, "claim.context": SEEN, "claim.sentences": "sentences"}
    for node in layer.graph.node:
        for at, name in enumerate(node.input):
            node.input[at] = wired.get(name, name)
    build.graph.node.extend(layer.graph.node)
    build.graph.initializer.extend(layer.graph.initializer)
    build.graph.output.extend(layer.graph.output)
    return build


def _remove(build: onnx.ModelProto) -> None:
    graph = build.graph
    for rows in (graph.node, graph.initializer):
        kept = [row for row in rows if not row.name.startswith("claim/")]
        del rows[:]
        rows.extend(kept)
    outputs = [row for row in graph.output if row.name != NAME]
    del graph.output[:]
    graph.output.extend(outputs)


def main() -> None:
    """Write OUT/sayso.onnx, OUT/model.json and OUT/tokenizer.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument(
        "--kinds", type=Path, help="a text with the kinds of incidents, one a line, as prepare.py wrote it"
    )
    parser.add_argument("--version", required=True)
    options = parser.parse_args()
    kinds = options.kinds.read_text().split()
    model = Together(Claims(len(kinds)) for _ in options.weights)
    for layer, path in zip(model.layers, options.weights, strict=True):
        layer.load_state_dict(torch.load(path, weights_only=True))
    graph = grafted(onnx.load(str(options.build / "sayso.onnx")), traced(model.eval()))
    onnx.checker.check_model(graph)
    spec = json.loads((options.build / "model.json").read_text())
    options.out.mkdir(parents=True, exist_ok=True)
    onnx.save(graph, str(options.out / "sayso.onnx"))
    if options.build.resolve() != options.out.resolve():
        shutil.copy(options.build / "tokenizer.json", options.out / "tokenizer.json")
    spec["version"] = options.version
    spec["files"]["sayso.onnx"] = hashlib.sha256((options.out / "sayso.onnx").read_bytes()).hexdigest()
    spec["layers"] = [layer for layer in spec["layers"] if layer["name"] != "claim"]
    spec["layers"].append(
        {"name": "claim", "kind": "mark", "output": NAME, "labels": [*MARKS, *(f"kind.{kind}" for kind in kinds)]}
    )
    spec["digest"] = digest(spec)
    (options.out / "model.json").write_text(json.dumps(spec, ensure_ascii=False, indent=1))
    print(f"{(options.out / 'sayso.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
