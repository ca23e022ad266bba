"""Weights of the shipped encoder, read back from its graph: parameters by name, as 32-bit floats.

The graph is a message of protocol buffers (onnx.proto): a tensor holds its dimensions, type, name and bytes, a node its
inputs and its name. Products of matrices hold 8-bit codes with a scale a column, tables of rows a scale a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
PRODUCTS = ("query", "key", "value", "mix", "grow", "shrink")
BLOCKS = 6
_GRAPH, _NODE, _TENSOR = 7, 1, 5
"""Numbers of fields: the graph of a model; the nodes and the tensors of a graph."""
_INPUT, _NODE_NAME = 1, 3
_DIMS, _TYPE, _NAME, _BYTES = 1, 2, 8, 9
_TYPES: Mapping[int, np.dtype[np.generic]] = {
    1: np.dtype("<f4"),
    2: np.dtype("u1"),
    3: np.dtype("i1"),
    10: np.dtype("<f2"),
}
_TABLES = ("pieces", "positions", "shapes")
_VARINT, _LONG, _BLOCK, _SHORT = 0, 1, 2, 5
"""Kinds of fields; the second and the last hold eight and four bytes."""


class _Field(NamedTuple):
    """A field of a message: its number, and what it holds: a whole number, or bytes."""

    number: int
    value: int
    content: memoryview


def weights(model: bytes) -> dict[str, Array]:
    """Return the encoder's weights by name; products stand as they are applied to rows, inputs × outputs.

    Raises:
        KeyError: the graph lacks one of them.

    """
    graph = next(field.content for field in _fields(memoryview(model)) if field.number == _GRAPH)
    tensors, inputs = _parts(graph)
    out = {f"{table}.weight": _rows(tensors, f"model.encoder.{table}.weight") for table in _TABLES}
    for part in ("weight", "bias"):
        out[f"norm.{part}"] = tensors[f"model.encoder.norm.{part}"].astype(np.float32)
    for block in range(BLOCKS):
        stem, name = f"blocks.{block}", f"model.encoder.blocks.{block}.block"
        for norm in ("mix_norm", "norm"):
            for part in ("weight", "bias"):
                out[f"{stem}.{norm}.{part}"] = tensors[f"{name}.{norm}.{part}"].astype(np.float32)
        for product in PRODUCTS:
            codes = next(own for own in inputs[f"/{stem}/{product}/MatMul"] if own.endswith(".codes"))
            out[f"{stem}.{product}.weight"] = _rows(tensors, codes.removesuffix(".codes"))
            out[f"{stem}.{product}.bias"] = tensors[f"{name}.{product}.bias"].astype(np.float32)
    return out


def _rows(tensors: Mapping[str, NDArray[np.generic]], name: str) -> Array:
    """Return a matrix: as it stands, halves widened, or codes multiplied out."""
    for stored in (name, f"{name}.half"):
        if stored in tensors:
            return tensors[stored].astype(np.float32)
    codes, scales = tensors[f"{name}.codes"], tensors[f"{name}.scales"]
    return np.asarray(codes.astype(np.float32) * scales.astype(np.float32), np.float32)


def _parts(graph: memoryview) -> tuple[dict[str, NDArray[np.generic]], dict[str, list[str]]]:
    """Return tensors by name, and the names of each node's inputs."""
    tensors: dict[str, NDArray[np.generic]] = {}
    inputs: dict[str, list[str]] = {}
    for field in _fields(graph):
        if field.number == _NODE:
            node = list(_fields(field.content))
            name = next((_text(own) for own in node if own.number == _NODE_NAME), "")
            inputs[name] = [_text(own) for own in node if own.number == _INPUT]
        elif field.number == _TENSOR:
            tensors |= _tensor(field.content)
    return tensors, inputs


def _tensor(content: memoryview) -> dict[str, NDArray[np.generic]]:
    """Return a tensor by its name; none of a type or in a form that weights don't have."""
    fields = list(_fields(content))
    found = {field.number: field for field in fields if field.number != _DIMS}
    kind = _TYPES.get(found[_TYPE].value) if _TYPE in found else None
    if kind is None or _BYTES not in found:
        return {}
    shape = [field.value for field in fields if field.number == _DIMS]
    return {_text(found[_NAME]): np.frombuffer(found[_BYTES].content, kind).reshape(shape)}


def _text(field: _Field) -> str:
    return bytes(field.content).decode()


def _fields(message: memoryview) -> Iterator[_Field]:
    """Yield the fields of a message."""
    at = 0
    while at < len(message):
        tag, at = _number(message, at)
        number, kind = tag >> 3, tag & 7
        if kind == _VARINT:
            value, at = _number(message, at)
            yield _Field(number, value, message[:0])
            continue
        size = {_LONG: 8, _SHORT: 4}.get(kind, 0)
        if kind == _BLOCK:
            size, at = _number(message, at)
        yield _Field(number, 0, message[at : at + size])
        at += size


def _number(message: memoryview, at: int) -> tuple[int, int]:
    """Return a varint and where the next field begins."""
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at
