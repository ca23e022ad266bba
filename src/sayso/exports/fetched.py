"""What was fetched, as it was kept: which answers in the folder ``fetched`` of a project hold the bytes of a report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.intake.archive import Reader, Record, answer_of, read_records


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in one of our own archives, each record of which is compressed by itself.

    Attributes:
        file: the archive.
        start: where the answer begins in it.
        middle: where it ends, and the request for it begins.
        end: where that ends; ``middle`` where there is none.
        url: address that answered.
        at: when, ISO 8601 in UTC.
        media: media type that the server named.

    """

    file: Path
    start: int
    middle: int
    end: int
    url: str
    at: str
    media: str

    def raw(self) -> bytes:
        """Return both records as they stand in the archive."""
        with self.file.open("rb") as stream:
            stream.seek(self.start)
            return stream.read(self.end - self.start)


def fetched(folder: Path) -> dict[str, list[Kept]]:
    """Return SHA-256 of a body, unpacked → the answers that brought it, in the order in which they came."""
    found: dict[str, list[Kept]] = {}
    for file in sorted(folder.glob("*.warc.gz")):
        for sha256, answer in _answers(file):
            found.setdefault(sha256, []).append(answer)
    return found


def _answers(file: Path) -> Iterator[tuple[str, Kept]]:
    with file.open("rb") as stream:
        records = [_slim(record) for record in read_records(Reader(stream))]
    ends = [record.offset for record, _, _ in records[1:]] + [file.stat().st_size]
    for at, (record, sha256, media) in enumerate(records):
        if not sha256 or ends[at] == record.offset:  # in one piece with another record: none of ours
            continue
        asked = at + 1 < len(records) and records[at + 1][0].header.get("warc-type") == "request"
        url, when = record.header.get("warc-target-uri", ""), record.header.get("warc-date", "")
        yield sha256, Kept(file, record.offset, ends[at], ends[at + asked], url.strip("<>"), when, media)


def _slim(record: Record) -> tuple[Record, str, str]:
    """Return a record without its block, the hash of the body in it, and its media type; "" where it is no answer."""
    sha256 = media = ""
    if record.damage is None and record.header.get("warc-type") == "response":
        answer = answer_of(record.block)
        if answer is not None and answer.status == 200:
            sha256 = hashlib.sha256(answer.body).hexdigest()
            media = answer.header.get("content-type", "").partition(";")[0].strip().lower()
    return Record(record.offset, record.header, b"", record.damage), sha256, media
