"""Where an export goes: a file or a folder that is there whole or not at all, or a stream."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sayso.errors import SetupError, UsageError
from sayso.exports.registry import Format, check_installed
from sayso.exports.selection import Selection

ZIPPED: Final = ".zip"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the same data are the same bytes."""
_PIECE: Final = 1 << 16


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no garbage be collected meanwhile: an export makes many records without cycles, and the collector walks them.

    A sixth of an export's time. Only for a process that exports and ends: others may make garbage in cycles.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def pieces(wanted: Format, chosen: Selection) -> Iterator[bytes]:
    """Yield the bytes of an export as one stream; a folder as a ZIP archive."""
    check_installed(wanted)
    if wanted.stream is None:
        yield from _zipped(wanted, chosen)
        return
    waiting, size = [], 0
    for piece in wanted.stream(chosen):
        raw = piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece
        waiting.append(raw)
        size += len(raw)
        if size > _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def write(wanted: Format, chosen: Selection, to: Path, *, replace: bool = False) -> list[Path]:
    """Write an export and return its files, sorted.

    A file or folder is made beside its place and moved there when it is whole.

    Args:
        wanted: the format.
        chosen: what is exported.
        to: file, or folder for a format of several files (with the suffix ``.zip``: an archive of them).
        replace: what is there already may go.

    Raises:
        UsageError: something is there already.
        SetupError: a library is missing, or the place cannot be written.

    """
    check_installed(wanted)
    check_free(to, replace=replace)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{to.name}-", dir=to.parent) as place:
            made = Path(place) / "made"
            if wanted.folder is not None and to.suffix != ZIPPED:
                made.mkdir()
                wanted.folder(chosen, made)
            else:
                with made.open("wb") as stream:
                    stream.writelines(pieces(wanted, chosen))
            if to.is_dir():
                shutil.rmtree(to)
            made.replace(to)
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}"
        raise SetupError(problem, place=str(to), way_out="choose another place with --out") from error
    return sorted(to.iterdir()) if to.is_dir() else [to]


def write_text(to: Path, text: str) -> None:
    """Write one file that is there whole or not at all; raises SetupError."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        made = to.with_name(f".{to.name}.part")
        made.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        made.replace(to)
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}"
        raise SetupError(problem, place=str(to), way_out="choose another place with --out") from error


def check_free(to: Path, *, replace: bool = False) -> None:
    """Raise UsageError where something is there already that is not to be replaced, or that we would not have made."""
    if not os.path.lexists(to):
        return
    if to.is_dir() and not (to / "datapackage.json").is_file() and any(to.iterdir()):
        raise UsageError("a folder with other things in it", place=str(to), way_out="choose another place")
    if not replace and not (to.is_dir() and not any(to.iterdir())):
        raise UsageError("is there already", place=str(to), way_out="--replace overwrites it")


def _zipped(wanted: Format, chosen: Selection) -> Iterator[bytes]:
    """Yield an archive of the folder; it is made on the disk, for a package may be larger than the memory."""
    assert wanted.folder is not None
    with tempfile.TemporaryDirectory(prefix="sayso-export-") as place:
        folder = Path(place) / "files"
        folder.mkdir()
        wanted.folder(chosen, folder)
        archive = Path(place) / "archive.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(folder.iterdir()):
                entry = zipfile.ZipInfo(file.name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with file.open("rb") as stream, packed.open(entry, "w", force_zip64=True) as target:
                    shutil.copyfileobj(stream, target, 1 << 20)
        with archive.open("rb") as stream:
            while piece := stream.read(1 << 20):
                yield piece
