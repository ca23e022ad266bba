"""Second stage: what is true of a mention, two opinions fitted apart (a minute of CPU time).

Called by fit.py. One opinion goes by the finished network's vectors, which know what is going on, the other by the encoder's states
as they are (their principal components), which know what a thing is: the vectors were fitted to the same texts, so of the words
themselves they know too much by heart. Fitted together with the network these scores stay poor: mentions are few beside tokens.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

INNER, CONTEXT = 128, 0.3
ROWS = {"head": (2048, 2048, 2048), "raw": (4096, 4096, 2048)}  # of the tables of own words, last words, words beside
NOISE = 0.5


class Head(nn.Module):
    """Attributes of mentions; parameters stand in the file of weights as ``head.*`` and ``raw.*``."""

    def __init__(self, features: int, attributes: int, roles: int, rows: tuple[int, int, int]) -> None:
        super().__init__()
        self.a, self.b, self.role = nn.Linear(features, INNER), nn.Linear(INNER, attributes), nn.Embedding(roles, INNER)
        self.lex, self.last, self.ctx = (nn.EmbeddingBag(count, attributes, mode="sum") for count in rows)
        for table in (self.lex, self.last, self.ctx):
            nn.init.zeros_(table.weight)
        nn.init.normal_(self.role.weight, 0, 0.3)

    def forward(
        self, seen: Tensor, role: Tensor, own: list[list[int]], last: list[list[int]], beside: list[list[int]]
    ) -> Tensor:
        """seen M×F, role M, rows of words of each mention, of its last word and of its sentence → M×A scores."""
        if self.training:
            seen = seen + torch.randn_like(seen) * NOISE
        hidden = functional.gelu(self.a(seen) + self.role(role), approximate="tanh")
        scores = self.b(functional.dropout(hidden, NOISE, self.training))
        for table, rows, weight in ((self.lex, own, 1.0), (self.last, last, 1.0), (self.ctx, beside, CONTEXT)):
            scores = scores + functional.dropout(weight * bag(table, rows), NOISE, self.training)
        return scores


def bag(table: nn.EmbeddingBag, rows: list[list[int]]) -> Tensor:
    """Sums of the rows, each once."""
    kept = [sorted({row % table.num_embeddings for row in own}) for own in rows]
    starts = np.cumsum([0, *map(len, kept)])[:-1]
    return table(torch.tensor([row for own in kept for row in own]), torch.from_numpy(starts))


def mentions_of(text: dict, vectors: Tensor) -> list[tuple]:
    """(vectors seen, states seen, role, words, last word, words of the sentence, attributes) of each mention of a text."""
    sentence, words = text["sentences"].astype(np.int64), text["words"].astype(np.int64)
    states, out = torch.from_numpy(text["cased"].astype(np.float32)), []
    whole, own_whole = vectors.mean(0), states.mean(0)
    for role, first, last, _, attributes in text["mentions"]:
        here = torch.from_numpy(sentence == sentence[first])
        seen = torch.cat([vectors[first], vectors[last - 1], vectors[first:last].mean(0), vectors[here].mean(0), whole])
        own = torch.cat([states[last - 1], states[first:last].mean(0), states[here].mean(0), own_whole])
        lexical = (words[first:last].tolist(), [int(words[last - 1])], words[here.numpy()].tolist())
        out.append((seen, own, role, *lexical, attributes))
    return out


def fit(found: list[tuple], applies: Tensor, epochs: int = 11, rate: float = 3e-3) -> dict[str, Tensor]:
    """Weights of both opinions, and the mean and spread of their features."""
    parts = (("head", 0), ("raw", 1))
    return {
        name: value
        for opinion, column in parts
        for name, value in one(found, applies, opinion, column, epochs, rate).items()
    }


def one(found: list[tuple], applies: Tensor, opinion: str, column: int, epochs: int, rate: float) -> dict[str, Tensor]:
    seen, role = torch.stack([mention[column] for mention in found]), torch.tensor([mention[2] for mention in found])
    mu, sd = seen.mean(0), seen.std(0) + 0.1
    seen = (seen - mu) / sd
    gold = torch.zeros(len(found), applies.shape[1])
    for number, mention in enumerate(found):
        gold[number, list(mention[6])] = 1
    head = Head(seen.shape[1], applies.shape[1], len(applies), ROWS[opinion])
    optimizer = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.3)
    steps, step = epochs * (len(found) // 64 + 1), 0
    for _ in range(epochs):
        for some in torch.randperm(len(found)).split(64):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1, step / 50) * max(0.02, 1 - step / steps)
            words = [[found[n][part] for n in some.tolist()] for part in (3, 4, 5)]
            losses = functional.binary_cross_entropy_with_logits(
                head(seen[some], role[some], *words), gold[some], reduction="none"
            )
            loss = (losses * applies[role[some]]).sum() / len(some)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return {f"{opinion}.{name}": value for name, value in {**head.state_dict(), "mu": mu, "sd": sd}.items()}
