"""Reports with gold → states of the encoder and marks a word: ``PYTHONPATH=src:. python training/claims/prepare.py OUT.pkl SET…``.

A set is a TOML file of short readings, or a folder of ``NAME.txt`` beside ``NAME.expected.json``. The package's environment,
and ``onnx`` beside it. What a claim is read from is told by its evidence; which words of it are the value is found by the
names of the gold, by the counts, times and groups that the reader itself finds there. What no word can be found for is counted
and left out. A claim that may be left out marks its words as "either" (−1).
"""

from __future__ import annotations

import json
import pickle
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from layer import CONTEXT, HIDDEN, MARKS, SEEN, STATES
from numpy.typing import NDArray

from evaluation.modern import report_beside, report_of
from evaluation.modern.match import same_name
from evaluation.modern.short import COUNTS, short_readings
from sayso.language.analysis import Analysis
from sayso.language.engine import analyse, default_model, rows_of
from sayso.language.inputs import build
from sayso.language.model import SHIPPED, Model
from sayso.language.rules import analyse_by_rule
from sayso.language.runs import alone
from sayso.reading.happenings.incidents import kinds
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import Passage, scan
from sayso.records import Report
from sayso.vocab.gazetteer import Gazetteer

KINDS = tuple(kinds())
CLAIMED = {True: "claimed", False: "unclaimed", "denied": "disclaimed"}
CLEARED = ("denies", "exonerates", "doubts")
SAID, SAYER = MARKS.index("said"), MARKS.index("sayer")
BEHIND = 1.5
"""A sayer named only behind his words counts as this many sentences away, and two for each one between."""
Stretch = tuple[int, int]


def sets(path: Path) -> Iterator[tuple[Report, dict[str, Any]]]:
    """Reports of a set, each with what a careful person reads in it."""
    if path.suffix == ".toml":
        for text, expected in short_readings(path):
            yield report_of(text, expected), expected
        return
    for file in sorted(path.rglob("*expected.json")):
        expected = json.loads(file.read_text(encoding="utf-8"))
        report = report_beside(file, expected)
        if report is not None and "incidents" in expected:
            yield report, expected


def session() -> onnxruntime.InferenceSession:
    """The shipped graph, which also gives what the layer reads."""
    graph = onnx.load(str(SHIPPED / "sayso.onnx"))
    for name in (HIDDEN, SEEN):
        graph.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 4
    return onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])


def states(report: Report, model: Model, graph: onnxruntime.InferenceSession) -> tuple[NDArray[Any], NDArray[Any]]:
    """(tokens × 576 half-precision states, number of the window of each token)."""
    draft = analyse_by_rule(report)
    found = np.zeros((len(draft.tokens), STATES + CONTEXT), np.float16)
    numbers = np.zeros(len(draft.tokens), np.int32)
    for number, row in enumerate(rows_of(draft, {}, model)):
        hidden, seen = graph.run([HIDDEN, SEEN], next(alone(build([row], model.vocabulary, model.anchors))))
        window = row.window
        own = slice(window.own_first - window.first, window.own_last - window.first)
        here = slice(window.own_first, window.own_last)
        found[here] = np.concatenate([hidden[0], seen[0]], 1)[own]
        numbers[here] = number
    return found, numbers


