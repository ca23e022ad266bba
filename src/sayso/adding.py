"""Adding: captures in, each stored, known already, or in quarantine; what is acknowledged is on the disk.

In goes everything that has bytes; out come as many outcomes: in = stored + duplicate + quarantined, always.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from os import PathLike, fspath
from typing import Any, Final, Literal

from sayso import __version__
from sayso.errors import InputError, RefusedError, SaysoError, SpanError
from sayso.intake import Capture, Given, capture, report_of
from sayso.intake.assemble import NOTHING_GIVEN
from sayso.intake.notes import Notes, noting
from sayso.ledger.store import Ledger
from sayso.ledger.storing import Reader, capture_of, put_in_quarantine, store, store_reading
from sayso.reading import gate
from sayso.reading.gate import HELD_BACK
from sayso.records import Reading, Report
from sayso.settings import TRACEBACK

Verdict = Literal["stored", "duplicate", "quarantined", "unreadable"]
Read = Callable[[Iterable[Report]], Iterator[Reading]]
Parse = Callable[[Capture], Report | InputError]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made of one capture: its reading or what is wrong with it, and where its facts were found."""

    result: Reading | InputError
    notes: Notes


Prepare = Callable[[Sequence[Capture]], Mapping[str, Prepared]]
"""Captures in, SHA-256 → what was made of each out."""

BATCH: Final = 32
"""Reports that are read together: they share the model's batches and one wait for the disk; each has its own commit."""

GATED: Final = "gate "
"""What the model of a reading is called, with the gate's digest behind it, where the gate held the report back."""

CODED: Final = "profile "
"""What the model of a reading is called, with the profile's name behind it, where no language model has read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one capture.

    Attributes:
        place: file or line it came from.
        verdict: stored, duplicate, quarantined; or unreadable: there were no bytes to be had, so nothing went in.
        report: id of the report, where it is one.
        former: id of the version before of the same page.
        problem: why it is in quarantine or could not be had.
        size: of its raw bytes.
        gated: it was stored, and not read: the gate held it back.

    """

    place: str
    verdict: Verdict
    report: str | None = None
    former: str | None = None
    problem: str | None = None
    size: int = 0
    gated: bool = False


@dataclass(slots=True)
class Tally:
    """How many captures went in and what became of them."""

    stored: int = 0
    duplicate: int = 0
    quarantined: int = 0
    unreadable: int = 0
    refused: int = 0  # of the unreadable: addresses that may not be fetched
    taken: int = 0  # counted where they come in, not where they come out
    gated: int = 0  # of the stored: those that the gate held back

    def count(self, outcome: Outcome) -> None:
        """Count one outcome."""
        setattr(self, outcome.verdict, getattr(self, outcome.verdict) + 1)
        self.gated += outcome.gated

    def check(self) -> None:
        """Raise AssertionError unless in = stored + duplicate + quarantined."""
        out = self.stored + self.duplicate + self.quarantined
        assert self.taken == out, f"{self.taken} went in, {out} came out: something was dropped in silence"


