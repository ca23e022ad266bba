"""How sure a report is of the organisation behind an incident: MUC-4's slot 11 against the crosswalk of sayso.

Texts: ``muc4/dev_tst1.jsonl`` and ``dev_tst2.jsonl``. Scored are the fills whose organisation the reading has among its
perpetrators; a fill with alternative values is right with any of them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation.muc4_scorer.keys import Fill, read_json_templates
from sayso.pipeline import read
from sayso.reading.statements.confidence import Confidence, confidence_of
from sayso.records import Claim, Report, identify
from sayso.values import Actor

FILES = ("dev_tst1.jsonl", "dev_tst2.jsonl")
SLOT = "perp-org-conf"
Pair = tuple[tuple[str, ...], str]  # values of the key, value read


def figures(data: Path) -> dict[str, float]:
    """Return accuracy, that of the commonest value, and macro F1, in per cent, and how many fills were scored."""
    pairs = [pair for name in FILES if (file := data / "muc4" / name).exists() for pair in compared(file)]
    if not pairs:
        return {}
    return {
        "confidence.accuracy": 100 * sum(read in key for key, read in pairs) / len(pairs),
        "confidence.majority": 100 * max(Counter(value for key, _ in pairs for value in key).values()) / len(pairs),
        "confidence.macro_f1": macro_f1(pairs),
        "confidence.n": float(len(pairs)),
    }


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Return the mean F1 of the values in the key; of alternatives the one read counts, else the first."""
    gold = [read if read in key else key[0] for key, read in pairs]
    both = Counter(value for value, (_, read) in zip(gold, pairs, strict=True) if value == read)
    total = Counter(gold) + Counter(read for _, read in pairs)
    return 100 * sum(2 * both[value] / total[value] for value in set(gold)) / len(set(gold))


def compared(file: Path) -> Iterator[Pair]:
    """Yield each fill of the key whose organisation the reading has, with the confidence read."""
    key = read_json_templates(file)
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        fills = [fill for template in key[row["id"]] for fill in template.fills.get(SLOT, ())]
        if fills:
            reading = read([Report(id=identify("re", row["id"]), text=row["text"])])
            cues = {one.id: one.cue.text if one.cue else "" for one in reading.statements}
            yield from _scored(fills, [claim for claim in reading.claims if claim.field == "perpetrator"], cues)


def _scored(fills: Sequence[Fill], claims: Sequence[Claim], cues: Mapping[str, str]) -> Iterator[Pair]:
    for fill in fills:
        value: Confidence | None = confidence_of([claim for claim in claims if names(claim, fill.refs)], cues)
        if value is not None:
            yield fill.values, value


def names(claim: Claim, organisations: Sequence[str]) -> bool:
    """Tell whether a claim names one of the organisations: all words of the shorter name stand in the longer."""
    actor = claim.value
    if not isinstance(actor, Actor):
        return False
    own = [_words(name) for name in (actor.name, actor.words) if name]
    wanted = [_words(name) for name in organisations]
    return any(one and other and (one <= other or other <= one) for one in own for other in wanted)


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.upper())) - {"THE", "OF", "AND"}
