"""WACZ: the raw evidence of a project as a package that any web-archive tool opens, and ``sayso add`` reads again.

What was fetched goes in as it was kept, request and response with all headers. Every other report goes in as a
``resource``: its bytes as they came, under its address (``urn:sayso:…`` where it has none), with what was said of it
beside them. So does what is in quarantine. Same ledger, same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tempfile
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from sayso import __version__
from sayso.errors import NotFoundError
from sayso.exports.fetched import fetched
from sayso.exports.registry import Format
from sayso.exports.selection import Selection
from sayso.intake.kinds.warc import media_of
from sayso.ledger import Ledger

ARCHIVE: Final = "archive/data.warc.gz"
INDEX: Final = "indexes/index.cdxj"
PAGES: Final = "pages/pages.jsonl"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the same ledger gives the same bytes."""
_CREATED: Final = "1980-01-01T00:00:00Z"


@dataclass(slots=True)
class Packed:
    """What a package holds.

    Attributes:
        reports: how many reports.
        quarantined: how many items of the quarantine.
        fetched: how many answers were taken over as they were kept when they were fetched.
        resources: how many records were made of bytes that came in otherwise.
        size: bytes of the archive in it.

    """

    reports: int = 0
    quarantined: int = 0
    fetched: int = 0
    resources: int = 0
    size: int = 0

    def __str__(self) -> str:
        return (
            f"{self.reports} reports + {self.quarantined} quarantined ="
            f" {self.fetched} answers as fetched + {self.resources} resources; {self.size:,} bytes"
        )


@dataclass(frozen=True, slots=True)
class _Item:
    """A report or an item of the quarantine."""

    id: str
    sha256: str
    form: str
    given: Mapping[str, Any]
    at: str
    url: str
    title: str | None = None

    @property
    def is_report(self) -> bool:
        """Tell whether it is a report: what is in quarantine has a hash and no id."""
        return self.id != self.sha256


@dataclass(slots=True)
class _Written:
    """An entry of the package while it is written: counts and hashes."""

    name: str
    into: Any
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def write(self, raw: bytes) -> int:
        """Write."""
        self.into.write(raw)
        self.digest.update(raw)
        self.size += len(raw)
        return len(raw)

    def tell(self) -> int:
        """Return how much has been written."""
        return self.size

    def flush(self) -> None:
        """Do nothing: the package is flushed when it is closed."""

    @property
    def resource(self) -> dict[str, Any]:
        """What the package says of it."""
        name = self.name.rpartition("/")[2]
        return {"name": name, "path": self.name, "hash": f"sha256:{self.digest.hexdigest()}", "bytes": self.size}


def write_wacz(ledger: Ledger, out: BinaryIO, report_ids: Iterable[str] | None = None) -> Packed:
    """Write the raw evidence of reports as a WACZ 1.1.1 package.

    Args:
        ledger: open for reading.
        out: where to; it need not be one that can seek.
        report_ids: of the reports that go in; left out, all of them and what is in quarantine.

    Raises:
        NotFoundError: there is no report of an id.
        SetupError: evidence is missing or was changed.

    """
    wanted = None if report_ids is None else set(report_ids)
    made, index = Packed(), list[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        with _entry(package, ARCHIVE) as archive:
            _write_records(ledger, wanted, archive, index, made)
        made.size = archive.size
        with _entry(package, INDEX) as listing:
            listing.write("".join(sorted(index)).encode())
        with _entry(package, PAGES) as pages:
            _write_pages(ledger, wanted, pages)
        about = _about(ledger, [archive.resource, listing.resource, pages.resource])
        _put(package, "datapackage.json", about)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(about).hexdigest()}"}
        _put(package, "datapackage-digest.json", _json(digest))
    return made


def _write_records(ledger: Ledger, wanted: set[str] | None, archive: _Written, index: list[str], made: Packed) -> None:
    """Write the records of all items, and a line of the index for each that can be shown."""
    writer = _writer(archive)
    writer.write_record(_record(writer, None, "warcinfo", _info(), "application/warc-fields", _CREATED))
    kept = fetched(ledger.project.folder / "fetched")
    for item in _items(ledger, wanted):
        if item.is_report:
            made.reports += 1
        else:
            made.quarantined += 1
        answers = kept.get(item.sha256, ())
        for answer in answers:
            length = answer.middle - answer.start
            index.append(_line(answer.url, answer.at, answer.media, item.sha256, archive.size, length))
            archive.write(answer.raw())
        made.fetched += len(answers)
        if not answers:
            start = archive.size
            _write_resource(writer, item, ledger.evidence.read(item.sha256))
            index.append(_line(item.url, item.at, media_of(item.form), item.sha256, start, archive.size - start))
            made.resources += 1


def _write_resource(writer: Any, item: _Item, raw: bytes) -> None:
    charset = item.given.get("charset")
    kind = media_of(item.form) + (f"; charset={charset}" if charset else "")
    told = json.dumps({"sayso": {"id": item.id, "form": item.form, "given": dict(item.given)}}, sort_keys=True)
    record = _record(writer, item.url, "resource", raw, kind, item.at, {"WARC-JSON-Metadata": told})
    writer.write_record(record)


