"""Web archives (WARC, and ARC before it), record by record, with every byte accounted for (GUARANTEES G7).

Both common libraries lose data without an error when an archive is cut or damaged, so the splitting is ours: what is
no whole record is handed on as a damaged stretch, with its bytes. Streams: one record is held at a time, and of one
beyond the limit only so much as shows that it is too large.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from sayso.intake.decode import LIMIT

CHUNK: Final = 1 << 16
_HEADER: Final = 1 << 16
"""Longest header of a record, in bytes."""
_MARK: Final = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_ARC: Final = re.compile(
    rb"^(?P<url>[A-Za-z][A-Za-z0-9+.-]{1,20}:\S{0,4000}) \S{1,60} (?P<date>\d{14}) (?P<media>\S{1,200})(?: \S+){0,6}"
    rb" (?P<length>\d{1,15})\r?\n",
    re.MULTILINE,  # at the beginning of a line only, so that looking for it is linear
)
"""The line before a record of an ARC (versions 1 and 2)."""
ARC_BEGINS: Final = b"filedesc://"
"""First bytes of an ARC."""
_LINE: Final = 1 << 13
"""Longest such line, in bytes."""
_END: Final = re.compile(rb"\r?\n\r?\n")
_GZIP: Final = b"\x1f\x8b\x08"
_FIELD: Final = re.compile(rb"^([!-9;-~]{1,100}):[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.MULTILINE)
_UNPACKED_AT_MOST: Final = 64 * LIMIT
"""Bytes that one compressed member may unpack to before the rest of it is given up as damaged."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an archive.

    Attributes:
        offset: where it begins in the file; of a compressed one, where its member begins.
        header: names in small letters → values.
        block: its content; of more than LIMIT bytes only the beginning.
        damage: why this is no whole record (``block`` then holds the bytes of the stretch), or None.

    """

    offset: int
    header: dict[str, str]
    block: bytes
    damage: str | None = None


@dataclass(slots=True)
class Reader:
    """The bytes of an archive, unpacked where they are compressed; never raises on damage.

    Attributes:
        stream: the file or pipe.
        size: bytes read from it.
        told: bytes of members that have been handed on in full.
        member: where the current member begins.
        damage: why the current member cannot be unpacked further.
        mark: where a record begins.

    """

    stream: BinaryIO
    size: int = 0
    told: int = 0
    member: int = 0
    damage: str | None = None
    mark: re.Pattern[bytes] = _MARK
    _raw: bytes = b""  # read, not yet unpacked
    _kept: bytearray = field(default_factory=bytearray)  # bytes of the current member, so far
    _ready: bytearray = field(default_factory=bytearray)  # unpacked, not yet taken
    _packed: bool | None = None
    _unpacker: zlib._Decompress | None = None
    _unpacked: int = 0
    _finished: int = 0  # bytes of members that are unpacked in full but not yet taken

    def more(self) -> bool:
        """Make at least one more byte ready; False at the end, or where the member is damaged."""
        if self._packed is None:
            self._load()
            self._packed = self._raw.startswith(_GZIP[:2])
        before = len(self._ready)
        while self.damage is None and len(self._ready) == before and self._step():
            pass
        return len(self._ready) > before

    def _step(self) -> bool:
        if not self._packed:
            self._load()
            self._ready += self._raw
            got, self._raw = bool(self._raw), b""
            return got
        if not self._raw and not self._load():
            if self._unpacker is not None:
                self.damage = "the archive breaks off within a compressed record"
            return False
        return self._unpack()

    def _load(self) -> bool:
        if not self._raw:
            self._raw = self.stream.read(CHUNK)
            self.size += len(self._raw)
        return bool(self._raw)

    def _unpack(self) -> bool:
        """Unpack a little; at the end of a member its bytes count as told once they are taken."""
        if self._unpacker is None:
            self._unpacker, self._unpacked = zlib.decompressobj(31), 0
        given = self._raw
        try:
            got = self._unpacker.decompress(given, 16 * CHUNK)
        except zlib.error as error:
            self._keep(given)
            self.damage, self._raw = f"cannot be unpacked: {error}", b""
            return True
        rest = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
        self._keep(given[: len(given) - len(rest)])
        self._finished += len(given) - len(rest)
        self._raw = rest
        self._ready += got
        self._unpacked += len(got)
        if self._unpacked > _UNPACKED_AT_MOST:
            self.damage = "unpacks to more than any record may hold"
        elif self._unpacker.eof:
            self._unpacker = None
            self.at_boundary()
            if not self._raw and not self._load():
                return bool(got)
        return True

    def _keep(self, given: bytes) -> None:
        if len(self._kept) <= LIMIT:
            self._kept += given

    def at_boundary(self) -> None:
        """Note that everything ready has been taken: the members so far are accounted for."""
        if self._packed and not self._ready and self._unpacker is None and self.damage is None:
            self.told += self._finished
            self.member, self._finished = self.told, 0
            self._kept.clear()

    def give_up(self) -> bytes:
        """Return the compressed bytes of the damaged member, and go to where the next one may begin."""
        kept, skipped = bytes(self._kept), self._finished
        self._kept.clear()
        self._ready.clear()
        self._unpacker, self.damage, self._finished = None, None, 0
        if len(kept) > 3:
            at = kept.find(_GZIP, 3)
            if at > 0 and skipped <= LIMIT:  # the next member stands in what was given to this one
                self._raw = kept[at:] + self._raw
                self.told += at
                self.member = self.told
                return kept[:at]
        lost = bytearray()
        while self._raw or self._load():
            at = self._raw.find(_GZIP)
            part = self._raw if at < 0 else self._raw[:at]
            lost += part[: max(0, LIMIT + 1 - len(kept) - len(lost))]
            skipped += len(part)
            self._raw = self._raw[len(part) :]
            if at >= 0:
                break
        total = max(skipped, len(kept) + len(lost))
        self.told += total
        self.member = self.told
        return kept + bytes(lost)

    @property
    def between(self) -> bool:
        """Whether a compressed member has ended and the next has not begun: a record never goes on in the next."""
        return self.packed and self._unpacker is None

    @property
    def packed(self) -> bool:
        """Whether the archive is compressed."""
        return bool(self._packed)


def read_records(reader: Reader) -> Iterator[Record]:
    """Yield the records of an archive and, as records with ``damage``, every stretch between that is none.

    At the end ``reader.told == reader.size``: no byte is lost in silence.
    """
    buffer = reader._ready
    plain_at = 0
    while True:
        if not buffer and not reader.more() and reader.damage is None:
            reader.at_boundary()
            return
        before = reader.member if reader.packed else plain_at
        record, taken = _next(reader, buffer)
        if not reader.packed:
            plain_at += taken
            reader.told += taken
        if record is not None:
            yield Record(before, record.header, record.block, record.damage)
        if reader.damage is not None and not buffer:
            damage, begins = reader.damage, reader.member
            raw = reader.give_up()
            if raw:
                yield Record(begins, {}, raw, damage)
        reader.at_boundary()


def _next(reader: Reader, buffer: bytearray) -> tuple[Record | None, int]:
    """Take one record, or one damaged stretch, from what is ready; also return how many bytes it has."""
    if buffer.startswith(ARC_BEGINS):
        reader.mark = _ARC
    if reader.mark is _ARC:
        return _next_of_arc(reader, buffer)
    while not (found := _END.search(buffer)) and len(buffer) <= _HEADER and reader.more():
        pass
    begins = _MARK.match(buffer)
    if begins is None or found is None:
        return _stretch(reader, buffer, "no record begins here" if begins is None else "its header never ends")
    header = _fields(bytes(buffer[begins.end() : found.end()]))
    length = header.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        return _stretch(reader, buffer, f"no length: {length[:40]!r}")
    return _block(reader, buffer, header, found.end(), int(length))


def _next_of_arc(reader: Reader, buffer: bytearray) -> tuple[Record | None, int]:
    while b"\n" not in buffer and len(buffer) <= _LINE and reader.more():
        pass
    found = _ARC.match(buffer)
    if found is None:
        return _stretch(reader, buffer, "no record begins here")
    url, date, media = (found[name].decode("utf-8", "replace") for name in ("url", "date", "media"))
    header = {
        "warc-type": "warcinfo" if url.startswith("filedesc:") else "response",
        "warc-target-uri": url,
        "warc-date": f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[8:10]}:{date[10:12]}:{date[12:]}Z",
        "content-type": media,
    }
    return _block(reader, buffer, header, found.end(), int(found["length"]))


def _block(
    reader: Reader, buffer: bytearray, header: dict[str, str], start: int, length: int
) -> tuple[Record | None, int]:
    """Take the content of a record and the line ends behind it."""
    want = start + min(length, LIMIT + 1)
    while len(buffer) < want and reader.more():
        pass
    if len(buffer) < want:
        return _broken_off(reader, buffer)
    block = bytes(buffer[start:want])
    del buffer[:want]
    taken, left = want, length - (want - start)
    while left > 0 and (buffer or reader.more()):
        part = min(left, len(buffer))
        del buffer[:part]
        taken, left = taken + part, left - part
    while len(buffer) < 4 and not reader.between and reader.more():
        pass
    ends = re.match(rb"(?:\r?\n){0,2}", buffer)
    assert ends is not None
    del buffer[: ends.end()]
    damage = "breaks off" if left else None
    return Record(0, header, block, damage), taken + ends.end()


def _broken_off(reader: Reader, buffer: bytearray) -> tuple[Record | None, int]:
    """The content is shorter than said: the end of the archive, or a wrong length that swallows the next records."""
    end = _next_begins(reader, buffer)
    if reader.packed and reader.damage is not None and end is None:
        buffer.clear()  # the compressed bytes are handed on instead
        return None, 0
    end = len(buffer) if end is None else end
    stretch = bytes(buffer[:end])
    del buffer[:end]
    return Record(0, {}, stretch, "shorter than its header says"), end


def _next_begins(reader: Reader, buffer: bytearray) -> int | None:
    """Return where the next record begins: behind a blank line in a WARC, behind the end of a line in an ARC."""
    for found in reader.mark.finditer(buffer, 1):
        if buffer.endswith((b"\n",) if reader.mark is _ARC else (b"\n\n", b"\n\r\n"), 0, found.start()):
            return found.start()
    return None


def _stretch(reader: Reader, buffer: bytearray, why: str) -> tuple[Record | None, int]:
    """Take everything up to where the next record begins; white space alone is no damage."""
    kept, taken = bytearray(), 0
    while True:
        found = reader.mark.search(buffer, 0 if kept or taken else 1)
        end = found.start() if found else max(0, len(buffer) - (_LINE if reader.mark is _ARC else 12))
        kept += buffer[: min(end, max(0, LIMIT + 1 - len(kept)))]
        taken += end
        del buffer[:end]
        if found or not reader.more():
            break
    if not found:
        if reader.damage is not None and reader.packed:
            buffer.clear()
            return None, taken
        kept += buffer
        taken += len(buffer)
        buffer.clear()
    return (Record(0, {}, bytes(kept), why) if kept.strip() else None), taken


def _fields(header: bytes) -> dict[str, str]:
    return {
        name.decode("ascii").lower(): " ".join(value.decode("utf-8", "replace").split())
        for name, value in _FIELD.findall(header)
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response: status, header (names in small letters) and body, unchunked and unpacked."""

    status: int
    header: dict[str, str]
    body: bytes


