"""Fit the adapted encoder of the exam `muc4`: `python training/muc4/adapt.py PREPARED.pkl SHIPPED.pt OUT.pt [--passes 8]`.

Run in the training environment (torch). The shipped encoder's upper blocks get differences of low rank, fitted together with
a network like those of fit.py on top; each pass shows a text either in capitals or with its case restored. One pass takes
about four minutes of CPU time. OUT.pt holds the network and the differences, as they
were after the last whole pass.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
from fit import Net, batches, collate, loss_of, masks, thinned
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, BLOCKS = 384, 12, 6
FIRST = 2  # of the blocks that are adapted
TAPS = (3, 5)  # blocks whose output the network reads
RANK = 16
MASK, MASKED = 103, 0.08  # the piece [MASK], and the share of pieces it stands for in training
DROPOUT = 0.1
PRODUCTS = {
    "query": (384, 384),
    "key": (384, 384),
    "value": (384, 384),
    "mix": (384, 384),
    "grow": (1536, 384),
    "shrink": (384, 1536),
}


class Adapted(nn.Module):
    """The shipped encoder with differences of low rank."""

    def __init__(self, shipped: dict[str, Tensor]) -> None:
        super().__init__()
        for name, value in shipped.items():
            self.register_buffer(name.replace(".", "_"), value.float())
        low, norms = {}, {}
        for block in range(FIRST, BLOCKS):
            for name, (out, inner) in PRODUCTS.items():
                low[f"{block}_{name}_down"] = nn.Parameter(torch.randn(RANK, inner) / inner**0.5)
                low[f"{block}_{name}_up"] = nn.Parameter(torch.zeros(out, RANK))
            for name in ("mix_norm", "norm"):
                for part in ("weight", "bias"):
                    norms[f"{block}_{name}_{part}"] = nn.Parameter(shipped[f"blocks.{block}.{name}.{part}"].clone())
        self.low, self.norms = nn.ParameterDict(low), nn.ParameterDict(norms)

    def forward(self, pieces: Tensor, shapes: Tensor, places: Tensor, sizes: list[int]) -> Tensor:
        """N pieces, shapes and places of windows of the given sizes, one behind the other → N×2H."""
        with torch.no_grad():
            hidden = self.pieces_weight[pieces] + self.positions_weight[places] + self.shapes_weight[shapes]
            hidden = functional.layer_norm(hidden, (WIDTH,), self.norm_weight, self.norm_bias, 1e-12)
            hidden = functional.dropout(hidden, DROPOUT, self.training)
            for block in range(FIRST):
                hidden = self.block(hidden, sizes, block)
        seen = []
        for block in range(FIRST, BLOCKS):
            hidden = self.block(hidden, sizes, block)
            seen += [hidden] if block in TAPS else []
        return torch.cat(seen, -1)

    def block(self, hidden: Tensor, sizes: list[int], block: int) -> Tensor:
        seen = [self.product(hidden, block, name) for name in ("query", "key", "value")]
        seen[0] = seen[0] * (WIDTH // HEADS) ** -0.5
        mixed = torch.cat([attend(*window) for window in zip(*(part.split(sizes) for part in seen), strict=True)])
        hidden = self.normed(hidden + self.product(mixed, block, "mix"), block, "mix_norm")
        inner = functional.gelu(self.product(hidden, block, "grow"), approximate="tanh")
        return self.normed(hidden + self.product(inner, block, "shrink"), block, "norm")

    def product(self, x: Tensor, block: int, name: str) -> Tensor:
        own = (getattr(self, f"blocks_{block}_{name}_{part}") for part in ("weight", "bias"))
        out = functional.linear(x, *own)
        if block < FIRST:
            return out
        return out + x @ self.low[f"{block}_{name}_down"].T @ self.low[f"{block}_{name}_up"].T

    def normed(self, x: Tensor, block: int, name: str) -> Tensor:
        if block < FIRST:
            own = (getattr(self, f"blocks_{block}_{name}_{part}") for part in ("weight", "bias"))
        else:
            own = (self.norms[f"{block}_{name}_{part}"] for part in ("weight", "bias"))
        return functional.layer_norm(x, (WIDTH,), *own, 1e-12)


def attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """L×H each → L×H: every piece of a window sees all of them."""
    query, key, value = (part.unflatten(-1, (HEADS, -1)).transpose(0, 1) for part in (query, key, value))
    return (torch.softmax(query @ key.transpose(-1, -2), -1) @ value).transpose(0, 1).flatten(1)


def states(encoder: Adapted, texts: list[dict], length: int, forms: list[int]) -> Tensor:
    """B×T×2H: what the encoder makes of each token's first piece."""
    pieces, shapes, sizes, at = [], [], [], 0
    taken = []  # of each text: where its tokens' first pieces stand
    for text, form in zip(texts, forms, strict=True):
        tokens = min(length, len(text["words"]))
        starts = np.array([], np.int64)
        for number in range(int(text["window"][:tokens].max(initial=-1)) + 1):
            starts = np.append(starts, at + text["start"][text["window"] == number])
            pieces.append(text["pieces"][number])
            shapes.append(text["shapes"][number][form])
            sizes.append(len(pieces[-1]))
            at += sizes[-1]
        taken.append(torch.from_numpy(starts[:tokens].astype(np.int64)))
    read = torch.from_numpy(np.concatenate(pieces).astype(np.int64))
    if encoder.training:
        read = torch.where((torch.rand(read.shape) < MASKED) & (read != 101) & (read != 102), torch.tensor(MASK), read)
    places = torch.cat([torch.arange(size) for size in sizes])
    found = encoder(read, torch.from_numpy(np.concatenate(shapes).astype(np.int64)), places, sizes)
    return torch.stack([functional.pad(found[own], (0, 0, 0, length - len(own))) for own in taken])


