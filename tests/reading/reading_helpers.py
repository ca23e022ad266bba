"""Shared by the tests of statements: read a short text with the shipped gazetteer."""

from __future__ import annotations

from sayso.language.rules import analyse_by_rule
from sayso.reading.statements.statements import Statements, find_statements
from sayso.records import Block, BlockKind, Report
from sayso.vocab.gazetteer import Gazetteer


def report_of(text: str, published: str | None = None, kinds: tuple[BlockKind, ...] = ()) -> Report:
    """Return a report whose lines are its paragraphs (or the blocks of ``kinds``, in order)."""
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            kind: BlockKind = kinds[number] if number < len(kinds) else "paragraph"
            blocks.append(Block(kind=kind, start=at, end=at + len(line)))
        at += len(line) + 1
    return Report(id="re_0", text=text, published=published, blocks=tuple(blocks))


def read(text: str, published: str | None = None) -> Statements:
    """Return the statements of a text."""
    return find_statements(analyse_by_rule(report_of(text, published)), Gazetteer.default())


def rows(text: str) -> list[tuple[str | None, str | None, str]]:
    """Return (holder, cue, content) of every statement of a text; pieces of content are joined by " … "."""
    return [
        (item.holder.name, item.cue.text if item.cue else None, " … ".join(span.text for span in item.content))
        for item in read(text).records
    ]