_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})[^\r\n]*\r?\n")


def answer_of(block: bytes) -> Answer | None:
    """Return the response in the block of a record; None where it is none. A body is never longer than LIMIT + 1."""
    status, end = _STATUS.match(block), _END.search(block)
    if status is None or end is None:
        return None
    header = _fields(block[status.end() : end.end()])
    body = block[end.end() :]
    if "chunked" in header.get("transfer-encoding", "").lower():
        body = _unchunk(body)
    return Answer(int(status[1]), header, unpack(body, header.get("content-encoding", "")))


def unpack(body: bytes, coding: str) -> bytes:
    """Return a body unpacked, LIMIT + 1 bytes at most; as it is where it is not what the header says (many are not)."""
    for name in reversed([each.strip().lower() for each in coding.split(",")]):
        wbits = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}.get(name, ())
        if name == "br":
            body = _unbrotli(body)
        for each in wbits:
            try:
                body = zlib.decompressobj(each).decompress(body, LIMIT + 1)
                break
            except zlib.error:
                continue
    return body


def _unbrotli(body: bytes) -> bytes:
    try:
        import brotli

        return bytes(brotli.Decompressor().process(body, output_buffer_limit=LIMIT + 1))
    except (ImportError, TypeError, ValueError):
        return body
    except Exception as error:
        if type(error).__name__ == "error":  # brotli.error, whose module may be missing
            return body
        raise


def _unchunk(body: bytes) -> bytes:
    """Return a body without the lengths of its chunks; as it is where they do not fit."""
    parts, at = [], 0
    while found := re.compile(rb"\s{0,2}([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n").match(body, at):
        size = int(found[1], 16)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        if size == 0:
            return b"".join(parts)
    return b"".join(parts) if parts else body
