"""A shipped build → weights to train on: `python restore.py BUILD OUT.pt` (and OUT.json, its inventory).

Checkpoints are not kept for ever, builds are. Which tensor of the graph is which parameter is found by exporting a
model of the same shape whose weights are random: the tracer names both graphs alike. What comes back is rounded to
8 bits a column, as it was shipped; training goes on from there (`train.py --second`).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import inventory as inventories
import numpy as np
import onnx
import torch
from encoder import Encoder, Size
from export import OUTSIDE, write_onnx
from layers import FORBIDDEN
from model import Inventory, Joint
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

Floats = NDArray[np.float32]


def inventory_of(spec: dict) -> Inventory:
    """The label lists of a build's ``model.json``."""
    layers = spec["layers"]
    tags = {layer["name"]: layer["labels"] for layer in layers if layer["kind"] in {"tag", "class", "number"}}
    relations = next(layer["labels"] for layer in layers if layer["name"] == "dep")
    anchors = {layer["name"]: layer["labels"] for layer in layers if layer["kind"] == "anchor"}
    return Inventory(tags, relations, anchors)


def tensors(graph: onnx.GraphProto) -> dict[str, Floats]:
    """Weights of a quantised graph by the names that they had before: codes are multiplied out, halves widened."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found: dict[str, Floats] = {}
    for name, value in stored.items():
        if name.endswith(".codes"):
            found[name.removesuffix(".codes")] = value.astype(np.float32) * stored[name[:-5] + "scales"]
        elif not name.endswith(".scales"):
            found[name.removesuffix(".half")] = value.astype(np.float32)
    return found


def names(model: Joint) -> dict[str, tuple[str, bool]]:
    """Parameter → (name in the exported graph, whether it stands there turned)."""
    state = {name: value.detach().clone().numpy() for name, value in model.state_dict().items()}
    with tempfile.TemporaryDirectory() as folder:
        write_onnx(model, Path(folder) / "float.onnx")  # last: it takes the model apart
        graph = onnx.load(str(Path(folder) / "float.onnx")).graph
    places: dict[tuple[tuple[int, ...], bytes], tuple[str, bool]] = {}
    for tensor in graph.initializer:
        value = numpy_helper.to_array(tensor)
        if value.dtype == np.float32:
            places[value.T.shape, np.ascontiguousarray(value.T).tobytes()] = (tensor.name, True)
            places[value.shape, value.tobytes()] = (tensor.name, False)
    keys = {name: (value.shape, value.tobytes()) for name, value in state.items()}
    return {name: places[key] for name, key in keys.items() if key in places}


def restore(build: Path) -> tuple[dict[str, Tensor], Inventory]:
    """The weights and the inventory of a build; ValueError where a weight cannot be told from another."""
    spec = json.loads((build / "model.json").read_text())
    inventory = inventory_of(spec)
    torch.manual_seed(0)
    model = Joint(Encoder(Size(), 0.0), inventory, 0.0)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_()  # no two alike
    places, stored = names(model), tensors(onnx.load(str(build / "sayso.onnx")).graph)
    fresh = Joint(Encoder(Size(), 0.0), inventory, 0.0)
    state = fresh.state_dict()
    for name, old in state.items():
        if name.startswith("crf."):
            continue
        place, turned = places[name]
        value = stored[place].T if turned else stored[place]
        if value.shape != old.shape:
            raise ValueError(f"{name}: {place} has the shape {value.shape}, expected {tuple(old.shape)}")
        state[name] = torch.from_numpy(np.ascontiguousarray(value))
    for layer in spec["layers"]:
        if layer.get("transitions"):
            _chain(state, layer)
    for name, change in OUTSIDE.items():
        if f"tags.{name}.bias" in state:
            state[f"tags.{name}.bias"][0] -= change
    return state, inventory


def _chain(state: dict[str, Tensor], layer: dict) -> None:
    for part in ("transitions", "start", "end"):
        value = torch.tensor(layer[part])
        state[f"crf.{layer['name']}.{part}"] = value.masked_fill(value <= FORBIDDEN, 0.0)


def main() -> None:
    """Write OUT.pt and OUT.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path, help="folder with sayso.onnx and model.json")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    state, inventory = restore(options.build)
    torch.save(state, options.out)
    inventories.save(inventory, options.out.with_suffix(".json"))
    print(f"{len(state)} weights, {sum(value.numel() for value in state.values()):,} numbers")


if __name__ == "__main__":
    main()
