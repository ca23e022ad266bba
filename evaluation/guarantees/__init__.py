"""The promises of the ledger (GUARANTEES in the README), each with its proof and measured figures.

One file a promise, with ``PROMISE`` and ``prove(folder, full)``. ``sayso doctor --guarantees`` prints the table; the
short form takes less than a minute, ``--full`` proves more of the same. Readings are foretold (`foretold.py`): what is
under test is the store. Processes are killed in forks of this one, so this needs a POSIX system.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from evaluation import Exam

NAMES: Final = (
    "G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "G11", "G12", "G13", "G14", "G15", "G16", "G17", "G18",
    "G19", "G20", "G21", "G22", "G23",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof has found.

    Attributes:
        holds: whether the promise was kept everywhere.
        figures: name → what was counted.
        says: one sentence with the figures.

    """

    holds: bool
    figures: Mapping[str, float]
    says: str


@dataclass(frozen=True, slots=True)
class Proved:
    """A promise with its proof and how long it took."""

    name: str
    promise: str
    proof: Proof
    seconds: float


def prove_all(*, full: bool = False, only: tuple[str, ...] = NAMES) -> Iterator[Proved]:
    """Prove the promises one after the other, each in a folder of its own that is gone afterwards."""
    for name in only:
        module: Any = import_module(f"evaluation.guarantees.{name.lower()}")
        began = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="sayso-guarantee-") as folder:
            proof = module.prove(Path(folder), full)
        yield Proved(name, module.PROMISE, proof, time.perf_counter() - began)


def exam(data: Path, split: str | None, name: str = "guarantees") -> Exam:
    """Prove all promises, or the one called ``name`` (G11); ``--split full``: the long form.

    Figures are what was counted, and 1 for each promise that holds.
    """
    only = NAMES if name == "guarantees" else (name,)
    figures: dict[str, float] = {}
    for proved in prove_all(full=split == "full", only=only):
        figures |= {f"{proved.name}.{counted}": figure for counted, figure in proved.proof.figures.items()}
        figures[f"{proved.name}.holds"] = float(proved.proof.holds)
    return Exam(name, split or "short", len(only), figures)
