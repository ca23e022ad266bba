"""Whether a report tells of violence or disaster at all, not of sport, business, films, disease, weather."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.reading.happenings.surroundings import own_moment
from sayso.reading.happenings.taxonomy import topic_matcher
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.passages import closed, closed_matcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.happenings.surroundings import Facts
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.values import Moment

LEAD = 2
"""A report on violence at an exercise tells of it in so many first sentences."""
SPORT_WORDS = 3
"""So many different words of sport or business make a report one of these, unless somebody is harmed."""
SCORE = re.compile(r"(?<![\d-])\d{1,3}[-–]\d{1,3}(?![\d-])")
"""The result of a match: "9-1"."""
SCARE = 3
"""So many words at the most, less one, stand in scare quotes."""


def is_incident_report(scan: Scan, real: list[Happening], harms: list[Mention], facts: Facts) -> bool:
    """Tell whether the report tells of violence or disaster at all, not of sport, business, films, disease, weather."""
    support = facts.support
    moments = (own_moment(scan, row, facts) for row in real)
    violent = [row for row in real if row.kind != "accident"]
    supported = [row for row in violent if row.passage in support]
    strong = [row for row in real if row.strong]
    hurt = [h for h in harms if h.field in ("killed", "injured", "abducted") and getattr(h.value, "high", 0) != 0]
    topics = {
        f"{hit.value}:{passage.phrase(hit.first, hit.last)}"
        for passage in scan.passages
        for hit in scan.hits(topic_matcher(), passage.number)
    }
    counted = Counter(topic.split(":")[0] for topic in topics)
    counted["sport"] += bool(SCORE.search(scan.report.text))
    nature = counted["illness"] + counted["weather"]
    named = [row for row in strong if not row.carried] or supported
    if not strong and not supported and not (hurt and violent):
        return False
    real_harm = [harm for harm in hurt if not _is_sport(scan, harm)]
    if max(counted["sport"], counted["business"]) >= SPORT_WORDS and not (_in_lead(real_harm) and _in_lead(named)):
        return False
    meant = [harm for harm in hurt if not _is_played(scan, harm)]
    played = counted["drill"] >= SPORT_WORDS - any(_has_scare_quotes(scan.passages[row.passage]) for row in strong)
    if played and not (_in_lead(strong) and _in_lead(meant)):
        return False  # an exercise: what it plays has not happened
    if counted["film"] >= SPORT_WORDS and not any(_resolved(moment) for moment in moments):
        return False  # a story that is told happens on no day
    told = [row for row in strong if not row.carried] or [row for row in violent if row.passage in facts.armed]
    return not (nature and not told)


def _in_lead(rows: Sequence[Happening | Mention]) -> bool:
    """Tell whether one of some mentions stands where a report tells what it is about."""
    return any(row.passage < LEAD for row in rows)


def _is_sport(scan: Scan, harm: Mention) -> bool:
    """Tell whether a word of harm is one by which sport and markets mean a defeat: "buried the visitors 9-1"."""
    passage = scan.passages[harm.passage]
    return passage.word(passage.tokens_of(*harm.trigger)[0]) in closed("defeating")


def _is_played(scan: Scan, harm: Mention) -> bool:
    """Tell whether harm may be only played: told in a scenario, or beside words in scare quotes."""
    passage = scan.passages[harm.passage]
    return bool(scan.hits(closed_matcher("imagined"), passage.number)) or _has_scare_quotes(passage)


def _has_scare_quotes(passage: Passage) -> bool:
    """Tell whether a word or two stand in quotation marks: "two “gunmen” firing blanks"."""
    marks = [at for at, word in enumerate(passage.line.lower) if word in QUOTES]
    return any(1 < last - first <= SCARE for first, last in pairwise(marks))


def _resolved(moment: Moment | None) -> bool:
    return moment is not None and moment.resolved
