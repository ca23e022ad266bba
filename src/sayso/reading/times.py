"""The times told in a report, found once: statements ask when something was said, claims when something happened."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.values.moment import find_moments

if TYPE_CHECKING:
    from sayso.records import Report
    from sayso.values.moment import FoundMoment


def moments_of(report: Report) -> tuple[FoundMoment, ...]:
    """Return the time expressions of a report in text order, resolved against its publication date where it has one."""
    return _moments(report.text, report.published)


@lru_cache(2)
def _moments(text: str, published: str | None) -> tuple[FoundMoment, ...]:
    return tuple(find_moments(text, anchor_of(published)))


def anchor_of(published: str | None) -> date | datetime | None:
    """Return the publication date that times are counted from; a month or a year alone anchors nothing."""
    published = published or ""
    try:
        return datetime.fromisoformat(published) if len(published) > 10 else date.fromisoformat(published)
    except ValueError:
        return None
