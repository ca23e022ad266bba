"""Plain decoders for evaluation: constrained Viterbi over BIO labels, spans, thresholds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from prepare.form import Span, spans_of

FORBIDDEN = -1e4
Floats = NDArray[np.float32]


class Bio:
    """Viterbi decoder of one BIO layer; with a CRF's transitions where the layer has them."""

    def __init__(self, layer: dict) -> None:
        self.labels: list[str] = layer["labels"]
        size = len(self.labels)
        given = layer.get("transitions")
        self.transitions = np.array(given, np.float32) if given else np.zeros((size, size), np.float32)
        self.start = np.array(layer["start"], np.float32) if given else np.zeros(size, np.float32)
        self.end = np.array(layer["end"], np.float32) if given else np.zeros(size, np.float32)
        for after, label in enumerate(self.labels):
            if label.startswith("I-"):
                self.start[after] = FORBIDDEN
                for before, other in enumerate(self.labels):
                    if other[1:] != label[1:]:
                        self.transitions[before, after] = FORBIDDEN

    def spans(self, scores: Floats) -> list[Span]:
        """Best valid spans for scores W×C (softmax-normalised per word first: only differences count)."""
        return spans_of([self.labels[i] for i in self.path(scores)])

    def path(self, scores: Floats) -> list[int]:
        """Best valid label sequence for W×C."""
        best = self.start + scores[0]
        back = []
        for row in scores[1:]:
            options = best[:, None] + self.transitions  # C×C
            back.append(options.argmax(0))
            best = options.max(0) + row
        path = [int((best + self.end).argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return path[::-1]


class Counts:
    """True positives, predicted and gold, and the F1 of them in per cent."""

    def __init__(self) -> None:
        self.right = self.predicted = self.gold = 0

    def add(self, predicted: set, gold: set) -> None:
        """Compare two sets of items of one unit of text."""
        self.right += len(predicted & gold)
        self.predicted += len(predicted)
        self.gold += len(gold)

    def f1(self) -> float:
        """2PR/(P+R)."""
        return 200 * self.right / max(1, self.predicted + self.gold)

    def __str__(self) -> str:
        precision, recall = 100 * self.right / max(1, self.predicted), 100 * self.right / max(1, self.gold)
        return f"P {precision:.1f} R {recall:.1f} F {self.f1():.1f} (gold {self.gold})"
