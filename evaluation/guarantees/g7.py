"""G7: in = stored + duplicate + quarantined, for good and bad input, and for JSON Lines torn at each byte."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import READER, read, text_of
from evaluation.guarantees.killing import opened, project
from sayso.adding import Tally, add, in_this_process, retry
from sayso.errors import InputError
from sayso.intake import Capture, capture
from sayso.ledger import Ledger

PROMISE = "Nothing is dropped in silence: in = stored + duplicate + quarantined, with reason and raw bytes"
BAD = (b"", b"\x89PNG\r\n\x1a\n", b"\0" * 99, b"%PDF-1.7", b"<html><body> </body></html>", b'<rss version="2.0"></rss>')


def prove(folder: Path, full: bool) -> Proof:
    """Add a torn file of JSON Lines for each place it may be torn at, and files that are no reports."""
    lines = "".join(json.dumps({"text": text_of(killed=n), "title": "Blast"}) + "\n" for n in range(2)).encode()
    silent = turns = 0
    with opened(project(folder / "project")) as ledger:
        for number, raw in enumerate(BAD):
            (folder / f"bad{number}.txt").write_bytes(raw)
        tally = _add(ledger, (item for n in range(len(BAD)) for item in capture(str(folder / f"bad{n}.txt"))))
        silent += tally.taken != len(BAD) or tally.quarantined != len(BAD)
        for cut in range(1, len(lines) + 1, 1 if full else 4):
            turns += 1
            silent += not _holds(ledger, folder / "torn.jsonl", lines[:cut])
        kept = sum(ledger.evidence.read(row["sha256"]) is not None for row in ledger.quarantined())
        waiting = len(list(ledger.quarantined()))
        again = len(list(retry(ledger, read=read, reader=READER, parse=in_this_process)))
    holds = not silent and kept == waiting == again
    figures = {"inputs": turns + len(BAD), "silent_losses": silent, "quarantined": waiting}
    return Proof(
        holds,
        figures,
        f"{turns} torn files and {len(BAD)} bad ones: {silent} silent losses; {kept} of {waiting} kept to try again",
    )


def _holds(ledger: Ledger, file: Path, raw: bytes) -> bool:
    """Add a torn file; every line with something in it must have come out, and every byte be of a line."""
    file.write_bytes(raw)
    items = [item for item in capture(str(file)) if isinstance(item, Capture)]
    tally = _add(ledger, items)
    whole = sum(len(item.raw) for item in items) + raw.count(b"\n") == len(raw)
    return whole and tally.taken == len(items) == tally.stored + tally.duplicate + tally.quarantined


def _add(ledger: Ledger, items: Iterable[Capture | InputError]) -> Tally:
    tally = Tally()
    for _ in add(ledger, items, tally, read=read, reader=READER, parse=in_this_process):
        pass
    return tally
