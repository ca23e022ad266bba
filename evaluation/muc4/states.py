"""What the shipped encoder sees in each token: its inner states and the labels of its layers.

The encoder reads a text twice: in capitals, and with its case restored (`evaluation.muc4.casing`); what it makes of the
one is not what it makes of the other (`evaluation.muc4.network.Network.attributes_of`). The graph gives no inner states
by itself. Three of them are named as further outputs, by appending their names to the serialised model (protocol
buffers merge what is appended to a message), so the weights stay the shipped ones.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaluation.muc4 import long
from evaluation.muc4.casing import with_case
from evaluation.muc4.layers import Array
from evaluation.muc4.shipped import weights
from sayso.errors import SetupError
from sayso.language.analysis import Analysis, Chunk, chunks_of
from sayso.language.inputs import Inputs, Row, build
from sayso.language.model import Model, find, load, multiplies_bytes_exactly, read_build
from sayso.language.pieces import Vocabulary
from sayso.language.rules import analyse_by_rule
from sayso.language.runs import alone
from sayso.language.windows import cut, paragraph_starts

if TYPE_CHECKING:
    from sayso.records import Report

LAYERS = ("entity", "gmb", "kairos", "military", "timex", "trigger", "upos", "xpos", "attribution", "role")
BLOCKS = (2, 4, 5)
WIDTH = 384
CAPITALS, CASED = 0, 1
"""Places of the two forms of a text among the views."""
WORDS = 4096
"""Rows of the network's table of words; words share rows by their checksum."""
_GRAPH, _OUTPUT, _NAME = 7, 12, 1
"""Numbers of the fields of ONNX's messages: the graph of a model, an output of a graph, the name of an output."""


class View(NamedTuple):
    """The T tokens of a report as the encoder sees them in one form of the text.

    ``states``: T×(3·WIDTH), 16 bits, after three of the encoder's blocks, at the first piece of each word; ``labels``:
    T×10, the number of each layer's best label.
    """

    states: NDArray[np.float16]
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class States:
    """What is known of the T tokens of a report.

    Attributes:
        analysis: the tokens and sentences, in capitals.
        views: in capitals, and with its case restored (places `CAPITALS` and `CASED`).
        words: T, the row of each word.
        windows: the long windows of the adapted encoders, in capitals.
        names: the names of persons, bodies and places that the encoder's layer `entity` marks in capitals.

    """

    analysis: Analysis
    views: tuple[View, View]
    words: NDArray[np.int64]
    windows: tuple[Inputs, ...]
    names: tuple[Chunk, ...]


class Encoder:
    """The shipped model, with inner states among its outputs."""

    def __init__(self) -> None:
        folder = _folder()
        self._model: Model = load(folder)
        self._taps = [f"/blocks.{block}/norm/Add_1_output_0" for block in BLOCKS]
        self._session = _session(read_build(folder)[1]["sayso.onnx"] + outputs(self._taps))

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the model."""
        return self._model.vocabulary

    def read(self, report: Report) -> States:
        """Return the states of a report's tokens; the report is read in capitals, whatever case it is in."""
        analysis = analyse_by_rule(report.model_copy(update={"text": in_capitals(report.text)}))
        views = (self._view(analysis), self._view(with_case(analysis)))
        words = np.array([row_of(token.text) for token in analysis.tokens], np.int64).reshape(len(analysis.tokens))
        return States(analysis, views, words, self._windows(analysis), tuple(self._names(views[CAPITALS].labels)))

    def _view(self, analysis: Analysis) -> View:
        size = len(analysis.tokens)
        view = View(np.zeros((size, WIDTH * len(BLOCKS)), np.float16), np.zeros((size, len(LAYERS)), np.int64))
        for row in self._rows(analysis):
            self._run(row, *view)
        return view

    def _windows(self, analysis: Analysis) -> tuple[Inputs, ...]:
        rows = long.rows(analysis, self.vocabulary)
        return tuple(own for row in rows for own in alone(build([row], self.vocabulary, ())))

    def _names(self, labels: NDArray[np.int64]) -> list[Chunk]:
        layer = next(layer for layer in self._model.layers if layer.name == "entity")
        return chunks_of([layer.labels[number] for number in labels[:, LAYERS.index("entity")].tolist()])

    def _rows(self, analysis: Analysis) -> list[Row]:
        lengths = [len(word.pieces) for word in self._model.vocabulary.look_up(token.text for token in analysis.tokens)]
        paragraphs, sentences = paragraph_starts(analysis), [sentence.first for sentence in analysis.sentences]
        return [
            Row(analysis, window, paragraphs, sentences, {}) for window in cut(analysis, lengths, self._model.words)
        ]

    def _run(self, row: Row, states: NDArray[np.float16], labels: NDArray[np.int64]) -> None:
        """Read one window and write what it decides into the report's arrays."""
        import onnxruntime

        (inputs,) = alone(build([row], self._model.vocabulary, self._model.anchors))
        options = onnxruntime.RunOptions()
        options.only_execute_path_to_fetches = True
        wanted = [f"tag.{layer}" for layer in LAYERS]
        found = self._session.run([*wanted, *self._taps], inputs, options)
        window = row.window
        own = slice(window.own_first - window.first, window.own_last - window.first)
        here = slice(window.own_first, window.own_last)
        states[here] = np.concatenate([taps[0][inputs["words"][0]] for taps in found[len(wanted) :]], -1)[own]
        labels[here] = np.stack([scores[0].argmax(-1) for scores in found[: len(wanted)]], -1)[own]


@lru_cache(1)
def encoder() -> Encoder:
    """Return the encoder, loaded once."""
    return Encoder()


@lru_cache(1)
def shipped() -> dict[str, Array]:
    """Return the weights of the shipped encoder (see `evaluation.muc4.shipped`)."""
    return weights(read_build(_folder())[1]["sayso.onnx"])


def _folder() -> Path:
    folder = find()
    if folder is None:
        raise SetupError("there is no language model", place="muc4", way_out="run `sayso doctor`")
    return folder


def in_capitals(text: str) -> str:
    """Return a text in capitals, character for character."""
    return "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)


def row_of(word: str) -> int:
    """Return the row of a word in the network's table, 1 to `WORDS` − 1: the same everywhere and always."""
    return 1 + zlib.crc32(word.upper().encode()) % (WORDS - 1)


def outputs(names: Sequence[str]) -> bytes:
    """Return what, appended to a serialised model, makes tensors with these names outputs of its graph."""
    return _field(_GRAPH, b"".join(_field(_OUTPUT, _field(_NAME, name.encode())) for name in names))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def _session(model: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.use_deterministic_compute = True
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if not multiplies_bytes_exactly():
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
