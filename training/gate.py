"""Fit the weights of the gate (``src/sayso/vocab/gate.txt``): which words say that a text may tell of an incident.

    PYTHONPATH=src:. python training/gate.py DATA FOUND      # the package's environment; a minute, and once a quarter of an hour

DATA holds sets whose class is "train" without reservation: ``muc4/train.jsonl`` and our own ``claims/reports`` have gold;
of the treebanks EWT and GUM and of ``ecbplus.tar.gz`` it is taken from the reader, once, and kept in the file FOUND. Texts
without an incident count in full there; those in which the reader finds one count less, for it is often wrong in them.
Texts of the gold sets without one hardly count: they are of war and crime all the same, and may be read.

A text weighs what its heaviest stretch weighs: the sum of the weights of its words, none below zero. They are fitted by
logistic regression, beginning at what our vocabularies say (``PRIORS``), from which they stray only for a reason. Words of
which no vocabulary of ours has any form need ``OWN`` of our own reports that write them small: names are none.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaluation.modern.short import short_readings
from sayso.pipeline import read_each
from sayso.reading.gate import SHORT, TABLE, cut, root, words_of
from sayso.reading.sentences.verbs import forms
from sayso.records import Block, Report, identify

HERE: Final = Path(__file__).parent
PRIORS: Final[tuple[tuple[str, tuple[str, ...], float], ...]] = (
    ("incidents", ("nouns", "verbs"), 1.8),
    ("weapons", ("nouns", "attacks", "users"), 1.2),
    ("casualties", ("verbs", "nouns", "adjectives", "intransitive"), 0.9),
    ("incidents", ("weak_nouns", "weak_verbs"), 0.6),
    ("armed groups", ("singular", "plural"), 1.4),
    ("groups", ("singular", "plural"), 0.6),
)
"""Vocabulary, its lists, the weight of their single words; the highest counts."""
GROUPS: Final = {
    "groups": frozenset({"soldiers", "police officers", "protesters", "vigilantes"}),
    "armed groups": frozenset({"attackers", "militants"}),
}
"""The groups of people whose words count; those who attack as much as what they attack with."""
LEAST: Final = 5
"""Texts in which a word must stand, if no vocabulary has it."""
OWN: Final = 3
FOUND_ONE: Final = 0.3
"""What a text counts in which the reader finds an incident."""
STRAY, RISE = 6e-4, 2e-3
"""The price of straying from the prior: of its square, and of rising above it."""
STEPS, RATE = 500, 0.03
HEAD: Final = (
    "# Weight in tenths and roots of words by which the gate of `sayso add --gate` knows a text that may tell of an\n"
    "# incident; fitted by training/gate.py on MUC-4, ECB+, the treebanks EWT and GUM, and reports of our own.\n"
)


class Text(NamedTuple):
    """A text to fit on: whether it tells of an incident, and how much it counts."""

    text: str
    tells: bool
    counts: float


@dataclass(frozen=True)
class Stretches:
    """All stretches of all texts, flat: the words of stretch s are ``words[starts[s]:starts[s + 1]]``."""

    words: NDArray[np.int64]
    starts: NDArray[np.int64]  # of each stretch, and the end
    first: NDArray[np.int64]  # stretch of each text, and the end
    tells: NDArray[np.float64]
    counts: NDArray[np.float64]


def main(data: Path, found: Path) -> None:
    """Fit and write the table."""
    texts = [each for each in (*gold(data), *silver(data, found)) if len(words_of(each.text)) >= SHORT]
    prior = priors()
    words = sorted(prior.keys() | chosen(texts))
    begin = np.array([prior.get(word, 0.0) for word in words])
    weights = fit(laid_out(texts, words), begin)
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for word, weight in zip(words, weights, strict=True):
        rows[round(10 * float(weight))].append(word)
    lines = [" ".join([str(tenths), *rows[tenths]]) + "\n" for tenths in sorted(rows, reverse=True) if tenths > 0]
    TABLE.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(texts)} texts, {sum(len(row) for at, row in rows.items() if at > 0)} words")


def gold(data: Path) -> Iterator[Text]:
    """Yield the texts that tell of an incident by their gold."""
    for line in (data / "muc4" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["templates"]:
            yield Text(re.sub(r"\[[^]]*\]", " ", row["text"]), tells=True, counts=1.0)  # heads: [REPORT] [TEXT]
    for text, expected in own():
        if expected["incidents"]:
            yield Text(text, tells=True, counts=1.0)


def own() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield our own reports with their gold."""
    for path in sorted((HERE / "claims" / "reports").glob("*.toml")):
        yield from short_readings(path)


def silver(data: Path, found: Path) -> Iterator[Text]:
    """Yield the texts without gold; what the reader finds in each is read once and kept."""
    kept = dict(json.loads(line) for line in found.read_text().splitlines()) if found.is_file() else {}
    texts = {identify("re", text): text for text in (*treebanks(data / "ud"), *ecbplus(data / "ecbplus.tar.gz"))}
    wanted = iter([name for name in texts if name not in kept])
    with found.open("a") as file:
        while batch := list(islice(wanted, 32)):
            for reading in read_each([report_of(name, texts[name]) for name in batch]):
                name = reading.reports[0].id
                kept[name] = sum(not incident.background for incident in reading.incidents)
                file.write(json.dumps([name, kept[name]]) + "\n")
    for name, text in texts.items():
        yield Text(text, tells=kept[name] > 0, counts=FOUND_ONE if kept[name] else 1.0)