def add(
    ledger: Ledger,
    items: Iterable[Capture | InputError],
    tally: Tally,
    *,
    read: Read | None = None,
    reader: Reader | None = None,
    parse: Parse | None = None,
    prepare: Prepare | None = None,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """Add reports and yield what became of each, in order, once it is on the disk.

    Args:
        ledger: open for writing (for reading is enough with ``dry_run``).
        items: what intake captured; an InputError is a source without bytes.
        tally: is kept up to date.
        read: reads reports, in order; the pipeline if left out.
        reader: who reads; found out if left out.
        parse: makes reports of captures; in a child that may be killed if left out.
        prepare: parses and reads captures elsewhere; with ``parse`` and ``read`` in this process if left out.
        dry_run: read and store nothing, only tell what would become of each.

    Raises:
        SetupError: the ledger cannot be written. What was yielded is stored; adding again takes up the rest.

    """
    who = reader or default_reader()
    parses = parse or (_no_parser if prepare else guarded())
    prepares = prepare or partial(prepared, read=read or default_read(), parse=parses)
    queue = iter(items)
    while batch := list(islice(queue, BATCH)):
        tally.taken += sum(isinstance(item, Capture) for item in batch)
        tally.refused += sum(isinstance(item, RefusedError) for item in batch)
        found = _foretold(ledger, batch, parses) if dry_run else _add_batch(ledger, batch, prepares, who)
        for outcome in found:
            tally.count(outcome)
            yield outcome
    tally.check()


def add_sources(
    ledger: Ledger, sources: str | PathLike[str] | Iterable[str | PathLike[str]], given: Given = NOTHING_GIVEN
) -> Tally:
    """Add files, folders and JSON Lines, and return how many reports went in and what became of them (``sayso.add``).

    Args:
        ledger: open for writing (``sayso.open(path, "write")``).
        sources: one or several of what ``sayso add`` takes, except standard input.
        given: what is known of all of them.

    """
    tally = Tally()
    each = [sources] if isinstance(sources, (str, PathLike)) else sources
    for _ in add(ledger, (item for source in each for item in capture(fspath(source), given)), tally):
        pass
    return tally


def retry(
    ledger: Ledger, *, read: Read | None = None, reader: Reader | None = None, parse: Parse | None = None
) -> Iterator[Outcome]:
    """Try once more to read what is in quarantine, and yield what became of each."""
    waiting = [capture_of(row, ledger.evidence.read(row["sha256"])) for row in ledger.quarantined()]
    yield from add(ledger, waiting, Tally(), read=read, reader=reader, parse=parse)


def reread(
    ledger: Ledger,
    *,
    read: Read | None = None,
    reader: Reader | None = None,
    all_reports: bool = False,
    gated: bool = False,
) -> Iterator[tuple[str, str, str]]:
    """Read stored reports again, beside their old readings; those that the gate held back are now read too.

    Args:
        ledger: open for writing.
        read: reads reports, in order; the pipeline if left out.
        reader: who reads; found out if left out.
        all_reports: also those whose newest reading is by this very reader.
        gated: only those that the gate held back.

    Yields:
        Report, its former and its new reading, where the new one differs in anything.

    """
    reads, who = read or default_read(), reader or default_reader()
    old = {row["report"]: row for row in ledger.current_readings()}
    wanted = (
        report
        for report in ledger.reports()
        if not old[report.id]["model"].startswith(CODED)  # rows that others have coded are no prose
        and (all_reports or (old[report.id]["version"], old[report.id]["model"]) != (who.version, who.model))
        and (not gated or old[report.id]["model"].startswith(GATED))
    )
    while batch := list(islice(wanted, BATCH)):
        for reading in reads(batch):
            report = reading.reports[0].id
            if store_reading(ledger, reading, who):
                yield report, old[report]["id"], ledger.readings_of(report)[-1]["id"]
        ledger.freshen()


def _add_batch(ledger: Ledger, batch: list[Capture | InputError], prepare: Prepare, who: Reader) -> Iterator[Outcome]:
    """Bring the bytes of all to the disk, read what is new, and store one after the other."""
    captures = [item for item in batch if isinstance(item, Capture)]
    known = ledger.known([_sha256(item.raw) for item in captures])
    new = [item for item in captures if _sha256(item.raw) not in known]
    ledger.evidence.keep(item.raw for item in new)
    made = prepare(new)
    for item in batch:
        if isinstance(item, InputError):
            yield Outcome(item.place, "unreadable", problem=str(item))
        elif (sha256 := _sha256(item.raw)) in known:
            yield Outcome(item.place, "duplicate", known[sha256], size=len(item.raw))
        else:
            yield (outcome := _settle(ledger, item, made[sha256].result, who, made[sha256].notes))
            if outcome.report:
                known[sha256] = outcome.report
    ledger.freshen()


def prepared(new: Sequence[Capture], *, read: Read, parse: Parse) -> dict[str, Prepared]:
    """Return SHA-256 → what is made of each capture; the reports among them are read together."""
    parsed, notes = _parsed(new, parse)
    readings = _read_all([report for report in parsed.values() if isinstance(report, Report)], read)
    return {
        sha256: Prepared(made if isinstance(made, InputError) else readings[made.id], notes[sha256])
        for sha256, made in parsed.items()
    }


def _parsed(new: Iterable[Capture], parse: Parse) -> tuple[dict[str, Report | InputError], dict[str, Notes]]:
    """Return SHA-256 → report, and SHA-256 → where its facts were found."""
    parsed, notes = dict[str, Report | InputError](), dict[str, Notes]()
    for item in new:
        with noting() as noted:
            parsed[sha256 := _sha256(item.raw)] = parse(item)
        notes[sha256] = noted[0]
    return parsed, notes


def _settle(ledger: Ledger, item: Capture, result: Reading | InputError, who: Reader, notes: Notes) -> Outcome:
    """Store a reading, or put what could not be read in quarantine."""
    filed = result if isinstance(result, InputError) else _filed(ledger, item, result, who, notes)
    if isinstance(filed, InputError):
        put_in_quarantine(ledger, item, filed)
        return Outcome(item.place, "quarantined", problem=str(filed), size=len(item.raw))
    assert isinstance(result, Reading)
    report, new = result.reports[0].id, filed == "stored"
    former = ledger.former_of(report) if new and _may_have_former(result.reports[0]) else None
    gated = new and held_back(result)
    return Outcome(item.place, filed, report, former, size=len(item.raw), gated=gated)


def _filed(ledger: Ledger, item: Capture, reading: Reading, who: Reader, notes: Notes) -> Verdict | InputError:
    """File a reading and link its accounts, all of it or nothing; a fault of ours there is this one report's."""
    try:
        by = gate_as_reader() if held_back(reading) else who
        return "stored" if store(ledger, item, reading, by, notes) else "duplicate"
    except Exception as error:  # noqa: BLE001 - told apart there
        return _fault("filing it", error, reading.reports[0].id)


def _may_have_former(report: Report) -> bool:
    return bool(report.url or report.external_id)


def in_this_process(item: Capture) -> Report | InputError:
    """Return the report that a capture is: no child, no limits; for bytes that are known to be harmless."""
    try:
        return report_of(item)
    except InputError as error:
        return error


def _no_parser(item: Capture) -> Report | InputError:
    raise AssertionError(f"{item.place}: what prepares captures parses them")


def guarded() -> Parse:
    """Return what parses in a child that may be killed."""
    from sayso.intake.guard import default_guard

    return default_guard()


def _read_all(reports: list[Report], read: Read) -> dict[str, Reading | InputError]:
    """Read reports together; where that fails, one by one, so that one that cannot be read spoils no other."""
    try:
        return {reading.reports[0].id: reading for reading in read(reports)}
    except Exception as error:
        if _is_told(error):
            raise
        return {report.id: _read_one(report, read) for report in reports}


def _read_one(report: Report, read: Read) -> Reading | InputError:
    try:
        return next(iter(read([report])))
    except Exception as error:  # noqa: BLE001 - told apart there
        return _fault("reading it", error, report.id)


def _is_told(error: Exception) -> bool:
    """Tell whether an error is one that the user can act on; spans that do not fit are a fault of ours."""
    return isinstance(error, SaysoError) and not isinstance(error, SpanError)


def _fault(deed: str, error: Exception, report: str) -> InputError:
    """Return a fault of ours on one text as what is wrong with that text, so that the others go on; raises the rest."""
    if _is_told(error) or os.environ.get(TRACEBACK):
        raise error
    problem = f"{deed} failed: {type(error).__name__}: {str(error)[:200]}"
    return InputError(problem, place=report, way_out="a bug of ours: please report it; then `sayso retry`")


def _foretold(ledger: Ledger, batch: list[Capture | InputError], parse: Parse) -> Iterator[Outcome]:
    """Tell what would become of captures; that reading them might fail is not foreseen."""
    known: dict[str, str | None] = {**ledger.known([_sha256(item.raw) for item in batch if isinstance(item, Capture)])}
    for item in batch:
        if isinstance(item, InputError):
            yield Outcome(item.place, "unreadable", problem=str(item))
            continue
        made = parse(item)
        sha256 = _sha256(item.raw)
        if sha256 in known:
            yield Outcome(item.place, "duplicate", known[sha256], size=len(item.raw))
        elif isinstance(made, InputError):
            yield Outcome(item.place, "quarantined", problem=str(made), size=len(item.raw))
        else:
            known[sha256] = made.id
            yield Outcome(item.place, "stored", made.id, size=len(item.raw))


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def default_read() -> Read:
    """Return what reads reports: the pipeline."""
    from sayso.pipeline import read_each

    return read_each


def chosen_read(*, gated: bool) -> Read:
    """Return what reads reports: the pipeline, or what reads only those whose words can tell of an incident."""
    if not gated:
        return default_read()
    from sayso.pipeline import read_through_gate

    return read_through_gate


def held_back(reading: Reading) -> bool:
    """Tell whether the gate held a report back, so that it was not read."""
    return any(each.reason == HELD_BACK for each in reading.not_understood)


@cache
def default_reader() -> Reader:
    """Return who reads: this version with the model that is installed, by the digest of what describes it."""
    from sayso.language.model import find
    from sayso.reading.attribution.attributions import finder

    folder = None if finder() == "rules" else find()
    if folder is None:
        return Reader(__version__, "rules")
    return Reader(__version__, _sha256((folder / "model.json").read_bytes())[:16])


@cache
def gate_as_reader() -> Reader:
    """Return who is said to have read what the gate held back: no model has, so rereading takes it up."""
    return Reader(__version__, f"{GATED}{gate.digest()}")


def as_row(outcome: Outcome) -> Mapping[str, Any]:
    """Return an outcome as plain values, for JSON."""
    return {name: getattr(outcome, name) for name in Outcome.__dataclass_fields__}
