"""What the user names, to reports: a file, a folder, JSON Lines, standard input. What cannot be read is said."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal

from sayso.errors import InputError
from sayso.intake.assemble import NOTHING_GIVEN, Given, report_of_bytes
from sayso.intake.decode import LIMIT
from sayso.intake.jsonl import numbered_lines, report_of_line
from sayso.records import Report

_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_PAGES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_JSON_LINES: Final = frozenset({".jsonl", ".ndjson"})


Form = Literal["text", "page", "line", "json"]


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes of one report as they came in, with all that is needed to make the report of them again.

    Attributes:
        raw: its bytes; of more than LIMIT only the beginning, just long enough to show that it is too large.
        place: file, or file and line, for errors.
        form: how the bytes are read: a text (or a page, if it looks like one), a page, a line of JSON Lines; ``json``
            is a whole JSON file, which is no report.
        given: what the user said of it.

    """

    raw: bytes
    place: str
    form: Form
    given: Given = NOTHING_GIVEN


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
    for item in capture(source, given, stdin=stdin):
        if isinstance(item, InputError):
            yield item
        else:
            try:
                yield report_of(item)
            except InputError as error:
                yield error


def report_of(item: Capture) -> Report:
    """Return the report that a capture is; raises InputError with what is wrong with it."""
    if item.form == "json":
        raise InputError("JSON is read line by line", place=item.place, way_out="one object a line in a .jsonl file")
    if item.form == "line":
        return report_of_line(item.raw, item.given, item.place)
    return report_of_bytes(item.raw, item.given, place=item.place, html=item.form == "page")


def capture(
    source: str, given: Given = NOTHING_GIVEN, *, stdin: BinaryIO | None = None
) -> Iterator[Capture | InputError]:
    """Yield the bytes of each report of one source, and an InputError where there are no bytes to be had."""
    try:
        if source == "-":
            yield from _capture_stdin(stdin, given)
        elif _URL.match(source):
            raise InputError(
                "not yet: fetching comes with a later version", place=source, way_out="save the page and pass the file"
            )
        elif Path(source).is_dir():
            yield from _capture_folder(Path(source), given)
        else:
            yield from _capture_file(Path(source), given)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield _unreadable(source, error)


def _capture_folder(folder: Path, given: Given) -> Iterator[Capture | InputError]:
    """Yield what the files under ``folder`` hold, by path, without dot files and linked folders."""
    files = []
    for place, folders, names in os.walk(folder, onerror=None):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(place, name) for name in names if not name.startswith(".")]
    if not files:
        yield InputError("no file in this folder", place=str(folder), way_out="name a folder with texts or pages")
    for file in sorted(files, key=lambda file: file.relative_to(folder).parts):
        yield from capture(str(file), given)


def _capture_file(file: Path, given: Given) -> Iterator[Capture]:
    suffix = file.suffix.lower()
    with file.open("rb") as stream:
        if suffix in _JSON_LINES:
            yield from _capture_lines(stream, given, str(file))
        else:
            yield Capture(stream.read(LIMIT + 1), str(file), _form(suffix), given)


def _form(suffix: str) -> Form:
    if suffix == ".json":
        return "json"
    return "page" if suffix in _PAGES else "text"


def _capture_lines(stream: BinaryIO, given: Given, name: str, first_line: int = 1) -> Iterator[Capture]:
    for number, line in numbered_lines(stream, first_line):
        yield Capture(line, f"{name}:{number}", "line", given)


def _capture_stdin(stdin: BinaryIO | None, given: Given) -> Iterator[Capture]:
    if stdin is None:
        raise InputError("there is no standard input", place="-", way_out="name a file")
    blank, line = 0, stdin.readline(LIMIT + 1)
    while line and not line.strip() and blank < LIMIT:
        blank, line = blank + 1, stdin.readline(LIMIT + 1)
    if line.lstrip(b" \t\xef\xbb\xbf").startswith(b"{"):
        yield from _capture_lines(_Rest(line, stdin), given, "stdin", blank + 1)
    else:
        raw = b"\n" * blank + line + (stdin.read(LIMIT + 1) or b"")
        yield Capture(raw[: LIMIT + 1], "stdin", "text", given)


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
