"""What has changed of an incident since somebody was last told of it, in words that name who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sayso.alerts.book import Terms
from sayso.ledger.asking.gathering import Gathered
from sayso.linking.findings import Judged
from sayso.linking.overview import Overview
from sayso.linking.sayers import raw_name
from sayso.linking.weighing import AGAINST, OPEN
from sayso.reading.findings import value_key
from sayso.records import Claim
from sayso.showing.labels import LABELS
from sayso.showing.rows import group_of, voice
from sayso.showing.wording import describe, how_sure, visible

Facts = Mapping[str, Any]
"""What somebody was told of an incident, as JSON: reports, tolls, who accuses whom, disputes."""
TOLLS: Final = ("killed", "injured", "abducted", "arrested", "missing", "displaced")
AUTHORS: Final = ("perpetrator", "responsibility_claim")
_STANCES: Final = {
    "asserts": "says it was {}",
    "accuses": "accuses {}",
    "suspects": "suspects {}",
    "claims_own": "says: we did ({})",
    "denies": "denies that it was {}",
    "exonerates": "clears {}",
    "doubts": "doubts that it was {}",
    "questions": "asks whether it was {}",
}
_NAMED: Final = 6
"""Sayers that are named in one sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """One material change.

    Attributes:
        kind: name of ``book.KINDS``.
        field: of the claims that changed; None where it is the incident itself.
        words: a sentence for people; no value stands in it without a sayer.
        claims: ids of the claims behind it.

    """

    kind: str
    field: str | None
    words: str
    claims: tuple[str, ...] = ()


def facts_of(gathered: Gathered) -> dict[str, Any]:
    """Return what there is to be told of an incident."""
    view = gathered.overview
    return {
        "reports": sorted(view.incident.reports),
        "tolls": {field: toll for field in TOLLS if (toll := _toll(view, field))},
        "authors": sorted({_accusation(claim) for claim in _authors(view)}),
        "disputes": sorted(_dispute(judged) for judged in _disputed(view)),
    }


def united(parts: Sequence[Facts]) -> Facts:
    """Return what somebody was told of incidents that have turned out to be one."""
    first, *others = parts
    if not others:
        return first
    merged = dict(first)
    for name in ("reports", "authors", "disputes"):
        merged[name] = sorted({each for part in parts for each in part[name]})
    tolls: dict[str, dict[str, Any]] = {}
    for part in parts:
        for field, toll in part["tolls"].items():
            known = tolls.setdefault(field, toll)
            ends = {"low": min(known["low"], toll["low"]), "high": max(known["high"], toll["high"])}
            open_ = known["open"] or toll["open"]
            tolls[field] = ends | {"open": open_, "said": sorted({*known["said"], *toll["said"]})}
    return merged | {"tolls": tolls}


def changes(before: Facts | None, gathered: Gathered, terms: Terms) -> list[Change]:
    """Return what is material of the changes since ``before`` (None: nothing was told of it), in the order of KINDS."""
    if before is None:
        found = [_new(gathered)]
    else:
        found = [*_origins(before, gathered), *_tolls(before, gathered, terms.toll), *_accused(before, gathered)]
        found += [*_opened(before, gathered), *_settled(before, gathered)]
    return [change for change in found if change.kind in terms.tells]


def gone() -> Change:
    """Return the change of an incident that the query finds no more."""
    return Change("gone", None, "no longer found by this query: what was told of it may have been revised or withdrawn")


def _new(gathered: Gathered) -> Change:
    reports, origins = len(gathered.overview.incident.reports), gathered.overview.origins
    told = f"{reports} report{'s' * (reports > 1)}, {origins} origin{'s' * (origins > 1)}"
    return Change("incident", None, f"new: {told}")


def _origins(before: Facts, gathered: Gathered) -> Iterator[Change]:
    """Yield the origins none of whose reports was known."""
    known, told = set(before["reports"]), gathered.overview.told
    for origin in gathered.origins:
        new = [report for report in origin.reports if report in told]
        if new and not known & set(origin.reports):
            outlets = dict.fromkeys(visible(told[report].publisher or report) for report in new)
            yield Change("origin", None, f"another origin tells of it: {_listed(list(outlets))}")


def _tolls(before: Facts, gathered: Gathered, least: int) -> Iterator[Change]:
    view = gathered.overview
    for field in TOLLS:
        old, new = before["tolls"].get(field), _toll(view, field)
        if _moved(old, new, least):
            was = f"{_range(old)} ({_listed(old['said'])})" if old else "nothing said"
            now = f"{_range(new)} ({_listed(new['said'])})" if new else "withdrawn"
            claims = tuple(claim.id for claim in _told_tolls(view, field))
            yield Change("toll", field, f"{LABELS[field]}: before {was}, now {now}", claims)


