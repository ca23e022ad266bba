"""Words by which a sentence sets a happening apart from the news: the worst since, came after, in answer to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed, closed_matcher
from sayso.reading.sentences.verbs import clause_end, clause_start

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

AFTER: Final = 12
SINCE: Final = 8
"""So many words may stand between "since" and what the news is measured by."""
"""So many words may stand between "came" and "after", and between "after" and what it came after."""


def is_the_worst(passage: Passage, first: int) -> bool:
    """Tell whether a superlative stands before the noun, in its own phrase: "the deadliest mass shooting"."""
    for at in range(first - 1, max(first - 4, -1), -1):
        word = passage.word(at)
        if word in closed("superlatives"):
            return True
        if word in closed("determiners") or word in closed("prepositions") or word in closed("clause ends"):
            return False
    return False


def in_a_since_clause(passage: Passage, first: int) -> bool:
    """Tell whether it only measures the news: "the deadliest shooting since nine people were killed in Dayton"."""
    since = next((at for at in range(first - 1, max(first - SINCE, 0), -1) if passage.word(at) == "since"), None)
    worst = since is not None and any(passage.word(at) in closed("superlatives") for at in range(since))
    return worst and "," not in passage.line.lower[since:first]


def came_after(passage: Passage, first: int) -> bool:
    """Tell whether it is what the news followed: "the killing came three days after gunmen shot a judge"."""
    after = next((at for at in range(first - 1, max(first - AFTER, 0), -1) if passage.word(at) == "after"), None)
    if after is None or passage.word(after - 1) not in closed("spans of time"):
        return False
    return any(passage.word(at) in closed("coming after") for at in range(after - 1, max(after - AFTER, -1), -1))


def is_of_another_day(passage: Passage, first: int, last: int) -> bool:
    """Tell whether "an attack on a tanker eleven days later" is told apart from the news by how far it lies from it."""
    article = next((at for at in range(first - 1, max(first - 4, -1), -1) if passage.word(at) in ("a", "an")), None)
    ahead = range(last, min(last + 2 * AFTER, len(passage)))
    gap = next((at for at in ahead if passage.word(at) in ("later", "earlier")), None)
    days = gap is not None and passage.word(gap - 1) in closed("long spans")
    return article is not None and days and "," not in passage.line.lower[last:gap]


def answers(scan: Scan, passage: Passage, first: int) -> bool:
    """Tell whether the clause says that this was done in answer to something: "struck two camps in response"."""
    start, end = clause_start(passage, first), clause_end(passage, first)
    return any(
        start <= hit.first < end and passage.word(hit.last) not in ("to", "for")
        for hit in scan.hits(closed_matcher("answering"), passage.number)
    )


def told_in_the_past(passage: Passage, rows: list[Happening]) -> list[Happening]:
    """Put what a relative clause tells of an earlier happening before the news too: "clashes in which a man died"."""
    syntax = passage.syntax
    old = [row for row in rows if row.background] if syntax else []
    if syntax is None or not old:
        return rows
    return [replace(row, background=True) if _describes(syntax, row, old) else row for row in rows]


def _describes(syntax: Syntax, row: Happening, old: list[Happening]) -> bool:
    verb = syntax.verb_in(row.first, row.last)
    if row.background or verb is None or syntax.labels[verb] != "acl":
        return False
    at, heads = syntax.heads[verb], set()
    while at >= 0 and at not in heads:  # "clashes over a procession, in which …"
        heads.add(at)
        at = syntax.heads[at] if syntax.labels[at] == "nmod" else -1
    return any(one.part == "noun" and not heads.isdisjoint(range(one.first, one.last)) for one in old)


def sums_up_harm(scan: Scan, row: Happening, harms: list[Happening]) -> bool:
    """Tell whether a noun names once more the harm told before it: "30 died on 29 May when …, an attack that …"."""
    passage = scan.passages[row.passage]
    apposed = passage.phrase(row.first - 2, row.first) in (", an", ", a") and row.part == "noun"
    return apposed and any(harm.passage == row.passage and harm.first < row.first for harm in harms)
