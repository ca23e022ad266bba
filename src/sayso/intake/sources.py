"""What the user names, to reports: a file, a folder, JSON Lines, standard input. What cannot be read is said."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from sayso.errors import InputError
from sayso.intake.assemble import NOTHING_GIVEN, Given, report_of_bytes
from sayso.intake.decode import LIMIT
from sayso.intake.jsonl import read_lines
from sayso.records import Report

_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_PAGES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_JSON_LINES: Final = frozenset({".jsonl", ".ndjson"})


def read_source(
    source: str, given: Given = NOTHING_GIVEN, *, stdin: BinaryIO | None = None
) -> Iterator[Report | InputError]:
    """Yield the reports of one source, and an InputError for each part of it that cannot be read.

    Args:
        source: path of a text, a page, a ``.jsonl`` file or a folder of such (read in the order of their names);
            ``-`` for standard input: JSON Lines if its first character is ``{``, else one text or page.
        given: what the user said of all its reports.
        stdin: the bytes of standard input, for ``-``.

    """
    try:
        if source == "-":
            yield from _read_stdin(stdin, given)
        elif _URL.match(source):
            raise InputError(
                "not yet: fetching comes with a later version", place=source, way_out="save the page and pass the file"
            )
        elif Path(source).is_dir():
            yield from _read_folder(Path(source), given)
        else:
            yield from _read_file(Path(source), given)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield _unreadable(source, error)


def _read_folder(folder: Path, given: Given) -> Iterator[Report | InputError]:
    """Yield what the files under ``folder`` hold, by path, without dot files and linked folders."""
    files = []
    for place, folders, names in os.walk(folder, onerror=None):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(place, name) for name in names if not name.startswith(".")]
    if not files:
        yield InputError("no file in this folder", place=str(folder), way_out="name a folder with texts or pages")
    for file in sorted(files, key=lambda file: file.relative_to(folder).parts):
        yield from read_source(str(file), given)


def _read_file(file: Path, given: Given) -> Iterator[Report | InputError]:
    suffix = file.suffix.lower()
    with file.open("rb") as stream:
        if suffix in _JSON_LINES:
            yield from read_lines(stream, given, name=str(file))
        elif suffix == ".json":
            raise InputError("JSON is read line by line", place=str(file), way_out="one object a line in a .jsonl file")
        else:
            yield report_of_bytes(stream.read(LIMIT + 1), given, place=str(file), html=suffix in _PAGES)


def _read_stdin(stdin: BinaryIO | None, given: Given) -> Iterator[Report | InputError]:
    if stdin is None:
        raise InputError("there is no standard input", place="-", way_out="name a file")
    blank, line = 0, stdin.readline(LIMIT + 1)
    while line and not line.strip() and blank < LIMIT:
        blank, line = blank + 1, stdin.readline(LIMIT + 1)
    if line.lstrip(b" \t\xef\xbb\xbf").startswith(b"{"):
        yield from read_lines(_Rest(line, stdin), given, name="stdin", first_line=blank + 1)
    else:
        raw = b"\n" * blank + line + (stdin.read(LIMIT + 1) or b"")
        yield report_of_bytes(raw[: LIMIT + 1], given, place="stdin")


class _Rest(io.BytesIO):
    """A first line already read, then the rest of the stream it came from."""

    def __init__(self, first: bytes, stream: BinaryIO) -> None:
        super().__init__(first)
        self._stream = stream

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return the next line, at most ``size`` bytes of it."""
        size = -1 if size is None else size
        head = super().readline(size)
        return (
            head
            if head.endswith(b"\n") or len(head) == size
            else head + self._stream.readline(size - len(head) if size >= 0 else -1)
        )


def _unreadable(source: str, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("no such file", place=source, way_out="check the path")
    if isinstance(error, PermissionError):
        return InputError("may not be read", place=source, way_out="check its permissions")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(f"cannot be read: {reason}", place=source, way_out="check the path")
