"""WACZ: a ZIP of web archives, as Browsertrix, ArchiveWeb.page and auto-archiver make them."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from sayso.errors import InputError
from sayso.intake.assemble import Given
from sayso.intake.capture import Capture, Inventory, Items, Opened
from sayso.intake.decode import LIMIT
from sayso.intake.kinds import Kind
from sayso.intake.kinds.warc import FORM, archived

_ENTRIES: Final = 10_000


def captures(opened: Opened, given: Given) -> Items:
    """Yield what can be a report in any archive of the package; nothing is unpacked to the disk."""
    with _seekable(opened.stream) as file:
        size = file.seek(0, io.SEEK_END)
        opened.inventory.size += size
        try:
            package = zipfile.ZipFile(file)
            entries = package.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            file.seek(0)
            opened.inventory.items += 1
            opened.inventory.damaged += 1
            opened.inventory.told += size
            yield Capture(file.read(LIMIT + 1), opened.place, FORM, given)
            return
        if len(entries) > _ENTRIES:
            raise InputError(f"more than {_ENTRIES:,} entries", place=opened.place, way_out="unpack it first")
        for entry in entries:
            if entry.filename.lower().endswith((".warc", ".warc.gz")):
                yield from _archive(package, entry, opened, given)
            else:
                opened.inventory.passed["index or page list"] += 1
        opened.inventory.told += size  # the archives in it have been checked one by one


def _archive(package: zipfile.ZipFile, entry: zipfile.ZipInfo, opened: Opened, given: Given) -> Items:
    """Yield the reports of one archive in the package, which is checked by itself."""
    place, inside = f"{opened.place}/{entry.filename[-200:]}", Inventory(opened.place)
    try:
        with package.open(entry) as stream:
            yield from archived(_plain(stream), place, given, inside)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        yield InputError(f"its archive is damaged: {error}", place=place, way_out="get the package again")
    else:
        inside.check()
    opened.inventory.items += inside.items
    opened.inventory.damaged += inside.damaged
    opened.inventory.passed += inside.passed


def _plain(stream: object) -> BinaryIO:
    return stream  # type: ignore[return-value]  # an entry of a ZIP reads like any file


@contextmanager
def _seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Give the stream itself, or a copy of it on the disk where it is a pipe."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file)
        file.seek(0)
        yield file


def recognises(head: bytes) -> bool:
    """Tell by the first entry's name."""
    return head.startswith(b"PK\x03\x04") and (b"archive/" in head[:400] or b"datapackage.json" in head[:400])


KIND = Kind("wacz", "a package of web archives (WACZ)", (".wacz",), captures, recognises)
