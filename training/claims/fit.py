"""Fit the layer ``claim`` on states made by ``prepare.py``: ``python fit.py OUT.pt STATES… [--test STATES…]``.

The encoder stays as it is, so a pass over 900 windows takes some ten seconds of CPU time. Printed for the texts held
out: F1, precision and recall of the words of each mark at its best threshold.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from layer import MARKS, STATES
from net import Claims
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

PASSES, TOGETHER, RATE = 10, 8, 2e-3
KINDS_WEIGH = 0.25


class Window(NamedTuple):
    """What the model saw of one window, and what a careful person marked in it (−1: may be marked or not)."""

    hidden: Tensor  # 1×W×384
    context: Tensor  # 1×W×192
    sentences: Tensor  # 1×W
    marks: Tensor  # W×M
    kinds: Tensor  # W×K


def windows(paths: list[Path]) -> list[Window]:
    """All windows of the reports in some files."""
    found = []
    for path in paths:
        for row in pickle.loads(path.read_bytes()):
            for number in range(int(row["window"].max()) + 1 if len(row["window"]) else 0):
                here = np.flatnonzero(row["window"] == number)
                states = torch.from_numpy(row["states"][here].astype(np.float32))[None]
                sentences = torch.from_numpy(row["sentences"][here].astype(np.int64))[None]
                marks = torch.from_numpy(row["marks"][here].astype(np.float32))
                kinds = torch.from_numpy(row["kinds"][row["sentences"][here]].astype(np.float32))
                found.append(Window(states[..., :STATES], states[..., STATES:], sentences, marks, kinds))
    return found


def loss_of(model: Claims, window: Window) -> Tensor:
    """Mean over the words, of the sum over marks and (less) kinds."""
    scores = model(window.hidden, window.context, window.sentences)[0]
    known = (window.marks >= 0).float()
    each = functional.binary_cross_entropy_with_logits
    marks = each(scores[:, : len(MARKS)], window.marks.clamp(min=0), reduction="none") * known
    kinds = each(scores[:, len(MARKS) :], window.kinds, reduction="none")
    return (marks.sum() + KINDS_WEIGH * kinds.sum()) / len(scores)


def fit(given: list[Window], seed: int, passes: int = PASSES) -> Claims:
    """A layer fitted on some windows, from the beginning that ``seed`` gives."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    model = Claims(given[0].kinds.shape[1])
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=0.02)
    steps = passes * (len(given) // TOGETHER)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1)
    for _ in range(passes):
        rows = list(given)
        order.shuffle(rows)
        for at in range(0, len(rows) - TOGETHER + 1, TOGETHER):
            loss = sum(loss_of(model, row) for row in rows[at : at + TOGETHER]) / TOGETHER
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return model.eval()


def best(probable: NDArray[np.float32], gold: NDArray[np.float32]) -> tuple[float, float, float, float, int]:
    """(F1, precision, recall, threshold, positives) at the best threshold; what may be marked or not is left out."""
    told = gold >= 0
    probable, gold = probable[told], gold[told] > 0
    order = np.argsort(-probable)
    right = np.cumsum(gold[order])
    precision, recall = right / np.arange(1, len(order) + 1), right / max(int(gold.sum()), 1)
    score = 2 * precision * recall / (precision + recall + 1e-9)
    at = int(score.argmax())
    return float(score[at]), float(precision[at]), float(recall[at]), float(probable[order[at]]), int(gold.sum())


def report(model: Claims, held: list[Window]) -> None:
    """Print what the layer finds in texts that it was not fitted on."""
    with torch.no_grad():
        scores = [model(row.hidden, row.context, row.sentences)[0].sigmoid().numpy() for row in held]
    probable, gold = np.concatenate(scores), np.concatenate([row.marks.numpy() for row in held])
    for number, name in enumerate(MARKS):
        told(name, probable[:, number], gold[:, number])
    kinds = np.concatenate([row.kinds.numpy() for row in held])
    tells = (kinds.max(1) > 0).astype(np.float32)
    told("any incident", probable[:, len(MARKS) :].max(1), tells)


def told(name: str, probable: NDArray[np.float32], gold: NDArray[np.float32]) -> None:
    """Print one row."""
    score, precision, recall, threshold, words = best(probable, gold)
    print(f"{name:14} F1 {score:.2f} P {precision:.2f} R {recall:.2f} at {threshold:.2f}, {words} words")


def main() -> None:
    """Fit, print, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("states", type=Path, nargs="+")
    parser.add_argument("--test", type=Path, nargs="*", default=[])
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--seed", type=int, default=1)
    options: Any = parser.parse_args()
    torch.set_num_threads(1)
    began, given = time.process_time(), windows(options.states)
    model = fit(given, options.seed, options.passes)
    print(f"{len(given)} windows, {time.process_time() - began:.0f} s of CPU time")
    if options.test:
        report(model, windows(options.test))
    torch.save(model.state_dict(), options.out)


if __name__ == "__main__":
    main()
