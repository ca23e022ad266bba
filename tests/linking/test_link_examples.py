"""The example reports: three incidents from eight reports, whatever the order; the festival is none."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from sayso import read
from sayso.intake import read_source
from sayso.linking.features import Features, features_of
from sayso.linking.link import link
from sayso.records import Report

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


@cache
def accounts() -> dict[str, tuple[str, Features]]:
    """Return account → (file, features) of every account of the examples that is no background."""
    found = {}
    for path in sorted(EXAMPLES.iterdir()):
        (report,) = read_source(str(path))
        assert isinstance(report, Report)
        reading = read([report])
        for incident in reading.incidents:
            if not incident.background:
                found[incident.id] = (path.stem, features_of(report, incident, reading.claims))
    return found


def test_eight_reports_tell_of_three_incidents() -> None:
    groups = link(features for _, features in accounts().values())
    named = sorted(sorted({accounts()[name][0][0] for name in group}) for group in groups)
    assert named == [["1", "2", "3"], ["4", "5", "6"], ["7", "8"]]


def test_the_incidents_are_the_same_whatever_the_order_of_the_reports() -> None:
    rows = [features for _, features in accounts().values()]
    expected = link(rows)
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert link(rows) == expected


def test_features_written_and_read_again_link_alike() -> None:
    rows = [features for _, features in accounts().values()]
    again = [Features.model_validate_json(row.model_dump_json()) for row in rows]
    assert link(again) == link(rows)
