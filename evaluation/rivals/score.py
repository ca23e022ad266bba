"""How a ledger of rival reports is compared with the key.

* **pairs**: two reports are joined when their main accounts (the first that is no background) lie in one incident.
* **disputes**: a finding is known by incident, field and grain (whom a count is of; "" for all). One that both call
  disputed is right. The key’s arguable findings count neither way, and what it does not list was not annotated and is
  not scored; "disputed" where the key says agreed, compatible or sole is wrong.
* **origins**: pairs of reports with one origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sayso.linking.findings import Judged, Told, judge, told_of
from sayso.records import Claim, Origin, Reading
from sayso.values import Quantity

Pair = tuple[str, str]
Asked = tuple[str, str, str]
"""Incident, field, grain."""
EVERYBODY = frozenset(["people", "persons", "civilians", "others", "victims", "dead", "wounded or missing"])
ALIKE = (
    frozenset(["children", "students", "schoolchildren", "pupils", "minors"]),
    frozenset(["women", "woman"]),
    frozenset(["policemen", "police"]),
)


@dataclass(frozen=True)
class Ledger:
    """What was made of the reports; reports are called by the key’s names.

    Attributes:
        main: report → id of the incident of its main account, for reports in which one was read.
        clusters: ids of accounts that tell of one incident.
        claims: account → its claims.
        reports: account → its report.
        told: report id → what findings need to know of it.
        origins: groups of reports with one origin.

    """

    main: Mapping[str, str]
    clusters: tuple[tuple[str, ...], ...]
    claims: Mapping[str, tuple[Claim, ...]]
    reports: Mapping[str, str]
    told: Mapping[str, Told]
    origins: tuple[Origin, ...]

    @classmethod
    def of(cls, reading: Reading, clusters: tuple[tuple[str, ...], ...], origins: tuple[Origin, ...]) -> Ledger:
        """Put together what was read, linked and traced."""
        names = {report.id: report.external_id or report.id for report in reading.reports}
        origin_of = {report: origin.id for origin in origins for report in origin.reports}
        main: dict[str, str] = {}
        for row in sorted(reading.incidents, key=lambda row: row.background):
            main.setdefault(names[row.reports[0]], row.id)
        return cls(
            main=main,
            clusters=clusters,
            claims={row.id: tuple(c for c in reading.claims if c.incident == row.id) for row in reading.incidents},
            reports={row.id: names[row.reports[0]] for row in reading.incidents},
            told={report.id: told_of(report, origin_of[report.id]) for report in reading.reports},
            origins=tuple(o.model_copy(update={"reports": tuple(names[r] for r in o.reports)}) for o in origins),
        )

    def accounts_of(self, incident: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the cluster in which most main accounts of the key’s incident lie; () where none was read."""
        mains = {self.main[report] for report in incident["reports"] if report in self.main}
        best = max(self.clusters, key=lambda members: len(mains & set(members)), default=())
        return best if mains & set(best) else ()

    def judged(self, accounts: Iterable[str]) -> tuple[Judged, ...]:
        """Return the findings over some accounts."""
        return judge([claim for account in accounts for claim in self.claims[account]], self.told)


def figures(key: dict[str, Any], ledger: Ledger) -> dict[str, float]:
    """Return all figures of the exam."""
    wanted, got = wanted_pairs(key), joined(ledger)
    apart = {ordered(a, b) for a, b, *_ in key["not_same"]}
    shared = [row for row in key["incidents"] if len(row["reports"]) > 1]
    linked = {row["id"]: ledger.accounts_of(row) for row in key["incidents"]}
    given = {row["id"]: tuple(ledger.main[r] for r in row["reports"] if r in ledger.main) for row in key["incidents"]}
    origins = {ordered(a, b) for reports, *_ in key["origins"] for a, b in combinations(reports, 2)}
    traced = {ordered(a, b) for origin in ledger.origins for a, b in combinations(origin.reports, 2)}
    return {
        **rates("pairs", wanted, got),
        "whole": percent(sum(_is_whole(row, got) for row in shared), len(shared)),
        "not_same": float(len(apart & got)),
        **rates("disputes", *disputes(key, ledger, linked)),
        "disputes.values": same_values(key, ledger, linked),
        "given_pairs.disputes.f": rates("disputes", *disputes(key, ledger, given))["disputes.f"],
        "status": status(key, ledger, given),
        **rates("origins", origins, traced),
    }


def _is_whole(incident: Mapping[str, Any], got: set[Pair]) -> bool:
    return all(ordered(a, b) in got for a, b in combinations(incident["reports"], 2))


def wanted_pairs(key: dict[str, Any]) -> set[Pair]:
    """Return the pairs of reports that the key puts together."""
    return {ordered(a, b) for row in key["incidents"] for a, b in combinations(row["reports"], 2)}


