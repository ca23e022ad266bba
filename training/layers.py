"""The heads over the encoder: tags, a linear-chain CRF, arcs between words, and roles around an anchor word."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

FORBIDDEN = -1e4


class Crf(nn.Module):
    """Linear-chain CRF over BIO labels; impossible transitions are fixed at −1e4."""

    def __init__(self, labels: list[str]) -> None:
        super().__init__()
        size = len(labels)
        self.transitions = nn.Parameter(torch.zeros(size, size))  # from × to
        self.start = nn.Parameter(torch.zeros(size))
        self.end = nn.Parameter(torch.zeros(size))
        allowed = [[_may_follow(a, b) for b in labels] for a in labels]
        self.register_buffer("allowed", torch.tensor(allowed), persistent=False)
        self.register_buffer("may_start", torch.tensor([not b.startswith("I-") for b in labels]), persistent=False)

    def scores(self) -> tuple[Tensor, Tensor, Tensor]:
        """(transitions C×C, start C, end C) with the constraints in."""
        transitions = self.transitions.masked_fill(~self.allowed, FORBIDDEN)
        return transitions, self.start.masked_fill(~self.may_start, FORBIDDEN), self.end

    def loss(self, emissions: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Mean negative log-likelihood per word. emissions B×W×C, gold B×W (valid everywhere), mask B×W (prefix of ones)."""
        transitions, start, end = self.scores()
        emissions = emissions.float()
        batch = torch.arange(len(gold))
        alpha = start + emissions[:, 0]  # B×C
        path = start[gold[:, 0]] + emissions[batch, 0, gold[:, 0]]  # B
        for place in range(1, gold.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + transitions, 1) + emissions[:, place]  # B×C
            here = mask[:, place, None]
            alpha = torch.where(here, step, alpha)
            gain = transitions[gold[:, place - 1], gold[:, place]] + emissions[batch, place, gold[:, place]]
            path = path + torch.where(mask[:, place], gain, 0.0)
        last = mask.sum(1) - 1
        path = path + end[gold[batch, last]]
        return (torch.logsumexp(alpha + end, 1) - path).sum() / mask.sum()


def _may_follow(before: str, after: str) -> bool:
    return not after.startswith("I-") or before[1:] == after[1:]


class Arcs(nn.Module):
    """Biaffine head scores with a learned root vector: column 0 = root, column j+1 = word j."""

    def __init__(self, width: int, size: int, dropout: float) -> None:
        super().__init__()
        self.child, self.head = nn.Linear(width, size), nn.Linear(width, size)
        self.root = nn.Parameter(torch.randn(size) * 0.02)
        self.bilinear = nn.Parameter(torch.randn(size, size) * size**-0.5 * 0.1)
        self.bias = nn.Linear(size, 1, bias=False)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor) -> Tensor:
        """B×W×H → B×W×(W+1)."""
        child = self.dropout(functional.gelu(self.child(hidden)))  # B×W×D
        head = self.dropout(functional.gelu(self.head(hidden)))  # B×W×D
        root = self.root.expand(head.shape[0], 1, -1)  # B×1×D
        head = torch.cat([root, head], 1)  # B×(W+1)×D
        return child @ self.bilinear @ head.transpose(1, 2) + self.bias(head).transpose(1, 2)


class Relations(nn.Module):
    """Label of the arc from a word to its head: low-dimensional biaffine."""

    def __init__(self, width: int, size: int, labels: int, dropout: float) -> None:
        super().__init__()
        self.child, self.head = nn.Linear(width, size), nn.Linear(width, size)
        self.root = nn.Parameter(torch.randn(size) * 0.02)
        self.bilinear = nn.Parameter(torch.randn(size, labels * size) * size**-0.5 * 0.1)
        self.linear = nn.Linear(2 * size, labels)
        self.dropout = nn.Dropout(dropout)
        self.size, self.labels = size, labels

    def forward(self, hidden: Tensor, heads: Tensor) -> Tensor:
        """hidden B×W×H, heads B×W (0 = root, j+1 = word j) → B×W×C."""
        child = self.dropout(functional.gelu(self.child(hidden)))  # B×W×D
        head = self.dropout(functional.gelu(self.head(hidden)))  # B×W×D
        head = torch.cat([self.root.expand(head.shape[0], 1, -1), head], 1)  # B×(W+1)×D
        chosen = torch.gather(head, 1, heads[:, :, None].expand(-1, -1, self.size))  # B×W×D
        left = (child @ self.bilinear).unflatten(-1, (self.labels, self.size))  # B×W×C×D
        return (left * chosen[:, :, None]).sum(-1) + self.linear(torch.cat([child, chosen], -1))


class Roles(nn.Module):
    """BIO role scores of every word of the window for an anchor: additive and multiplicative low-rank interaction plus distance."""

    REACH = 32

    def __init__(self, width: int, size: int, labels: int) -> None:
        super().__init__()
        self.anchor, self.word = nn.Linear(width, 2 * size), nn.Linear(width, 2 * size)
        self.distance = nn.Embedding(2 * self.REACH + 1, size)
        self.out = nn.Linear(2 * size, labels)
        self.size = size

    def forward(self, hidden: Tensor, index: Tensor) -> Tensor:
        """hidden B×W×H, index P×2 (window, word) → P×W×C."""
        window, word = index[:, 0], index[:, 1]
        anchor = self.anchor(hidden[window, word])[:, None]  # P×1×2D
        words = self.word(hidden)[window]  # P×W×2D
        places = torch.arange(hidden.shape[1], device=hidden.device)  # W
        steps = (places[None] - word[:, None]).clamp(-self.REACH, self.REACH) + self.REACH  # P×W
        added = functional.gelu(anchor[..., : self.size] + words[..., : self.size] + self.distance(steps))
        product = anchor[..., self.size :] * words[..., self.size :]
        return self.out(torch.cat([added, product], -1))
