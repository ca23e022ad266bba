"""A build that scores are taken of: an exported folder or a checkpoint, run over documents with gold words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from decode import FORBIDDEN, Floats
from inventory import Inventory
from model import ANCHOR_LAYERS
from pieces import Pieces
from windows import Encoding, Window

Outputs = dict[str, Floats]
Runner = Callable[[dict[str, np.ndarray]], Outputs]


class Build:
    """An exported folder, and a way to run it over documents."""

    def __init__(self, folder: Path, runner: Runner | None = None) -> None:
        self.settings = json.loads((folder / "model.json").read_text())
        self.layers = {layer["name"]: layer for layer in self.settings["layers"] if layer["kind"] != "anchor"}
        self.anchors = {
            layer["name"]: layer for layer in self.settings["layers"] if layer["kind"] == "anchor"
        }  # kairos is both
        tags = {
            name: layer["labels"] for name, layer in self.layers.items() if layer.get("output", "").startswith("tag.")
        }
        roles = {name: layer["labels"] for name, layer in self.anchors.items()}
        self.encoding = Encoding(
            Inventory(tags, self.layers["dep"]["labels"], roles), Pieces(folder / "tokenizer.json")
        )
        self.run = runner or onnx_runner(folder / "sayso.onnx")

    def over(self, windows: list[Window], forced: str = "") -> Iterator[tuple[Window, Outputs]]:
        """Outputs of each window, read alone; ``forced`` names an anchor layer whose gold anchors are taken."""
        for window in windows:
            inputs = {name: value.numpy() for name, value in self.encoding.batch([window], gold=False).items()}
            inputs["anchors"] = _forced([window], forced, inputs["words"].shape)
            yield window, self._plain(self.run(inputs), inputs["sentences"][0])

    def _plain(self, outputs: Outputs, sentences: np.ndarray) -> Outputs:
        """Without the window's axis; roles in every word of the window."""
        mine = {name: values if name.endswith((".scores", ".index")) else values[0] for name, values in outputs.items()}
        for layer in self.anchors.values():
            mine[layer["index"]] = outputs[layer["index"]][:, 1]
            if layer["same_sentence"]:
                mine[layer["scores"]] = _widened(outputs[layer["scores"]], mine[layer["index"]], sentences)
        return mine


def _widened(scores: Floats, words: np.ndarray, sentences: np.ndarray) -> Floats:
    """P×S×C over the words of the anchors' sentences → P×W×C, O elsewhere."""
    wide = np.zeros((len(words), len(sentences), scores.shape[-1]), np.float32)
    wide[:, :, 0] = -FORBIDDEN
    for row, word in enumerate(words):
        inside = np.flatnonzero(sentences == sentences[word])
        wide[row, inside] = scores[row, : len(inside)]
    return wide


def _forced(group: list[Window], layer: str, shape: tuple[int, int]) -> np.ndarray:
    anchors = np.zeros((*shape, len(ANCHOR_LAYERS)), np.int64)
    if layer:
        for row, window in enumerate(group):
            for anchor in window.document.anchors.get(layer, []):
                if window.first <= anchor.word < window.end:
                    anchors[row, anchor.word - window.first, ANCHOR_LAYERS.index(layer)] = 1
    return anchors


def onnx_runner(path: Path, threads: int = 1) -> Runner:
    """Run the ONNX file."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    wanted = {entry.name for entry in session.get_inputs()}
    return lambda inputs: dict(
        zip(names, session.run(None, {k: v for k, v in inputs.items() if k in wanted}), strict=True)
    )


def torch_runner(checkpoint: Path, run: Path) -> Runner:
    """Run a checkpoint without exporting it."""
    from export import INPUTS, Exported, load, output_names

    torch.set_num_threads(1)
    model = load(checkpoint, run / "inventory.json")
    names, exported = output_names(model.inventory), Exported(model).eval()

    def runner(inputs: dict[str, np.ndarray]) -> Outputs:
        with torch.no_grad():
            values = exported(*(torch.from_numpy(inputs[name]) for name in INPUTS))
        return {name: value.numpy() for name, value in zip(names, values, strict=True)}

    return runner
