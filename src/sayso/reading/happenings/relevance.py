"""Whether a report tells of violence or disaster at all, not of sport, business, films, disease, weather."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sayso.reading.happenings.incidents import topic_matcher
from sayso.reading.happenings.surroundings import own_moment

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.happenings.surroundings import Facts
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Scan
    from sayso.values import Moment

SPORT_WORDS = 3
"""So many different words of sport or business make a report one of these, unless somebody is harmed."""


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
    nature = counted["illness"] + counted["weather"]
    named = [row for row in strong if not row.carried] or supported
    if not strong and not supported and not (hurt and violent):
        return False
    if max(counted["sport"], counted["business"]) >= SPORT_WORDS and not (hurt and named):
        return False
    if counted["film"] >= SPORT_WORDS and not any(_resolved(moment) for moment in moments):
        return False  # a story that is told happens on no day
    told = [row for row in strong if not row.carried] or [row for row in violent if row.passage in facts.armed]
    return not (nature and not told)


def _resolved(moment: Moment | None) -> bool:
    return moment is not None and moment.resolved
