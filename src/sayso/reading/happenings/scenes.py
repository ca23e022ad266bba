"""The scene of one event: where what a verb or noun tells took place, told from the other places of its sentence.

What the model's layer ``location`` marks is widened to whole names; what only places the place is left out: the larger
place around it ("Rosport in Lerida"), the town that a distance is measured from ("30 km south of Marene"), and what
stands beyond the event's own clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.language.analysis import Analysis
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.grammar import Line
    from sayso.reading.sentences.passages import Scan

Run = tuple[int, int]
"""Tokens [first, last) of one sentence."""
LAYER: Final = "location"
BETWEEN: Final = 8  # so many words may lie between a place and the larger one around it


def find_scenes(analysis: Analysis, scan: Scan, happenings: Sequence[Happening]) -> dict[tuple[int, int], list[Run]]:
    """Return the scene of each happening that the model has one for, by passage and first token."""
    found = {}
    for row in happenings:
        line = scan.passages[row.passage].line
        runs = [
            run for verb in range(row.first, row.last) for run in scene(line, verb, marked_runs(analysis, line, verb))
        ]
        if runs:
            found[row.passage, row.first] = runs
    return found


def scene(line: Line, verb: int, marked: Sequence[Run]) -> list[Run]:
    """Return the names of the places where the event at a token took place, in text order.

    Args:
        line: the sentence.
        verb: its token that tells the event.
        marked: what the model takes for the event's places; token ranges of the sentence.

    """
    if not marked:
        return []
    found = [run for run in _whole(marked, name_runs(line)) if not is_measured_from(line, run[0])]
    found = [run for run in found if not any(lies_around(line, run, other) for other in found if other != run)]
    return _own_side(line, verb, found)


def marked_runs(analysis: Analysis, line: Line, verb: int) -> list[Run]:
    """Return the model's places of an event as token ranges of its sentence; none where there is no model.

    Those of other sentences, and names of people, are left out.
    """
    shift, end = line.sentence.first, line.sentence.last
    anchor = next((one for one in analysis.anchors.get(LAYER, ()) if one.token == shift + verb), None)
    found = [role for role in (anchor.roles if anchor else ()) if shift <= role.first < end]
    people = [chunk for chunk in analysis.chunks("entity") if chunk.label == "PER"] if found else []
    return [
        (role.first - shift, min(role.last, end) - shift)
        for role in found
        if not any(chunk.first < role.last and role.first < chunk.last for chunk in people)
    ]


def name_runs(line: Line) -> list[Run]:
    """Return the runs of capitalised words of a sentence, hyphens and particles inside names included."""
    found, index = [], 0
    while index < len(line):
        last = index
        while last < len(line) and (_of_name(line, last) or (last > index and _joins(line, last))):
            last += 1
        if last > index:
            found.append((index, last))
        index = max(last, index + 1)
    return found


def _of_name(line: Line, at: int) -> bool:
    return (
        line.capital(at)
        and line.word(at)
        and line.at(at) not in words_of("day")
        and not (
            at == 0 and line.at(at) in closed("determiners") | words_of("preposition", "conjunction", "subordinator")
        )
    )


def _joins(line: Line, at: int) -> bool:
    """Tell whether a small word or a hyphen joins two parts of one name."""
    word = line.at(at)
    if word == "-" or word in closed("name particles"):
        return line.capital(at + 1) or (line.at(at + 1) == "-" and line.capital(at + 2)) or line.at(at + 2) == "-"
    return line.at(at - 1) == "-" and line.at(at + 1) == "-" and len(word) <= 3


def _whole(marked: Sequence[Run], runs: Sequence[Run]) -> list[Run]:
    """Return the whole names that hold what was marked, each once."""
    out: list[Run] = []
    for first, last in sorted(marked):
        touched = [(a, b) for a, b in runs if a < last and first < b]
        whole = (min([first, *(a for a, _ in touched)]), max([last, *(b for _, b in touched)]))
        if whole not in out:
            out.append(whole)
    return out


def is_measured_from(line: Line, first: int) -> bool:
    """Tell whether a name only measures where another place lies: "30 km (18 miles) south of X", "outside of X"."""
    before = [line.at(at) for at in range(first - 3, first)]
    if before[2] not in ("of", "from") or before[1] not in closed("directions") | {"away"}:
        return False
    return any(line.at(at) in closed("units of distance") for at in range(max(first - 9, 0), first - 2))


def lies_around(line: Line, outer: Run, inner: Run) -> bool:
    """Tell whether ``outer`` is named as the larger place around ``inner``: behind it, or as its owner."""
    if outer[1] <= inner[0]:  # "Marene's Old Harbour", "the West Coast town of Rosport"
        between = [line.at(at) for at in range(outer[1], inner[0])]
        return between in (["'s"], ["’s"]) or (
            0 < len(between) <= 4 and bool(closed("towns and the like") & set(between[:-1])) and between[-1] == "of"
        )
    between = [line.at(at) for at in range(inner[1], outer[0])]
    part = closed("kinds of place") - closed("towns and the like")  # "the Old Harbour area of Rosport"
    if (
        not between
        or len(between) > BETWEEN
        or between[0] not in closed("opens a larger place") | part
        or _listed(line, inner[1], outer[1])
    ):
        return False
    return not any(line.capital(at) for at in range(inner[1], outer[0])) and all(
        word in closed("opens a larger place")
        or word in closed("describes a larger place")
        or word in closed("directions")
        or word in closed("kinds of place")
        for word in between[1:]
    )


def _listed(line: Line, first: int, last: int) -> bool:
    """Tell whether a name behind a comma is an item of a list: "X, Y and Z"."""
    return (
        line.at(first) == ","
        and line.at(last) in (",", "and")
        and line.capital(last + 1 + (line.at(last + 1) == "and"))
    )


def _own_side(line: Line, verb: int, found: list[Run]) -> list[Run]:
    """Return the places behind the event up to where its clause ends, if there are any; else all."""
    behind = [run for run in found if run[0] > verb]
    if not behind:
        return found
    stop = next((at for at in range(behind[0][1], len(line)) if _new_clause(line, at)), len(line))
    return [run for run in behind if run[0] < stop]


def _new_clause(line: Line, at: int) -> bool:
    word = line.at(at)
    return word in closed("clause breaks") or word == ";" or (word == "," and line.at(at + 1).endswith("ing"))
