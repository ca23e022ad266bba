"""Fit the network of the exam `muc4`: `python training/muc4/fit.py PREPARED.pkl evaluation/muc4/weights.npz [--epochs 12]`.

Run in the training environment (torch). One pass takes 20 seconds of CPU time on 1,300 texts; the file of weights holds
8-bit matrices and 16-bit floats. The forward pass must say what `evaluation/muc4/network.py` says: a change in one is a change in the other.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from pathlib import Path

import head
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

ROLES = ("perp", "org", "thing", "name", "person", "weapon", "place", "date")
LABELS = (9, 11, 73, 23, 3, 116, 17, 49, 7, 8)  # sizes of the layers in evaluation/muc4/states.py, in order
WORDS = 4096
WIDTH, INNER, SPAN, WORD = 160, 256, 96, 32
WHOLE = ("t", "s", "k", "m", "n")  # attributes of an incident: every mention has them
OWN = {"org": ("c",), "thing": ("pt", "pe"), "name": ("ht", "he"), "person": ("ht", "he", "named"), "weapon": ("w",)}
TOKENS = 1600  # of a batch
LONGEST = 900  # tokens of a text that are trained on
IRRELEVANT = 0.5  # share of the texts without an incident in a pass
DROPOUT = 0.25


def gelu(x: Tensor) -> Tensor:
    return functional.gelu(x, approximate="tanh")


class Block(nn.Module):
    """Each token after a look at the report as a whole and at its sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.n = nn.LayerNorm(WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.whole, self.near = nn.Linear(WIDTH, INNER, bias=False), nn.Linear(WIDTH, INNER, bias=False)

    def forward(self, x: Tensor, mask: Tensor, means: Tensor, sentences: Tensor) -> Tensor:
        """x B×T×D, mask B×T, means B×S×T, sentences B×T → B×T×D."""
        normed, inside = self.n(x), mask[..., None].float()
        inner = self.up(normed) + self.whole((normed * inside).sum(1) / inside.sum(1))[:, None]
        near = self.near(means @ normed)  # B×S×I
        inner = inner + torch.gather(near, 1, sentences[..., None].expand(-1, -1, near.shape[-1]))
        return x + functional.dropout(self.down(gelu(inner)), DROPOUT, self.training)


class Net(nn.Module):
    """The network; names of parameters are those of the file of weights."""

    def __init__(self, attributes: int, components: int) -> None:
        super().__init__()
        self.inp, self.tags = nn.Linear(components, WIDTH), nn.EmbeddingBag(sum(LABELS), WIDTH, mode="sum")
        self.words, self.wproj = nn.Embedding(WORDS, WORD), nn.Linear(WORD, WIDTH, bias=False)
        self.blocks, self.norm = nn.ModuleList(Block() for _ in range(2)), nn.LayerNorm(WIDTH)
        self.roles = nn.Linear(WIDTH, 3 * len(ROLES))
        self.span, self.role_emb = nn.Linear(3 * WIDTH, SPAN), nn.Embedding(len(ROLES), SPAN)
        self.attr, self.lex = nn.Linear(SPAN, attributes), nn.EmbeddingBag(WORDS, attributes, mode="sum")
        self.u, self.feat = nn.Linear(SPAN, 32), nn.Linear(6, 16)
        self.pair, self.link = nn.Linear(48, 32), nn.Linear(32, 1)
        self.pool, self.doc, self.docout = nn.Linear(WIDTH, 1), nn.Linear(2 * WIDTH, 96), nn.Linear(96, 1 + attributes)
        nn.init.normal_(self.tags.weight, 0, 0.02)
        nn.init.normal_(self.words.weight, 0, 0.1)
        nn.init.zeros_(self.lex.weight)
        self.first_label = torch.tensor([0, *LABELS[:-1]]).cumsum(0)

    def encode(self, batch: dict[str, Tensor]) -> Tensor:
        x = self.inp(batch["states"])
        x = x + self.tags((batch["labels"] + self.first_label).flatten(0, 1)).view_as(x)
        x = x + self.wproj(functional.dropout(self.words(batch["words"]), 2 * DROPOUT, self.training))
        x = functional.dropout(gelu(x), DROPOUT, self.training)
        for block in self.blocks:
            x = block(x, batch["mask"], batch["means"], batch["sentences"])
        return self.norm(x)

    def spans(self, x: Tensor, role: Tensor, first: Tensor, last: Tensor) -> Tensor:
        sums = torch.cat([torch.zeros_like(x[:1]), x.cumsum(0)])
        mean = (sums[last] - sums[first]) / (last - first)[:, None]
        return gelu(self.span(torch.cat([x[first], x[last - 1], mean], -1)) + self.role_emb(role))

    def attributes(self, spans: Tensor, words: Tensor, first: Tensor, last: Tensor) -> Tensor:
        inside = torch.cat([words[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)])
        offsets = torch.cat([torch.zeros(1, dtype=torch.long), (last - first).cumsum(0)[:-1]])
        return self.attr(spans) + functional.dropout(self.lex(inside, offsets), DROPOUT, self.training)

    def links(self, spans: Tensor, role: Tensor, first: Tensor, sentence: Tensor, same: Tensor) -> Tensor:
        own = self.u(spans)
        apart = (first[:, None] - first[None]).abs().float()
        sentences = (sentence[:, None] - sentence[None]).abs().float()
        alike = (role[:, None] == role[None]).float()
        told = [
            torch.log1p(apart) / 5,
            torch.log1p(sentences),
            (sentences == 0).float(),
            same,
            alike,
            torch.ones_like(apart),
        ]
        both = torch.cat([own[:, None] * own[None], self.feat(torch.stack(told, -1))], -1)
        return self.link(gelu(self.pair(both)))[..., 0]

    def text(self, x: Tensor, mask: Tensor) -> Tensor:
        weight = torch.softmax(self.pool(x)[..., 0].masked_fill(~mask, -1e4), -1)
        most = x.masked_fill(~mask[..., None], -1e4).max(1)[0]
        pooled = torch.cat([(weight[..., None] * x).sum(1), most], -1)
        return self.docout(functional.dropout(gelu(self.doc(pooled)), DROPOUT, self.training))


def batches(texts: list[dict]) -> list[list[dict]]:
    """Texts of like length together, in random order."""
    order = sorted(texts, key=lambda text: min(LONGEST, len(text["words"])) + random.random() * 60)
    out: list[list[dict]] = [[]]
    for text in order:
        size = max(min(LONGEST, len(t["words"])) for t in [*out[-1], text])
        if out[-1] and size * (len(out[-1]) + 1) > TOKENS:
            out.append([])
        out[-1].append(text)
    random.shuffle(out)
    return out


def collate(texts: list[dict], longest: int = LONGEST) -> dict[str, Tensor]:
    length = min(longest, max(len(text["words"]) for text in texts))
    count = max(int(text["sentences"][:length].max(initial=0)) + 1 for text in texts)
    shape = (len(texts), length)
    batch = {
        "states": torch.zeros(*shape, texts[0]["states"].shape[1]), "labels": torch.zeros(*shape, len(LABELS), dtype=torch.long),
        "words": torch.zeros(shape, dtype=torch.long), "mask": torch.zeros(shape, dtype=torch.bool),
        "bio": torch.full((*shape, len(ROLES)), -100), "sentences": torch.zeros(shape, dtype=torch.long),
        "means": torch.zeros(len(texts), count, length),
    }  # fmt: skip
    for row, text in enumerate(texts):
        size = min(length, len(text["words"]))
        for name in ("states", "labels", "words", "bio", "sentences"):
            batch[name][row, :size] = torch.from_numpy(
                text[name][:size].astype(np.float32 if name == "states" else np.int64)
            )
        batch["mask"][row, :size] = True
        batch["means"][row, batch["sentences"][row, :size], torch.arange(size)] = 1
    batch["means"] /= batch["means"].sum(-1, keepdim=True).clamp(min=1)
    return batch


def loss_of(net: Net, batch: dict[str, Tensor], texts: list[dict], applies: Tensor, whole: Tensor) -> Tensor:
    """Tokens' roles, texts' relevance and attributes, mentions' attributes and links."""
    x = net.encode(batch)
    scores = net.roles(x).unflatten(-1, (len(ROLES), 3))
    tokens = functional.cross_entropy(scores.flatten(0, 2), batch["bio"].flatten(), ignore_index=-100, reduction="sum")
    total = 20 * tokens / (batch["mask"].sum() * len(ROLES))
    told = net.text(x, batch["mask"])
    relevant = torch.tensor([float(text["templates"] > 0) for text in texts])
    sure = torch.tensor([0.3 if text["optional"] else 1.0 for text in texts])  # optional texts weigh less
    total = total + (functional.binary_cross_entropy_with_logits(told[:, 0], relevant, reduction="none") * sure).mean()
    wanted = torch.stack([hot(text["text"], len(whole)) for text in texts])
    whole_loss = (
        functional.binary_cross_entropy_with_logits(told[:, 1:], wanted, reduction="none") * whole * relevant[:, None]
    )
    total = total + 0.1 * whole_loss.sum() / len(texts)
    own, links, mentions, linked = torch.zeros(()), torch.zeros(()), 0, 0
    for row, text in enumerate(texts):
        found = [mention for mention in text["mentions"] if mention[2] <= x.shape[1]]
        if not found:
            continue
        role, first, last = (torch.tensor([mention[part] for mention in found]) for part in range(3))
        spans = net.spans(functional.dropout(x[row], DROPOUT, net.training), role, first, last)
        gold = torch.stack([hot(mention[4], len(whole)) for mention in found])
        given = net.attributes(spans, batch["words"][row], first, last)
        own = own + (functional.binary_cross_entropy_with_logits(given, gold, reduction="none") * applies[role]).sum()
        mentions += len(found)
        if len(found) > 1:
            links, linked = links + link_loss(net, text, found, spans, role, first), linked + 1
    return total + 0.4 * own / max(mentions, 1) + 0.1 * links / max(linked, 1)


def link_loss(net: Net, text: dict, found: list[tuple], spans: Tensor, role: Tensor, first: Tensor) -> Tensor:
    shared = torch.tensor([[float(bool(set(a[3]) & set(b[3]))) for b in found] for a in found])
    read = [tuple(text["words"][mention[1] : mention[2]].tolist()) for mention in found]
    same = torch.tensor([[float(a == b) for b in read] for a in read])
    sentence = torch.from_numpy(text["sentences"].astype(np.int64))[first]
    scores = net.links(spans, role, first, sentence, same)
    weight = (1 - torch.eye(len(found))) * (1.0 if text["templates"] > 1 else 0.3) / len(found)
    return (functional.binary_cross_entropy_with_logits(scores, shared, reduction="none") * weight).sum()


def hot(columns: tuple[int, ...], size: int) -> Tensor:
    out = torch.zeros(size)
    out[list(columns)] = 1
    return out


def masks(names: list[str]) -> tuple[Tensor, Tensor]:
    """Which attributes a role's mentions are asked (R×A), and which a text (A)."""
    groups = [name.partition(":")[0] for name in names]
    applies = torch.tensor([[float(group in (*WHOLE, *OWN.get(role, ()))) for group in groups] for role in ROLES])
    return applies, torch.tensor([float(group in WHOLE) for group in groups])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1], help="one network each")
    parser.add_argument(
        "--held",
        type=int,
        nargs="+",
        default=[-1, -1],
        help="per network: every tenth text from this one on is left out",
    )
    parser.add_argument("--adapted", type=Path, nargs="*", default=[], help="networks on adapted encoders, by adapt.py")
    options = parser.parse_args()
    data = pickle.loads(options.prepared.read_bytes())
    texts, names = data["texts"], data["attributes"]
    applies, whole = masks(names)
    weights: dict[str, np.ndarray] = dict(data["components"])
    everything = texts
    for number, (seed, held) in enumerate(zip(options.seeds, options.held, strict=True)):
        texts = [text for at, text in enumerate(everything) if at % 10 != held]
        random.seed(seed)
        torch.manual_seed(seed)
        net = train(
            Net(len(names), everything[0]["states"].shape[1]), texts, applies, whole, options.epochs, options.rate
        )
        own = {name: value for name, value in net.state_dict().items() if not name.startswith(("attr.", "lex."))}
        own |= second_stage(net, texts, applies) if number == 0 else {}
        weights |= {f"{number}.{name}": value.numpy() for name, value in own.items()}
    for number, file in enumerate(options.adapted, start=len(options.seeds)):
        found = torch.load(file, weights_only=True)
        if found["names"] != names:
            raise ValueError(f"{file}: fitted with other attributes than {options.prepared}")
        weights |= {f"{number}.{name}": value.numpy() for name, value in {**found["net"], **found["low"]}.items()}
    save(weights, net.first_label.numpy(), names, options.out)


