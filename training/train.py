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
from collections.abc import Iterable, Iterator
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
# A second cycle (`--second`) from finished weights; 2,000 batches are three such rounds.
SECOND = LATE | {
    "gum.train": 1.5,
    "gmb.train": 0.03,
    "wikigold.train": 0.5,
    "geneva.train": 0.6,
    "geneva-test.train": 0.6,
    "wikievents.train": 0.5,
    "location.train": 0.15,
    "factuality.train": 0.04,
    "newsdiscourse.train": 0.05,
}
# Some heads alone on a finished encoder (`--heads`): roles that confer, times by rule in news, whole event places.
HEADS = {
    "ewt.train": 2.0,
    "gum.train": 0.5,
    "masc.train": 1.0,
    "wikigold.train": 0.5,
    "re3d.train": 1.0,
    "polnear-kept.train": 0.15,
    "newsdiscourse.train": 0.15,
    "location.train": 0.5,
}
# A third cycle with silver labels (`--silver`): what `silver.py` wrote, and the gold that the three figures are measured on.
SILVER = {
    "ewt.train": 2.0,
    "gum.train": 0.7,
    "silver-masc.train": 1.0,
    "silver-polnear.train": 1.0,
    "polnear-kept.train": 0.2,
    "silver-reports.train": 1.0,
    "gmb.train": 0.03,
    "wikigold.train": 1.0,
    "re3d.train": 1.0,
    "geneva.train": 0.5,
    "geneva-test.train": 0.5,
    "wikievents.train": 0.3,
    "location.train": 0.15,
    "factuality.train": 0.04,
}
HEADS_FROM = 2000
SECOND_FROM, SECOND_PEAK = 1000, 0.6  # round numbers from here on are of the second cycle; its share of the rates
SILVER_FROM, SILVER_PEAK, SILVER_HIDDEN, SILVER_DROPOUT = 3000, 0.4, 0.07, 0.25
SCHEDULE = [(SILVER_FROM, SILVER), (HEADS_FROM, HEADS), (SECOND_FROM, SECOND), (LATE_FROM, LATE), (0, ROUND)]
BATCH_PIECES = 2400
ENCODER_RATE, HEAD_RATE, DECAY = 2e-4, 2e-3, 0.01
WARMUP, DROPOUT, CLIP, SEED = 0.08, 0.15, 1.0, 20261123
POOL = 40  # batches that are sorted by length together
HIDDEN, MASK = 0.03, 103  # share of the pieces that a batch doesn't see; [MASK] of the base vocabulary
# Steps between two looks of the running average, and how much of it stays then: a memory of 160 steps.
AVERAGE_EVERY, AVERAGE_KEEP = 5, 0.97


def documents(data: Path, names: Iterable[str]) -> dict[str, list[Document]]:
    """Training documents of every named corpus that was prepared."""
    return {name: list(read(data / f"{name}.jsonl.gz")) for name in names if (data / f"{name}.jsonl.gz").exists()}


def round_windows(corpora: dict[str, list[Document]], shares: dict[str, float], rng: random.Random) -> list[Window]:
    """The windows of one round, shuffled; a share of 2 reads a corpus twice, cut differently."""
    windows: list[Window] = []
    for name, texts in corpora.items():
        if name not in shares:
            continue
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
        shares = next(shares for first, shares in SCHEDULE if round_number >= first)
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
    learning = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    slow = [p for name, p in learning if name.startswith("encoder.") and "shapes" not in name]
    known = {id(p) for p in slow}
    fast = [p for _, p in learning if id(p) not in known]
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


def hide(batch: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """The batch with a few pieces replaced by [MASK], so that the words around have to tell."""
    hidden = (torch.rand(batch["pieces"].shape, device=batch["pieces"].device) < share) & (batch["shapes"] > 0)
    return batch | {"pieces": batch["pieces"].masked_fill(hidden, MASK)}


class Average:
    """A running mean of the weights."""

    def __init__(self, model: Joint) -> None:
        self.model = model
        self.weights = {name: value.detach().clone() for name, value in model.state_dict().items()}

    @torch.no_grad()
    def look(self) -> None:
        """Take in the weights as they are."""
        old, new = list(self.weights.values()), list(self.model.state_dict().values())
        torch._foreach_lerp_(old, new, 1.0 - AVERAGE_KEEP)


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
    parser.add_argument("--heads", help="with --second: only these layers learn (comma-separated), all else stays")
    parser.add_argument("--silver", action="store_true", help="with --second: a third cycle, with silver labels")
    parser.add_argument("--threads", type=int, default=2, help="on the CPU")
    parser.add_argument("--float32", action="store_true", help="processors without AMX: half as fast again as bfloat16")
    parser.add_argument("--save-seconds", type=float, default=300)
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(options.threads)
    corpora = documents(options.data, SILVER if options.silver else {**ROUND, **HEADS})
    inventory = _inventory(options.run, corpora, options.second)
    encoding = Encoding(inventory, Pieces(options.base / "tokenizer.json"))
    dropout = SILVER_DROPOUT if options.silver else DROPOUT
    model = Joint(load_base(options.base, DROPOUT), inventory, dropout).to(device)
    if options.silver:
        # Saves a third of a step, and the text embedding stays what it is.
        for part in (model.encoder.pieces, model.encoder.positions, model.encoder.shapes, model.encoder.norm):
            part.requires_grad_(False)
    if options.heads:
        only(options.heads.split(","), model, corpora)
    training = Training(model)
    training.half = not options.float32
    if options.second:
        continue_from(options.second, model)
        for group in training.optimizer.param_groups:
            group["top"] *= SILVER_PEAK if options.silver else SECOND_PEAK
    if options.silver:
        training.hidden = SILVER_HIDDEN
    training.average = Average(model)
    training.resume(options.run / "checkpoint.pt")
    first = HEADS_FROM if options.heads else SILVER_FROM if options.silver else SECOND_FROM if options.second else 0
    loop(training, stream(corpora, encoding, training.step, first), options, device)


def only(layers: list[str], model: Joint, corpora: dict[str, list[Document]]) -> None:
    """Leave nothing to learn but the heads of some layers, and no other gold: the other layers' scores stay what they are."""
    own = tuple(f"{part}.{layer}." for part in ("tags", "seen", "roles") for layer in layers)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.startswith(own))
    for document in (document for texts in corpora.values() for document in texts):
        document.tags = {name: tags for name, tags in document.tags.items() if name in layers or name[:5] == "gold:"}
        document.anchors = {name: anchors for name, anchors in document.anchors.items() if name in layers}
        document.heads = document.antecedents = None


