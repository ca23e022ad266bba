"""Fit the weights of ``vocab/linking.toml`` on the reports of 2013-2015.

    python -m evaluation.linking.fit DATA [--cache FILE]

Logistic regression over the findings of all pairs that share a key; each weight is drawn towards its ``prior`` as if
by ``STRENGTH`` units of curvature, so that what the reports seldom show stays as a careful person put it. ``HELD`` at
its prior is what shootings in one country cannot tell: what sort of incident, weapon, target and author are worth,
days far apart, and headlines, since in a war the same words come again every week. Reading two thousand reports takes
minutes: ``--cache`` keeps their features as JSON Lines.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from evaluation.linking import SPLITS, figures
from evaluation.linking.pool import Document, documents, features
from sayso import vocab
from sayso.linking.compare import findings
from sayso.linking.features import Features
from sayso.linking.link import candidates
from sayso.linking.scoring import START, log_odds, weights

STRENGTH: Final = 10.0
HELD: Final = frozenset({
    "days.week", "days.fortnight", "days.month", "days.months", "days.far", "told_and_published.apart",
    "told_and_published.later", "names.none", "place.elsewhere",
    "headline", "kind", "weapon", "target", "doer", "report", "background", "aside",
})  # fmt: skip
"""Comparators, and findings of some, that are not fitted."""
FIRM: Final = 1e6
ROUNDS: Final = 30
TABLE: Final = Path(vocab.__file__).parent / "linking.toml"
Floats = npt.NDArray[np.float64]


def main() -> None:
    """Read, fit, write the table, and print the figures on the same reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path)
    given = parser.parse_args()
    pool = documents(given.data, *SPLITS["2013-2015"])
    by_id = load(given.cache) if given.cache and given.cache.is_file() else {d.doc: features(d) for d in pool}
    if given.cache and not given.cache.is_file():
        save(given.cache, by_id)
    fitted = fit(pool, by_id)
    write(fitted)
    log_odds().update(fitted)
    for name, figure in figures(pool, by_id).items():
        print(f"{name:<18} {figure:8.2f}", file=sys.stderr)


def load(path: Path) -> dict[str, Features]:
    """Return the features that ``save`` wrote, by account."""
    rows = map(Features.model_validate_json, path.read_text(encoding="utf-8").splitlines())
    return {row.account: row for row in rows}


def save(path: Path, by_id: Mapping[str, Features]) -> None:
    """Write features as JSON Lines."""
    path.write_text("".join(f"{row.model_dump_json()}\n" for row in by_id.values()), encoding="utf-8")


def fit(pool: Sequence[Document], by_id: Mapping[str, Features], strength: float = STRENGTH) -> dict[str, float]:
    """Return finding → log odds."""
    names = list(weights())
    at = {name: column for column, name in enumerate(names)}
    incident = {document.doc: document.incident for document in pool}
    rows, truth = [], []
    for one, other in candidates(by_id):
        rows.append([at[name] for name, _ in findings(by_id[one], by_id[other])])
        truth.append(float(incident[one] == incident[other]))
    table = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        table[number, [at[START], *row]] = 1
    prior = np.array([weights()[name].prior for name in names])
    firm = np.array([FIRM if HELD & {name, name.split(".")[0]} else strength for name in names])
    return dict(zip(names, _newton(table, np.array(truth), prior, firm).tolist(), strict=True))


def _newton(table: Floats, truth: Floats, prior: Floats, strength: Floats) -> Floats:
    """Return the weights of greatest posterior; ``table`` is pairs × findings, all of 0 and 1."""
    at = prior.copy()
    for _ in range(ROUNDS):
        share = 1 / (1 + np.exp(-np.clip(table @ at, -40, 40)))
        slope = table.T @ (truth - share) - strength * (at - prior)
        curve = (table * (share * (1 - share))[:, None]).T @ table + np.diag(strength)
        step = np.linalg.solve(curve, slope)
        at = at + step
        if np.abs(step).max() < 1e-6:
            break
    return at


def write(fitted: Mapping[str, float]) -> None:
    """Put the weights into the table, its other lines unchanged."""
    text = TABLE.read_text(encoding="utf-8")
    for name, weight in fitted.items():
        text = re.sub(rf'(name = "{re.escape(name)}"\nweight = )[-\d.]+', rf"\g<1>{weight:.2f}", text)
    TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
