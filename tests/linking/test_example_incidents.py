"""The examples laid side by side: three incidents, one pair of one origin, a correction, a denial, two rival tolls."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.intake import read_source
from sayso.linking.features import features_of
from sayso.linking.findings import Judged, Told, judge, told_of
from sayso.linking.link import link
from sayso.linking.origins import find_origins
from sayso.pipeline import read
from sayso.records import Claim, Origin, Report
from sayso.values import Quantity

FOLDER = Path(__file__).parents[2] / "examples" / "reports"


class Side(NamedTuple):
    """The examples, read, linked and traced; reports are called by the number that begins their file's name."""

    groups: list[set[str]]
    claims: dict[str, list[Claim]]
    origins: tuple[Origin, ...]
    told: dict[str, Told]
    number: dict[str, str]

    def judged(self, reports: str) -> tuple[Judged, ...]:
        """Return the findings over the main accounts of some reports: "123"."""
        return judge([claim for number in reports for claim in self.claims[number]], self.told)


@cache
def examples() -> Side:
    reports: list[Report] = []
    names: dict[str, str] = {}
    for file in sorted(FOLDER.iterdir()):
        report = next(iter(read_source(str(file))))
        assert isinstance(report, Report)
        names[report.id] = file.name[0]
        reports.append(report)
    reading = read(reports)
    main = [row for row in reading.incidents if not row.background]
    by_id = {report.id: report for report in reports}
    number = {row.id: names[row.reports[0]] for row in main}
    found = link(features_of(by_id[row.reports[0]], row, reading.claims) for row in main)
    origins = find_origins(reports)
    told = {report: told_of(by_id[report], origin.id) for origin in origins for report in origin.reports}
    claims: dict[str, list[Claim]] = {name: [] for name in names.values()}
    for claim in reading.claims:
        if claim.incident in number:
            claims[number[claim.incident]].append(claim)
    return Side([{number[account] for account in group} for group in found], claims, origins, told, names)


def test_eight_reports_tell_of_three_incidents() -> None:
    assert sorted(map(sorted, examples().groups)) == [["1", "2", "3"], ["4", "5", "6"], ["7", "8"]]


def test_the_syndicated_copy_and_its_wire_story_are_one_origin() -> None:
    side = examples()
    several = [origin for origin in side.origins if len(origin.reports) > 1]
    assert [sorted(side.number[report] for report in origin.reports) for origin in several] == [["4", "5"]]
    assert several[0].name == "Northern Press Agency"
    assert several[0].reason.startswith("The texts are nearly the same: about ")


def test_three_reports_of_the_market_are_two_origins() -> None:
    kinds = next(row for row in examples().judged("456") if row.finding.field == "kind")
    assert max(value.origins for value in kinds.finding.values) == 2


def test_the_raised_toll_is_a_revision_by_its_holder() -> None:
    side = examples()
    killed = [row for row in side.judged("123") if row.finding.field == "killed" and not row.group]
    by_id = {claim.id: claim.value for number in "123" for claim in side.claims[number]}
    changes = [(by_id[r.old], by_id[r.new], r.holder) for row in killed for r in row.revisions]
    lows = {(old.low, new.low) for old, new, _ in changes if isinstance(old, Quantity) and isinstance(new, Quantity)}
    assert lows == {(6, 8)}
    assert "Health" in changes[0][2]


def test_the_denial_makes_the_author_disputed() -> None:
    [author] = [row for row in examples().judged("123") if row.finding.field == "perpetrator"]
    assert author.finding.status == "disputed"
    assert "one says it, the other denies it" in {conflict.cause for conflict in author.conflicts}


def test_rival_tolls_of_the_abducted_are_disputed() -> None:
    abducted = [row for row in examples().judged("78") if row.finding.field == "abducted"]
    assert "disputed" in {row.finding.status for row in abducted}
