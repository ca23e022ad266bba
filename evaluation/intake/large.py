"""A web archive of a gigabyte, made while it is read: memory must stay flat, and every byte be accounted for."""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from evaluation import Exam
from evaluation.intake.heavy import outlet
from evaluation.intake.site import pages
from sayso.intake import Capture, Given, Inventory, report_of
from sayso.intake.capture import Opened
from sayso.intake.kinds.warc import captures

SIZE: Final = 2**30
"""Bytes of the archive."""
EVERY: Final = 50
"""Of so many pages one is parsed: what grows with the archive would grow in the splitting."""
_HTTP: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


class _Made(io.RawIOBase):
    """A stream of so many bytes of records, over and over the same pages."""

    def __init__(self, records: list[bytes], size: int) -> None:
        self._parts = self._endless(records)
        self._left, self._ready = size, b""

    @staticmethod
    def _endless(records: list[bytes]) -> Iterator[bytes]:
        while True:
            yield from records

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""
        size = min(size, self._left)
        while len(self._ready) < size:
            self._ready += next(self._parts)
        taken, self._ready = self._ready[:size], self._ready[size:]
        self._left -= len(taken)
        return taken


def large(size: int = SIZE) -> Exam:
    """Split an archive of so many bytes, and parse some of its pages; the last record breaks off."""
    records = [_record(_HTTP + outlet(page.raw)) for page in pages(24, seed=9)]
    for page in pages(24, seed=9):
        report_of(Capture(outlet(page.raw), page.name, "page"))
    inventory, number, first = Inventory("made.warc"), 0, 0
    began = time.process_time()
    opened = Opened(cast("BinaryIO", _Made(records, size)), "made.warc", inventory)
    for number, item in enumerate(captures(opened, Given()), 1):
        if isinstance(item, Capture) and item.form == "page" and number % EVERY == 0:
            report_of(item)
        if number == size // 2**24:  # after a sixteenth of the way everything is in place
            first = peak()
    inventory.check()
    figures = {
        "mb": size / 2**20,
        "records": number,
        "damaged": inventory.damaged,
        "unaccounted": inventory.size - inventory.told,
        "growth_mb": (peak() - first) / 2**20,
        "mb_per_s": size / 2**20 / (time.process_time() - began),
    }
    return Exam("intake", "large", number, figures)


def peak() -> int:
    """Return the most memory that this process has had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _record(block: bytes) -> bytes:
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
