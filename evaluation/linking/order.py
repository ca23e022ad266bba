"""In which order comparators give pairs up soonest: what ``sayso.linking.sifting.ORDER`` should be.

    python -m evaluation.linking.order 3000

compares the pairs of so many synthetic accounts with every comparator, and puts first, again and again, the one that
takes most from what the pairs left could still reach, for the time it takes. Prints, for each comparator, the share of
pairs that come to it and of those that are left after it, and the microseconds for a pair until then.
"""

from __future__ import annotations

import sys
import time
from typing import Final

import numpy as np
import numpy.typing as npt

from evaluation.linking.synthetic import accounts
from sayso.linking.clusters import AGAINST
from sayso.linking.compare import COMPARATORS, Comparator
from sayso.linking.features import TELLING, Features
from sayso.linking.link import candidates
from sayso.linking.scoring import START, log_odds
from sayso.linking.sifting import INSTEAD

CALL: Final = 0.5
"""Microseconds that asking a comparator takes beside what it does."""
Pairs = list[tuple[Features, Features]]
Odds = npt.NDArray[np.float64]


def speaks(name: str, both: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return for each pair whether a comparator is asked, given what both tell."""
    bits = {bit: 1 << at for at, bit in enumerate(TELLING)}
    asked = both & bits[name] > 0 if name in bits else np.ones(len(both), np.bool_)
    return asked & (both & bits[INSTEAD[name]] == 0) if name in INSTEAD else asked


def measured(name: str, comparator: Comparator, pairs: Pairs) -> tuple[Odds, float]:
    """Return the log odds that a comparator gives each pair, and the microseconds it takes."""
    began = time.process_time()
    found = [comparator(one, other) for one, other in pairs]
    micros = 1e6 * (time.process_time() - began) / len(pairs)
    return np.array([log_odds()[f"{name}.{row[0]}"] if row else 0.0 for row in found]), micros


def main(number: int) -> None:
    """Print the order."""
    by_id = {features.account: features for _, features in accounts(number)}
    pairs = [(by_id[one], by_id[other]) for one, other in candidates(by_id)]
    both = np.array([one.told & other.told for one, other in pairs])
    most = {name: max([0.0, *_worth(name)]) for name, _ in COMPARATORS}
    asked = {name: speaks(name, both) for name, _ in COMPARATORS}
    given = {name: measured(name, comparator, pairs) for name, comparator in COMPARATORS}
    reach = log_odds()[START] + sum(most[name] * asked[name] for name in most)
    left, spent, waiting = np.ones(len(pairs), np.bool_), 0.0, dict(given)
    while waiting:
        lost = {name: (most[name] - odds)[left & asked[name]] for name, (odds, _) in waiting.items()}
        best = max(waiting, key=lambda name: lost[name].mean() / (given[name][1] + CALL) if lost[name].size else -1.0)
        odds, micros = waiting.pop(best)
        comes = left & asked[best]
        spent += comes.mean() * (micros + CALL)
        reach = reach - np.where(asked[best], most[best] - odds, 0.0)
        left = left & (reach > AGAINST)
        print(f"{best:<20}{100 * comes.mean():6.1f} %{100 * left.mean():6.1f} %{spent:8.1f} µs")


def _worth(name: str) -> list[float]:
    return [weight for full, weight in log_odds().items() if full.partition(".")[0] == name]


if __name__ == "__main__":
    main(int(sys.argv[1]))
