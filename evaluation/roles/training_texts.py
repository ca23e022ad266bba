"""The training texts of WikiEvents in the form of its dev texts: what rules of ``fill.py`` are chosen on.

There an argument has a text but no place: it is the occurrence nearest to the trigger, in the trigger's sentence where
it has one. Types have two levels, and a trigger that is told twice counts once, with the arguments of both.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

REACH = 100
"""How many words at most lie between a trigger and its argument."""
FULL_STOPS = frozenset(".!?")
QUOTES = frozenset("”’\"'")


def training(path: Path) -> list[dict[str, Any]]:
    """Return the records of ``wiki-train-human.jsonl`` with offsets of arguments and sentences."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_record(number, json.loads(line)) for number, line in enumerate(lines)]


def _record(number: int, raw: dict[str, Any]) -> dict[str, Any]:
    words: list[str] = raw["tokens"]
    starts = [*_starts(words), len(words)]
    spans: set[tuple[int, int]] = set()
    events: dict[tuple[int, str], dict[str, Any]] = {}
    for event in raw["event_mentions"]:
        first, last = event["trigger"]["start_idx"], event["trigger"]["end_idx"]
        told = {"event_type": event["event_type"], "trigger": {"start": first, "end": last}, "arguments": []}
        kept = events.setdefault((first, event["event_type"]), told)
        for argument in event["arguments"]:
            span = _nearest(words, argument["text"].split(), first, starts)
            if span:
                spans.add(span)
                kept["arguments"].append({"entity_id": _name(span), "role": argument["role"]})
    sentences = [[words[a:b], []] for a, b in pairwise(starts)]
    mentions = [{"id": _name(span), "start": span[0], "end": span[1]} for span in sorted(spans)]
    return {
        "doc_id": f"train-{number}",
        "tokens": words,
        "sentences": sentences,
        "entity_mentions": mentions,
        "event_mentions": list(events.values()),
    }


def _name(span: tuple[int, int]) -> str:
    return f"{span[0]}-{span[1]}"


def _starts(words: list[str]) -> Iterator[int]:
    """Yield where sentences begin: after a full stop and its quotation mark, before no small letter."""
    yield 0
    for at in range(1, len(words) - 1):
        closed = words[max(0, at - 2) : at] if words[at - 1] in QUOTES else words[at - 1 : at]
        if closed[0] in FULL_STOPS and words[at] not in QUOTES and not words[at][0].islower():
            yield at


def _nearest(words: list[str], wanted: list[str], trigger: int, starts: list[int]) -> tuple[int, int] | None:
    """Return the occurrence of ``wanted`` nearest to a trigger, those of its own sentence first; None without one."""
    size, own = len(wanted), bisect_right(starts, trigger) - 1
    reach = range(max(0, trigger - REACH), min(len(words) - size + 1, trigger + REACH))
    found = [at for at in reach if size and words[at : at + size] == wanted]
    at = min(found, key=lambda at: (bisect_right(starts, at) - 1 != own, abs(at - trigger)), default=None)
    return None if at is None else (at, at + size)