def _record(
    writer: Any, url: str | None, sort: str, raw: bytes, kind: str, at: str, more: Mapping[str, str] | None = None
) -> Any:
    """Return a record whose id is made of what it holds."""
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{sort} {url} {at} {hashlib.sha256(raw).hexdigest()}")
    headers = {"WARC-Record-ID": f"<urn:uuid:{number}>", "WARC-Date": at, **(more or {})}
    return writer.create_warc_record(
        url, sort, payload=io.BytesIO(raw), length=len(raw), warc_content_type=kind, warc_headers_dict=headers
    )


def _writer(archive: _Written) -> Any:
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(archive, gzip=True, warc_version="1.1")
    writer._create_temp_file = io.BytesIO  # its own is never closed
    return writer


def _info() -> bytes:
    return f"software: sayso/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()


def _items(ledger: Ledger, wanted: set[str] | None) -> Iterator[_Item]:
    """Yield the reports, in the order in which they were added, then what is in quarantine.

    Raises:
        NotFoundError: there is no report of an id.

    """
    missing = set(wanted or ())
    for row in ledger.report_rows():
        if wanted is None or row["id"] in wanted:
            missing.discard(row["id"])
            yield _item(row, row["id"], row["added"], row["url"], row["title"])
    if missing:
        raise NotFoundError("no such report", place=min(missing), way_out="`sayso reports` lists them")
    for row in ledger.quarantined() if wanted is None else ():
        yield _item(row, row["sha256"], _CREATED)


def _item(row: Mapping[str, Any], number: str, added: str, url: str | None = None, title: str | None = None) -> _Item:
    given = json.loads(row["given"])
    at = _moment(given.get("retrieved")) or _moment(added) or _CREATED
    address = given.get("url") or url or f"urn:sayso:{number}"
    return _Item(number, row["sha256"], row["form"], given, at, address, title)


def _moment(words: str | None) -> str | None:
    """Return an ISO 8601 date-time as archives write it, in UTC to the second; None for anything less precise."""
    if not words or "T" not in words:
        return None
    when = datetime.fromisoformat(words)
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _write_pages(ledger: Ledger, wanted: set[str] | None, pages: _Written) -> None:
    """Write the list of pages: each report with its text, so that archive tools can search in it."""
    pages.write(_json({"format": "json-pages-1.0", "id": "pages", "title": "Reports", "hasText": True}))
    rows = (item for item in _items(ledger, wanted) if item.is_report)
    for item in rows:
        page = {"id": item.id, "url": item.url, "ts": item.at, "title": item.title or item.url}
        pages.write(_json(page | {"text": ledger.report(item.id).text}))


def _about(ledger: Ledger, resources: list[dict[str, Any]]) -> bytes:
    """Return the description of the package; it was made when the ledger became what it is."""
    newest = next(iter(ledger.log(since=ledger.head().seq - 1)), {"at": _CREATED})
    about = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": f"Evidence of {ledger.project.folder.resolve().name}",
        "created": _moment(newest["at"]) or _CREATED,
        "software": f"sayso/{__version__}",
        "resources": resources,
    }
    return (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()


def _line(url: str, at: str, media: str, sha256: str, offset: int, length: int) -> str:
    """Return the line of the index (CDXJ) for a record."""
    told = {
        "url": url,
        "mime": media,
        "status": "200",
        "digest": f"sha256:{sha256}",
        "length": str(length),
        "offset": str(offset),
        "filename": ARCHIVE.rpartition("/")[2],
    }
    return f"{surt(url)} {re.sub('[^0-9]', '', at)[:14]} {json.dumps(told, ensure_ascii=False)}\n"


def surt(url: str) -> str:
    """Return an address as indexes sort it: ``https://www.wire.example/A?b`` → ``example,wire)/a?b``."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return url.lower()
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{query}".lower()


@contextmanager
def _entry(package: zipfile.ZipFile, name: str) -> Iterator[_Written]:
    """Open an entry of the package for writing."""
    with package.open(_named(name), "w", force_zip64=True) as into:
        yield _Written(name, into)


def _put(package: zipfile.ZipFile, name: str, raw: bytes) -> None:
    package.writestr(_named(name), raw)


def _named(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, _EPOCH)


def _json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False) + "\n").encode()


def _pieces(chosen: Selection) -> Iterator[bytes]:
    """Yield the package of the reports that tell of some incidents; of all reports where nothing was asked for."""
    every = not chosen.asked and chosen.as_of is None
    ids = None if every else {number for part in chosen.each(Selection.part) for number in part.reports}
    with tempfile.TemporaryFile() as packed:
        write_wacz(chosen.ledger, packed, ids)
        packed.seek(0)
        while piece := packed.read(1 << 20):
            yield piece


FORMAT: Final = Format(
    "wacz",
    "WACZ web archive: the raw evidence as it came, for replay and for archives (ReplayWeb.page, `sayso add`)",
    ".wacz",
    "application/vnd.datapackage+zip",
    stream=_pieces,
    at_once=True,
    schema="https://specs.webrecorder.net/wacz/1.1.1/",
)
