"""G7: in = stored + duplicate + quarantined, for good and bad input, JSON Lines and web archives torn at each byte."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import READER, read, text_of
from evaluation.guarantees.killing import opened, project
from sayso.adding import Tally, add, in_this_process, retry
from sayso.errors import InputError
from sayso.intake import Capture, Inventory, capture
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
        cuts, lost = _archives(folder, 1 if full else 9)
        turns, silent = turns + cuts, silent + lost
        kept = sum(ledger.evidence.read(row["sha256"]) is not None for row in ledger.quarantined())
        waiting = len(list(ledger.quarantined()))
        again = len(list(retry(ledger, read=read, reader=READER, parse=in_this_process)))
    holds = not silent and kept == waiting == again
    figures = {"inputs": turns + len(BAD), "silent_losses": silent, "quarantined": waiting}
    says = f"{turns} torn files and archives, {len(BAD)} bad ones: {silent} silent losses; {kept} of {waiting} kept"
    return Proof(holds, figures, says)


def _archives(folder: Path, pace: int) -> tuple[int, int]:
    """Cut a web archive, plain and compressed, at each byte; count the cuts, and those that lose bytes in silence."""
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>%s</p></body></html>"
    records = [warc_record(b"software: sayso", "warcinfo")]
    records += [warc_record(page % text_of(killed=n).encode(), "response") for n in range(3)]
    cuts = silent = 0
    for packed in (False, True):
        parts = [gzip.compress(each, mtime=0) if packed else each for each in records]
        raw = b"".join(parts)
        ends = list(accumulate(map(len, parts)))
        for cut in range(1, len(raw) + 1, pace):
            (folder / "cut.warc").write_bytes(raw[:cut])
            told: list[Inventory] = []
            items = sum(1 for _ in capture(str(folder / "cut.warc"), tell=told.append))
            whole = sum(end <= cut for end in ends)
            inventory = told[0] if told else Inventory("cut.warc", cut, cut)
            torn = cut not in ends and not (not packed and any(0 < end - cut <= 4 for end in ends))
            cuts += 1
            silent += inventory.told != cut or inventory.items != items or inventory.damaged != torn
            silent += inventory.records - inventory.damaged < whole
    return cuts, silent


def warc_record(block: bytes, sort: str) -> bytes:
    """Return a record of a web archive, not compressed."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


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