def continue_from(weights: Path, model: Joint) -> None:
    """Load finished weights; parameters that they lack stay as they begin, adding nothing."""
    state = torch.load(weights, weights_only=True)
    lacking = model.load_state_dict(state, strict=False)
    print(json.dumps({"new": len(lacking.missing_keys), "unknown": lacking.unexpected_keys}), flush=True)


def _inventory(run: Path, corpora: dict[str, list[Document]], weights: Path | None) -> inventories.Inventory:
    """The run's label lists; where finished weights bring theirs (same name, `.json`), those, and new layers behind them."""
    path = run / "inventory.json"
    if not path.exists():
        found = inventories.count(d for texts in corpora.values() for d in texts)
        if weights and weights.with_suffix(".json").exists():
            known = inventories.load(weights.with_suffix(".json"))
            found = inventories.Inventory(found.tags | known.tags, known.relations, known.anchors)
        inventories.save(found, path)
    return inventories.load(path)


class Training:
    """What a checkpoint holds: the model, its optimiser, the usual amounts of gold, the running mean of the weights, the step."""

    def __init__(self, model: Joint) -> None:
        self.model = model
        self.optimizer, self.balance, self.average = optimizer_of(model), Balance(), Average(model)
        self.step, self.hidden, self.half = 0, HIDDEN, True

    def save(self, path: Path) -> None:
        """Write a checkpoint so that a crash in the middle leaves the old one."""
        new = path.with_suffix(".new")
        state = {"model": self.model.state_dict(), "average": self.average.weights, "usual": self.balance.usual}
        torch.save(state | {"optimizer": self.optimizer.state_dict(), "step": self.step}, new)
        new.replace(path)

    def resume(self, path: Path) -> None:
        """Load a checkpoint if there is one."""
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.balance.usual, self.average.weights, self.step = state["usual"], state["average"], int(state["step"])

    def update(self, batch: dict[str, Tensor], share: float, device: str) -> dict[str, float]:
        """One step at a share of the full rates; returns the weighted losses."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * share
        with torch.autocast(device, dtype=torch.bfloat16, enabled=self.half):
            losses = self.model.loss(hide(batch, self.hidden))
        total = sum(loss * self.balance(name, amount_of(name, batch)) for name, loss in losses.items())
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        self.optimizer.step()
        self.step += 1
        if self.step % AVERAGE_EVERY == 0:
            self.average.look()
        return {name: float(loss.detach()) for name, loss in losses.items()}


def loop(training: Training, batches: Iterator[dict[str, Tensor]], options: argparse.Namespace, device: str) -> None:
    """The steps, the log and the checkpoints. RUN/control.json may change the number of steps and switch the rounding on while it runs."""
    model = training.model.train()
    logged = saved = time.time()
    pieces, sums = 0, {}
    control = {"steps": options.steps, "rounding": options.silver}
    while training.step < min(control["steps"], options.stop or control["steps"]):
        control |= _control(options.run)
        for block in model.encoder.blocks:
            block.rounding = control["rounding"]
        batch = {key: value.to(device) for key, value in next(batches).items()}
        losses = training.update(batch, rate(training.step, control["steps"]), device)
        pieces += int(batch["mask"].sum())
        for name, loss in losses.items():
            total, times = sums.get(name, (0.0, 0))
            sums[name] = (total + loss, times + 1)
        if training.step % 20 == 0:
            seconds = time.time() - logged
            means = {name: round(total / times, 3) for name, (total, times) in sorted(sums.items())}
            line = {
                "step": training.step,
                "s_per_step": round(seconds / 20, 2),
                "pieces_per_s": round(pieces / seconds),
            }
            print(json.dumps(line | means), flush=True)
            logged, pieces, sums = time.time(), 0, {}
        if time.time() - saved > options.save_seconds:
            training.save(options.run / "checkpoint.pt")
            saved = time.time()
    training.save(options.run / "checkpoint.pt")
    torch.save(model.state_dict(), options.run / "final.pt")
    torch.save(training.average.weights, options.run / "average.pt")


def _control(run: Path) -> dict:
    path = run / "control.json"
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


if __name__ == "__main__":
    main()
