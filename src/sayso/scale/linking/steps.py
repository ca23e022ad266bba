"""The steps of linking that leave files: what has its file is not done again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import numpy as np

from sayso import __version__
from sayso.errors import SetupError
from sayso.linking.blocking import MOST
from sayso.linking.scoring import log_odds
from sayso.scale.linking.lots import Accounts, Lot, filed
from sayso.scale.linking.pairing import Bound, paired, striped, unpacked
from sayso.scale.linking.scores import Scored, Stripe, read, scored, stripe_of
from sayso.scale.pools import Pool
from sayso.scale.shards import keep

PLAN: Final = "plan.json"
PAIRED: Final = "paired.json"
Given = TypeVar("Given")


@dataclass(frozen=True)
class Settings:
    """How the work is cut; nothing that comes out depends on it."""

    stripe: int = 10_000
    """Accounts whose pairs are compared together: some half a million pairs, ten seconds of work."""
    filings: int = 4_000_000
    """Times that accounts are filed under keys that are sorted at once."""
    batch: int = 20_000
    """Accounts that are clustered together."""


class Pairing(NamedTuple):
    """What came of pairing."""

    bound: Bound
    alone: int
    stripes: Sequence[int]
    """Those that have pairs."""


class Steps:
    """The steps, in their order.

    Args:
        folder: for their files.
        pool: who works.
        settings: how the work is cut.

    """

    def __init__(self, folder: Path, pool: Pool, settings: Settings) -> None:
        self._folder, self.pool, self.settings = folder, pool, settings

    def file(self, lots: Mapping[str, Lot]) -> Accounts:
        """File the accounts of all lots under their keys."""
        self._plan(lots)
        makers = list(lots.values())
        files = [self._folder / f"lot-{number:06}.arrow" for number in range(len(lots))]
        self._spread(files, filed, makers.__getitem__)
        return Accounts(files)

    def pair(self, accounts: Accounts) -> Pairing:
        """Write down the pairs of each stripe; part of the keys by part, so that not all need be in memory."""
        mark = self._folder / PAIRED
        if not mark.exists():
            for file in self._folder.glob("pairs-*"):
                file.unlink()
            keep(mark, json.dumps(self._pair(accounts)).encode())
        told = json.loads(mark.read_bytes())
        return Pairing(Bound(*told["bound"]), told["alone"], told["stripes"])

    def score(self, accounts: Accounts, stripes: Sequence[int]) -> tuple[Scored, int]:
        """Compare the pairs of all stripes; return those that say more than silence, and how many were compared."""
        files = [self._folder / f"scores-{stripe:06}.npz" for stripe in stripes]

        def give(at: int) -> Stripe:
            return stripe_of(accounts, np.unique(np.fromfile(self._pairs(stripes[at]), np.uint64)))

        self._spread(files, scored, give)
        return read(files)

    def _plan(self, lots: Mapping[str, Lot]) -> None:
        """Write down what is to be linked, or compare it with what stands there."""
        told = json.dumps([__version__, sorted(log_odds().items()), MOST, self.settings.stripe, list(lots)])
        plan, file = json.dumps(hashlib.sha256(told.encode()).hexdigest()), self._folder / PLAN
        if not file.exists():
            keep(file, plan.encode())
        elif file.read_text(encoding="utf-8") != plan:
            problem = "what is linked here is something else, or was linked by another version"
            raise SetupError(problem, place=str(self._folder), way_out="name another folder, or remove this one")

    def _pair(self, accounts: Accounts) -> dict[str, object]:
        parts = 1 + accounts.filings // self.settings.filings
        bound, stripes, met = Bound(0, 0, 0, 0), set[int](), np.zeros(len(accounts), np.bool_)
        for part in range(parts):
            pairs, lost = paired(*accounts.keys(part, parts))
            bound += lost
            for side in unpacked(pairs):
                met[side] = True
            for stripe, own in striped(pairs, self.settings.stripe):
                stripes.add(stripe)
                with self._pairs(stripe).open("ab") as file:
                    own.tofile(file)
        return {"bound": bound, "alone": int((~met).sum()), "stripes": sorted(stripes)}

    def _pairs(self, stripe: int) -> Path:
        return self._folder / f"pairs-{stripe:06}"

    def _spread(self, files: Sequence[Path], function: Callable[[Given], bytes], give: Callable[[int], Given]) -> None:
        """Make the files that are not there; ``give`` says of what each is made."""
        missing: Iterable[int] = [at for at, file in enumerate(files) if not file.exists()]
        for at, made in zip(missing, self.pool.each(function, map(give, missing)), strict=True):
            keep(files[at], made)
