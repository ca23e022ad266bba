"""The joint model: one encoder, a head per layer, and the loss over whatever gold a window has."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from encoder import Encoder
from layers import FORBIDDEN, Arcs, Context, Crf, Relations, Roles, Syntax, zero_linear
from torch import Tensor, nn
from torch.nn import functional

NO_GOLD = -100

ANCHOR_LAYERS = ["srl", "quote", "event", "location", "kairos"]
CRF_LAYERS = ["attribution"]
NUMBER_LAYERS = ["factuality"]
CONTEXT_LAYERS = [
    "attribution",
    "entity",
    "gmb",
    "kairos",
    "military",
    "timex",
    "trigger",
]  # their words also see their heads
WEIGHTS = {
    "srl.roles": 2.5,
    "attribution": 3.5,
    "entity": 1.5,
    "sentence": 0.2,
    "dep.head": 1.2,
    "dep.label": 0.6,
    "coref": 0.3,
    "role": 0.5,
    "factuality": 0.3,
    "xpos": 0.5,
    "upos": 0.5,
}


@dataclass
class Inventory:
    """Label lists of every layer, in the order of their ids."""

    tags: dict[str, list[str]]
    relations: list[str]
    anchors: dict[str, list[str]]  # BIO role labels of each anchor layer


class Joint(nn.Module):
    """Encoder and heads; ``forward`` returns named scores, ``loss`` named losses."""

    def __init__(self, encoder: Encoder, inventory: Inventory, dropout: float) -> None:
        super().__init__()
        width = encoder.pieces.embedding_dim
        self.encoder, self.inventory = encoder, inventory
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.ModuleDict({name: nn.Linear(width, len(labels)) for name, labels in inventory.tags.items()})
        self.crf = nn.ModuleDict({name: Crf(inventory.tags[name]) for name in CRF_LAYERS if name in inventory.tags})
        self.pick = nn.Linear(width, len(ANCHOR_LAYERS) + 1)  # last: head word of a mention
        self.arcs = Arcs(width, 256, dropout)
        self.relations = Relations(width, 96, len(inventory.relations), dropout)
        self.coref = Arcs(width, 128, dropout)
        self.roles = nn.ModuleDict(
            {
                name: Roles(width, 160, len(labels), len(inventory.relations))
                for name, labels in inventory.anchors.items()
            }
        )
        self.context = Context(width, 192)
        sizes = {name: len(labels) for name, labels in inventory.tags.items() if name in CONTEXT_LAYERS}
        sizes["pick"] = len(ANCHOR_LAYERS) + 1
        self.text = nn.Linear(
            width, width
        )  # of the mean of what goes into the first block; fitted after training (embedding.py)
        self.seen = nn.ModuleDict({name: zero_linear(192, size) for name, size in sizes.items()})

    def words(self, pieces: Tensor, mask: Tensor, shapes: Tensor, words: Tensor) -> tuple[Tensor, list[Tensor]]:
        """(hidden state of each word's first piece B×W×H, all layers B×L×H each)."""
        layers = self.encoder.all_layers(pieces, mask, shapes)
        first = torch.gather(layers[-1], 1, words[:, :, None].expand(-1, -1, layers[-1].shape[-1]))
        return self.dropout(first), layers

    def dep_scores(self, hidden: Tensor, sentences: Tensor) -> Tensor:
        """B×W×(W+1); heads in other sentences and the word itself are impossible."""
        scores = self.arcs(hidden).float()
        size = sentences.shape[1]
        same = sentences[:, :, None] == sentences[:, None]  # B×W×W
        places = torch.arange(size, device=same.device)
        same = same & (places[:, None] != places)  # no word is its own head
        allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
        return scores.masked_fill(~allowed, FORBIDDEN)

    def coref_scores(self, hidden: Tensor) -> Tensor:
        """B×W×(W+1); only earlier words can be antecedents."""
        scores = self.coref(hidden).float()
        size = hidden.shape[1]
        earlier = (
            torch.arange(size + 1, device=hidden.device) <= torch.arange(size, device=hidden.device)[:, None]
        )  # column 0 = none
        return scores.masked_fill(~earlier, FORBIDDEN)

    def tag_scores(self, name: str, hidden: Tensor, context: Tensor) -> Tensor:
        """B×W×C of a tag layer, or of ``pick``."""
        head = self.pick if name == "pick" else self.tags[name]
        scores = head(hidden)
        return scores + self.seen[name](context) if name in self.seen else scores

    def loss(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Weighted losses of the layers that have gold in this batch."""
        hidden, _ = self.words(batch["pieces"], batch["mask"], batch["shapes"], batch["words"])
        losses: dict[str, Tensor] = {}
        dep = self.dep_scores(hidden, batch["sentences"])
        parts = self.relations.parts(hidden)
        syntax = Syntax.of(dep, self.relations.score(parts, dep.argmax(-1)))
        context = self.dropout(self.context(hidden, syntax))
        for name in self.tags:
            key = f"tag.{name}"
            if key in batch:
                scores = self.tag_scores(name, hidden, context)
                losses[name] = self._tag_loss(name, scores, batch[key], batch["wordmask"].bool())
        if "pick" in batch:
            losses["pick"] = _pick_loss(self.tag_scores("pick", hidden, context), batch["pick"])
        if "heads" in batch:
            losses["dep.head"] = _cross_entropy(dep, batch["heads"])
            relations = self.relations.score(parts, batch["heads"].clamp(min=0)).float()
            losses["dep.label"] = _cross_entropy(relations, batch["relations"])
        if "antecedents" in batch:
            scores = self.coref_scores(hidden)
            losses["coref"] = _cross_entropy(scores, batch["antecedents"])
        for name, head in self.roles.items():
            if f"{name}.index" in batch:
                scores = head(hidden, batch[f"{name}.index"], syntax).float()
                losses[f"{name}.roles"] = _cross_entropy(scores, batch[f"{name}.gold"])
        return {name: loss * WEIGHTS.get(name, 1.0) for name, loss in losses.items()}

    def _tag_loss(self, name: str, scores: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        if name in NUMBER_LAYERS:
            known = gold > NO_GOLD
            return functional.smooth_l1_loss(
                scores[..., 0][known].float(), gold[known], reduction="sum"
            ) / known.sum().clamp(min=1)
        if name in self.crf:
            rows = (gold[:, 0] != NO_GOLD).nonzero()[:, 0]  # gold for a window is all or nothing
            mask, gold = mask[rows], gold[rows]
            return self.crf[name].loss(scores[rows], gold.clamp(min=0), mask)
        return _cross_entropy(scores.float(), gold)


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    """Mean over the words with gold, 0 where there are none. scores …×C, gold … with −100 where unknown."""
    loss = functional.cross_entropy(scores.flatten(0, -2), gold.flatten(), ignore_index=NO_GOLD, reduction="sum")
    return loss / (gold != NO_GOLD).sum().clamp(min=1)


def _pick_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """scores B×W×(K+1), gold the same shape with −100 where unknown: sum over columns of the mean loss."""
    known = gold > NO_GOLD
    losses = (
        functional.binary_cross_entropy_with_logits(scores.float(), gold.clamp(min=0).float(), reduction="none") * known
    )
    return (losses.sum((0, 1)) / known.sum((0, 1)).clamp(min=1)).sum()
