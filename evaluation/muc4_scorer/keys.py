"""Key and response files: text → templates.

A file is a run of templates; a line has a numbered label and a fill, further fills of the slot stand on lines of their
own below it. ``"A" / "B": "X" / "Y"`` is one fill with two alternative values and two alternative cross-reference
tags; ``?`` marks an optional fill, ``-`` and ``*`` no fill, ``;`` a comment (``;;`` behind a fill). A text without
incidents has one template whose number is ``*``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.muc4_scorer.slots import BY_LABEL, Kind, Slot

_LINE = re.compile(
    r"\s*(?P<number>\d+)\.\s+(?P<label>[A-Z]+(?: [A-Z]+)*: [A-Z]+(?: [A-Z]+)*?)(?:\s{2,}|\t|\s*$)(?P<fill>.*)"
)
_EMPTY = {"", "-", "*", "* * *"}


@dataclass(frozen=True, slots=True)
class Fill:
    """One fill of a slot: alternatives of which a response need give one.

    Attributes:
        values: the alternative values, canonical (`canonical`); the first is the main one.
        refs: the alternative cross-reference tags, empty where there is none.
        optional: whether a response may leave it out without loss.

    """

    values: tuple[str, ...]
    refs: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One incident of a text.

    Attributes:
        number: the number of the template within its text, as in the file.
        fills: slot name → its fills; slots without a fill are not in it.
        optional: whether a response may leave the whole template out without loss.

    """

    number: str
    fills: Mapping[str, tuple[Fill, ...]]
    optional: bool = False


Templates = Mapping[str, tuple[Template, ...]]
"""Text id → the templates of the text, none where no incident is reported."""


def read_templates(file: Path) -> Templates:
    """Return the templates of a key or response file."""
    return parse_templates(file.read_text(encoding="latin-1"))


def read_json_templates(file: Path) -> Templates:
    """Return the templates of the texts in a file of JSON lines (``id``, ``templates`` with their ``raw`` rows)."""
    texts = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {text["id"]: tuple(_of_rows(template["raw"]) for template in text["templates"]) for text in texts}


def parse_templates(content: str) -> Templates:
    """Return the templates of the texts in the content of a key or response file."""
    found: dict[str, tuple[Template, ...]] = {}
    for rows in _blocks(content):
        text = rows["MESSAGE: ID"][0].split()[0]
        templates = found.setdefault(text, ())
        if not _head(rows).startswith("*"):
            found[text] = (*templates, _of_rows(rows))
    return found


def canonical(value: str, slot: Slot | None = None) -> str:
    """Return ``value`` without quotes and escapes, in capitals, with single spaces; numbers and dates spaced alike."""
    text = " ".join(re.sub(r'["\\]', "", value).upper().split())
    if slot is not None and slot.kind in (Kind.NUMBER, Kind.DATE):
        text = re.sub(r"\s*-\s*", " - ", text).strip()
    return text


def parse_fill(slot: Slot, raw: str) -> Fill | None:
    """Return the fill that ``raw`` writes, or None where it says that there is none."""
    raw = raw.partition(";;")[0].strip()
    optional = raw.startswith("?")
    raw = raw.lstrip("? ")
    value, _, ref = (raw, "", "") if slot.kind is Kind.PLACE else _halves(raw)
    values = _alternatives(slot, value)
    if not values or (values[0] in _EMPTY and not ref):
        return None
    return Fill(values, _alternatives(None, ref), optional)


def _blocks(content: str) -> Iterator[dict[str, list[str]]]:
    block: dict[str, list[str]] = {}
    label = ""
    for line in content.splitlines():
        match = _LINE.match(line)
        if not match and not re.match(r"\s+[^\s;]", line):
            continue
        if match and match["label"] == "MESSAGE: ID" and block:
            yield block
            block = {}
        if match:
            label = match["label"]
        block.setdefault(label, []).append(match["fill"].strip() if match else line.strip())
    if block:
        yield block


def _head(rows: Mapping[str, list[str]]) -> str:
    return (rows.get("MESSAGE: TEMPLATE") or ["*"])[0]


def _of_rows(rows: Mapping[str, list[str]]) -> Template:
    fills = {}
    for label, slot in BY_LABEL.items():
        found = [parse_fill(slot, raw) for raw in rows.get(label, [])]
        if kept := tuple(fill for fill in found if fill is not None):
            fills[slot.name] = kept
    return Template(_head(rows).split()[0], fills, "OPTIONAL" in _head(rows))


def _halves(raw: str) -> tuple[str, str, str]:
    """Split at the first colon outside quotes and brackets."""
    cut = next(iter(_marks(raw, ":")), len(raw))
    return raw[:cut], raw[cut : cut + 1], raw[cut + 1 :]


def _alternatives(slot: Slot | None, raw: str) -> tuple[str, ...]:
    ends = [*_marks(raw, "/"), len(raw)]
    starts = [0, *(end + 1 for end in ends)]
    parts = [raw[start:end].strip() for start, end in zip(starts, ends, strict=False)]
    if len(parts) == 1 and parts[0] != _unbracketed(parts[0]):
        return _alternatives(slot, _unbracketed(parts[0]))
    return tuple(dict.fromkeys(text for part in parts if (text := canonical(_unbracketed(part), slot))))


def _unbracketed(part: str) -> str:
    return part[1:-1].strip() if part.startswith("(") and _closing(part) == len(part) - 1 else part


def _closing(part: str) -> int:
    depth = 0
    for index, sign in enumerate(part):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return index
    return -1


def _marks(raw: str, mark: str) -> Iterator[int]:
    """Yield the places of ``mark`` outside quotes and brackets."""
    quoted, depth, escaped = False, 0, False
    for index, sign in enumerate(raw):
        if sign == '"' and not escaped:
            quoted = not quoted
        elif not quoted:
            depth += (sign == "(") - (sign == ")")
            if sign == mark and depth == 0:
                yield index
        escaped = sign == "\\" and not escaped
