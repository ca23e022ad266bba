"""The model: found, checked against its SHA-256 sums, loaded once, run on batches of windows.

A build is a folder with ``sayso.onnx``, ``model.json`` and ``tokenizer.json``; ``training/CONTRACT.md`` says what is in
them. ``SAYSO_MODEL=folder`` takes another build than the one shipped.
"""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sayso.errors import SetupError
from sayso.language.runs import alone, beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sayso.language.inputs import Inputs
    from sayso.language.pieces import Vocabulary
    from sayso.language.runs import Outputs

SHIPPED = Path(__file__).parent / "model"
INPUTS = ("pieces", "shapes", "words", "sentences", "anchors")  # of one window
THREADS: Final = "SAYSO_THREADS"
"""How many windows are read at a time, where not all processors shall be used."""
_WAY_OUT = "restore the folder from the release, or point SAYSO_MODEL at an intact build"


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the model: what it is called, where its scores are, what they mean.

    ``kind``: tag (label per word) · arc (head per word) · anchor (words that open roles) · class (label per sentence,
    at its first word) · number (value per word) · mark (labels that are each true or not of a word).
    """

    name: str
    kind: str
    labels: tuple[str, ...]
    bio: bool = False
    output: str = ""
    labels_output: str = ""
    index: str = ""
    scores: str = ""
    threshold: float = 0.3
    decide: float = 0.5
    same_sentence: bool = False
    mention_column: int = -1
    range: tuple[float, float] = (0.0, 0.0)
    transitions: NDArray[np.float32] | None = None  # C×C, from × to
    start: NDArray[np.float32] | None = None  # C
    end: NDArray[np.float32] | None = None  # C

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the model's outputs that this layer needs."""
        return tuple(name for name in (self.output, self.labels_output, self.index, self.scores) if name)


class Model:
    """A checked build in memory.

    Args:
        folder: the build.
        threads: how many windows are read at a time; 0 for as many as there are processors. Each is read alone, on one
            thread, so this has no influence on what comes out.

    Raises:
        SetupError: a file is missing, is not what ``model.json`` says, or does not keep the contract.

    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        spec, files = read_build(folder)
        self.folder = folder
        try:
            self.version = str(spec["version"])
            self.anchors: tuple[str, ...] = tuple(spec["anchors"])
            self.layers = tuple(_layer(entry) for entry in spec["layers"])
            self.words = int(spec["window"]["words"])
            self.vocabulary = _vocabulary(spec, files["tokenizer.json"])
        except (KeyError, TypeError, ValueError) as problem:
            raise _damaged(folder / "model.json", f"does not describe a model ({problem!r})") from problem
        self.threads = threads or processors()
        self._session = _session(folder / "sayso.onnx", files["sayso.onnx"])
        self._names = self._check()
        self._readers = ThreadPoolExecutor(self.threads) if self.threads > 1 else None

    def run(self, inputs: Inputs) -> Outputs:
        """Return every output the layers need, by name, for a batch of windows.

        Each window goes through the graph alone and without padding; then the outputs are put side by side.
        """
        return beside(self.read(list(alone(inputs))), inputs["words"].shape[1])

    def read(self, windows: Sequence[Inputs]) -> list[Outputs]:
        """Return the outputs of windows put through the graph one by one, as many at a time as there are threads."""
        return list(self._readers.map(self._one, windows) if self._readers else map(self._one, windows))

    def _one(self, window: Inputs) -> Outputs:
        return dict(zip(self._names, self._session.run(list(self._names), window), strict=True))

    def layers_of(self, kind: str) -> tuple[Layer, ...]:
        """Return the layers of one kind, in the order of ``model.json``."""
        return tuple(layer for layer in self.layers if layer.kind == kind)

    def _check(self) -> tuple[str, ...]:
        """Return the names of the outputs needed; the graph must have them, and take the inputs we give."""
        has = {output.name: output.shape for output in self._session.get_outputs()}
        takes = {entry.name for entry in self._session.get_inputs()}
        needed = dict.fromkeys(name for layer in self.layers for name in layer.outputs)
        needed |= dict.fromkeys(["tag.anchor"] if self.layers_of("anchor") else [])
        needed |= dict.fromkeys(["embedding"] if "embedding" in has else [])
        missing = [name for name in needed if name not in has]
        if missing or takes != set(INPUTS):
            lacks = ", ".join(missing) or "an input: " + ", ".join(sorted(takes ^ set(INPUTS)))
            raise _damaged(self.folder / "sayso.onnx", f"does not fit its model.json: it lacks {lacks}")
        for layer in self.layers:
            width = has[layer.scores or layer.labels_output or layer.output][-1]
            if layer.labels and isinstance(width, int) and width != len(layer.labels):
                raise _damaged(
                    self.folder / "model.json", f"has {len(layer.labels)} labels for {layer.name}, the model {width}"
                )
        return tuple(needed)


def read_build(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return ``model.json`` and the bytes of the files it names, all checked against their SHA-256 sums."""
    path = folder / "model.json"
    try:
        spec = json.loads(_bytes(path))
        sums = dict(spec["files"])
    except (ValueError, KeyError, TypeError) as problem:
        raise _damaged(path, "is not the description of a model") from problem
    if digest(spec) != spec.get("digest"):
        raise _damaged(path, "is not what was built: its own SHA-256 sum differs")
    files = {}
    for name in ("sayso.onnx", "tokenizer.json"):
        files[name] = _bytes(folder / name)
        found = hashlib.sha256(files[name]).hexdigest()
        if found != sums.get(name):
            raise _damaged(
                folder / name, f"is not what was built: SHA-256 {found[:12]}…, not {str(sums.get(name))[:12]}…"
            )
    return spec, files


