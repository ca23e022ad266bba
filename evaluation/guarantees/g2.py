"""G2: a power cut keeps only what was synced: replay the synced bytes of a traced run, cut after every call."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.crashing import crash
from evaluation.guarantees.foretold import QuickLinker
from evaluation.guarantees.killing import ACKNOWLEDGED, copy, project
from sayso.ledger import open_ledger
from sayso.ledger.verify import verify

PROMISE = "… nor at power loss: what was acknowledged was synced"
_CALLS = "openat,write,pwrite64,fsync,fdatasync,rename,ftruncate,unlink"
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?$")
_FILE = re.compile(r"^\d+<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(slots=True)
class Disk:
    """Files as programs see them, and as they would be found after a power cut."""

    seen: dict[str, bytearray] = field(default_factory=dict)
    synced: dict[str, bytes] = field(default_factory=dict)
    renamed: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # folder → names not yet synced
    at: dict[str, int] = field(default_factory=dict)  # where the next plain write goes

    def write(self, name: str, data: bytes, offset: int | None) -> None:
        """Write at ``offset``, or where the last write ended."""
        file = self.seen.setdefault(name, bytearray())
        start = self.at.get(name, 0) if offset is None else offset
        file.extend(bytes(max(0, start + len(data) - len(file))))
        file[start : start + len(data)] = data
        if offset is None:
            self.at[name] = start + len(data)

    def sync(self, name: str) -> None:
        """Bring a file, or the names in a folder, to the disk."""
        if name in self.seen:
            self.synced[name] = bytes(self.seen[name])
        for old, new in self.renamed.pop(name, []):
            if old in self.synced:
                self.synced[new] = self.synced.pop(old)

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, on the disk only once its folder is synced."""
        self.seen[new] = self.seen.pop(old)
        self.renamed.setdefault(str(Path(new).parent), []).append((old, new))


def prove(folder: Path, full: bool) -> Proof:
    """In a file: cut the power after each call of a traced run that syncs. On a server: crash it while reports come."""
    cuts, wrong = _cut(folder)
    crashes, acknowledged = 0, 0
    for acknowledged, faults in crash(folder, 100 if full else 3):  # noqa: B007 - the last number counts
        crashes += 1
        wrong += [f"crash {crashes}: {fault}" for fault in faults]
    parts = [f"{cuts} power cuts" if cuts else "no power cuts (strace is not installed)"]
    parts += [f"{crashes} crashes of PostgreSQL with {acknowledged} reports acknowledged"] if crashes else []
    figures = {"cuts": cuts, "crashes": crashes, "acknowledged": acknowledged, "lost": len(wrong)}
    return Proof(not wrong, figures, "; ".join([", ".join(parts) + f", {len(wrong)} faults", *wrong[:3]]))


def _cut(folder: Path) -> tuple[int, list[str]]:
    strace = shutil.which("strace")
    if strace is None:
        return 0, []
    empty = project(folder / "empty")
    work, trace = copy(empty, folder / "work"), folder / "trace"
    driver = [sys.executable, "-m", "evaluation.guarantees.driver", str(work)]
    command = [strace, "-f", "-qq", "-y", "-xx", "-s", "100000000", "-o", str(trace), "-e", f"trace={_CALLS}", *driver]
    subprocess.run(command, check=True, capture_output=True)
    cuts = 0
    wrong: list[str] = []
    for number, (disk, told) in enumerate(_states(trace, empty, work)):
        cuts += 1
        wrong += [f"cut {number}: {fault}" for fault in _faults(disk, told, folder / "after", work)]
    return cuts, wrong


def _states(trace: Path, empty: Path, work: Path) -> Iterator[tuple[dict[str, bytes], list[str]]]:
    """Yield what is on the disk, and what was acknowledged, after each call that syncs or acknowledges."""
    disk, told = Disk(), ""
    for file in empty.rglob("*"):
        if file.is_file():
            name = str(work / file.relative_to(empty))
            disk.seen[name], disk.synced[name] = bytearray(file.read_bytes()), file.read_bytes()
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _CALL.match(line)
        if not found or found[3].startswith("-"):
            continue
        name, call = _name(found), found[1]
        if name.endswith(ACKNOWLEDGED) and call == "write":
            told += _texts(found[2])[0].decode()
            yield dict(disk.synced), told.split()
        elif name.startswith(str(work)) and _take(disk, call, name, found[2]):
            yield dict(disk.synced), told.split()


def _take(disk: Disk, call: str, name: str, arguments: str) -> bool:
    """Do what a call does; return whether it has brought something to the disk."""
    match call:
        case "openat":
            disk.at[name] = 0
            if "O_TRUNC" in arguments or ("O_CREAT" in arguments and name not in disk.seen):
                disk.seen[name] = bytearray()
        case "write":
            disk.write(name, _texts(arguments)[0], None)
        case "pwrite64":
            disk.write(name, _texts(arguments)[0], int(arguments.rsplit(",", 1)[1]))
        case "ftruncate":
            del disk.seen[name][int(arguments.rsplit(",", 1)[1]) :]
        case "rename":
            disk.rename(*(text.decode() for text in _texts(arguments)))
        case "unlink":
            disk.seen.pop(name, None)
        case "fsync" | "fdatasync":
            disk.sync(name)
            return True
    return False


def _name(found: re.Match[str]) -> str:
    """Return the path that a call is about."""
    if found[1] == "openat":
        return _plain(found[4] or "")
    if found[1] in {"rename", "unlink"}:
        return _texts(found[2])[-1].decode()
    file = _FILE.match(found[2])
    return _plain(file[1]) if file else ""


def _plain(path: str) -> str:
    """Return a path that strace may have written in hexadecimal."""
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


def _texts(arguments: str) -> list[bytes]:
    return [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]


def _faults(synced: dict[str, bytes], told: list[str], after: Path, work: Path) -> list[str]:
    """Put what was synced into a folder and return what is wrong with it."""
    shutil.rmtree(after, ignore_errors=True)
    for name, content in synced.items():
        file = after / Path(name).relative_to(work)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (after / "evidence").mkdir(exist_ok=True)
    with open_ledger(after, "write", linker=QuickLinker()) as ledger:
        there = {report.id for report in ledger.reports()}
        return [f"acknowledged and lost: {report}" for report in sorted(set(told) - there)] + verify(ledger)
