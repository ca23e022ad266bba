"""Who grades the fills of a slot: the official program with its match history, or we alone.

Both apply the table of scoring guidelines 3.1.2: a right value with a wrong cross-reference tag is half right.
"""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.muc4_scorer.count import Judge, Matches
from evaluation.muc4_scorer.fills import Grade, grade_value, same_fill
from evaluation.muc4_scorer.guess import guess
from evaluation.muc4_scorer.history import History, misread_date
from evaluation.muc4_scorer.keys import Fill
from evaluation.muc4_scorer.slots import Kind, Slot


def alone(slot: Slot, response: Fill, keys: Sequence[Fill], before: Matches) -> list[tuple[Grade, ...]]:
    """Judge by rules only, without any person's decisions (a `count.Judge`)."""
    grades = [max(grade_value(slot, response, key), guess(slot, response, key)) for key in keys]
    return [tuple(_halved(slot, grade, response, key, before) for grade, key in zip(grades, keys, strict=True))]


def historian(history: History, text: str, key_number: str) -> Judge:
    """Return the judge that grades as the official program did, knowing what people decided for a key's template."""

    def judge(slot: Slot, response: Fill, keys: Sequence[Fill], before: Matches) -> list[tuple[Grade, ...]]:
        plain = [_official(slot, response, key, before) for key in keys]
        decisions = history.of((text, key_number, slot.name), response)
        named = [(decision.grade, key) for decision in decisions for key in decision.keys]
        parts = [[grade if same_fill(wanted, key) else Grade.INCORRECT for key in keys] for grade, wanted in named]
        if not any(len(decision.keys) > 1 for decision in decisions):
            parts = [[max(grades) for grades in zip(*parts, strict=True)]] if parts else [plain]
        return [tuple(max(pair) for pair in zip(part, plain, strict=True)) for part in parts]

    return judge


def _official(slot: Slot, response: Fill, key: Fill, before: Matches) -> Grade:
    """Return the grade the official program gave by itself.

    A right value whose tag names something unmatched was put to a person, or at least written to the history: what is
    not found there counts as incorrect.
    """
    grade = Grade.CORRECT if _misread(slot, response, key) else grade_value(slot, response, key)
    stray = grade is Grade.CORRECT and slot.kind is not Kind.STRING and response.refs
    if stray and tag_grade(slot, response, key, before) is Grade.INCORRECT:
        return Grade.INCORRECT
    return _halved(slot, grade, response, key, before)


def _misread(slot: Slot, response: Fill, key: Fill) -> bool:
    if slot.kind is not Kind.DATE:
        return False
    return not set(map(misread_date, response.values)).isdisjoint(map(misread_date, key.values))


def _halved(slot: Slot, grade: Grade, response: Fill, key: Fill, before: Matches) -> Grade:
    right = grade is not Grade.CORRECT or tag_grade(slot, response, key, before) is Grade.CORRECT
    return grade if right else Grade.PARTIAL


def tag_grade(slot: Slot, response: Fill, key: Fill, before: Matches) -> Grade:
    """Return how right the response's tag is: it names what the key's tag names, or a fill that was matched with it.

    A fill with credit distributed over several fills of the key names each of them.
    """
    if not slot.refers_to or (not response.refs and not key.refs) or set(response.refs) & set(key.refs):
        return Grade.CORRECT
    all_before = [match for name in slot.refers_to for match in before.get(name, ())]
    named = [match for match in all_before if set(match.response.values) & set(response.refs)]
    found = [match.grade for match in named if set(match.key.values) & set(key.refs)]
    if not found:
        return Grade.INCORRECT
    return Grade.CORRECT if len(named) > 1 else found[0]