class Marking:
    """The marks of one report, while its claims are taken in."""

    def __init__(self, report: Report, analysis: Analysis, world: Gazetteer) -> None:
        self.analysis, self.text, self.view = analysis, report.text, scan(analysis, world)
        self.marks = np.zeros((len(analysis.tokens), len(MARKS)), np.int8)
        self.kinds = np.zeros((len(analysis.sentences), len(KINDS)), np.int8)
        self.sentences = np.zeros(len(analysis.tokens), np.int32)
        for number, sentence in enumerate(analysis.sentences):
            self.sentences[sentence.first : sentence.last] = number
        self.marks[:, SAID] = -1  # known only where a claim is read from
        self.said: dict[int, bool] = {}
        self.lost: Counter[str] = Counter()

    def take(self, claim: dict[str, Any], kind: str) -> None:
        """Mark what one claim is read from."""
        here = next(iter(self.where(claim["evidence"], (0, len(self.text)))), None)
        if here is None:
            self.lost["evidence"] += 1
            return
        field, optional = claim["field"], bool(claim.get("optional"))
        if not optional and field not in ("when", "where"):
            self.kinds[sorted({self.sentences[at] for at in self.tokens(here)}), KINDS.index(kind)] = 1
        self.voice(claim["holder"], here)
        stretch = self.value(claim, here)
        name = self.name(claim)
        if name is None:
            return
        if stretch is None:
            self.lost[field] += 1
            return
        column = MARKS.index(name)
        for at in self.tokens(stretch):
            if self.marks[at, column] != 1:
                self.marks[at, column] = -1 if optional else 1

    def voice(self, holder: list[str], here: Stretch) -> None:
        """Mark whether somebody else than the report says so, and who; two claims may read one word differently."""
        if holder[0] != "REPORT" and "REPORT" in holder:
            return
        said = holder[0] != "REPORT"
        for at in self.tokens(here):
            agreed = self.said.setdefault(at, said) == said
            self.marks[at, SAID] = int(said) if agreed and self.marks[at, SAID] in (-1, int(said)) else -1
        if said:
            sayer = self.nearest(holder, here)
            self.lost["sayer"] += sayer is None
            self.marks[self.tokens(sayer) if sayer else [], SAYER] = 1

    def nearest(self, names: list[str], here: Stretch) -> Stretch | None:
        """Return where a sayer is named: in the same sentence, else before it rather than behind, by the longest name."""
        own = self.sentences[self.tokens(here)[0]]
        found = []
        for rank, name in enumerate(sorted(names, key=len, reverse=True)):
            for stretch in self.where(name, (0, len(self.text))):
                gap = own - self.sentences[self.tokens(stretch)[0]]
                found.append((gap if gap >= 0 else BEHIND - 2 * gap, rank, stretch))
        return min(found)[2] if found else None

    @staticmethod
    def name(claim: dict[str, Any]) -> str | None:
        """The mark of a claim."""
        if claim["field"] == "perpetrator" and claim["stance"] in CLEARED:
            return "cleared"
        if claim["field"] == "responsibility_claim":
            return CLAIMED[claim["value"]["claimed"]]
        return claim["field"] if claim["field"] in MARKS else None

    def value(self, claim: dict[str, Any], here: Stretch) -> Stretch | None:
        """The code points of a value inside its evidence, or for names in the sentence around it."""
        field, value = claim["field"], claim["value"]
        if field in COUNTS:
            return self.count(value, here)
        if field == "when":
            found = [p.offsets(h.first, h.last) for p in self.passages(here) for h in self.view.moments(p)]
            return next((one for one in found if one[0] < here[1] and here[0] < one[1]), None)
        if field == "responsibility_claim":
            return here
        if field in ("perpetrator", "target", "where"):
            first = self.analysis.sentences[self.sentences[self.tokens(here)[0]]]
            names = sorted(value["names"], key=len, reverse=True)
            tried = [(name, here) for name in names] + [(name, (first.start, first.end)) for name in value["names"]]
        else:
            tried = [(words, here) for words in (value.get("of"), value.get("words")) if words]
        found = [one for name, inside in tried for one in self.where(name, inside)]
        return found[0] if found else here if field == "motive" else None

    def count(self, value: dict[str, Any], here: Stretch) -> Stretch | None:
        """Those counted, by the reader's groups; a bare number; a noun that counts one."""
        best: tuple[bool, Stretch] | None = None
        for passage in self.passages(here):
            for group in find_groups(self.view, passage):
                stretch = passage.offsets(group.first, group.last)
                inside = stretch[0] < here[1] and here[0] < stretch[1]
                if not inside or group.quantity is None or group.quantity.low != value["low"]:
                    continue
                fits = not value.get("of") or same_name(value["of"], self.text[slice(*stretch)])
                best = (fits, stretch) if best is None or fits > best[0] else best
            numbers = [
                passage.offsets(h.first, h.last) for h in self.view.counts(passage) if h.value.low == value["low"]
            ]
            bare = next((one for one in numbers if one[0] < here[1] and here[0] < one[1]), None)
            best = (True, bare) if best is None and bare else best
        if best is None and value.get("of"):
            return next(iter(self.where(value["of"], here)), None)
        return best[1] if best else None

    def passages(self, here: Stretch) -> list[Passage]:
        """The sentences that an evidence touches."""
        return [passage for passage in self.view.passages if passage.start < here[1] and here[0] < passage.end]

    def tokens(self, here: Stretch) -> list[int]:
        """The tokens that some code points touch."""
        return [at for at, token in enumerate(self.analysis.tokens) if token.start < here[1] and here[0] < token.end]

    def where(self, words: str, inside: Stretch) -> list[Stretch]:
        """Where some words stand, whatever white space is between them."""
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
        return [
            (found.start() + inside[0], found.end() + inside[0])
            for found in re.finditer(pattern, self.text[slice(*inside)], re.IGNORECASE)
        ]


def prepared(report: Report, expected: dict[str, Any], model: Model, graph: Any, world: Gazetteer) -> dict[str, Any]:
    """What ``fit.py`` reads of one report."""
    marking = Marking(report, next(iter(analyse([report], model=model))), world)
    for incident in expected["incidents"]:
        for claim in incident["claims"]:
            marking.take(claim, incident["kind"])
    found, windows = states(report, model, graph)
    return {
        "states": found,
        "window": windows,
        "marks": marking.marks,
        "kinds": marking.kinds,
        "sentences": marking.sentences,
        "lost": marking.lost,
    }


def main() -> None:
    """Write the pickle, and what was lost."""
    out, *paths = map(Path, sys.argv[1:])
    model, graph, world = default_model(), session(), Gazetteer.default()
    if model is None:
        raise SystemExit("there is no build to take states from")
    rows = [prepared(report, expected, model, graph, world) for path in paths for report, expected in sets(path)]
    out.write_bytes(pickle.dumps(rows))
    lost = sum((row["lost"] for row in rows), Counter())
    print(f"{len(rows)} reports, {sum(len(row['marks']) for row in rows)} words; claims without words: {dict(lost)}")


if __name__ == "__main__":
    main()
