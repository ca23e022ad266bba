"""Scorers: F1 over sets, labelled attachment on gold and on raw text."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from evaluation.language.corpora import Place

Arcs = tuple[Sequence[int], Sequence[str]]  # head (−1 = root) and relation of each word


@dataclass
class Count:
    """How many there are in the gold, how many were predicted, and how many of these are right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    def add(self, gold: Iterable[Hashable], predicted: Iterable[Hashable]) -> None:
        """Add two sets; what is in both is right."""
        wanted, found = set(gold), set(predicted)
        self.gold += len(wanted)
        self.predicted += len(found)
        self.right += len(wanted & found)

    @property
    def f1(self) -> float:
        """F1 in per cent; 0 where nothing is right."""
        return 200 * self.right / (self.gold + self.predicted) if self.right else 0.0


def words_of_span(labels: Sequence[str]) -> set[tuple[str, int, int]]:
    """Return the stretches of strict BIO labels as (label, first, one past the last)."""
    found = set()
    first, name = 0, ""
    for index, label in enumerate([*labels, "O"]):
        if name and label != f"I-{name}":
            found.add((name, first, index))
            name = ""
        if not name and label != "O":
            first, name = index, label[2:]
    return found


def aligned(gold: Sequence[Place], words: Sequence[str], found: Sequence[tuple[int, int, str]]) -> dict[int, int]:
    """Return predicted word → gold word for the words that are the same, as the CoNLL 2018 scorer aligns them.

    Words with the same characters are the same. Where a contraction is respelt ("wanna" = "want" + "to"), the words
    inside are matched by the longest common subsequence of their forms.
    """
    at = {(place.start, place.end): index for index, place in enumerate(gold) if not place.respelt}
    pairs = {index: at[start, end] for index, (start, end, _) in enumerate(found) if (start, end) in at}
    groups: dict[tuple[int, int], list[int]] = {}
    for index, place in enumerate(gold):
        if place.respelt:
            groups.setdefault((place.start, place.end), []).append(index)
    for (start, end), members in groups.items():
        inside = [index for index, (first, last, _) in enumerate(found) if start <= first and last <= end]
        ours, theirs = [found[i][2].lower() for i in inside], [words[i].lower() for i in members]
        pairs.update((inside[i], members[j]) for i, j in _common(ours, theirs).items())
    return pairs


def _common(ours: list[str], theirs: list[str]) -> dict[int, int]:
    """Return the longest common subsequence of two short lists of forms, as pairs of their numbers."""
    best: list[list[dict[int, int]]] = [[{} for _ in range(len(theirs) + 1)] for _ in range(len(ours) + 1)]
    for i, form in enumerate(ours):
        for j, other in enumerate(theirs):
            choices = [best[i][j + 1], best[i + 1][j]]
            if form == other:
                choices.append({**best[i][j], i: j})
            best[i + 1][j + 1] = max(choices, key=len)
    return best[-1][-1]


def attachment(count: Count, gold: Arcs, found: Arcs, pairs: dict[int, int]) -> None:
    """Add the labelled arcs of a text: right where head (by alignment) and relation are the gold ones."""
    heads, relations = gold
    count.gold += len(heads)
    count.predicted += len(found[0])
    for word, same in pairs.items():
        head = found[0][word]
        reached = -1 if head < 0 else pairs.get(head, -2)
        count.right += reached == heads[same] and found[1][word] == relations[same]
