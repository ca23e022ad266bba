"""Shared by the tests of claims: read a short text and write each claim as one line a person can check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.language.analysis import Analysis, Marks
from sayso.pipeline import read_one
from sayso.records import Block, BlockKind, Claim, Reading, Report, Target, identify
from sayso.values import Actor, Moment, Place, Quantity

PUBLISHED = "2031-05-14"  # a Wednesday


def report_of(text: str, published: str | None = PUBLISHED, kinds: tuple[BlockKind, ...] = ()) -> Report:
    """Return a report whose lines are its paragraphs (or the blocks of ``kinds``, in order)."""
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            kind: BlockKind = kinds[number] if number < len(kinds) else "paragraph"
            blocks.append(Block(kind=kind, start=at, end=at + len(line)))
        at += len(line) + 1
    return Report(id=identify("re", text), text=text, published=published, blocks=tuple(blocks))


def read(text: str, published: str | None = PUBLISHED) -> Reading:
    """Return the reading of a text."""
    return read_one(report_of(text, published))


def line(claim: Claim) -> str:
    """Return "field value", then "< holder", "(stance)" and "~ hedge" where they are not the plain case."""
    text = f"{claim.field} {value(claim.value)}"
    if claim.holder.kind != "report":
        text += f" < {claim.holder.name or claim.holder.words}"
    if claim.stance != "asserts":
        text += f" ({claim.stance})"
    return text + (f" ~ {claim.certainty.words}" if claim.certainty else "")


def value(given: Any) -> str:
    """Return a claim's value in a few characters: "3 of policemen", "21+", "16-24", a name, a class."""
    if isinstance(given, Quantity):
        number = f"{given.low}+" if given.high is None else str(given.low)
        number += f"-{given.high}" if given.high not in (None, given.low) else ""
        return number + (f" of {given.of.words}" if given.of else "")
    if isinstance(given, Actor):
        return (given.name or given.words) + (f" backed by {given.sponsor}" if given.sponsor else "")
    if isinstance(given, Moment):
        return f"{given.earliest}..{given.latest}" if given.resolved else f"? {given.words}"
    if isinstance(given, Place):
        return given.name or given.words
    data = given.model_dump(by_alias=True)
    if "extent" in data:
        return f"{data['extent']} {data['of'] or ''}".strip()
    if isinstance(given, Target):
        return given.words
    return str(next(data[key] for key in ("class", "kind", "status", "claimed", "provided", "words") if key in data))


def lines(reading: Reading, fields: set[str]) -> list[str]:
    """Return the claims on some fields, sorted."""
    return sorted(line(claim) for claim in reading.claims if claim.field in fields)


def with_marks(
    analysis: Analysis, labels: tuple[str, ...], shares: NDArray[np.uint8], told: Iterable[tuple[str, str, int]]
) -> Analysis:
    """Return an analysis marked by hand: ``shares`` (tokens × labels, per cent), changed as told."""
    for words, label, share in told:
        start = analysis.report.text.index(words)
        for number, token in enumerate(analysis.tokens):
            if start <= token.start < start + len(words):
                shares[number, labels.index(label)] = share
    return replace(analysis, marks={"claim": Marks(labels, shares)})
