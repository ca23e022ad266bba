"""Everything that is fetched is kept as it came: request and response, in a WARC that any archive tool opens."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from sayso import __version__

_FRAMING: Final = frozenset({"transfer-encoding"})
"""Headers on how the body was cut for the wire: it is kept whole, so they go under another name."""


class Keeper:
    """Writes a WARC in a folder; a file is begun anew by each process, and each record stands for itself.

    Args:
        folder: is made if it is not there.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._writer: Any = None

    def keep(
        self,
        url: str,
        sent: dict[str, str],
        status: int,
        headers: Sequence[tuple[str, str]],
        raw: bytes,
        at: str,
    ) -> None:
        """Write a request and its response, and bring them to the disk."""
        from warcio.statusandheaders import StatusAndHeaders

        writer = self._open(at)
        date = at.replace("+00:00", "Z")
        told = [(f"X-Sayso-{name}" if name.lower() in _FRAMING else name, value) for name, value in headers]
        response = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(raw),
            http_headers=StatusAndHeaders(f"{status} -", told, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": date},
        )
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        asked = StatusAndHeaders(f"GET {path} HTTP/1.1", [("Host", parts.netloc), *sent.items()], is_http_request=True)
        request = writer.create_warc_record(
            url, "request", payload=io.BytesIO(b""), http_headers=asked, warc_headers_dict={"WARC-Date": date}
        )
        writer.write_request_response_pair(request, response)
        self._sync()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        self._file = self._writer = None

    def _open(self, at: str) -> Any:
        if self._writer is None:
            from warcio.warcwriter import WARCWriter

            self._folder.mkdir(parents=True, exist_ok=True)
            stamp = at[:19].replace("-", "").replace(":", "").replace("T", "-")
            path = self._folder / f"fetched-{stamp}-{os.getpid()}.warc.gz"
            self._file = path.open("ab")
            self._writer = WARCWriter(self._file, gzip=True)
            self._writer._create_temp_file = io.BytesIO  # its own is never closed; no record of ours is large
            about = {"software": f"sayso/{__version__}", "format": "WARC File Format 1.0"}
            self._writer.write_record(self._writer.create_warcinfo_record(path.name, about))
        return self._writer

    def _sync(self) -> None:
        assert self._file is not None
        self._file.flush()
        os.fsync(self._file.fileno())
