"""Running a page of the documentation from its first block to its last, as a reader would who follows it word for word.

    python -m tests.docs.pages [PAGE …]

runs pages and writes what commands print now into their console blocks.
"""

from __future__ import annotations

import configparser
import contextlib
import io
import json
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from docs.generate.blocks import DOCS, Block, blocks_of
from sayso.intake.fetching import Fetcher
from tests.docs.shell import Shell, tokens
from tests.docs.site import fetch


@dataclass
class Outcome:
    """What running a page has found: blocks whose output differs (with what it is now), and what went wrong."""

    changed: list[tuple[Block, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def run_page(path: Path) -> Outcome:
    """Run all blocks of a page in an empty folder of its own."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as name, _in_folder(Path(name)), mock.patch.object(Fetcher, "fetch", fetch):
        shell = Shell(Path(name).resolve())
        names: dict[str, Any] = {"__name__": "__main__"}
        for block in blocks_of(path.read_text(encoding="utf-8")):
            place = f"{path.relative_to(DOCS.parent)}:{block.line}"
            try:
                _run_block(block, shell, names, outcome, place)
            except Exception as error:  # noqa: BLE001 - told with its place, whatever it is
                outcome.problems.append(f"{place}: {type(error).__name__}: {error}")
    return outcome


@contextlib.contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _run_block(block: Block, shell: Shell, names: dict[str, Any], outcome: Outcome, place: str) -> None:
    if block.caption:
        Path(block.caption).parent.mkdir(parents=True, exist_ok=True)
        Path(block.caption).write_text(block.text, encoding="utf-8")
    if block.language == "console":
        now = run_console(block, shell, outcome, place)
        if not agrees(block.text, now):
            outcome.changed.append((block, now))
    elif block.language == "python":
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(block.text, place, "exec"), names)
    else:
        CHECKS[block.language](block.text)


def run_console(block: Block, shell: Shell, outcome: Outcome, place: str) -> str:
    """Run the lines behind ``$``; return the block as it should be: outputs stand only where the page shows one."""
    now = ""
    entries = re.split(r"^(?=\$ )", block.text, flags=re.MULTILINE)
    assert entries[0] == "", "a console block begins with a line behind `$ `"
    for number, entry in enumerate(entries[1:], start=1):
        typed, shown = _typed(entry)
        out = shell.run(typed.removeprefix("$ ").replace("\\\n", " "))
        following = entries[number + 1] if number + 1 < len(entries) else ""
        if shell.code and not following.startswith("$ echo $?"):
            outcome.problems.append(f"{place}: {typed.strip()} ends with {shell.code}: {out}")
        now += typed + ((shown if agrees(shown, out) else out) if shown else "")
    return now


def _typed(entry: str) -> tuple[str, str]:
    """Split an entry of a console block into what is typed, with its line end, and what is shown."""
    lines = entry.splitlines(keepends=True)
    count = 1
    while lines[count - 1].rstrip("\n").endswith("\\"):
        count += 1
    return "".join(lines[:count]), "".join(lines[count:])


def agrees(shown: str, out: str) -> bool:
    """Tell whether output is as shown; a line that is only ``…`` stands for any lines, ``…`` in a line for anything."""
    lines = shown.rstrip("\n").split("\n")
    pattern = "".join(r"(?:[^\n]*\n)*" if line.strip() == "…" else _line(line) for line in lines)
    return re.fullmatch(pattern, out.rstrip("\n") + "\n") is not None


def _line(shown: str) -> str:
    return r"[^\n]*".join(map(re.escape, shown.rstrip().split("…"))) + r"[ ]*\n"


def _ini(text: str) -> None:
    configparser.ConfigParser(strict=False, interpolation=None).read_string(text)


def _jsonl(text: str) -> None:
    for line in text.splitlines():
        json.loads(line)


def _crontab(text: str) -> None:
    for line in text.splitlines():
        assert re.fullmatch(r"(?:\S+ ){5}\S.*", line), line


def _commands(text: str) -> None:
    """Check that every command there is and takes these options: what stands for something real is not run."""
    for line in text.splitlines():
        words = tokens(line)
        if words[:1] == ["sayso"]:
            Shell(Path()).parsed(words[1:])


CHECKS: dict[str, Any] = {
    "sh": _commands,
    "toml": tomllib.loads,
    "json": json.loads,
    "jsonl": _jsonl,
    "ini": _ini,
    "crontab": _crontab,
    "text": str,
    "csv": str,
    "html": str,
}
"""Languages of blocks that are data: each is parsed."""


def main(names: list[str]) -> int:
    """Write what commands print now into the pages; return how many problems are left."""
    from docs.generate.blocks import files

    left = 0
    for path in [DOCS / name for name in names] or files():
        outcome = run_page(path)
        text = path.read_text(encoding="utf-8")
        for block, now in outcome.changed:
            text = text.replace(block.text, now, 1)
        path.write_text(text, encoding="utf-8")
        left += len(outcome.problems)
        print(f"{path.name}: {len(outcome.changed)} blocks changed", *outcome.problems, sep="\n  ")
    return left


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
