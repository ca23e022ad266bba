"""What the exam asks of a dependency tree: children by label, prepositions, lists; and its word lists."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sayso.language.analysis import Analysis, Arcs
from sayso.reading.sentences.verbs import forms

BE = frozenset({"be", "is", "are", "was", "were", "been", "being"})


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of ``words.toml`` as it stands there."""
    return frozenset(_lists()[name])


@cache
def verbs(name: str) -> frozenset[str]:
    """Return every form of the verbs of a list of ``words.toml``."""
    return frozenset(form for verb in words(name) for form in forms(verb))


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def text_of(analysis: Analysis, word: int) -> str:
    """Return a word in small letters, "" for the head of a root."""
    return analysis.tokens[word].text.lower() if word >= 0 else ""


def case_of(analysis: Analysis, word: int) -> str:
    """Return the first preposition of a phrase in small letters, "" where it has none."""
    return next((text_of(analysis, child) for child in labelled(analysis.arcs["dep"], word, "case")), "")


def labelled(arcs: Arcs, word: int, *labels: str) -> list[int]:
    """Return the children of a word that bear one of some labels, in text order."""
    return [child for child in arcs.children(word) if arcs.labels[child] in labels] if word >= 0 else []


def joined(arcs: Arcs, word: int) -> Iterator[int]:
    """Yield a word and those that a list joins to it."""
    yield word
    for child in labelled(arcs, word, "conj"):
        yield from joined(arcs, child)


def is_vehicle(analysis: Analysis, word: int) -> bool:
    """Tell whether a noun is a vehicle."""
    text = text_of(analysis, word)
    return text in words("vehicles") or text.removesuffix("s") in words("vehicles")


def is_passive(analysis: Analysis, verb: int) -> bool:
    """Tell whether a verb has a form of "be" beside it."""
    return any(text_of(analysis, child) in BE for child in labelled(analysis.arcs["dep"], verb, "aux"))
