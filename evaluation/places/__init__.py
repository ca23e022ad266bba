"""The exam ``places``: place names of three sets, resolved.

Figures, for each set (``lgl``, ``gwn``, ``geovirus``), in per cent:

- ``acc161``: gold names whose point we put within 161 km (100 miles) of the gold point; unresolved names are wrong;
- ``named161``: the same with names right only that we resolved to a place we know. The rest of ``acc161`` are names
  placed in the neighbourhood of the report's other places, without a name or pin of their own;
- ``exact``: gold names resolved to the gold GeoNames id; where either has no id, to a point within 20 km;
- ``end_to_end_f``: F of the names we find in the plain text ourselves, right where they share a character with a gold
  name and lie within 161 km; names whose gold has no coordinates count neither for nor against us.

A country's or an area's middle counts as its point here; it is never shown as a pin. Evaluation only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evaluation import Exam
from evaluation.places.corpora import SETS, Text
from evaluation.places.corpora import Toponym as Gold
from sayso.language.rules import analyse_by_rule
from sayso.reading.where.toponyms import read_toponyms
from sayso.records import Report, identify
from sayso.values.place import kilometres
from sayso.values.place_ranking import Resolution, Toponym, resolve
from sayso.vocab.gazetteer import Gazetteer

NEAR_KM = 161.0
EXACT_KM = 20.0


class Counts(NamedTuple):
    """What was asked for, found and right in some texts."""

    gold: int = 0
    near: int = 0
    by_name: int = 0
    exact: int = 0
    found: int = 0
    found_right: int = 0

    def __add__(self, other: object) -> Counts:
        if not isinstance(other, Counts):
            return NotImplemented
        return Counts(*(a + b for a, b in zip(tuple(self), tuple(other), strict=True)))


def exam(data: Path, split: str | None) -> Exam:
    """Hold the exam on ``data/places``: on the sets whose files are there, or on the one that ``split`` names."""
    figures: dict[str, float] = {}
    n = 0
    for name, (file, reader) in SETS.items():
        if split not in {None, "all", name} or not (data / "places" / file).is_file():
            continue
        counts = Counts()
        for text in reader(data / "places" / file):
            counts += score(text, Gazetteer.default())
        n += counts.gold
        figures |= {f"{name}.{figure}": value for figure, value in rates(counts).items()}
    return Exam("places", split or "all", n, figures)


def rates(counts: Counts) -> dict[str, float]:
    """Return the figures of one set."""
    gold = max(1, counts.gold)
    return {
        "acc161": 100 * counts.near / gold,
        "named161": 100 * counts.by_name / gold,
        "exact": 100 * counts.exact / gold,
        "end_to_end_f": 200 * counts.found_right / max(1, counts.gold + counts.found),
    }


def score(text: Text, world: Gazetteer) -> Counts:
    """Resolve the gold names of a text, then find and resolve names in the plain text."""
    asked = [Toponym(gold.start, gold.end, text.text[gold.start : gold.end]) for gold in text.toponyms]
    pairs = list(zip(text.toponyms, resolve(text.text, asked, world), strict=True))
    near = [(gold, ours) for gold, ours in pairs if _within(gold, ours, NEAR_KM)]
    found, right = end_to_end(text, world)
    return Counts(
        gold=len(pairs),
        near=len(near),
        by_name=sum(ours.place.name is not None and not ours.near for _, ours in near),
        exact=sum(_exact(gold, ours) for gold, ours in pairs),
        found=found,
        found_right=right,
    )


def end_to_end(text: Text, world: Gazetteer) -> tuple[int, int]:
    """Return how many names we find in the plain text, and how many of them are right."""
    report = Report(id=identify("re", text.text), text=text.text)
    ours = read_toponyms(analyse_by_rule(report), world)
    ours = tuple(found for found in ours if not _touches(found.toponym, text.others))
    free, right = list(text.toponyms), 0
    for found in ours:
        hit = next((g for g in free if g.start < found.toponym.end and found.toponym.start < g.end), None)
        if hit is not None:
            free.remove(hit)
            right += _within(hit, found, NEAR_KM)
    return len(ours), right


def _touches(toponym: Toponym, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < toponym.end and toponym.start < end for start, end in spans)


def _within(gold: Gold, ours: Resolution, reach: float) -> bool:
    return ours.point is not None and kilometres(gold.lat, gold.lon, *ours.point) <= reach


def _exact(gold: Gold, ours: Resolution) -> bool:
    if ours.near or not ours.candidates:
        return False
    own = ours.candidates[0].fact.geonames
    if gold.geonames is not None and own is not None and gold.geonames == own:
        return True
    return (gold.geonames is None or own is None) and _within(gold, ours, EXACT_KM)