def report_of(name: str, text: str) -> Report:
    """Return a text as a report, a block a line."""
    blocks = [Block(kind="paragraph", start=hit.start(), end=hit.end()) for hit in re.finditer(r"\S[^\n]*", text)]
    return Report(id=name, text=text, blocks=tuple(blocks))


def treebanks(folder: Path) -> Iterator[str]:
    """Yield the documents of EWT and GUM, a sentence a line, without those of the test halves."""
    for path in sorted(path for path in folder.glob("*/*.conllu") if "-test" not in path.name):
        for document in path.read_text(encoding="utf-8").split("# newdoc")[1:]:
            yield "\n".join(re.findall(r"^# text = (.*)", document, re.MULTILINE))


def ecbplus(path: Path) -> Iterator[str]:
    """Yield the documents of ECB+, a sentence a line."""
    token = re.compile(r'<token t_id="\d+" sentence="(\d+)"[^>]*>(.*?)</token>')
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".xml") else None
            if file is not None and "/._" not in member.name:
                lines: defaultdict[int, list[str]] = defaultdict(list)
                for sentence, word in token.findall(file.read().decode("utf-8", "replace")):
                    lines[int(sentence)].append(unescape(word))
                yield "\n".join(" ".join(line) for line in lines.values())


def rows_of(name: str) -> list[dict[str, Any]]:
    """Return the entries of a vocabulary."""
    return list(tomllib.loads((TABLE.parent / f"{name}.toml").read_text(encoding="utf-8"))["entry"])


def priors() -> dict[str, float]:
    """Return root → what our vocabularies say of it."""
    found: dict[str, float] = {}
    for name, lists, weight in PRIORS:
        for row in rows_of(name.removeprefix("armed ")):
            if row.get("name") in GROUPS.get(name, {row.get("name")}):
                for phrase in (phrase for each in lists for phrase in _phrases(each, row.get(each, ()))):
                    words = words_of(phrase)
                    if len(words) == 1:
                        found[root(words[0])] = max(found.get(root(words[0]), 0.0), weight)
    return found


def _phrases(name: str, listed: Iterable[str]) -> Iterator[str]:
    for phrase in listed:
        yield from forms(phrase) if name in ("verbs", "weak_verbs", "intransitive") else (phrase,)


def chosen(texts: Iterable[Text]) -> set[str]:
    """Return the words that are common enough, and no names."""
    common = Counter(word for each in texts for word in set(map(root, words_of(each.text))))
    small: Counter[str] = Counter()
    for text, _ in own():
        small.update({root(word) for word in re.findall(r"[^\W\d_]+", text) if word.islower()})
    return {word for word, number in common.items() if number >= LEAST and small[word] >= OWN and len(word) > 1}


def laid_out(texts: Iterable[Text], words: list[str]) -> Stretches:
    """Return all stretches of all texts, flat."""
    places = {word: at for at, word in enumerate(words)}
    flat, starts, first, tells, counts = [], [0], [0], [], []
    for each in texts:
        for stretch in cut(words_of(each.text)):
            flat += sorted({places[name] for word in stretch if (name := root(word)) in places})
            starts.append(len(flat))
        first.append(len(starts) - 1)
        tells.append(float(each.tells))
        counts.append(each.counts)
    return Stretches(np.array(flat), np.array(starts), np.array(first), np.array(tells), np.array(counts))


def fit(laid: Stretches, begin: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights that tell texts with an incident from those without, by their heaviest stretches (Adam)."""
    weights, bias, number = begin.copy(), -4.0, len(laid.tells)
    mean, square = np.zeros(len(begin) + 1), np.zeros(len(begin) + 1)
    for step in range(1, STEPS + 1):
        heaviest, sums = heaviest_of(laid, weights)
        off = laid.counts * (1 / (1 + np.exp(-(sums + bias))) - laid.tells) / number
        slope = np.append(2 * STRAY * (weights - begin) + RISE * (weights > begin), off.sum())
        for at, error in zip(heaviest.tolist(), off.tolist(), strict=True):
            slope[laid.words[laid.starts[at] : laid.starts[at + 1]]] += error
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        move = RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights, bias = np.maximum(weights - move[:-1], 0), bias - float(move[-1])
    return weights


def heaviest_of(laid: Stretches, weights: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the heaviest stretch of each text, and what it weighs."""
    running = np.concatenate([[0.0], np.cumsum(weights[laid.words])])
    sums = running[laid.starts[1:]] - running[laid.starts[:-1]]
    bounds = zip(laid.first[:-1].tolist(), laid.first[1:].tolist(), strict=True)
    heaviest = np.array([low + int(np.argmax(sums[low:high])) for low, high in bounds])
    return heaviest, sums[heaviest]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