def digest(spec: dict[str, Any]) -> str:
    """Return the SHA-256 sum of ``model.json`` as canonical JSON, without its own entry."""
    rest = {key: value for key, value in spec.items() if key != "digest"}
    return hashlib.sha256(
        json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise SetupError(f"cannot be read: {problem.strerror}", place=str(path), way_out=_WAY_OUT) from problem


def _damaged(path: Path, problem: str) -> SetupError:
    return SetupError(problem, place=str(path), way_out=_WAY_OUT)


def _layer(entry: dict[str, Any]) -> Layer:
    import numpy as np

    known = {name: entry[name] for name in Layer.__slots__ if entry.get(name) is not None}
    known["labels"] = tuple(entry["labels"])
    for name in ("transitions", "start", "end"):
        if name in known:
            known[name] = np.asarray(known[name], np.float32)
    if "range" in known:
        known["range"] = tuple(known["range"])
    return Layer(**known)


def _vocabulary(spec: dict[str, Any], tokenizer: bytes) -> Vocabulary:
    from tokenizers import Tokenizer

    from sayso.language.pieces import Vocabulary

    normalise = spec["normalise"]
    return Vocabulary(
        Tokenizer.from_str(tokenizer.decode()),
        spec["shapes"],
        normalise["words"],
        normalise["characters"],
        int(spec["max_pieces_per_word"]),
    )


def _session(path: Path, data: bytes) -> Any:
    """Return an onnxruntime session over bytes already checked: nothing outside them is ever opened."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # windows side by side use the processors better
    options.enable_mem_pattern = False  # a plan is kept for each shape, and hardly two windows have one shape
    options.use_deterministic_compute = True
    options.log_severity_level = 4
    if not multiplies_bytes_exactly():
        options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as problem:  # onnxruntime's own errors share no base class
        raise _damaged(path, f"cannot be loaded ({type(problem).__name__})") from problem


def multiplies_bytes_exactly() -> bool:
    """Say whether the processor is known to add up 8-bit products without saturating (VNNI).

    Where it isn't known, onnxruntime is told to take care, which gives the same sums in half as much time again.
    """
    try:
        return "vnni" in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def processors() -> int:
    """Return how many processors this process may use: what ``SAYSO_THREADS`` says, else those it is let run on."""
    told = os.environ.get(THREADS, "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def find() -> Path | None:
    """Return the folder of the build to use: ``SAYSO_MODEL``, else the shipped one, None where neither is there."""
    chosen = os.environ.get("SAYSO_MODEL")
    if chosen:
        return Path(chosen)
    return SHIPPED if (SHIPPED / "model.json").exists() else None


@lru_cache(maxsize=2)
def load(folder: Path, threads: int = 0) -> Model:
    """Return the build in ``folder``, read once per process."""
    return Model(folder, threads=threads)
