"""Pairs → scores: what a worker is sent of a stripe of accounts, and what it sends back."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.linking.features import Features
from sayso.scale.linking.comparing import compared
from sayso.scale.linking.lots import Accounts
from sayso.scale.linking.pairing import Numbers, Pairs, unpacked

if TYPE_CHECKING:
    import pyarrow as pa


class Stripe(NamedTuple):
    """Pairs that are compared together, with the features of all accounts in them."""

    accounts: Numbers
    """Ascending."""
    features: pa.Array
    """Of these accounts, as JSON."""
    one: Numbers
    """Of each pair, the place of an account above."""
    other: Numbers


class Scored(NamedTuple):
    """Pairs of which more is to be said than silence, as columns."""

    one: Numbers
    other: Numbers
    score: npt.NDArray[np.float64]


def stripe_of(accounts: Accounts, pairs: Pairs) -> Stripe:
    """Return what must be known to compare pairs."""
    one, other = unpacked(pairs)
    needed = np.unique(np.concatenate((one, other)))
    places = (np.searchsorted(needed, side).astype(np.uint32) for side in (one, other))
    return Stripe(needed, accounts.features(needed), *places)


def scored(stripe: Stripe) -> bytes:
    """Compare the pairs of a stripe and return those that say more than silence, packed."""
    known = [Features.model_validate_json(text) for text in stripe.features.to_pylist()]
    places, scores = compared(known, stripe.one.astype(np.intp), stripe.other.astype(np.intp))
    one, other = (stripe.accounts[side[places]] for side in (stripe.one, stripe.other))
    sink = BytesIO()
    np.savez(sink, one=one, other=other, score=np.array(scores, np.float64), compared=len(stripe.one))
    return sink.getvalue()


def read(files: Iterable[Path]) -> tuple[Scored, int]:
    """Return what was packed, of several stripes, and how many pairs were compared."""
    found, compared = [Scored(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0))], 0
    for file in files:
        with np.load(file) as columns:
            found.append(Scored(columns["one"], columns["other"], columns["score"]))
            compared += int(columns["compared"])
    return Scored(*map(np.concatenate, zip(*found, strict=True))), compared
