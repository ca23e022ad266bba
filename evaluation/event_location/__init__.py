"""The exam ``event-location``: the words that name where a verb's event took place.

Held on the tenth of the distinct sentences that training never sees (``training/prepare/events.py`` holds back the
same ones). The verb is given. Figures, in per cent, over tokens as published: ``token.p``, ``token.r``, ``token.f``; a
token is right when gold and we both call it part of the event's place. Many items have no place in gold; what we name
there counts against us. ``model.f`` is the model's layer alone, without the rules of
``sayso.reading.happenings.scenes``.

Places are read by token number: the character offsets of a seventh of them are damaged (start equals end).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evaluation import Exam
from sayso.language.analysis import Analysis
from sayso.language.engine import default_model, enrich
from sayso.language.rules import analyse_by_rule
from sayso.reading.happenings.scenes import LAYER, Run, marked_runs, scene
from sayso.reading.sentences.grammar import Line, lines
from sayso.records import Report, identify

FILE = Path("event_location") / "labeled_text.json.gz"
HELD_OUT = 10
"""Every so manieth distinct sentence, the last of each ten, is held out."""

Finder = Callable[[Analysis, Line, int], list[Run]]


class Item(NamedTuple):
    """One verb of one sentence: code points of the published tokens, which of them are its place, where it stands."""

    tokens: tuple[tuple[int, int], ...]
    place: frozenset[int]
    verb: tuple[int, int]


class Text(NamedTuple):
    """One distinct text and the verbs asked for in it."""

    text: str
    items: tuple[Item, ...]


class Counts(NamedTuple):
    """Tokens that are both, ours only, gold only."""

    right: int = 0
    spurious: int = 0
    missed: int = 0


def exam(data: Path, split: str | None) -> Exam:
    """Hold the exam on the held-out tenth."""
    asked = list(texts(data / FILE))
    read = list(zip(asked, analyses(asked), strict=True))
    ours, model = count(read, _scene), count(read, marked_runs)
    figures = {f"token.{name}": value for name, value in rates(ours).items()} | {"model.f": rates(model)["f"]}
    return Exam("event-location", split or "dev", sum(len(text.items) for text in asked), figures)


def texts(file: Path) -> Iterator[Text]:
    """Yield the held-out texts with their accepted items."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        rows = [row for row in json.load(stream) if row.get("answer", "accept") == "accept" and row.get("spans")]
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_text.setdefault(row["text"], []).append(row)
    for number, (text, same) in enumerate(by_text.items()):
        if number % HELD_OUT == HELD_OUT - 1:
            yield Text(text, tuple(item for row in same for item in _item(row)))


def _item(row: dict[str, Any]) -> Iterator[Item]:
    """Yield the item of a row with a verb; its first, where it has two."""
    tokens = tuple((token["start"], token["end"]) for token in row["tokens"])
    places = [range(s["token_start"], s["token_end"] + 1) for s in row["spans"] if s["label"] == "LOCATION"]
    verbs = [tokens[s["token_start"]] for s in row["spans"] if s["label"] == "VERB"]
    if verbs:
        yield Item(tokens, frozenset(at for place in places for at in place), verbs[0])


def analyses(asked: list[Text]) -> Iterator[Analysis]:
    """Yield the analysis of each text, its verbs forced to be anchors of the layer; by rule alone without a model."""
    drafts = [analyse_by_rule(Report(id=identify("re", text.text), text=text.text)) for text in asked]
    forced = [
        {LAYER: frozenset(_verb(draft, item) for item in text.items)} for draft, text in zip(drafts, asked, strict=True)
    ]
    model = default_model()
    return iter(drafts) if model is None else enrich(iter(zip(drafts, forced, strict=True)), model)


def _verb(analysis: Analysis, item: Item) -> int:
    """Return the token that holds the first character of the verb."""
    return max((at for at, token in enumerate(analysis.tokens) if token.start <= item.verb[0]), default=0)


def _scene(analysis: Analysis, line: Line, verb: int) -> list[Run]:
    return scene(line, verb, marked_runs(analysis, line, verb))


def count(read: list[tuple[Text, Analysis]], finder: Finder) -> Counts:
    """Count the tokens of all items."""
    right = spurious = missed = 0
    for text, analysis in read:
        sentences = lines(analysis)
        for item in text.items:
            found = _tokens(item, analysis, sentences, finder)
            right += len(found & item.place)
            spurious += len(found - item.place)
            missed += len(item.place - found)
    return Counts(right, spurious, missed)


def _tokens(item: Item, analysis: Analysis, sentences: Sequence[Line], finder: Finder) -> set[int]:
    verb = _verb(analysis, item)
    line = next(line for line in sentences if line.sentence.first <= verb < line.sentence.last)
    spans = [(line.start(first), line.end(last)) for first, last in finder(analysis, line, verb - line.sentence.first)]
    return {at for at, (start, end) in enumerate(item.tokens) if any(a < end and start < b for a, b in spans)}


def rates(counts: Counts) -> dict[str, float]:
    """Return precision, recall and F in per cent."""
    return {
        "p": 100 * counts.right / max(1, counts.right + counts.spurious),
        "r": 100 * counts.right / max(1, counts.right + counts.missed),
        "f": 200 * counts.right / max(1, 2 * counts.right + counts.spurious + counts.missed),
    }
