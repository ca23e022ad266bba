"""What lists of a ledger hold, as plain values: the same rows on the terminal, on the desk, and for programs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from sayso.records import Reading
from sayso.showing.wording import country_name, describe, visible, who
from sayso.tables.contents import LOG
from sayso.tables.rows import disputed_in

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.asking.gathering import Gathered
    from sayso.ledger.asking.telling import Ground, Step
    from sayso.linking.overview import Overview
    from sayso.records import Claim, Report, Span

Row = dict[str, Any]
SENTENCE: Final = 240  # code points around the evidence that are quoted at most


def conflict_rows(gathered: Gathered, field: str | None = None) -> Iterator[Row]:
    """Yield a row for each pair of claims (on one field, if given) that cannot both be true, with the cause."""
    view = gathered.overview
    for judged in view.judged:
        for conflict in judged.conflicts if field in (None, judged.finding.field) else ():
            one, other = view.by_id[conflict.one], view.by_id[conflict.other]
            yield {
                "incident": view.incident.id,
                "title": view.incident.title,
                "field": conflict.field,
                "of": group_of(judged.group),
                "one": describe(one),
                "one_holder": voice(one, view),
                "other": describe(other),
                "other_holder": voice(other, view),
                "cause": conflict.cause,
                "claims": [conflict.one, conflict.other],
            }


def group_of(group: str) -> str | None:
    """Return whom a count is of, as worded; None for all."""
    return group.partition("/")[0] or None


def voice(claim: Claim, view: Overview) -> str:
    """Return the holder of a claim; of a report's own voice, its outlet."""
    told = view.told.get(claim.evidence.report)
    return told.publisher if claim.holder.kind == "report" and told and told.publisher else who(claim)


def reading_of(ledger: Ledger, ids: list[str], seq: int | None) -> Reading:
    """Return incidents with all that belongs to them in the shapes of one reading."""
    from sayso.ledger.asking.gathering import gather
    from sayso.ledger.asking.questions import records_of

    with ledger.snapshot() as connection:
        by_id = {each.overview.incident.id: each for each in gather(connection, ids, seq)}
    found = [by_id[number] for number in ids]
    records = [records_of(each) for each in found]
    reports = dict.fromkeys(report for incident, _ in records for report in incident.reports)
    readings = [ledger.reading(report, as_of=seq) for report in reports]
    origins = {origin.id: origin for each in found for origin in each.origins}
    # Not validated again: a claim keeps the id it was read with, though it names the ledger's incident now, and the
    # value a person gave it.
    return Reading.model_construct(
        schema_="sayso.reading/1",
        reports=tuple(report for reading in readings for report in reading.reports),
        statements=tuple(item for reading in readings for item in reading.statements),
        events=(),
        incidents=tuple(incident for incident, _ in records),
        claims=tuple(claim for _, claims in records for claim in claims),
        origins=tuple(origins.values()),
        not_understood=(),
    )


def step_row(step: Step, gathered: Gathered) -> Row:
    """Return one step of a time line."""
    told = gathered.overview.told.get(step.claim.evidence.report)
    return {
        "at": step.at or None,
        "field": step.field,
        "of": group_of(step.group),
        "value": describe(step.claim),
        "change": step.change,
        "by": step.judgement.who if step.judgement else who(step.claim),
        "outlet": told.publisher if told else None,
        "why": step.judgement.why if step.judgement else None,
        "claim": step.claim.id,
        "about": step.about,
    }


def ground_row(ground: Ground, reports: Mapping[str, Report]) -> Row:
    """Return why a finding is shown as it is, for programs."""
    return {
        "field": ground.judged.finding.field,
        "of": group_of(ground.judged.group),
        "status": ground.judged.finding.status,
        "shown": ground.display.value.model_dump(mode="json", by_alias=True),
        "rule": ground.display.rule,
        "claims": [
            {
                **claim.model_dump(mode="json", by_alias=True),
                "sentence": sentence(reports[claim.evidence.report], claim.evidence),
                "review": ground.reviews[claim.id].state if claim.id in ground.reviews else "machine",
            }
            for claim in ground.claims
        ],
        "conflicts": [conflict._asdict() for conflict in ground.judged.conflicts],
        "revisions": [revision._asdict() for revision in ground.judged.revisions],
    }


