"""A batch of windows is read a window at a time: taken apart without its padding, the outputs put side by side again.

The graph scales the bytes it computes with by what is in the window. Alone, a window scores the same whatever is read
beside it, and no work is spent on padding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sayso.language.inputs import Inputs

    Outputs = dict[str, NDArray[Any]]

_HEADS = frozenset({"dep.head", "coref.head"})  # B×W×(W+1): their last axis is words, too
_IMPOSSIBLE = -1e4


def alone(inputs: Inputs) -> Iterator[Inputs]:
    """Yield the inputs of each window: 1×L, 1×W and 1×W×K arrays without padding."""
    lengths, sizes = inputs["mask"].sum(1).tolist(), inputs["wordmask"].sum(1).tolist()
    for row, (length, size) in enumerate(zip(lengths, sizes, strict=True)):
        yield {
            name: inputs[name][row : row + 1, : length if name in {"pieces", "shapes"} else size]
            for name in ("pieces", "shapes", "words", "sentences", "anchors")
        }


def beside(windows: Sequence[Outputs], width: int) -> Outputs:
    """Return the outputs of all windows as those of one batch.

    Args:
        windows: the outputs of each, one row.
        width: W of the batch; what lies behind a window's words scores 0, or is impossible as a head.

    """
    return {name: _joined(name, [outputs[name] for outputs in windows], width) for name in windows[0]}


def _joined(name: str, parts: list[NDArray[Any]], width: int) -> NDArray[Any]:
    import numpy as np

    if name.endswith(".index"):  # P×2: every window called itself number 0
        rows = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        return np.stack([rows, np.concatenate([part[:, 1] for part in parts])], 1)
    if parts[0].ndim < 3:
        return np.concatenate(parts)
    many = name.endswith(".scores")  # P×S×C: S may be shorter than the batch's windows
    size = max(part.shape[1] for part in parts) if many else width
    shape = (sum(len(part) for part in parts), size, width + 1 if name in _HEADS else parts[0].shape[2])
    result = np.full(shape, _IMPOSSIBLE if name in _HEADS else 0.0, parts[0].dtype)
    at = 0
    for part in parts:
        result[at : at + len(part), : part.shape[1], : part.shape[2]] = part
        at += len(part)
    return result
