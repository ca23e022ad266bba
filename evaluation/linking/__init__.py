"""The exam ``linking``: thousands of press reports of shootings → incidents, against the registry's incidents.

Data: ``gva/docs.jsonl.gz`` and ``gva/incidents.jsonl.gz`` (their README tells the columns). One report stands for the
account of its first incident that is no background; a report in which none was read is compared by its text.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from evaluation import Exam
from evaluation.linking.pool import Document, documents, features
from evaluation.linking.scores import b_cubed, pairwise
from sayso.linking.clusters import cluster
from sayso.linking.features import Features
from sayso.linking.link import candidates, scored

SHORT = 30
"""Reports of the split ``short``: the first ones of 2016, all that were published then."""
SPLITS = {"from-2016": (2016, 9999), "2013-2015": (0, 2015), "all": (0, 9999), "short": (2016, 9999)}


def exam(data: Path, split: str | None = None) -> Exam:
    """Read the reports of a split as one pool, link them, and compare.

    Args:
        data: folder with ``gva/``.
        split: "from-2016" (the test, and the default), "2013-2015" (what weights were fitted on), "all", or "short".

    Returns:
        pair.f (with .p, .r): pairs of reports in one group; b3.f: B-cubed over reports; blocking.recall: gold pairs
        that share a key; reports, incidents: of the gold; pairs_per_report: comparisons made.

    """
    split = split or "from-2016"
    pool = documents(data, *SPLITS[split])
    pool = pool[:SHORT] if split == "short" else pool
    by_id = {document.doc: features(document) for document in pool}
    return Exam("linking", split, len(pool), figures(pool, by_id))


def figures(pool: list[Document], by_id: dict[str, Features]) -> dict[str, float]:
    """Return the figures of one pool whose features are known."""
    gold: dict[str, list[str]] = {}
    for document in pool:
        gold.setdefault(document.incident, []).append(document.doc)
    compared = set(candidates(by_id))
    groups = cluster(by_id, scored(by_id))
    true = {pair for docs in gold.values() for pair in combinations(sorted(docs), 2)}
    pair, b3 = pairwise(groups, gold.values()), b_cubed(groups, gold.values())
    return {
        "pair.f": pair.f, "pair.p": pair.p, "pair.r": pair.r,
        "b3.f": b3.f, "b3.p": b3.p, "b3.r": b3.r,
        "blocking.recall": 100 * len(true & compared) / max(1, len(true)),
        "reports": len(pool), "incidents": len(gold), "pairs_per_report": len(compared) / max(1, len(pool)),
    }  # fmt: skip