def is_shown(claim: Claim, ground: Ground) -> bool:
    """Tell whether a claim says the value that is shown for its finding."""
    return any(
        claim.id in value.claims for value in ground.judged.finding.values if value.value == ground.display.value
    )


def quoted(report: Report, span: Span) -> tuple[str, str, str]:
    """Return what stands before a span, the span and what stands behind, within its line and ``SENTENCE`` code points.

    Where something was left out there is an ellipsis.
    """
    text = report.text
    left, right = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    right = len(text) if right < 0 else right
    room = max(0, SENTENCE - (span.end - span.start)) // 2
    begin, end = max(left, span.start - room), min(right, span.end + room)
    before, after = text[begin : span.start], text[span.end : end]
    return f"{'…' * (begin > left)}{before}", text[span.start : span.end], f"{after}{'…' * (end < right)}"


def sentence(report: Report, span: Span) -> str:
    """Return the words around a span on one line, the span in »«."""
    return "{}»{}«{}".format(*quoted(report, span))


def outlet_names(reports: Mapping[str, Report]) -> dict[str, str]:
    """Return report id → outlet and day, or title, as quotations are marked."""
    found = {}
    for report in reports.values():
        name = report.publisher or report.title or report.id
        found[report.id] = f"{name}, {report.published[:10]}" if report.published else name
    return found


def picked(row: Mapping[str, Any], columns: Collection[str]) -> Row:
    """Return these columns of a row."""
    return {name: row[name] for name in columns}


def entry_row(entry: Mapping[str, Any]) -> Row:
    """Return an entry of the log: the columns of ``LOG``, and ``tells``: in a few words what it has led to."""
    detail = json.loads(entry["detail"])
    return picked(entry, LOG) | {"tells": _tells(entry["what"], detail), "detail": detail}


def _tells(what: str, detail: dict[str, Any]) -> str:
    parts = [f"new version of {detail['former']}"] if what == "report" and "former" in detail else []
    parts += [f"was {detail['former']}"] if what == "reading" else []
    parts += [str(detail["decision"])] if "decision" in detail else []
    parts += [f"{old} is now {new}" for old, new in detail.get("merged", {}).items()]
    parts += [f"{new} was split off" for new in detail.get("split", ())]
    incidents = detail.get("incidents", ())
    parts += [f"incident{'s' if len(incidents) > 1 else ''} {', '.join(incidents)}"] if incidents else []
    return "; ".join(parts)


# -- cells of a row of ``summaries`` --------------------------------------------------------------------------------


def when_of(row: Mapping[str, Any]) -> str:
    """Return when an incident happened, by its days."""
    earliest, latest = row["earliest"], row["latest"]
    if earliest is None or latest is None or earliest[:10] == latest[:10]:
        return (earliest or latest or "no date")[:10]
    return f"{earliest[:10]} – {latest[:10]}"


def where_of(row: Mapping[str, Any]) -> str:
    """Return where an incident happened, with the country's name; nothing where nobody says."""
    country = country_name(row["country"]) if row["country"] else None
    return visible(", ".join(dict.fromkeys(part for part in (row["place"], country) if part)))


def range_of(row: Mapping[str, Any], field: str) -> str:
    """Return the range of a toll: "4", "4–9", "4+"; nothing where nobody gives one."""
    low, high = row[f"{field}_low"], row[f"{field}_high"]
    if low is None:
        return ""
    return f"{low}+" if high is None else f"{low}" if low == high else f"{low}–{high}"


def disputed_of(row: Mapping[str, Any]) -> list[str]:
    """Return the disputed fields of an incident."""
    return disputed_in(row["statuses"])
