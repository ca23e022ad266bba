"""The match history: what the human scorers decided about fills that are not equal to the key.

The file is a nested list: text → template of the key → slot → (response, decision, fill of the key). ``(all-of …)``
gives a response credit for several fills of the key ("distributed" credit).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from evaluation.muc4_scorer.fills import Grade, essential
from evaluation.muc4_scorer.keys import Fill, canonical
from evaluation.muc4_scorer.slots import BY_NAME, Kind, Slot

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[()]|[^\s()"]+')
_GRADES = {"match": Grade.CORRECT, "partial": Grade.PARTIAL, "fail": Grade.INCORRECT}

Node: TypeAlias = "str | list[Node]"
Place: TypeAlias = tuple[str, str, str]
"""Text id, number of the key's template, slot name."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one response: its grade, and the fills of the key that it was matched with."""

    grade: Grade
    keys: tuple[Fill, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All decisions: place → response → decisions, in the order of the file."""

    decisions: Mapping[Place, Mapping[Fill, tuple[Decision, ...]]]

    def of(self, place: Place, response: Fill) -> tuple[Decision, ...]:
        """Return what was decided about ``response`` at ``place``; nothing if it never had to be.

        A response that differs in nonessential modifiers only was not asked about again.
        """
        at = self.decisions.get(place, {})
        return at.get(response) or at.get(_core(BY_NAME[place[2]], response), ())


@cache
def misread_date(date: str) -> str:
    """Return a date as the official program compared it: with the last digit of the day dropped, unless it is 0.

    A slip seen in all its reports: it took the digit for a quantity, which is nonessential. So 12 and 13 JAN were
    equal to it, but not 9 and 10 JAN.
    """
    return re.sub(r"[1-9](?= [A-Z])", "", date)


def _core(slot: Slot, fill: Fill) -> Fill:
    simplify = {Kind.STRING: essential, Kind.DATE: misread_date}.get(slot.kind, str)
    return Fill(tuple(map(simplify, fill.values)), tuple(map(essential, fill.refs)))


def read_history(file: Path) -> History:
    """Return the decisions in a history file."""
    return parse_history(file.read_text(encoding="latin-1"))


def parse_history(content: str) -> History:
    """Return the decisions in the content of a history file."""
    found: dict[Place, dict[Fill, tuple[Decision, ...]]] = {}
    for place, entry in _entries(_nodes(iter(_TOKEN.findall(content)))):
        slot = BY_NAME[place[2]]
        response, decision = _fill(slot, entry[0]), _decision(slot, entry)
        at = found.setdefault(place, {})
        for form in dict.fromkeys((response, _core(slot, response))):
            at[form] = (*at.get(form, ()), decision)
    return History(found)


def _nodes(tokens: Iterator[str]) -> list[Node]:
    out: list[Node] = []
    for token in tokens:
        if token == ")":
            break
        out.append(_nodes(tokens) if token == "(" else token)
    return out


def _entries(nodes: list[Node]) -> Iterator[tuple[Place, list[Node]]]:
    for text in _lists(nodes[0]):
        for template in _lists(text):
            for slot in _lists(template):
                for entry in _lists(slot):
                    yield (_word(text[0]), _word(template[0]), _word(slot[0]).lower()), entry


def _lists(node: Node) -> Iterator[list[Node]]:
    yield from (child for child in node if isinstance(child, list))


def _decision(slot: Slot, entry: list[Node]) -> Decision:
    keys = _all_of(entry[2]) if len(entry) > 2 else []
    return Decision(_GRADES[_word(entry[1]).lower()], tuple(_fill(slot, key) for key in keys))


def _all_of(node: Node) -> list[Node]:
    return node[1:] if isinstance(node, list) and node[0] == "all-of" else [node]


def _fill(slot: Slot, node: Node) -> Fill:
    head, parts = (node[0], node[1:]) if isinstance(node, list) else ("", [node])
    if head == "optional":
        inner = _fill(slot, parts[0])
        return Fill(inner.values, inner.refs, optional=True)
    if head == "xref":
        return Fill(_any_of(slot, parts[0]), _any_of(None, parts[1]))
    return Fill(_any_of(slot, node))


def _any_of(slot: Slot | None, node: Node) -> tuple[str, ...]:
    options = node[1:] if isinstance(node, list) and node[0] == "or" else [node]
    return tuple(dict.fromkeys(canonical(_value(option), slot) for option in options))


def _value(node: Node) -> str:
    if isinstance(node, str):
        return _word(node)
    head, parts = node[0], [_value(part) for part in node[1:]]
    if head == "range":
        return " - ".join("" if part == "NIL" else part for part in parts)
    if head == "qualified":
        return f"{parts[0]} ({' / '.join(parts[1:])})"
    return (" / " if head == "or" else ": ").join(parts)


def _word(node: Node) -> str:
    if not isinstance(node, str):
        raise TypeError(f"a word was expected in the match history, not {node}")
    return canonical(node)