def _moved(old: Facts | None, new: Facts | None, least: int) -> bool:
    """Tell whether a toll has changed by ``least``; one that is first given, or taken back, has."""
    if old is None or new is None:
        return old is not new
    return any(abs(int(old[end]) - int(new[end])) >= least for end in ("low", "high"))


def _accused(before: Facts, gathered: Gathered) -> Iterator[Change]:
    view, known = gathered.overview, set(before["authors"])
    for claim in _authors(view):
        said = _accusation(claim)
        if said not in known:
            known.add(said)
            yield Change("perpetrator", claim.field, _author(claim, view), (claim.id,))


def _opened(before: Facts, gathered: Gathered) -> Iterator[Change]:
    view, known = gathered.overview, set(before["disputes"])
    for judged in _disputed(view):
        if _dispute(judged) not in known:
            sides = [_side(view, value.claims) for value in judged.finding.values]
            ids = tuple(number for value in judged.finding.values for number in value.claims)
            words = f"disputed: {_field(judged)}: {'; '.join(sides[:_NAMED])}"
            yield Change("dispute", judged.finding.field, words, ids)


def _settled(before: Facts, gathered: Gathered) -> Iterator[Change]:
    view = gathered.overview
    still = {_dispute(judged) for judged in _disputed(view)}
    for name in before["disputes"]:
        if name not in still:
            field = name.partition("|")[0]
            now = [judged for judged in view.judged if _dispute(judged) == name]
            standing = [
                _side(view, ids)
                for judged in now
                for value in judged.finding.values
                if (ids := [number for number in value.claims if number not in judged.superseded])
            ]
            said = "; ".join(standing[:_NAMED]) or "nobody says anything of it now"
            yield Change("settled", field, f"no longer disputed: {LABELS[field]}: {said}")


def _side(view: Overview, claims: Iterable[str]) -> str:
    """Return a value with all who say it: "9 people (Tarsk mayor)"."""
    rows = [view.by_id[number] for number in claims]
    sayers = dict.fromkeys(f"{voice(row, view)}{f' {sure}' if (sure := how_sure(row)) else ''}" for row in rows)
    return f"{describe(rows[0])} ({_listed(list(sayers))})"


def _toll(view: Overview, field: str) -> dict[str, Any] | None:
    """Return the range of all whole tolls that somebody asserts; an open upper end counts as the greatest lower one."""
    rows = _told_tolls(view, field)
    if not rows:
        return None
    lows = [getattr(row.value, "low", 0) for row in rows]
    highs = [getattr(row.value, "high", None) for row in rows]
    top = max([*lows, *(high for high in highs if high is not None)])
    said = sorted({f"{voice(row, view)}: {describe(row)}" for row in rows})
    return {"low": min(lows), "high": top, "open": None in highs, "said": said}


def _told_tolls(view: Overview, field: str) -> list[Claim]:
    return [
        view.by_id[number]
        for judged in view.judged
        if judged.finding.field == field and judged.group == ""
        for value in judged.finding.values
        for number in value.claims
        if number not in judged.superseded and view.by_id[number].stance not in (*OPEN, *AGAINST)
    ]


def _authors(view: Overview) -> list[Claim]:
    """Return the claims on who did it, and those of having done it; that nobody claims it accuses nobody."""
    return [
        view.by_id[number]
        for judged in view.judged
        if judged.finding.field in AUTHORS
        for value in judged.finding.values
        for number in value.claims
        if getattr(view.by_id[number].value, "claimed", True)
    ]


def _accusation(claim: Claim) -> str:
    """Return what makes an accusation a new one; in their own voice, reports that repeat one accuse nobody anew."""
    holder = "report" if claim.holder.kind == "report" else raw_name(claim).casefold()
    return "|".join((holder, claim.field, claim.stance, value_key(claim)))


def _author(claim: Claim, view: Overview) -> str:
    """Return who says of whom that he did it, how, and how sure: "Tarsk police: accuses Eastern Front, “likely”"."""
    value = describe(claim)
    said = value if claim.field == "responsibility_claim" else _STANCES[claim.stance].format(value)
    sure = f", “{visible(claim.certainty.words)}”" if claim.certainty else ""
    return f"{LABELS[claim.field]}: {voice(claim, view)}: {said}{sure}"


def _disputed(view: Overview) -> list[Judged]:
    return [judged for judged in view.judged if judged.finding.status == "disputed"]


def _dispute(judged: Judged) -> str:
    return f"{judged.finding.field}|{judged.group}"


def _field(judged: Judged) -> str:
    of = group_of(judged.group)
    return LABELS[judged.finding.field] + (f" of {visible(of)}" if of else "")


def _range(toll: Facts) -> str:
    low, high = toll["low"], toll["high"]
    return f"{low}+" if toll["open"] else f"{low}" if low == high else f"{low}–{high}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return "; ".join(names[:_NAMED]) + (f"; and {more} more" if more > 0 else "")
