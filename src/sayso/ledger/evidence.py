"""The raw bytes of every report, as they came in: compressed, named by their SHA-256, never changed.

A file is written under another name, brought to the disk, and only then given its own: what has the name of a hash is
whole. Bytes are checked against their name whenever they are read.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol

from sayso.errors import SetupError
from sayso.ledger.faults import step

SUFFIX: Final = ".z"
_UNFINISHED: Final = ".part"
_LARGEST: Final = 64 * 2**20  # nothing that intake lets through comes near: a larger file is not one of ours
WAY_OUT: Final = "restore the file from a backup"


class Evidence(Protocol):
    """Where the raw bytes of a project are kept."""

    def keep(self, many: Iterable[bytes]) -> list[str]:
        """Store bytes and return their hashes, in order; on return all of them are on the disk."""
        ...

    def read(self, sha256: str) -> bytes:
        """Return the bytes with this hash; raises SetupError where they are missing or were changed."""
        ...

    def stored(self) -> Iterator[str]:
        """Yield the hash of all that is kept, sorted."""
        ...

    def close(self) -> None:
        """Let go of what it holds open."""


class Folder:
    """A folder of raw bytes, each in ``ab/abcdef….z`` (zlib), where ``abcdef…`` is the SHA-256 of the raw bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this hash stand."""
        return self.folder / sha256[:2] / f"{sha256}{SUFFIX}"

    def keep(self, many: Iterable[bytes]) -> list[str]:
        """Store bytes and return their hashes, in order; on return all of them are on the disk.

        All are written before the first is waited for: the disk brings them home together. Bytes that are there
        already are left alone.

        Raises:
            SetupError: the folder cannot be written, or the disk is full.

        """
        hashes, unfinished = [], {}
        try:
            for raw in many:
                name = hashlib.sha256(raw).hexdigest()
                hashes.append(name)
                if name not in unfinished and not self.path(name).exists():
                    unfinished[name] = self._write(name, raw)
            self._finish(unfinished)
        except OSError as error:
            raise cannot_write(error, self.folder) from error
        return hashes

    def read(self, sha256: str) -> bytes:
        """Return the bytes with this hash.

        Raises:
            SetupError: they are missing, or are not what was stored.

        """
        file = self.path(sha256)
        try:
            packed = file.read_bytes()
        except OSError as error:
            raise SetupError(f"evidence cannot be read: {error.strerror}", place=str(file), way_out=WAY_OUT) from error
        raw = unpack(packed)
        if raw is None or hashlib.sha256(raw).hexdigest() != sha256:
            raise SetupError("evidence was changed: it has another SHA-256", place=str(file), way_out=WAY_OUT)
        return raw

    def stored(self) -> Iterator[str]:
        """Yield the hash that each file names, sorted."""
        for file in sorted(self.folder.glob(f"??/*{SUFFIX}")):
            yield file.name.removesuffix(SUFFIX)

    def close(self) -> None:
        """Nothing is held open."""

    def _write(self, name: str, raw: bytes) -> Path:
        """Write the bytes beside their place, under a name of this process."""
        folder = self.path(name).parent
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{name}.{os.getpid()}{_UNFINISHED}"
        step()
        part.write_bytes(zlib.compress(raw, 6))
        step()
        return part

    def _finish(self, unfinished: dict[str, Path]) -> None:
        """Bring the files to the disk, name them, and bring the names to the disk."""
        for part in unfinished.values():
            _sync(part)
        step()
        for name, part in unfinished.items():
            part.replace(self.path(name))
            step()
        folders = {part.parent for part in unfinished.values()}
        for folder in sorted({*folders, self.folder} if folders else folders):
            _sync(folder)
        step()


def cannot_write(error: OSError, place: Path) -> SetupError:
    """Return the error for a disk that is full, read-only or broken (exit code 5)."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    problem = "the disk is full" if full else f"cannot be written: {error.strerror}"
    way_out = "make room and run it again: what was acknowledged is stored" if full else "check its permissions"
    return SetupError(problem, place=str(error.filename or place), way_out=way_out)


def unpack(packed: bytes) -> bytes | None:
    """Return the bytes, or None where the file is not exactly one whole compressed stream."""
    unpacker = zlib.decompressobj()
    with contextlib.suppress(zlib.error):
        raw = unpacker.decompress(packed, _LARGEST)
        if unpacker.eof and not unpacker.unused_data:
            return raw
    return None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
