"""The recipe: `python train.py DATA BASE RUN --steps N`. Resumes from RUN/checkpoint.pt; the same script runs on a GPU.

Arithmetic (words): a round reads EWT 205 k + GUM 116 k + 0.6 × PolNeAR 730 k = 758 k, and about 350 k of the others = 1.1 M words or
1.35 M pieces; at 2,250 pieces a batch (2,400 with padding) 585 batches. From round 3 on: EWT twice, PolNeAR half: 1.2 M words, 640 batches.
3,700 batches = 3 + 3 rounds: trees and roles of EWT 9 times, GUM 6, attribution 3.3; 1.2 s a batch on two quiet cores = 75 minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import inventory as inventories
import torch
from encoder import load_base
from model import Joint
from pieces import Pieces
from prepare.form import Document, read
from torch import Tensor
from windows import Encoding, Window, training_windows

# Share of each corpus that a round reads. Small clean corpora of our domain are read whole; silver and easy ones are sampled.
ROUND = {
    "ewt.train": 1.0,
    "gum.train": 1.0,
    "polnear-kept.train": 0.36,
    "polnear.train": 0.24,
    "masc.train": 0.5,
    "gmb.train": 0.06,
    "wikigold.train": 0.6,
    "re3d.train": 1.0,
    "geneva.train": 0.8,
    "geneva-test.train": 0.8,
    "wikievents.train": 0.35,
    "location.train": 0.15,
    "factuality.train": 0.12,
    "newsdiscourse.train": 0.12,
}
# After three rounds the attribution has nearly what it needs, and roles (EWT alone has nouns and adjectives as predicates) lag behind.
LATE = ROUND | {
    "ewt.train": 2.0,
    "masc.train": 1.0,
    "polnear-kept.train": 0.3,
    "polnear.train": 0.2,
    "wikievents.train": 0.3,
    "location.train": 0.12,
    "factuality.train": 0.06,
    "newsdiscourse.train": 0.06,
}
LATE_FROM = 3
# A short second cycle (`--second`) from the finished weights at 0.4 of the rates, with GUM twice as well: 480 batches are four fifths of such a round.
SECOND = LATE | {
    "gum.train": 2.0,
    "polnear-kept.train": 0.25,
    "polnear.train": 0.15,
    "gmb.train": 0.03,
    "wikigold.train": 0.3,
    "geneva.train": 0.4,
    "geneva-test.train": 0.4,
    "wikievents.train": 0.15,
    "location.train": 0.05,
    "factuality.train": 0.03,
    "newsdiscourse.train": 0.03,
}
SECOND_FROM, SECOND_PEAK = 1000, 0.4  # round numbers from here on are of the second cycle
BATCH_PIECES = 2400
ENCODER_RATE, HEAD_RATE, DECAY = 2e-4, 2e-3, 0.01
WARMUP, DROPOUT, CLIP, SEED = 0.08, 0.15, 1.0, 20261123
POOL = 40  # batches that are sorted by length together


def documents(data: Path) -> dict[str, list[Document]]:
    """Training documents of every corpus that was prepared."""
    return {name: list(read(data / f"{name}.jsonl.gz")) for name in ROUND if (data / f"{name}.jsonl.gz").exists()}


def round_windows(corpora: dict[str, list[Document]], shares: dict[str, float], rng: random.Random) -> list[Window]:
    """The windows of one round, shuffled; a share of 2 reads a corpus twice, cut differently."""
    windows: list[Window] = []
    for name, texts in corpora.items():
        whole, part = divmod(shares[name], 1.0)
        drawn = rng.sample(texts, max(1, round(len(texts) * (part or 1.0))))
        for document in texts * int(whole - (part == 0.0)) + drawn:
            windows += training_windows(document, rng)
    rng.shuffle(windows)
    return windows


def round_batches(windows: list[Window], encoding: Encoding, rng: random.Random) -> list[list[Window]]:
    """Windows of similar length together, at most BATCH_PIECES pieces with padding; batches shuffled."""
    lengths = {id(window): encoding.length(window) for window in windows}
    batches: list[list[Window]] = []
    pool_size = POOL * BATCH_PIECES // 60
    for start in range(0, len(windows), pool_size):
        batch: list[Window] = []
        for window in sorted(windows[start : start + pool_size], key=lambda w: lengths[id(w)]):
            if batch and lengths[id(window)] * (len(batch) + 1) > BATCH_PIECES:
                batches.append(batch)
                batch = []
            batch.append(window)
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def stream(
    corpora: dict[str, list[Document]], encoding: Encoding, skip: int, first_round: int = 0
) -> Iterator[dict[str, Tensor]]:
    """Endless batches, the same for the same seed; the first ``skip`` are passed over."""
    number = 0
    for round_number in range(first_round, 10**6):
        rng = random.Random(SEED + round_number)
        shares = SECOND if round_number >= SECOND_FROM else LATE if round_number >= LATE_FROM else ROUND
        for windows in round_batches(round_windows(corpora, shares, rng), encoding, rng):
            number += 1
            if number > skip:
                yield encoding.batch(windows)


def rate(step: int, steps: int) -> float:
    """One cycle: linear up over the warm-up, linear down to zero."""
    warmup = WARMUP * steps
    return step / warmup if step < warmup else max(0.0, (steps - step) / (steps - warmup))


def optimizer_of(model: Joint) -> torch.optim.AdamW:
    """AdamW with a slow encoder and fast heads; the case shapes are new, so they learn as fast as heads."""
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "shapes" not in n]
    known = {id(p) for p in slow}
    fast = [p for p in model.parameters() if id(p) not in known]
    groups = [
        {"params": slow, "lr": ENCODER_RATE, "top": ENCODER_RATE},
        {"params": fast, "lr": HEAD_RATE, "top": HEAD_RATE},
    ]
    return torch.optim.AdamW(groups, weight_decay=DECAY, betas=(0.9, 0.98), fused=True)


class Balance:
    """A layer's loss is a mean over its gold; this scales it by how much gold the batch holds compared with its usual amount."""

    def __init__(self) -> None:
        self.usual: dict[str, float] = {}

    def __call__(self, name: str, amount: float) -> float:
        """Factor 0…2."""
        usual = self.usual[name] = 0.98 * self.usual.get(name, amount) + 0.02 * amount
        return min(2.0, amount / max(usual, 1.0))


