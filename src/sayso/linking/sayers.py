"""Who is the same holder over many reports: "Libya’s health ministry" in one, "the ministry of health" in another.

Reading names a holder by what one report says of him. Here a name is parsed once more, its nation set apart from it
("Libyan Ministry of Health" → ministry of health, LBY), a name without a nation takes the only one that bears it, and a
bare word ("the ministry", "a monitor") the only body of the report that it can mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from sayso.linking.passages import Words
from sayso.records import Claim
from sayso.values import Actor
from sayso.vocab import load_table
from sayso.vocab.gazetteer import Gazetteer

Body = tuple[str, str]
"""Name in small letters without its nation, and the nation (alpha-3, "" where unknown)."""


def identities(claims: Iterable[Claim]) -> dict[tuple[str, str], str]:
    """Return (report id, holder as read) → who that is; one holder has one value over all reports.

    A report’s own voice is that report’s: nobody else’s, and no other report’s.
    """
    rows = {(claim.evidence.report, raw_name(claim)): claim.holder for claim in claims}
    bodies = {key: body_of(key[1]) for key, holder in rows.items() if holder.kind != "report"}
    in_report: dict[str, list[Body]] = {}
    for (report, _), body in bodies.items():
        in_report.setdefault(report, []).append(body)
    named = {key: _meant(body, in_report[key[0]]) for key, body in bodies.items()}
    nations: dict[str, set[str]] = {}
    for name, nation in named.values():
        nations.setdefault(name, set()).update({nation} - {""})
    settled = {key: (name, nation or _only(nations[name])) for key, (name, nation) in named.items()}
    voices = {key: f"report {key[0]}" for key, holder in rows.items() if holder.kind == "report"}
    return voices | {key: f"{name} {nation}".strip() for key, (name, nation) in settled.items()}


def raw_name(claim: Claim) -> str:
    """Return the holder of a claim as he is named, or as he is written."""
    return claim.holder.name or claim.holder.words


@lru_cache(maxsize=4096)
def body_of(words: str) -> Body:
    """Return a holder’s name without its nation, and the nation."""
    world = Gazetteer.default()
    told = words.split()
    for size in (2, 1):  # "South Sudanese Ministry of Health": what it is of belongs to its name
        country = world.demonym(" ".join(told[:size])) if told[size + 1 : size + 2] == ["of"] else None
        if country is not None:
            return " ".join(told[size:]).casefold(), country.code
    actor = Actor.parse(words, world)
    parts = (actor.name or words).split()
    nation = actor.country if len(parts) > 1 and world.demonym(parts[0]) else None
    plain = " ".join(parts[1:] if nation else parts)
    return plain.casefold().removeprefix("the "), nation or ""


def _meant(body: Body, others: Iterable[Body]) -> Body:
    """Return the only body of the report that a bare word can mean, else the word itself."""
    name, nation = body
    if name in _monitors():
        fits = {other for other in others if other[0] not in _monitors() and _watches(other[0])}
    elif " " not in name:
        fits = {other for other in others if other[0] != name and name in other[0].split()}
    else:
        return body
    return next(iter(fits)) if len(fits) == 1 else (name, nation)


@cache
def _monitors() -> frozenset[str]:
    return frozenset(_phrases("monitors"))


def _watches(name: str) -> bool:
    """Tell whether a name is that of a body that watches a war: "… Observatory for Human Rights"."""
    return any(word in _phrases("watchers") for word in name.split())


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return {group.name: group for group in load_table("origins", Words)}[name].phrases


def _only(nations: set[str]) -> str:
    return next(iter(nations)) if len(nations) == 1 else ""
