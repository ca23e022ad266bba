"""MiniLM (a BERT encoder) with one addition: a learned embedding of each word's case shape."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

SHAPES = ["pad", "lower", "title", "upper", "mixed", "digits", "punct", "unknown"]


@dataclass(frozen=True)
class Size:
    """Dimensions of the base model."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


class Block(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(size.width, size.width) for _ in range(3))
        self.mix = nn.Linear(size.width, size.width)
        self.mix_norm = nn.LayerNorm(size.width, eps=1e-12)
        self.grow, self.shrink = nn.Linear(size.width, size.inner), nn.Linear(size.inner, size.width)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout, self.heads, self.rounding = dropout, size.heads, False
        self.scale = (size.width // size.heads) ** -0.5

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """hidden B×L×H, bias B×1×1×L (0 or −1e4) → B×L×H."""
        drop = (
            self.dropout if self.training else 0.0
        )  # none inside the attention: random numbers for B×N×L×L cost a sixth of a step
        seen = self.coarse(hidden)
        query, key, value = (self._split(layer(seen)) for layer in (self.query, self.key, self.value))  # B×N×L×D
        # Written out: on the CPU the backward pass of scaled_dot_product_attention takes a third of the whole step at these lengths.
        weights = torch.softmax(query @ key.transpose(-1, -2) * self.scale + bias, -1)  # B×N×L×L
        mixed = weights.to(value.dtype) @ value  # B×N×L×D
        mixed = self.mix(self.coarse(mixed.transpose(1, 2).flatten(2)))  # B×L×H
        hidden = self.mix_norm(hidden + functional.dropout(mixed, drop, self.training))
        inner = self.shrink(self.coarse(functional.gelu(self.grow(self.coarse(hidden)))))
        return self.norm(hidden + functional.dropout(inner, drop, self.training))

    def coarse(self, x: Tensor) -> Tensor:
        """In quantisation-aware training: rounded to 8 bits with one scale a window, as the exported graph does; gradients pass through."""
        if not (self.training and self.rounding):
            return x
        known = x.detach()
        scale = (known.amax((1, 2), keepdim=True) - known.amin((1, 2), keepdim=True)).float() / 255.0
        rounded = (known / scale).round() * scale
        return x + (rounded.to(x.dtype) - known)

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class Encoder(nn.Module):
    """Pieces and case shapes → hidden states."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.pieces = nn.Embedding(size.vocabulary, size.width)
        self.positions = nn.Embedding(size.positions, size.width)
        self.shapes = nn.Embedding(len(SHAPES), size.width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.blocks = nn.ModuleList(Block(size, dropout) for _ in range(size.layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, pieces: Tensor, mask: Tensor, shapes: Tensor) -> Tensor:
        """pieces, mask, shapes B×L → B×L×H."""
        return self.all_layers(pieces, mask, shapes)[-1]

    def all_layers(self, pieces: Tensor, mask: Tensor, shapes: Tensor) -> list[Tensor]:
        """The embeddings and the output of every block, each B×L×H."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.pieces(pieces) + self.positions(places) + self.shapes(shapes)
        hidden = self.dropout(self.norm(hidden))
        bias = (1.0 - mask[:, None, None].to(hidden.dtype)) * -1e4
        layers = [hidden]
        for block in self.blocks:
            layers.append(block(layers[-1], bias))
        return layers


NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "mix",
    "attention.output.LayerNorm": "mix_norm",
    "intermediate.dense": "grow",
    "output.dense": "shrink",
    "output.LayerNorm": "norm",
}


def load_base(folder: Path, dropout: float) -> Encoder:
    """The encoder with the base model's weights; token type 0 is folded into the positions."""
    config = json.loads((folder / "config.json").read_text())
    size = Size(
        config["vocab_size"],
        config["hidden_size"],
        config["num_hidden_layers"],
        config["num_attention_heads"],
        config["intermediate_size"],
    )
    encoder = Encoder(size, dropout)
    base = {key.removeprefix("bert."): value.float() for key, value in load_file(folder / "model.safetensors").items()}
    state = {
        "pieces.weight": base["embeddings.word_embeddings.weight"],
        "positions.weight": base["embeddings.position_embeddings.weight"]
        + base["embeddings.token_type_embeddings.weight"][0],
        "shapes.weight": encoder.shapes.weight.detach(),
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
    }
    for layer in range(size.layers):
        for old, new in NAMES.items():
            for part in ("weight", "bias"):
                state[f"blocks.{layer}.{new}.{part}"] = base[f"encoder.layer.{layer}.{old}.{part}"]
    encoder.load_state_dict(state)
    return encoder
