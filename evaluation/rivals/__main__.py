"""``python -m evaluation.rivals DIR``: the figures, and everything that was missed or made up, for people who tune."""

from __future__ import annotations

import json
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

from evaluation.rivals import ledger_of
from evaluation.rivals.score import Ledger, disputes, figures, joined, matching, ordered, wanted_pairs


def main(folder: Path) -> None:
    """Print figures and errors."""
    key = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    ledger = ledger_of(folder, key)
    for name, value in figures(key, ledger).items():
        print(f"{name:26}{value:7.1f}")
    wanted, got = wanted_pairs(key), joined(ledger)
    print("pairs missed:", *sorted(wanted - got), "\npairs made up:", *sorted(got - wanted))
    _origins(key, ledger)
    given = {row["id"]: tuple(ledger.main[r] for r in row["reports"] if r in ledger.main) for row in key["incidents"]}
    linked = {row["id"]: ledger.accounts_of(row) for row in key["incidents"]}
    for name, accounts in (("linked", linked), ("as the key links", given)):
        right, found = disputes(key, ledger, accounts)
        print(f"disputes {name}: missed", *sorted(right - found), "; made up", *sorted(found - right))
    for finding in key["findings"]:
        _finding(finding, ledger, given[finding["incident"]])


def _origins(key: dict[str, Any], ledger: Ledger) -> None:
    wanted = {ordered(a, b) for reports, *_ in key["origins"] for a, b in combinations(reports, 2)}
    for origin in ledger.origins:
        if len(origin.reports) > 1:
            print("origin:", *origin.reports, "|", origin.name, "|", origin.reason)
            wanted -= {ordered(a, b) for a, b in combinations(origin.reports, 2)}
    print("origins missed:", *sorted(wanted))


def _finding(finding: dict[str, Any], ledger: Ledger, accounts: tuple[str, ...]) -> None:
    marks = f"{finding.get('grain', '')} {'(arguable)' if finding.get('arguable') else ''}"
    print(f"\n## {finding['incident']} {finding['field']} {marks} wanted: {finding['status']}")
    for row in finding["claims"]:
        print(f"     key {row['v']} {row['report']:11}{row['holder'][:36]:38}{row['value'].get('words')}")
    claims = {claim.id: claim for account in accounts for claim in ledger.claims[account]}
    names = {claim.id: ledger.reports[claim.incident] for claim in claims.values()}
    for judged in matching(finding, ledger.judged(accounts)):
        print(f"  -> {judged.finding.status} {judged.group}")
        for value in judged.finding.values:
            for number in value.claims:
                claim = claims[number]
                said = f"{names[number]:11}{(claim.holder.name or claim.holder.words)[:36]:38}{claim.stance:9}"
                print(f"         {said}{_short(claim)} | {' '.join(claim.evidence.text.split())[:60]}")
        for conflict in judged.conflicts:
            print(f"       x {_short(claims[conflict.one])} / {_short(claims[conflict.other])}: {conflict.cause}")
        for revision in judged.revisions:
            print(f"       r {_short(claims[revision.old])} → {_short(claims[revision.new])} by {revision.holder}")


def _short(claim: Any) -> str:
    value = claim.value
    return str(value.format()) if hasattr(value, "format") else str(value.model_dump(by_alias=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
