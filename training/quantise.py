"""float32 graph → small graph: 8-bit matrix products, 8-bit rows for word embeddings, half precision at rest for the rest.

Weights of a product have one scale per output column; what they are multiplied with has one scale a window (DynamicQuantizeLinear), shared by all
products of one source. The runtime reads every window alone, so what a window scores depends on nothing else; integer sums are exact. Training
rounds in the same way (`encoder.Block.coarse`), so that hardly anything is lost. One scale a row instead: no better then, and slower (LOG.md).
"""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MINIMUM = 20_000  # smaller weights stay float: they cost nothing
Array = NDArray[np.generic]


def quantise(graph: onnx.ModelProto, keep_float: list[str]) -> None:
    """In place. ``keep_float``: parts of names of products that stay float."""
    model = graph.graph
    weights = {tensor.name: tensor for tensor in model.initializer}
    biases = _biases(model, weights)
    nodes: list[onnx.NodeProto] = []
    made: list[onnx.TensorProto] = []
    done: set[str] = set()
    seen: set[str] = set()
    for node in model.node:
        name = next((i for i in node.input if i in weights), "")
        tensor = weights.get(name)
        large = (
            tensor is not None
            and len(tensor.dims) == 2
            and np.prod(tensor.dims) >= MINIMUM
            and not any(part in node.name for part in keep_float)
        )
        if large and node.op_type == "MatMul" and node.input[1] == name:
            nodes += _product(node, numpy_helper.to_array(tensor), made, seen, biases.get(node.output[0]))
            done.add(name)
        elif large and node.op_type == "Gather" and node.input[0] == name:
            nodes += _rows(node, numpy_helper.to_array(tensor), made)
            done.add(name)
        elif node.op_type == "Add" and _merged(node, biases, nodes):
            continue
        else:
            nodes.append(node)
    _replace(graph, nodes, made, done)
    _halve(graph)


def _biases(model: onnx.GraphProto, weights: dict[str, onnx.TensorProto]) -> dict[str, tuple[str, str]]:
    """Products whose only use is to have a bias added: product → (bias, sum)."""
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in model.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    found = {}
    for node in model.node:
        if node.op_type == "MatMul" and [user.op_type for user in users.get(node.output[0], [])] == ["Add"]:
            add = users[node.output[0]][0]
            bias = next((name for name in add.input if name in weights and len(weights[name].dims) == 1), "")
            if bias:
                found[node.output[0]] = (bias, add.output[0])
    return found


def _merged(node: onnx.NodeProto, biases: dict[str, tuple[str, str]], nodes: list[onnx.NodeProto]) -> bool:
    """Is this the addition of a bias that the product before it has taken in?"""
    product = next((name for name in node.input if name in biases), "")
    return bool(product) and any(node.output[0] in before.output for before in nodes)


def _replace(graph: onnx.ModelProto, nodes: list[onnx.NodeProto], made: list[onnx.TensorProto], done: set[str]) -> None:
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in graph.graph.initializer if tensor.name not in done or tensor.name in used]
    del graph.graph.node[:], graph.graph.initializer[:]
    graph.graph.node.extend(nodes)
    graph.graph.initializer.extend([*kept, *made])
    if not any(entry.domain == "com.microsoft" for entry in graph.opset_import):
        graph.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def columns(weight: Array) -> tuple[Array, Array]:
    """K×N weight → (codes K×N int8, scales N float32), symmetric."""
    scales = np.abs(weight).max(0).astype(np.float32) / 127.0
    scales[scales == 0] = 1.0
    codes = np.clip(np.rint(weight / scales), -127, 127).astype(np.int8)
    return codes, scales


def _weight(name: str, weight: Array, made: list[onnx.TensorProto]) -> None:
    codes, scales = columns(weight)
    made.append(numpy_helper.from_array(codes, f"{name}.codes"))
    made.append(numpy_helper.from_array(scales, f"{name}.scales"))


def _product(
    node: onnx.NodeProto, weight: Array, made: list[onnx.TensorProto], seen: set[str], bias: tuple[str, str] | None
) -> list[onnx.NodeProto]:
    """A product whose source has one scale a window; products of one source share it. The bias goes in."""
    name, source = node.input[1], node.input[0]
    _weight(name, weight, made)
    nodes = []
    parts = [f"{source}.{part}" for part in ("bytes", "scale", "zero")]
    if source not in seen:
        seen.add(source)
        nodes = [helper.make_node("DynamicQuantizeLinear", [source], parts, name=f"{source}.bytes")]
    inputs = [parts[0], f"{name}.codes", parts[1], f"{name}.scales", parts[2]] + (["", bias[0]] if bias else [])
    outputs = [bias[1] if bias else node.output[0]]
    return [*nodes, helper.make_node("MatMulIntegerToFloat", inputs, outputs, name=node.name, domain="com.microsoft")]


def _rows(node: onnx.NodeProto, table: Array, made: list[onnx.TensorProto]) -> list[onnx.NodeProto]:
    """An embedding table as int8 rows with a scale each: gather codes, gather scales, multiply."""
    scales = np.abs(table).max(1, keepdims=True).astype(np.float32) / 127.0
    scales[scales == 0] = 1.0
    codes = np.clip(np.rint(table / scales), -127, 127).astype(np.int8)
    name, out = node.input[0], node.output[0]
    made.append(numpy_helper.from_array(codes, f"{name}.codes"))
    made.append(numpy_helper.from_array(scales, f"{name}.scales"))
    return [
        helper.make_node("Gather", [f"{name}.codes", node.input[1]], [f"{out}.codes"], name=f"{node.name}.codes"),
        helper.make_node("Gather", [f"{name}.scales", node.input[1]], [f"{out}.scales"], name=f"{node.name}.scales"),
        helper.make_node("Cast", [f"{out}.codes"], [f"{out}.float"], name=f"{node.name}.float", to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{out}.float", f"{out}.scales"], [out], name=f"{node.name}.mul"),
    ]


def _halve(graph: onnx.ModelProto) -> None:
    """Store the float weights that are left in half precision; a Cast before their use is folded when the model is loaded."""
    model = graph.graph
    casts: list[onnx.NodeProto] = []
    stored: list[onnx.TensorProto] = []
    for tensor in model.initializer:
        large = (
            tensor.data_type == TensorProto.FLOAT
            and np.prod(tensor.dims) >= 4096
            and not tensor.name.endswith(".scales")
        )
        if not large:
            stored.append(tensor)
            continue
        half = numpy_helper.to_array(tensor).astype(np.float16)
        stored.append(numpy_helper.from_array(half, f"{tensor.name}.half"))
        casts.append(
            helper.make_node(
                "Cast", [f"{tensor.name}.half"], [tensor.name], name=f"{tensor.name}.cast", to=TensorProto.FLOAT
            )
        )
    nodes = [*casts, *model.node]
    del model.node[:], model.initializer[:]
    model.node.extend(nodes)
    model.initializer.extend(stored)
