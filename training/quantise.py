"""float32 graph → small graph: 8-bit matrix products, 8-bit rows for word embeddings, half precision at rest for the rest.

Weights of a product have one scale per output column; activations are scaled row by row (a row is a word piece), in plain operators:
row maximum, division, QuantizeLinear with the fixed scale 1/127 and zero point 128, MatMulIntegerToFloat, multiplication by the row maximum.
ONNX Runtime's own dynamic quantisation takes one scale for the whole batch, so what a window scores would depend on its neighbours and
on padding; MatMulNBits (8 bits, blocks) doesn't, but takes twice the time (LOG.md). Integer sums are exact: a row scores the same in any batch.
"""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MINIMUM = 100_000  # smaller weights stay float: they cost nothing
Array = NDArray[np.generic]


def quantise(graph: onnx.ModelProto, keep_float: list[str]) -> None:
    """In place."""
    model = graph.graph
    weights = {tensor.name: tensor for tensor in model.initializer}
    nodes: list[onnx.NodeProto] = []
    made: list[onnx.TensorProto] = []
    done: set[str] = set()
    for node in model.node:
        name = next((i for i in node.input if i in weights), "")
        tensor = weights.get(name)
        large = (
            tensor is not None
            and len(tensor.dims) == 2
            and np.prod(tensor.dims) >= MINIMUM
            and not _kept(node, keep_float)
        )
        if large and node.op_type == "MatMul" and node.input[1] == name:
            nodes += _product(node, numpy_helper.to_array(tensor), made)
            done.add(name)
        elif large and node.op_type == "Gather" and node.input[0] == name:
            nodes += _rows(node, numpy_helper.to_array(tensor), made)
            done.add(name)
        else:
            nodes.append(node)
    _replace(graph, nodes, made, done)
    _halve(graph)


def _kept(node: onnx.NodeProto, parts: list[str]) -> bool:
    return any(part in node.name for part in parts)


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


def _shared(made: list[onnx.TensorProto]) -> None:
    """Constants that every product uses."""
    if not any(tensor.name == "row.scale" for tensor in made):
        made.append(numpy_helper.from_array(np.float32(1 / 127), "row.scale"))
        made.append(numpy_helper.from_array(np.uint8(128), "row.zero"))
        made.append(numpy_helper.from_array(np.float32(1e-6), "row.least"))
        made.append(numpy_helper.from_array(np.array([-1], np.int64), "row.axis"))


def _product(node: onnx.NodeProto, weight: Array, made: list[onnx.TensorProto]) -> list[onnx.NodeProto]:
    codes, scales = columns(weight)
    _shared(made)
    name, out, source = node.input[1], node.output[0], node.input[0]
    made.append(numpy_helper.from_array(codes, f"{name}.codes"))
    made.append(numpy_helper.from_array(scales, f"{name}.scales"))
    steps = [
        ("Abs", [source], "size", ""),
        ("ReduceMax", [f"{out}.size", "row.axis"], "largest", ""),
        ("Max", [f"{out}.largest", "row.least"], "row", ""),
        ("Div", [source, f"{out}.row"], "unit", ""),
        ("QuantizeLinear", [f"{out}.unit", "row.scale", "row.zero"], "bytes", ""),
        (
            "MatMulIntegerToFloat",
            [f"{out}.bytes", f"{name}.codes", "row.scale", f"{name}.scales", "row.zero"],
            "sum",
            "com.microsoft",
        ),
    ]
    nodes = [
        helper.make_node(op, inputs, [f"{out}.{made_name}"], name=f"{node.name}.{made_name}", domain=domain)
        for op, inputs, made_name, domain in steps
    ]
    return [*nodes, helper.make_node("Mul", [f"{out}.sum", f"{out}.row"], [out], name=f"{node.name}.scaled")]


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
