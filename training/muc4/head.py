"""Second stage: what is true of a mention, fitted on the finished network's vectors (a minute of CPU time).

Called by fit.py. Features: the vectors of the stretch, its sentence and the whole report, and the words of the stretch and
of its sentence. Fitted together with the network these scores stay poor: mentions are few beside tokens.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

ROWS, INNER, CONTEXT = 2048, 128, 0.3
NOISE = 0.5


class Head(nn.Module):
    """Attributes of mentions; parameters stand in the file of weights as ``head.*``."""

    def __init__(self, features: int, attributes: int, roles: int) -> None:
        super().__init__()
        self.a, self.b, self.role = nn.Linear(features, INNER), nn.Linear(INNER, attributes), nn.Embedding(roles, INNER)
        self.lex = nn.EmbeddingBag(ROWS, attributes, mode="sum")
        self.ctx = nn.EmbeddingBag(ROWS, attributes, mode="sum")
        nn.init.zeros_(self.lex.weight)
        nn.init.zeros_(self.ctx.weight)
        nn.init.normal_(self.role.weight, 0, 0.3)

    def forward(self, seen: Tensor, role: Tensor, own: list[list[int]], beside: list[list[int]]) -> Tensor:
        """seen M×F, role M, rows of words of each mention and of its sentence → M×A scores."""
        if self.training:
            seen = seen + torch.randn_like(seen) * NOISE
        hidden = functional.gelu(self.a(seen) + self.role(role), approximate="tanh")
        scores = self.b(functional.dropout(hidden, NOISE, self.training))
        scores = scores + functional.dropout(bag(self.lex, own), NOISE, self.training)
        return scores + functional.dropout(CONTEXT * bag(self.ctx, beside), NOISE, self.training)


def bag(table: nn.EmbeddingBag, rows: list[list[int]]) -> Tensor:
    starts = np.cumsum([0, *map(len, rows)])[:-1]
    return table(torch.tensor([row for own in rows for row in own]), torch.from_numpy(starts))


def mentions_of(text: dict, vectors: Tensor) -> list[tuple]:
    """(features, role, rows of its words, rows of its sentence's words, attributes) of each mention of a text."""
    sentence, rows = text["sentences"].astype(np.int64), text["words"].astype(np.int64) % ROWS
    sums, whole, out = torch.cat([torch.zeros_like(vectors[:1]), vectors.cumsum(0)]), vectors.mean(0), []
    for role, first, last, _, attributes in text["mentions"]:
        here = sentence == sentence[first]
        mean = (sums[last] - sums[first]) / (last - first)
        seen = torch.cat([vectors[first], vectors[last - 1], mean, vectors[torch.from_numpy(here)].mean(0), whole])
        out.append((seen, role, sorted({*rows[first:last].tolist()}), sorted({*rows[here].tolist()}), attributes))
    return out


def fit(found: list[tuple], applies: Tensor, epochs: int = 11, rate: float = 3e-3) -> dict[str, Tensor]:
    """Weights, and the mean and spread of the features."""
    seen, role = torch.stack([mention[0] for mention in found]), torch.tensor([mention[1] for mention in found])
    mu, sd = seen.mean(0), seen.std(0) + 0.1
    seen = (seen - mu) / sd
    gold = torch.zeros(len(found), applies.shape[1])
    for number, mention in enumerate(found):
        gold[number, list(mention[4])] = 1
    head = Head(seen.shape[1], applies.shape[1], len(applies))
    optimizer = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.3)
    steps, step = epochs * (len(found) // 64 + 1), 0
    for _ in range(epochs):
        for some in torch.randperm(len(found)).split(64):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1, step / 50) * max(0.02, 1 - step / steps)
            words = [[found[n][part] for n in some.tolist()] for part in (2, 3)]
            scores = head(seen[some], role[some], *words)
            losses = functional.binary_cross_entropy_with_logits(scores, gold[some], reduction="none")
            loss = (losses * applies[role[some]]).sum() / len(some)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return {f"head.{name}": value for name, value in {**head.state_dict(), "mu": mu, "sd": sd}.items()}
