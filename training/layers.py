"""The heads over the encoder: tags, a linear-chain CRF, arcs between words, and roles around an anchor word."""

from __future__ import annotations

from dataclasses import dataclass

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
        return self.score(self.parts(hidden), heads)

    def parts(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What doesn't depend on the heads: (child B×W×D, head B×(W+1)×D, child × label B×W×C×D)."""
        child = self.dropout(functional.gelu(self.child(hidden)))  # B×W×D
        head = self.dropout(functional.gelu(self.head(hidden)))  # B×W×D
        head = torch.cat([self.root.expand(head.shape[0], 1, -1), head], 1)  # B×(W+1)×D
        return child, head, (child @ self.bilinear).unflatten(-1, (self.labels, self.size))

    def score(self, parts: tuple[Tensor, Tensor, Tensor], heads: Tensor) -> Tensor:
        """Label scores B×W×C for given heads B×W."""
        child, head, left = parts
        chosen = torch.gather(head, 1, heads[:, :, None].expand(-1, -1, self.size))  # B×W×D
        return (left * chosen[:, :, None]).sum(-1) + self.linear(torch.cat([child, chosen], -1))


@dataclass
class Syntax:
    """What the parser believes, as probabilities; no gradient goes back through it.

    heads: B×W×W, word × its head (rows sum to 1 less the root's share); under: B×W×W, word × its ancestor up to seven arcs away (itself 1);
    siblings: B×W×W, two words with one head; relations: B×W×C, the relation of a word to its best head.
    """

    heads: Tensor
    under: Tensor
    siblings: Tensor
    relations: Tensor

    @staticmethod
    def of(scores: Tensor, relations: Tensor) -> Syntax:
        """From head scores B×W×(W+1) and relation scores B×W×C."""
        heads = torch.softmax(scores.detach().float(), -1)[..., 1:]
        under = heads + torch.eye(heads.shape[-1], device=heads.device)  # 0-1 arcs
        second = heads @ heads
        under = under + second @ under  # 0-3 arcs
        under = (under + second @ second @ under).clamp(max=1.0)  # 0-7 arcs
        return Syntax(heads, under, heads @ heads.transpose(1, 2), torch.softmax(relations.detach().float(), -1))


class Context(nn.Module):
    """A word seen with its head, its head's head and its dependents: input of a second, additive score of some tag layers."""

    def __init__(self, width: int, size: int) -> None:
        super().__init__()
        self.own, self.head, self.second, self.below = (nn.Linear(width, size) for _ in range(4))

    def forward(self, hidden: Tensor, syntax: Syntax) -> Tensor:
        """hidden B×W×H → B×W×D."""
        heads = syntax.heads.to(hidden.dtype)
        up, down = heads, heads.transpose(1, 2)
        share = 1.0 / (1.0 + down.sum(-1, keepdim=True))  # the mean over dependents, drawn to zero where there are few
        mixed = self.own(hidden) + up @ (self.head(hidden) + up @ self.second(hidden))
        return functional.gelu(mixed + share * (down @ self.below(hidden)))


def zero_linear(size: int, labels: int) -> nn.Linear:
    """A layer that adds nothing until it is trained: finished weights go on from where they stood."""
    layer = nn.Linear(size, labels)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


class Roles(nn.Module):
    """BIO role scores of every word of the window for an anchor.

    A word and an anchor meet additively (with distance and what the parser says of the two) and multiplicatively; then a word inherits what
    was found for the dependent of the anchor that it stands under, since roles are mostly filled by whole subtrees.
    """

    REACH = 32
    EDGES = 5
    INHERITED = 64

    def __init__(self, width: int, size: int, labels: int, relations: int) -> None:
        super().__init__()
        self.anchor, self.word = nn.Linear(width, 2 * size), nn.Linear(width, 2 * size)
        self.distance = nn.Embedding(2 * self.REACH + 1, size)
        self.edges = nn.Parameter(torch.zeros(self.EDGES, size))
        self.relation = nn.Parameter(torch.zeros(relations, size))
        self.own, self.top = nn.Linear(2 * size, self.INHERITED), nn.Linear(2 * size, self.INHERITED)
        self.out, self.inherit = nn.Linear(2 * size, labels), zero_linear(self.INHERITED, labels)
        self.size = size

    def forward(self, hidden: Tensor, index: Tensor, syntax: Syntax) -> Tensor:
        """hidden B×W×H, index P×2 (window, word) → P×W×C."""
        window, word = index[:, 0], index[:, 1]
        anchor = self.anchor(hidden[window, word])[:, None]  # P×1×2D
        words = self.word(hidden)[window]  # P×W×2D
        places = torch.arange(hidden.shape[1], device=hidden.device)  # W
        steps = (places[None] - word[:, None]).clamp(-self.REACH, self.REACH) + self.REACH  # P×W
        child = syntax.heads.transpose(1, 2)[window, word].to(words.dtype)  # P×W: the anchor is the word's head
        edges = torch.stack([child, *(part.to(words.dtype) for part in _edges(syntax, window, word))], -1)  # P×W×5
        known = (syntax.relations.to(words.dtype) @ self.relation)[window]  # P×W×D
        added = anchor[..., : self.size] + words[..., : self.size] + self.distance(steps)
        added = functional.gelu(added + edges @ self.edges + child[..., None] * known)
        product = anchor[..., self.size :] * words[..., self.size :]
        found = torch.cat([added, product], -1)
        under = syntax.under[window].to(words.dtype)  # P×W×W
        inherited = under @ (child[..., None] * self.top(found))  # P×W×E
        return self.out(found) + self.inherit(functional.gelu(self.own(found) + inherited))


def _edges(syntax: Syntax, window: Tensor, word: Tensor) -> list[Tensor]:
    """P×W each: the word is the anchor's head, stands under it, above it, beside it."""
    under = syntax.under.transpose(1, 2)
    return [syntax.heads[window, word], under[window, word], syntax.under[window, word], syntax.siblings[window, word]]


def mean(hidden: Tensor, mask: Tensor) -> Tensor:
    """B×L×H → B×H over real pieces."""
    weights = mask[:, :, None].to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1.0)
