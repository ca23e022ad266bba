"""What the user names, to reports: a file, a folder, an address, standard input. What cannot be read is said."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast
from urllib.parse import urlsplit

from sayso.errors import InputError
from sayso.intake.abreast import abreast
from sayso.intake.assemble import NOTHING_GIVEN, Given
from sayso.intake.capture import Capture, Inventory, Item, Link, Opened
from sayso.intake.decode import LIMIT
from sayso.intake.kinds import HEAD, kind_of, parsers
from sayso.records import Report

_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_LINKS_DEEP: Final = 3
"""A list may name lists (a sitemap index, an OPML of feeds), and these name pages; no deeper."""

Tell = Callable[[Inventory], None]
Parse = Callable[[Capture], Report | InputError]


class Got(Protocol):
    """What a fetch has brought: the address that answered, the body unpacked, what the server said of it, when."""

    @property
    def url(self) -> str:
        """Address that answered."""
        ...

    @property
    def body(self) -> bytes:
        """Body, unpacked."""
        ...

    @property
    def media(self) -> str:
        """Media type."""
        ...

    @property
    def charset(self) -> str | None:
        """Encoding that the server named."""
        ...

    @property
    def at(self) -> str:
        """When, ISO 8601 in UTC."""
        ...


class Fetches(Protocol):
    """What gets the bytes at an address (``sayso.intake.fetching``)."""

    def fetch(self, url: str, /) -> Got:
        """Return what stands at an address; raises InputError."""
        ...


def read_source(
    source: str | os.PathLike[str],
    given: Given = NOTHING_GIVEN,
    *,
    stdin: BinaryIO | None = None,
    parse: Parse | None = None,
    fetcher: Fetches | None = None,
    tell: Tell | None = None,
) -> Iterator[Report | InputError]:
    """Yield the reports of one source, and an InputError for each part of it that cannot be read.

    Args:
        source: path of a file or a folder of such (read in the order of their names), or an address; ``-`` for
            standard input. ``sayso sources kinds`` lists what may be in it.
        given: what the user said of all its reports.
        stdin: the bytes of standard input, for ``-``.
        parse: makes reports of captures; in this process if left out (``guard.Guard`` does it in a child).
        fetcher: gets what addresses lead to; left out, they are refused.
        tell: is called with the inventory of each archive, feed or list.

    """
    for item in capture(os.fspath(source), given, stdin=stdin, fetcher=fetcher, tell=tell):
        yield item if isinstance(item, InputError) else (parse or _parse)(item)


def report_of(item: Capture) -> Report:
    """Return the report that a capture is; raises InputError with what is wrong with it."""
    parser = parsers().get(item.form)
    if parser is None:
        return _damaged(item)
    return parser(item)


def capture(
    source: str,
    given: Given = NOTHING_GIVEN,
    *,
    stdin: BinaryIO | None = None,
    fetcher: Fetches | None = None,
    tell: Tell | None = None,
) -> Iterator[Capture | InputError]:
    """Yield the bytes of each report of one source, and an InputError where there are no bytes to be had.

    See :func:`read_source` for the arguments.
    """
    yield from capture_all([source], given, stdin=stdin, fetcher=fetcher, tell=tell)


def capture_all(
    sources: Iterable[str],
    given: Given = NOTHING_GIVEN,
    *,
    stdin: BinaryIO | None = None,
    fetcher: Fetches | None = None,
    tell: Tell | None = None,
) -> Iterator[Capture | InputError]:
    """Yield what is in several sources, in their order; addresses at different hosts are fetched side by side.

    See :func:`read_source` for the arguments.
    """
    items = (item for source in sources for item in _safely(source, given, stdin, tell))
    yield from _followed(items, fetcher, tell, _LINKS_DEEP)


def _safely(source: str, given: Given, stdin: BinaryIO | None, tell: Tell | None) -> Iterator[Item]:
    try:
        yield from _items(source, given, stdin, tell)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield _unreadable(source, error)


def _items(source: str, given: Given, stdin: BinaryIO | None, tell: Tell | None) -> Iterator[Item]:
    if source == "-":
        yield from _of_stdin(stdin, given, tell)
    elif _URL.match(source):
        yield Link(source, source, given)
    elif Path(source).is_dir():
        yield from _of_folder(Path(source), given, tell)
    else:
        with Path(source).open("rb") as stream:
            yield from opened(stream, source, given, tell)


def opened(
    stream: BinaryIO, place: str, given: Given, tell: Tell | None = None, *, name: str | None = None
) -> Iterator[Item]:
    """Yield what is in an open source, and tell its inventory once it is through.

    Raises:
        AssertionError: bytes of an archive or feed are not accounted for.

    """
    head = stream.read(HEAD)
    whole = cast("BinaryIO", _Joined(head, stream))
    kind = kind_of(place if name is None else name, head)
    inventory = Inventory(place)
    yield from kind.captures(Opened(whole, place, inventory), given)
    inventory.check()
    if tell and inventory.records:
        tell(inventory)


def _followed(
    items: Iterable[Item], fetcher: Fetches | None, tell: Tell | None, deep: int
) -> Iterator[Capture | InputError]:
    """Yield items themselves, or what their addresses lead to, in their order."""
    if fetcher is None:
        yield from (_not_fetched(item) if isinstance(item, Link) else item for item in items)
        return

    def get(item: Item) -> Got | InputError:
        assert isinstance(item, Link)
        try:
            return fetcher.fetch(item.url)
        except InputError as error:
            return error

    for item, got in abreast(items, _host, get):
        if not isinstance(item, Link):
            yield item
        elif isinstance(got, InputError):
            yield got
        else:
            yield from _inside(item, got, fetcher, tell, deep)


def _inside(link: Link, got: Got, fetcher: Fetches, tell: Tell | None, deep: int) -> Iterator[Capture | InputError]:
    """Yield what an address has led to."""
    inner = got_items(got, link.given, tell)
    try:
        yield from _followed(inner if deep else map(_too_deep, inner), fetcher, tell, deep - 1)
    except InputError as error:
        yield error


def _not_fetched(link: Link) -> InputError:
    return InputError("an address, and nothing may be fetched here", place=link.url, way_out="save the page")


def _too_deep(item: Item) -> Item:
    if isinstance(item, Link):
        return InputError("a list in a list in a list", place=item.url, way_out="name it by itself")
    return item


def _host(item: Item) -> str | None:
    """Return the host that an item has to be fetched from; "" for an address without one, which will be refused."""
    if not isinstance(item, Link):
        return None
    try:
        return urlsplit(item.url).hostname or ""
    except ValueError:
        return ""


def got_items(got: Got, given: Given, tell: Tell | None = None) -> Iterator[Item]:
    """Yield what is in a fetched answer."""
    from dataclasses import replace

    from sayso.intake.kinds.warc import FORMS

    told = replace(given, url=got.url, retrieved=got.at, charset=got.charset)
    form = FORMS.get(got.media)
    kind = kind_of("", got.body[:HEAD])
    if (
        form is not None
        and kind.form in {None, "text", "page"}
        and kind.name not in {"opml", "sitemap", "warc", "wacz"}
    ):
        yield Capture(got.body, got.url, form, told)
        return
    keep = told if kind.form in {"text", "page", "pdf", "ninjs", "newsml", "mail"} else given
    yield from opened(io.BytesIO(got.body), got.url, keep, tell, name="")


def _of_folder(folder: Path, given: Given, tell: Tell | None) -> Iterator[Item]:
    """Yield what the files under ``folder`` hold, by path, without dot files and linked folders."""
    files = []
    for place, folders, names in os.walk(folder, onerror=None):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(place, name) for name in names if not name.startswith(".")]
    if not files:
        yield InputError("no file in this folder", place=str(folder), way_out="name a folder with texts or pages")
    for file in sorted(files, key=lambda file: file.relative_to(folder).parts):
        try:
            yield from _items(str(file), given, None, tell)
        except InputError as error:
            yield error
        except (OSError, ValueError) as error:
            yield _unreadable(str(file), error)


def _of_stdin(stdin: BinaryIO | None, given: Given, tell: Tell | None) -> Iterator[Item]:
    """Yield what standard input holds; of JSON Lines each as soon as it is there."""
    if stdin is None:
        raise InputError("there is no standard input", place="-", way_out="name a file")
    head = line = stdin.readline(LIMIT + 1)
    while line and not line.strip() and len(head) < LIMIT:
        line = stdin.readline(LIMIT + 1)
        head += line
    if not line.lstrip(b" \t\xef\xbb\xbf").startswith(b"{"):
        head += stdin.read(HEAD) or b""
    sniffed = head.lstrip()[:HEAD]
    kind = kind_of("", sniffed)
    inventory = Inventory("stdin")
    yield from kind.captures(Opened(cast("BinaryIO", _Joined(head, stdin)), "stdin", inventory), given)
    inventory.check()
    if tell and inventory.records:
        tell(inventory)


class _Joined(io.BufferedIOBase):
    """Bytes already read, then the rest of the stream they came from; it can go back where the stream can."""

    def __init__(self, first: bytes, stream: BinaryIO) -> None:
        self._first = io.BytesIO(first)
        self._stream = stream

    def read(self, size: int | None = -1, /) -> bytes:
        """Return ``size`` bytes, fewer only at the end."""
        head = self._first.read(size)
        if size is None or size < 0:
            return head + (self._stream.read() or b"")
        return head + (self._stream.read(size - len(head)) or b"") if len(head) < size else head

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return the next line, at most ``size`` bytes of it."""
        size = -1 if size is None else size
        head = self._first.readline(size)
        if head.endswith(b"\n") or len(head) == size:
            return head
        return head + self._stream.readline(size - len(head) if size >= 0 else -1)

    def seekable(self) -> bool:
        """Tell whether the stream can go back."""
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place in the stream itself."""
        self._first = io.BytesIO()
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the place in the stream itself."""
        return self._stream.tell() - len(self._first.getbuffer()) + self._first.tell()


def _parse(item: Capture) -> Report | InputError:
    try:
        return report_of(item)
    except InputError as error:
        return error


def _damaged(item: Capture) -> Report:
    raise InputError(
        "a damaged stretch of an archive: no whole record"
        if item.form == "damaged"
        else f"no kind reads {item.form!r}",
        place=item.place,
        way_out="get the archive again; these bytes are kept",
    )


def _unreadable(source: str, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("no such file", place=source, way_out="check the path")
    if isinstance(error, PermissionError):
        return InputError("may not be read", place=source, way_out="check its permissions")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(f"cannot be read: {reason}", place=source, way_out="check the path")