SOURCE = {"pick": "wordmask", "dep.head": "heads", "dep.label": "relations", "coref": "antecedents"}


def amount_of(name: str, batch: dict[str, Tensor]) -> float:
    """How many gold decisions of a layer a batch holds."""
    key = f"{name.removesuffix('.roles')}.index" if name.endswith(".roles") else SOURCE.get(name, f"tag.{name}")
    return (
        float((batch[key] >= 0).sum()) if key in batch and not key.endswith("index") else float(len(batch.get(key, ())))
    )


def main() -> None:
    """Train, with a checkpoint every few minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--steps", type=int, default=3700)
    parser.add_argument("--stop", type=int, help="stop after this step (smoke tests)")
    parser.add_argument("--second", type=Path, help="weights of a finished run: a short second cycle into RUN")
    parser.add_argument("--save-seconds", type=float, default=300)
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(2)
    corpora = documents(options.data)
    inventory = _inventory(options.run, corpora)
    encoding = Encoding(inventory, Pieces(options.base / "tokenizer.json"))
    model = Joint(load_base(options.base, DROPOUT), inventory, DROPOUT).to(device)
    optimizer, balance = optimizer_of(model), Balance()
    if options.second:
        model.load_state_dict(torch.load(options.second, weights_only=True))
        for group in optimizer.param_groups:
            group["top"] *= SECOND_PEAK
    step = resume(options.run / "checkpoint.pt", model, optimizer, balance)
    first = SECOND_FROM if options.second else 0
    loop(model, optimizer, balance, stream(corpora, encoding, step, first), step, options, device)


def _inventory(run: Path, corpora: dict[str, list[Document]]) -> inventories.Inventory:
    path = run / "inventory.json"
    if not path.exists():
        inventories.save(inventories.count(d for texts in corpora.values() for d in texts), path)
    return inventories.load(path)


def loop(
    model: Joint,
    optimizer: torch.optim.AdamW,
    balance: Balance,
    batches: Iterator[dict[str, Tensor]],
    step: int,
    options: argparse.Namespace,
    device: str,
) -> None:
    """The steps, the log and the checkpoints."""
    model.train()
    logged = saved = time.time()
    pieces, sums = 0, {}
    while step < min(options.steps, options.stop or options.steps):
        batch = {key: value.to(device) for key, value in next(batches).items()}
        losses = train_step(model, optimizer, balance, batch, rate(step, options.steps), device)
        step, pieces = step + 1, pieces + int(batch["mask"].sum())
        for name, loss in losses.items():
            total, times = sums.get(name, (0.0, 0))
            sums[name] = (total + loss, times + 1)
        if step % 20 == 0:
            now = time.time()
            means = {name: round(total / times, 3) for name, (total, times) in sorted(sums.items())}
            print(
                json.dumps(
                    {
                        "step": step,
                        "s_per_step": round((now - logged) / 20, 2),
                        "pieces_per_s": round(pieces / (now - logged)),
                        **means,
                    }
                ),
                flush=True,
            )
            logged, pieces, sums = now, 0, {}
        if time.time() - saved > options.save_seconds:
            save(options.run / "checkpoint.pt", model, optimizer, balance, step)
            saved = time.time()
    save(options.run / "checkpoint.pt", model, optimizer, balance, step)
    torch.save(model.state_dict(), options.run / "final.pt")


def train_step(
    model: Joint, optimizer: torch.optim.AdamW, balance: Balance, batch: dict[str, Tensor], share: float, device: str
) -> dict[str, float]:
    """One update; returns the weighted losses."""
    for group in optimizer.param_groups:
        group["lr"] = group["top"] * share
    with torch.autocast(device, dtype=torch.bfloat16):
        losses = model.loss(batch)
    total = sum(loss * balance(name, amount_of(name, batch)) for name, loss in losses.items())
    optimizer.zero_grad(set_to_none=True)
    total.backward()  # type: ignore[union-attr]
    torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
    optimizer.step()
    return {name: float(loss.detach()) for name, loss in losses.items()}


def save(path: Path, model: Joint, optimizer: torch.optim.AdamW, balance: Balance, step: int) -> None:
    """Write a checkpoint so that a crash in the middle leaves the old one."""
    new = path.with_suffix(".new")
    torch.save(
        {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "usual": balance.usual, "step": step}, new
    )
    new.replace(path)


def resume(path: Path, model: Joint, optimizer: torch.optim.AdamW, balance: Balance) -> int:
    """Load a checkpoint if there is one; return the step."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    balance.usual = state["usual"]
    return int(state["step"])


if __name__ == "__main__":
    main()
