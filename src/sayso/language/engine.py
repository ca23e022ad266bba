"""``analyse``: reports in, analyses out, in the same order; windows of many reports share the model's batches."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from sayso.language.rules import analyse_by_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Future

    from sayso.language.analysis import Analysis
    from sayso.language.decode.batch import Decoded
    from sayso.language.gather import Gathering
    from sayso.language.inputs import Inputs, Row
    from sayso.language.model import Model
    from sayso.language.runs import Outputs
    from sayso.records import Report

POOL = 96  # windows that are sorted by length together: about twenty short reports

Forced = "Mapping[str, frozenset[int]]"


def analyse(reports: Iterable[Report], *, model: Model | None = None, rules_only: bool = False) -> Iterator[Analysis]:
    """Yield the analysis of each report, in order, holding no more than a pool of windows in memory.

    Args:
        reports: any number; read as needed.
        model: the build to use; the one that ``model.find`` finds where none is given. Where there is none, analyses
            have tokens and sentences only, and say so (``model`` is None).
        rules_only: read as if there were no model.

    Raises:
        SetupError: the build found is missing or damaged.

    """
    drafts = map(analyse_by_rule, reports)
    chosen = None if rules_only else model or default_model()
    return drafts if chosen is None else enrich(((draft, {}) for draft in drafts), chosen)


def default_model(threads: int = 0) -> Model | None:
    """Return the build that ``SAYSO_MODEL`` names, else the shipped one, else None."""
    from sayso.language.model import find, load

    folder = find()
    return None if folder is None else load(folder, threads)


@dataclass(frozen=True, slots=True)
class _Job:
    """One window to read, and where its decisions go."""

    row: Row
    gathering: Gathering


@dataclass(frozen=True, slots=True)
class _Batch:
    """Windows that the model reads together, and its scores, once it has."""

    jobs: list[_Job]
    inputs: Inputs
    outputs: Future[Outputs]


def enrich(drafts: Iterable[tuple[Analysis, Mapping[str, frozenset[int]]]], model: Model) -> Iterator[Analysis]:
    """Yield each draft (tokens and sentences) with the model's layers, in order.

    Args:
        drafts: pairs (draft, anchor layer → tokens that are anchors whatever the model thinks).
        model: the build to use.

    """
    from sayso.language.gather import Gathering

    opened: deque[Gathering] = deque()
    pool: list[_Job] = []
    with _Reading(model) as reading:
        for draft, forced in drafts:
            gathering = Gathering(draft, model)
            opened.append(gathering)
            for row in rows_of(draft, forced, model):
                gathering.expected += 1
                pool.append(_Job(row, gathering))
                if len(pool) >= POOL:
                    reading.start(pool)
                    pool = []
            gathering.complete = True
            while opened and opened[0].done:
                yield opened.popleft().finish()
        reading.start(pool)
    for gathering in opened:
        yield gathering.finish()


class _Reading:
    """Reads one pool of windows while the next is made; at once where the model has one thread only.

    The model runs one batch ahead of the decisions, from pool to pool: it never waits for them at a pool's end.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        threaded = model.threads > 1
        self._aside = ThreadPoolExecutor(1) if threaded else None
        self._ahead = ThreadPoolExecutor(1) if threaded else None
        self._reading: Future[None] | None = None
        self._running: deque[_Batch] = deque()

    def start(self, pool: list[_Job]) -> None:
        """Read a pool, after the one before."""
        self._wait()
        if self._aside is None:
            self._read(pool)
        else:
            self._reading = self._aside.submit(self._read, pool)

    def _read(self, pool: list[_Job]) -> None:
        """Run the model over the windows of a pool; the last batch is decided with the next pool."""
        for jobs, inputs in _batches(pool, self._model):
            if self._ahead is None:
                _decide(jobs, inputs, self._model.run(inputs), self._model)
                continue
            self._running.append(_Batch(jobs, inputs, self._ahead.submit(self._model.run, inputs)))
            if len(self._running) > 1:
                self._decide_first()

    def _decide_first(self) -> None:
        batch = self._running.popleft()
        _decide(batch.jobs, batch.inputs, batch.outputs.result(), self._model)

    def _wait(self) -> None:
        if self._reading is not None:
            self._reading.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        """Wait for what is running; its own problem counts where there is no other."""
        try:
            if problem[0] is None:
                self._wait()
                while self._running:
                    self._decide_first()
        finally:
            for threads in (self._aside, self._ahead):
                if threads is not None:
                    threads.shutdown()


def rows_of(draft: Analysis, forced: Mapping[str, frozenset[int]], model: Model) -> Iterator[Row]:
    """Yield the windows of a draft as the model takes them, in text order."""
    from sayso.language.inputs import Row
    from sayso.language.windows import cut, paragraph_starts

    words = model.vocabulary.look_up(token.text for token in draft.tokens)
    paragraphs = paragraph_starts(draft)
    sentences = [sentence.first for sentence in draft.sentences]
    for window in cut(draft, [len(word.pieces) for word in words], model.words):
        yield Row(draft, window, paragraphs, sentences, forced)


def _batches(pool: list[_Job], model: Model) -> Iterator[tuple[list[_Job], Inputs]]:
    """Yield the windows of a pool in batches of like length, as the model takes them."""
    from sayso.language.inputs import build
    from sayso.language.windows import batches

    for positions in batches([job.row.window for job in pool]):
        jobs = [pool[position] for position in positions]
        yield jobs, build([job.row for job in jobs], model.vocabulary, model.anchors)


def _decide(jobs: list[_Job], inputs: Inputs, outputs: Outputs, model: Model) -> None:
    """Hand each window of a batch its decisions."""
    from sayso.language.decode.batch import decode

    decoded = decode(inputs, outputs, model.layers, model.anchors)
    for number, job in enumerate(jobs):
        job.gathering.add(number, job.row.window, decoded)
    _hand_out_anchors(jobs, decoded, model)


def _hand_out_anchors(jobs: list[_Job], decoded: Decoded, model: Model) -> None:
    import numpy as np

    for layer in model.layers_of("anchor"):
        picks = decoded.picks[layer.name]
        which, first, last, kind = picks.roles
        names = [label[2:] for label in layer.labels[1::2]]
        roles = list(zip([names[each] for each in kind.tolist()], first.tolist(), last.tolist(), strict=True))
        bounds = np.searchsorted(which, np.arange(len(picks.rows) + 1)).tolist()
        anchors = zip(picks.rows.tolist(), picks.words.tolist(), picks.logits.tolist(), pairwise(bounds), strict=True)
        for row, word, logit, (begin, end) in anchors:
            job = jobs[row]
            job.gathering.add_anchor(layer.name, job.row.window, word, logit, roles[begin:end])