def joined(ledger: Ledger) -> set[Pair]:
    """Return the pairs of reports whose main accounts lie in one incident."""
    cluster_of = {account: number for number, members in enumerate(ledger.clusters) for account in members}
    return {
        ordered(a, b)
        for a, b in combinations(sorted(ledger.main), 2)
        if cluster_of[ledger.main[a]] == cluster_of[ledger.main[b]]
    }


def disputes(
    key: dict[str, Any], ledger: Ledger, accounts: Mapping[str, Sequence[str]]
) -> tuple[set[Asked], set[Asked]]:
    """Return the disputed findings of the key, and those of the ledger among the findings that are scored.

    Args:
        key: the key.
        ledger: what was made of the reports.
        accounts: incident of the key → the accounts that are laid side by side for it.

    """
    wanted: set[Asked] = set()
    got: set[Asked] = set()
    judged = {incident: ledger.judged(members) for incident, members in accounts.items()}
    for finding in key["findings"]:
        if finding.get("arguable"):
            continue
        asked = (finding["incident"], finding["field"], finding.get("grain", ""))
        if finding["status"] == "disputed":
            wanted.add(asked)
        if any(row.finding.status == "disputed" for row in matching(finding, judged[asked[0]])):
            got.add(asked)
    return wanted, got


def same_values(key: dict[str, Any], ledger: Ledger, accounts: Mapping[str, Sequence[str]]) -> float:
    """Return the per cent of the disputes rightly found in which two values clash that clash in the key too: counts."""
    right = found = 0
    for finding in key["findings"]:
        if finding["status"] != "disputed" or finding.get("arguable") or "low" not in finding["claims"][0]["value"]:
            continue
        rows = matching(finding, ledger.judged(accounts[finding["incident"]]))
        clashes = [(conflict.one, conflict.other) for row in rows for conflict in row.conflicts]
        claims = {claim.id: claim for account in accounts[finding["incident"]] for claim in ledger.claims[account]}
        wanted = _clashing(finding)
        found += bool(clashes)
        right += any({_ends(claims[a]), _ends(claims[b])} in wanted for a, b in clashes)
    return percent(right, found)


def _clashing(finding: Mapping[str, Any]) -> list[set[tuple[int, int | None]]]:
    """Return the pairs of intervals that clash in a finding of the key."""
    ends = {claim["v"]: (claim["value"]["low"], claim["value"]["high"]) for claim in finding["claims"]}
    return [{ends[a], ends[b]} for a, b in finding["conflicts"]]


def _ends(claim: Claim) -> tuple[int, int | None]:
    return (claim.value.low, claim.value.high) if isinstance(claim.value, Quantity) else (-1, None)


def matching(finding: Mapping[str, Any], judged: Iterable[Judged]) -> list[Judged]:
    """Return the ledger’s findings on what a finding of the key is on."""
    return [row for row in judged if row.finding.field == finding["field"] and fits_grain(finding, row.group)]


def fits_grain(finding: Mapping[str, Any], group: str) -> bool:
    """Tell whether a count’s group is the key’s: "" and words for everybody are all; else a word must be shared."""
    name = group.split("/")[0].casefold()
    grain = finding.get("grain")
    if not grain:
        return not name or name in EVERYBODY
    told = {grain, *(str(claim["value"].get("of", "")) for claim in finding["claims"])}
    every = {word for text in told for word in re.findall(r"\w+", text.casefold())}
    words = every if grain in EVERYBODY else every - EVERYBODY  # a key that sets civilians apart means them
    own = set(re.findall(r"\w+", name))
    return bool(words & own) or any(words & group_words and own & group_words for group_words in ALIKE)


def status(key: dict[str, Any], ledger: Ledger, accounts: Mapping[str, Sequence[str]]) -> float:
    """Return the per cent of the key’s findings, arguable ones left out, that were read and have the same status."""
    judged = {incident: ledger.judged(members) for incident, members in accounts.items()}
    rows = [(finding, matching(finding, judged[finding["incident"]])) for finding in key["findings"]]
    read = [
        (finding["status"], found[0].finding.status) for finding, found in rows if found and not finding.get("arguable")
    ]
    return percent(sum(want == got for want, got in read), len(read))


def ordered(a: str, b: str) -> Pair:
    """Return a pair in its one order."""
    return (min(a, b), max(a, b))


def rates(name: str, wanted: set[Any], got: set[Any]) -> dict[str, float]:
    """Return precision, recall and F in per cent; a part without anything wanted or got counts as right."""
    right = len(wanted & got)
    precision, recall = percent(right, len(got)), percent(right, len(wanted))
    f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {f"{name}.p": precision, f"{name}.r": recall, f"{name}.f": f}


def percent(part: int, whole: int) -> float:
    """Return the per cent that ``part`` is; all of nothing is 100."""
    return 100 * part / whole if whole else 100.0
