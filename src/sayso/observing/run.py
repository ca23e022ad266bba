"""``Run``: one command watched from outside. It wraps what the command hands around, and counts what passes through."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from sayso.observing import runs
from sayso.observing.logs import log
from sayso.records import Reading, Report

if TYPE_CHECKING:
    from sayso.adding import Outcome, Parse, Prepare, Prepared, Read, Tally
    from sayso.errors import InputError
    from sayso.intake import Capture
    from sayso.ledger import Ledger
    from sayso.ledger.storing import Reader

EVERY: Final = 0.5
"""Seconds between two writings of the status."""
PACE: Final = 60.0
"""Seconds over which the rate is taken."""
TROUBLES: Final = 5
_LONGEST: Final = 300
Stored = Mapping[str, Any]


class Run:
    """One command on a project, from its beginning to its end; a context.

    Args:
        folder: of the files of runs; None: nothing is written, as in a rehearsal.
        command: its word.
        sources: what it was given.
        size: bytes of all sources; None where that cannot be known.
        beat: called each time the status is written, and at the end with True.

    """

    def __init__(
        self,
        folder: Path | None,
        command: str,
        sources: Iterable[str] = (),
        *,
        size: int | None = None,
        beat: Callable[[bool], None] | None = None,
    ) -> None:
        self.status = runs.new(command, [str(each)[:_LONGEST] for each in sources], size)
        self._folder, self._beat = folder, beat
        self._told = 0.0
        self._paces: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])
        self._lock = threading.RLock()  # parsing and reading may go on in threads of their own
        self._coming: deque[str | None] = deque()  # digests of what was taken and is not done, in order
        self._digests: dict[str, str] = {}  # report → digest, as long as it is not done
        self._stored: Stored | None = None
        self._plain, self._offsets = 0, dict[str, int]()  # bytes done: of files as they are, of each archive

    def __enter__(self) -> Self:
        log("began", run=self.status.id, command=self.status.command, sources=self.status.sources)
        self._tell(always=True)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.status.updated, self.status.now = runs.now(), ""
        seconds = {stage: round(number, 4) for stage, number in self.status.seconds.items()}
        log("ended", run=self.status.id, command=self.status.command, counts=self.status.counts, seconds=seconds)
        with contextlib.suppress(OSError):
            if self._folder is not None:
                runs.end(self._folder, self.status)
        if self._beat is not None:
            self._beat(True)

    def adding(
        self,
        ledger: Ledger,
        items: Iterable[Capture | InputError],
        tally: Tally,
        *,
        read: Read | None = None,
        reader: Reader | None = None,
        parse: Parse | None = None,
    ) -> Iterator[Outcome]:
        """Add reports as :func:`sayso.adding.add` does, watched."""
        from sayso import adding

        parses, reads = self.parsing(parse or adding.guarded()), self.reading(read or adding.default_read())
        yield from self.outcomes(adding.add(ledger, self.taken(items), tally, read=reads, reader=reader, parse=parses))

    # -- what is handed around ----------------------------------------------------------------------------------------

    def taken(self, items: Iterable[Capture | InputError]) -> Iterator[Capture | InputError]:
        """Yield what comes in, and count it."""
        coming = iter(items)
        while True:
            with self.timed("take"):
                item = next(coming, None)
            if item is None:
                return
            self._take(item)
            yield item

    def parsing(self, parse: Parse) -> Parse:
        """Return what parses, watched."""

        def watched(item: Capture) -> Report | InputError:
            with self.timed("parse") as took:
                made = parse(item)
            digest = _digest(item.raw)
            known_by, told = item.place, {"problem": getattr(made, "problem", None)}
            if isinstance(made, Report):
                known_by, told = made.id, {"report": made.id, "language": made.language}
            with self._lock:
                self._digests[known_by] = digest
            self._log("parsed", digest, seconds=took(), **told)
            return made

        return watched

    def reading(self, read: Read) -> Read:
        """Return what reads, watched."""

        def watched(reports: Iterable[Report]) -> Iterator[Reading]:
            coming = iter(read(reports))
            while True:
                with self.timed("read"):
                    made = next(coming, None)
                if made is None:
                    return
                self._log_reading(made)
                yield made

        return watched

    def outcomes(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Yield what became of each, and count it."""
        for outcome in outcomes:
            self.done(outcome)
            yield outcome

    def done(self, outcome: Outcome) -> None:
        """Count what became of one thing that was taken."""
        with self._lock:
            known = self._digests.pop(outcome.report or outcome.place, None)
            digest = self._coming.popleft() if self._coming else known
            counts = self.status.counts
            counts[outcome.verdict] = counts.get(outcome.verdict, 0) + 1
            if outcome.gated:
                self.status.gated += 1
            self._pass(outcome)
            self.status.waiting = len(self._coming)
        if outcome.problem:
            self._trouble(outcome.place, outcome.problem)
        self._log_outcome(outcome, digest)
        self._tell()

    def _pass(self, outcome: Outcome) -> None:
        """Note how far the sources are done: in an archive, which may be compressed, up to where the record stands."""
        file, _, offset = outcome.place.rpartition("@")
        if file and offset.isdecimal():
            self._offsets[file] = max(self._offsets.get(file, 0), int(offset))
        else:
            self._plain += outcome.size
        self.status.bytes_done = self._plain + sum(self._offsets.values())

    def entered(self, what: str, about: str, entry: Stored, seconds: float) -> None:
        """Count an entry of the log that was written; what it is about is told with its outcome."""
        self._spend("store", seconds)
        self._stored = {"what": what, "about": about, "seconds": round(seconds, 4), **entry}

    def preparing(self, *, gated: bool = False) -> Prepare:
        """Return what parses and reads captures in this process, watched; ``gated``: behind the gate."""
        from sayso import adding

        def watched(new: Sequence[Capture]) -> Mapping[str, Prepared]:
            reads = self.reading(adding.chosen_read(gated=gated))
            return adding.prepared(new, read=reads, parse=self.parsing(adding.guarded()))

        return watched

    def made(self, made: Mapping[str, Prepared], seconds: Mapping[str, float]) -> None:
        """Note what a process of this machine has made of captures, and the seconds that each stage took it."""
        for stage, spent in seconds.items():
            self._spend(stage, spent)
        for digest, each in made.items():
            if isinstance(each.result, Reading):
                report = each.result.reports[0]
                with self._lock:
                    self._digests[report.id] = digest
                self._log("parsed", digest, report=report.id, language=report.language)
                self._log_reading(each.result)
            else:
                self._log("parsed", digest, problem=each.result.problem)

    def hands_out(self, waiting: int) -> None:
        """Note that a shard goes to a worker, and how many are on their way now; what follows is waiting for one."""
        self.status.shards, self.status.now = waiting, "read"
        self._tell(always=True)

    def shard(self, number: int, waiting: int) -> None:
        """Note that a worker has read so many reports, and how many shards are still on their way."""
        self.status.shards = waiting
        log("shard", run=self.status.id, reports=number, waiting=waiting)
        self._tell()

    def waits(self, due: str | None) -> None:
        """Note that nothing is to be done until a moment."""
        self.status.now, self.status.due = "wait", due
        self._tell(always=True)

    def trouble(self, place: str, problem: str) -> None:
        """Note what went wrong with something that gives no report."""
        self._trouble(place, problem)
        self._tell()

    # -- clocks -------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def timed(self, stage: str) -> Iterator[Callable[[], float]]:
        """Time a stage while the block runs; gives what tells the seconds."""
        began = time.perf_counter()
        self.status.now = stage
        self._tell()
        try:
            yield lambda: round(time.perf_counter() - began, 4)
        finally:
            self._spend(stage, time.perf_counter() - began)

    def linking(self, seconds: float) -> None:
        """Count seconds of comparing and grouping accounts."""
        self._spend("link", seconds)

    def _spend(self, stage: str, seconds: float) -> None:
        with self._lock:
            self.status.seconds[stage] = self.status.seconds.get(stage, 0.0) + seconds

    # -- telling ------------------------------------------------------------------------------------------------------

    def _take(self, item: Capture | InputError) -> None:
        raw = getattr(item, "raw", None)
        digest = None if raw is None else _digest(raw)
        with self._lock:
            self._coming.append(digest)
            self.status.waiting = len(self._coming)
            if raw is not None:
                self.status.counts["taken"] = self.status.counts.get("taken", 0) + 1
        if raw is not None:
            self._log("taken", digest, place=item.place, size=len(raw), form=getattr(item, "form", None))

    def _log_reading(self, made: Reading) -> None:
        report = made.reports[0].id
        parts = ("statements", "incidents", "claims", "not_understood")
        self._log(
            "read", self._digests.get(report), report=report, **{name: len(getattr(made, name)) for name in parts}
        )

    def _log_outcome(self, outcome: Outcome, digest: str | None) -> None:
        stored, self._stored = self._stored, None
        told: dict[str, Any] = {"report": outcome.report, "place": outcome.place, "problem": outcome.problem}
        if stored is not None and outcome.verdict == "stored":
            found = {name: stored.get(name) for name in ("incidents", "merged", "split")}
            if any(found.values()):
                self._log("linked", digest, report=outcome.report, **found)
            told |= {"entry": stored["entry"], "seconds": stored["seconds"], "former": outcome.former}
        self._log(outcome.verdict, digest, **told)

    def _log(self, event: str, digest: str | None, **fields: Any) -> None:
        trace = f"{self.status.id}-{digest[:12]}" if digest else None
        log(event, run=self.status.id, trace=trace, **fields)

    def _trouble(self, place: str, problem: str) -> None:
        told = {"at": runs.now(), "place": place[:_LONGEST], "problem": problem[:_LONGEST]}
        with self._lock:
            self.status.troubles = [*self.status.troubles, told][-TROUBLES:]

    def _tell(self, *, always: bool = False) -> None:
        """Write the status, unless it was written just now."""
        at = time.monotonic()
        if self._folder is None or (not always and at - self._told < EVERY):
            return
        with self._lock:
            self._told = at
            self.status.updated = runs.now()
            self.status.rate = self._rate(at)
            with contextlib.suppress(OSError):
                runs.write(self._folder, self.status)
        if self._beat is not None:
            self._beat(False)

    def _rate(self, at: float) -> float:
        self._paces.append((at, self.status.done))
        while len(self._paces) > 2 and self._paces[1][0] < at - PACE:
            self._paces.popleft()
        (since, before), (_, done) = self._paces[0], self._paces[-1]
        return round((done - before) / max(at - since, EVERY), 3)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