def loss(encoder: Adapted, net: Net, texts: list[dict], applies: Tensor, whole: Tensor, forms: list[int]) -> Tensor:
    batch = collate(texts)
    batch["states"] = functional.dropout(
        states(encoder, texts, batch["words"].shape[1], forms), DROPOUT, encoder.training
    )
    return loss_of(net, batch, texts, applies, whole)


def fit(options: argparse.Namespace, texts: list[dict], names: list[str]) -> None:
    applies, whole = masks(names)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    shipped = {
        name.removeprefix("encoder."): value
        for name, value in torch.load(options.shipped, weights_only=True).items()
        if name.startswith("encoder.")
    }
    encoder, net = Adapted(shipped), Net(len(names), len(TAPS) * WIDTH)
    groups = [
        {"params": list(net.parameters()), "rate": options.rate, "weight_decay": 0.02},
        {"params": [*encoder.low.values()], "rate": options.low_rate, "weight_decay": 0.01},
        {"params": [*encoder.norms.values()], "rate": options.low_rate / 4, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=options.rate)
    everything = [parameter for group in groups for parameter in group["params"]]
    for text in texts:  # collate wants states; they are put in per batch
        text["states"] = np.zeros((len(text["words"]), 1), np.float16)
    held = [text for number, text in enumerate(texts) if number % 10 == options.held]
    texts = [text for number, text in enumerate(texts) if number % 10 != options.held]
    steps, step, start = options.passes * len(batches(thinned(texts))), 0, time.time()
    for number in range(options.passes):
        total = []
        net.train(), encoder.train()
        for some in batches(thinned(texts)):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * min(1, step / 60) * max(0.02, 1 - step / steps)
            value = loss(encoder, net, some, applies, whole, [random.randrange(2) for _ in some])
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(everything, 1.0)
            optimizer.step()
            total.append(float(value.detach()))
            if step % 20 == 0:
                print(f"step {step}/{steps} loss {np.mean(total[-20:]):.3f} {time.time() - start:.0f}s", flush=True)
        print(
            f"pass {number + 1}: loss {np.mean(total):.3f} held {checked(encoder, net, held, applies, whole)} {time.time() - start:.0f}s",
            flush=True,
        )
        torch.save({"net": net.state_dict(), "low": differences(encoder), "names": names}, options.out)


def differences(encoder: Adapted) -> dict[str, Tensor]:
    """What evaluation/muc4/adapted.py adds to the shipped encoder, by the names that it has there."""
    out = {}
    for name, value in {**encoder.low, **encoder.norms}.items():
        block, rest = name.split("_", 1)
        layer, part = rest.rsplit("_", 1)
        out[f"low.{block}.{layer}.{part}"] = value.detach().clone()
    return out


def checked(encoder: Adapted, net: Net, texts: list[dict], applies: Tensor, whole: Tensor) -> str:
    """Losses on texts that are not trained on: all together, and of tokens' roles per thousand tokens."""
    net.eval(), encoder.eval()
    total, tokens, count = [], 0.0, 0
    with torch.no_grad():
        for some in batches(texts):
            total.append(float(loss(encoder, net, some, applies, whole, [1] * len(some))))
            batch = collate(some)
            batch["states"] = states(encoder, some, batch["words"].shape[1], [1] * len(some))
            scores = net.roles(net.encode(batch)).unflatten(-1, (8, 3))
            tokens += float(
                functional.cross_entropy(
                    scores.flatten(0, 2), batch["bio"].flatten(), ignore_index=-100, reduction="sum"
                )
            )
            count += int(batch["mask"].sum())
    return f"{np.mean(total):.3f}, {1000 * tokens / max(count, 1):.1f} a thousand tokens" if total else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("shipped", type=Path, help="weights of the shipped encoder, by restore.py")
    parser.add_argument("out", type=Path)
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--low-rate", type=float, default=7e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--held", type=int, default=-1, help="0 to 9: every tenth text from this one on is left out")
    options = parser.parse_args()
    data = pickle.loads(options.prepared.read_bytes())
    fit(options, data["texts"], data["attributes"])


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
