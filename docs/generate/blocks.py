"""The code blocks of pages written by hand: what the tests run, and where a command is shown at work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from docs.generate import ROOT

DOCS: Final = ROOT / "docs"
MADE: Final = ("reference", "generate", "_build")
"""Folders in docs/ that hold no page written by hand."""
_FENCE: Final = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>[^\n`]*)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Attributes:
        language: what it is written in: "console", "python", "toml" …; empty where it does not say.
        text: what stands in it.
        caption: the file it is to be saved as, where it says so.
        line: where its text begins in the page; the first line of a page is 1.

    """

    language: str
    text: str
    caption: str
    line: int

    def typed(self) -> list[str]:
        """Return the lines that a person types, in a console block with the prompt; continued lines are joined."""
        lines = self.text.replace("\\\n", " ").splitlines()
        if self.language == "sh":
            return lines
        return [line for line in lines if line.startswith("$ ") and self.language == "console"]


def blocks_of(text: str) -> list[Block]:
    """Return the fenced blocks of a page that hold code or data; directives that hold words are passed over."""
    found: list[Block] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        at += 1
        if not opening:
            continue
        began = at
        while at < len(lines) and lines[at].strip() != opening["fence"]:
            at += 1
        block = _block(opening["info"].strip(), lines[began:at], began + 1)
        found += [block] if block else []
        at += 1
    return found


def _block(info: str, lines: list[str], line: int) -> Block | None:
    directive = re.match(r"\{([\w:-]+)\}\s*(.*)", info)
    if directive and directive[1] not in {"code-block", "code"}:
        return None
    language = directive[2] if directive else info
    caption = ""
    while directive and lines and (option := re.match(r":(\w+): *(.*)", lines[0])):
        caption = option[2] if option[1] == "caption" else caption
        lines, line = lines[1:], line + 1
    while directive and lines and not lines[0].strip():
        lines, line = lines[1:], line + 1
    return Block(language.strip(), "\n".join(lines) + "\n" * bool(lines), caption, line)


def title_of(text: str) -> str:
    """Return the first heading of a page."""
    found = re.search(r"^# (.+)$", text, flags=re.MULTILINE)
    return found[1] if found else ""


def files() -> list[Path]:
    """Return the pages written by hand."""
    found = sorted(DOCS.rglob("*.md"))
    return [path for path in found if path.relative_to(DOCS).parts[0] not in MADE]


@cache
def _written() -> tuple[tuple[str, str, tuple[Block, ...]], ...]:
    texts = [(path, path.read_text(encoding="utf-8")) for path in files()]
    return tuple((str(path.relative_to(DOCS)), text, tuple(blocks_of(text))) for path, text in texts)


def written() -> Iterator[tuple[str, str, tuple[Block, ...]]]:
    """Yield path below docs/, text and blocks of each page written by hand."""
    yield from _written()