def train(net: Net, texts: list[dict], applies: Tensor, whole: Tensor, epochs: int, rate: float) -> Net:
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    steps, step = epochs * len(batches(thinned(texts))), 0
    for epoch in range(epochs):
        total = []
        for batch in batches(thinned(texts)):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1, step / 40) * max(0.03, 1 - step / steps)
            loss = loss_of(net, collate(batch), batch, applies, whole)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            total.append(float(loss.detach()))
        print(f"epoch {epoch + 1}: loss {np.mean(total):.3f}", flush=True)
    return net


def thinned(texts: list[dict]) -> list[dict]:
    return [text for text in texts if text["templates"] or random.random() < IRRELEVANT]


def second_stage(net: Net, texts: list[dict], applies: Tensor) -> dict[str, Tensor]:
    net.eval()
    found = []
    with torch.no_grad():
        for text in texts:
            if text["mentions"]:
                found += head.mentions_of(text, net.encode(collate([text], len(text["words"])))[0])
    return head.fit(found, applies)


def save(weights: dict[str, np.ndarray], first_label: np.ndarray, names: list[str], out: Path) -> None:
    """Matrices as 8-bit codes with a scale a row, the rest as 16-bit floats."""
    arrays: dict[str, np.ndarray] = {"first_label": first_label.astype(np.int16)}
    for name, value in weights.items():
        if value.ndim == 2 and value.size > 2000:
            scale = np.maximum(np.abs(value).max(1) / 127, 1e-7).astype(np.float16)
            arrays[f"{name}.scales"] = scale
            codes = np.round(value / scale.astype(np.float32)[:, None])
            arrays[f"{name}.codes"] = np.clip(codes, -127, 127).astype(np.int8)
        else:
            arrays[name] = value.astype(np.float16)
    np.savez_compressed(out, attributes=np.array(json.dumps(names)), **arrays)


if __name__ == "__main__":
    main()
