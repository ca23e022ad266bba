"""How two groups of people of one sentence hang together: in a list, as whole and part, or because one is an age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.sentences.syntax import Syntax

OLD_ENOUGH = 13
OLDEST = 99
"""Ages that are told as bare numbers."""
AGED = frozenset(
    {"baby", "boy", "child", "girl", "man", "pupil", "schoolboy", "schoolgirl", "student", "teenager", "toddler"}
    | {"daughter", "son", "widow", "woman", "youth"}
)
"""One person, of whom a number behind "of" is the age."""
FAR_APART = 9
"""How many words may describe one of two that the tree joins."""


def is_age(passage: Passage, group: Group) -> bool:
    """Tell whether a bare number is the age of whoever stands before its comma: "a man, 31," "two, 33 and 28,"."""
    bare = group.word is None and not group.named and not group.pronoun and group.quantity is not None
    if not bare or group.quantity is None or group.quantity.low > OLDEST:
        return False
    before = passage.word(group.first - 1)
    if before == "of" and passage.word(group.first - 2) in AGED and passage.word(group.first - 3) in ("a", "an"):
        return True  # "a woman of 34, was hit"
    young = before == "," and passage.word(group.first).isdigit() and passage.word(group.first - 2) in AGED
    if group.quantity.low < OLD_ENOUGH and not young:  # "a schoolgirl, 12, was killed"
        return False
    joined = before == "and" and passage.word(group.first - 2).isdigit() and passage.word(group.first - 3) == ","
    alone = before == "," and passage.line.word(group.first - 2) and not passage.word(group.first - 2).isdigit()
    behind = passage.word(group.last)
    return (joined or alone) and (not passage.line.word(group.last) or behind in ("and", "who", "was", "were"))


def link(passage: Passage, first: int, last: int) -> str:
    """Return how two groups are linked by the words [first, last): "and", ",", "part" or "" for not at all."""
    if first > last:
        return ""
    words = [passage.word(index) for index in range(_past_age(passage, first, last), last)]
    if (
        any(word in closed("parts") for word in words)
        or words[:2] == ["among", "them"]
        or words[1:3] == ["among", "them"]
    ):
        return "part" if len(words) <= 4 else ""
    if words[-1:] and words[-1] in ("his", "her", "their", "its") and "and" in words:
        words.pop()  # "a woman and her two sons"
    if words[-1:] and words[-1] in ("'s", "’s") and "and" in words[:-1]:
        words = words[: words.index("and") + 1]  # "a trader and the couple's two sons"
    phrase = " ".join(words).removeprefix(", ")
    if phrase in ("as well as", "along with", "together with", "and also"):
        return "and"
    if words and all(word in closed("connectors") for word in words):
        return "," if set(words) == {","} else "and"
    return ""


def _past_age(passage: Passage, first: int, last: int) -> int:
    """Return where words between two groups go on behind an age: "a man · of 31 · and", "a cook · , 34 · , a …"."""
    if passage.word(first) == "," and passage.word(first + 1).isdigit() and passage.word(first + 2) in ("and", ","):
        return first + 2
    syntax = passage.syntax
    age = syntax is not None and first + 1 < last and syntax.upos[first + 1] == "NUM"
    told = age and passage.word(first) == "of" and passage.word(first - 1) in AGED
    return first + 2 if told and passage.word(first + 2) in ("and", ",") else first


def joined(passage: Passage, before: Group, group: Group) -> str:
    """Return "and" where the tree joins two groups whatever stands between: "a woman selling eggs and her grandson"."""
    syntax, between = passage.syntax, passage.line.lower[before.last : group.first]
    acts = syntax is not None and any(_acts(syntax, at) for at in range(before.last, group.first))
    if syntax is None or acts or len(between) > FAR_APART or "and" not in between:
        return ""
    head, other = syntax.head_of(before.first, before.last), syntax.head_of(group.first, group.last)
    return "and" if syntax.labels[other] == "conj" and syntax.heads[other] == head else ""


def _acts(syntax: Syntax, at: int) -> bool:
    """Tell whether a verb begins something new, and does not only describe the noun before it."""
    return syntax.upos[at] == "VERB" and syntax.labels[at] != "acl"
