"""The exam ``muc4``: the official templates of MUC-4 written from our reading of a text and a learned step.

Splits: ``dev`` (TST1 and TST2, the default: the policy was tuned on them), ``dev_tst1``, ``dev_tst2``, ``tst3``
(reported, never tuned on), ``short`` (some texts of TST1, for a quick check). The networks were fitted to the 1,300
texts of ``train`` (``training/muc4``). Scored by rules alone, without people's match decisions (see ``muc4-scorer``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation import Exam
from evaluation.muc4 import confidence, effects
from evaluation.muc4.backed import with_reading
from evaluation.muc4.network import load
from evaluation.muc4.places import read_atlas
from evaluation.muc4.reading import Told, tell
from evaluation.muc4.states import encoder
from evaluation.muc4.templates import Policy, build
from evaluation.muc4_scorer.ceaf_re import ceaf_re
from evaluation.muc4_scorer.keys import Template, Templates, read_json_templates
from evaluation.muc4_scorer.report import table
from evaluation.muc4_scorer.scores import Scores, f_measure, score_texts
from evaluation.muc4_scorer.slots import SLOTS
from evaluation.muc4_scorer.standings import ALL, Standing, read_standings
from sayso.pipeline import read
from sayso.records import Reading, Report, identify

SPLITS: Mapping[str, tuple[str, ...]] = {
    "dev": ("dev_tst1", "dev_tst2"),
    "dev_tst1": ("dev_tst1",),
    "dev_tst2": ("dev_tst2",),
    "tst3": ("tst3",),
    "short": ("dev_tst1",),
}
SHORT = 60


def exam(data: Path, split: str | None = None) -> Exam:
    """Write and score the templates of a split; the table of slots goes to stderr."""
    split = split or "dev"
    if split not in SPLITS:
        raise ValueError(f"no split {split!r}; there are: {', '.join(SPLITS)}")
    key = read_key(data / "muc4", split)
    response = dict(respond(data / "muc4", split))
    scores = score_texts(key, response)
    print(table(scores), *_beside(scores, read_standings(data / "muc4")), sep="\n", file=sys.stderr)
    return Exam("muc4", split, len(key), figures(scores, key, response))


def read_key(folder: Path, split: str) -> Templates:
    """Return the key of a split."""
    key = {text: templates for part in SPLITS[split] for text, templates in _key(folder, part)}
    return dict(list(key.items())[:SHORT]) if split == "short" else key


def respond(folder: Path, split: str) -> Iterator[tuple[str, tuple[Template, ...]]]:
    """Yield (text id, our templates) for the texts of a split."""
    rows = [json.loads(line) for part in SPLITS[split] for line in _lines(folder, part)]
    network, atlas, policy = load(), read_atlas(folder / "taskdoc"), Policy()
    for row in rows[:SHORT] if split == "short" else rows:
        report = Report(id=identify("re", row["id"]), text=row["text"])
        told = tell(encoder().read(report), network, atlas)
        relevant = told.relevant >= policy.relevant
        yield row["id"], templates_of(told, read([report]), network.attributes, policy) if relevant else ()


def templates_of(told: Told, reading: Reading, names: Sequence[str], policy: Policy) -> tuple[Template, ...]:
    """Return the templates of a report by what the network and our reading make of it."""
    told = with_reading(told, reading)
    templates = build(told, names, policy)
    return effects.as_read(confidence.as_read(templates, reading), reading, told)


def figures(scores: Scores, key: Templates, response: Templates) -> dict[str, float]:
    """Return the figures of the exam, in per cent."""
    slots = {f"{figure_name(slot.name)}.f": f_measure(scores.slots[slot.name]) for slot in SLOTS}
    whole = {"all_templates.f": f_measure(scores.total), "relevance.f": f_measure(scores.relevance)}
    return {**whole, "ceaf_re.f": ceaf_re(key, response)["micro"].f, **slots}


def figure_name(slot: str) -> str:
    """Return the name of a slot's figure."""
    return slot.replace("-", "_").replace("_conf", "_confidence").replace("_cat", "_category")


def _beside(scores: Scores, standings: Mapping[str, Standing]) -> Iterator[str]:
    yield f"{'F beside TST3 of 1992':<22}{'ours':>7}{'median':>8}{'best':>7}"
    for name in (*(slot.name for slot in SLOTS), ALL):
        ours = f_measure(scores.total if name == ALL else scores.slots[name])
        yield f"{name:<22}{ours:>7.1f}{standings[name].median:>8.1f}{standings[name].best:>7.1f}"


def _key(folder: Path, part: str) -> Iterator[tuple[str, tuple[Template, ...]]]:
    yield from read_json_templates(folder / f"{part}.jsonl").items()


def _lines(folder: Path, part: str) -> list[str]:
    return (folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
