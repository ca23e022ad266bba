"""The layer ``claim``: which words of a report tell a field of a claim, over the states of the finished encoder.

A word is seen with its neighbours, its sentence and its window. Every mark is judged by itself, since one word may
tell several fields: the policemen of "gunmen killed nine policemen" are killed, and were the target.
"""

from __future__ import annotations

import torch
from layer import CONTEXT, MARKS, STATES
from torch import Tensor, nn
from torch.nn import functional

SIZE, DROP = 192, 0.3


def beside(hidden: Tensor, *steps: int) -> Tensor:
    """Put the words ``steps`` away beside each word: 1×W×H → 1×W×(H·(1 + steps)); nothing lies beyond the window."""
    reach = max(abs(step) for step in steps)
    padded = functional.pad(hidden, (0, 0, reach, reach))
    size = hidden.shape[1]
    return torch.cat([hidden, *(padded[:, reach + step : reach + step + size] for step in steps)], -1)


class Claims(nn.Module):
    """States of a window → one logit a word and mark, and one a word and kind of incident (equal in a sentence)."""

    def __init__(self, kinds: int) -> None:
        super().__init__()
        width = STATES + CONTEXT
        self.own = nn.Linear(width, SIZE)
        self.near, self.far = nn.Linear(3 * SIZE, SIZE), nn.Linear(5 * SIZE, SIZE)
        self.around = nn.Linear(2 * SIZE, SIZE)
        self.marks, self.direct = nn.Linear(SIZE, len(MARKS)), nn.Linear(width, len(MARKS))
        self.kinds = nn.Linear(2 * SIZE, kinds)
        self.dropout = nn.Dropout(DROP)

    def forward(self, hidden: Tensor, context: Tensor, sentences: Tensor) -> Tensor:
        """hidden 1×W×384, context 1×W×192, sentences 1×W (number of each word's) → 1×W×(marks + kinds)."""
        seen = self.dropout(torch.cat([hidden, context], -1))
        same = (sentences[:, :, None] == sentences[:, None]).to(seen.dtype)
        same = same / same.sum(-1, keepdim=True)
        inner = functional.gelu(self.own(seen))
        inner = inner + functional.gelu(self.near(beside(self.dropout(inner), -1, 1)))
        inner = inner + functional.gelu(self.far(beside(self.dropout(inner), -4, -2, 2, 4)))
        whole = inner.mean(1, keepdim=True).expand(-1, inner.shape[1], -1)
        inner = inner + functional.gelu(self.around(torch.cat([same @ inner, whole], -1)))
        last = self.dropout(inner)
        marks = self.marks(last) + self.direct(seen)
        return torch.cat([marks, self.kinds(torch.cat([same @ last, whole], -1))], -1)
