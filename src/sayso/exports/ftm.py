"""FollowTheMoney entities as JSON Lines, for Aleph and OpenAleph: events, articles, and who accuses whom.

An accusation is an UnknownLink from the sayer to the accused with the words in its summary, never a property of the
event: ``Event.involved`` holds targets only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sayso.exports.digest import digest, said_by, whole_claims
from sayso.exports.registry import Format
from sayso.exports.selection import Case, Selection
from sayso.exports.streams import Piece, Seen, Stream
from sayso.linking.overview import Overview
from sayso.records import Claim, Target
from sayso.values import Actor, Place
from sayso.vocab.world import iso_codes

Entity = dict[str, Any]

SCHEMAS: Final = {
    "state": "PublicBody", "government": "PublicBody", "military": "PublicBody", "police": "PublicBody",
    "armed_group": "Organization", "party": "Organization", "organisation": "Organization", "media": "Organization",
    "person": "Person", "civilians": "LegalEntity", "unknown": "LegalEntity", "report": "Organization",
}  # fmt: skip


LANGUAGES: Final = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb", "hi": "hin", "it": "ita",
    "ja": "jpn", "ko": "kor", "nl": "nld", "pl": "pol", "ps": "pus", "pt": "por", "ru": "rus", "sw": "swa", "tr": "tur",
    "uk": "ukr", "ur": "urd", "zh": "zho",
}  # fmt: skip
"""ISO 639-1 → 639-3, of languages that news of conflicts comes in; others are left out."""


def pieces(chosen: Selection) -> Iterator[Piece]:
    """Yield each entity once, what is referred to before what refers."""
    seen = Seen()
    for case in chosen.cases(text=chosen.options.text):
        for number, row in sorted(case.reports.items()):
            if seen.first(row["seq"]):
                yield row["seq"], _dump(article(number, row))
        for entity in entities(case):
            yield None if entity["schema"] in ("Event", "UnknownLink") else entity["id"], _dump(entity)


def entities(case: Case) -> Iterator[Entity]:
    """Yield the event of an incident, its place, its targets, and a link for each who names an author."""
    view = case.gathered.overview
    incident = view.incident
    targets = [
        party(claim.value.name or claim.value.words, claim.value.kind or "unknown", claim.value.country)
        for claim in whole_claims(view, "target")
        if isinstance(claim.value, Target) and claim.value.kind != "place"
    ]
    yield from targets
    place = _address(incident.where) if incident.where else None
    if place:
        yield place
    when = incident.when
    yield _entity(
        "Event",
        [case.id],
        name=incident.title,
        recordId=case.id,
        startDate=when.earliest[:10] if when and when.earliest else None,
        endDate=when.latest[:10] if when and when.latest else None,
        country=_alpha2(incident.where.country if incident.where else None),
        location=(incident.where.name or incident.where.words) if incident.where else None,
        addressEntity=place["id"] if place else None,
        involved=sorted({each["id"] for each in targets}),
        description=[str(line) for line in digest(case.gathered)],
        keywords=incident.kind.replace("_", " "),
        proof=[_article_id(report) for report in incident.reports],
    )
    for claim in whole_claims(view, "perpetrator"):
        yield from _link(claim, view, case)


def _link(claim: Claim, view: Overview, case: Case) -> Iterator[Entity]:
    assert isinstance(claim.value, Actor)
    sayer, accused = _sayer(claim, view), _actor(claim.value)
    yield from (sayer, accused)
    yield _entity(
        "UnknownLink",
        ["claim", claim.id],
        subject=sayer["id"],
        object=accused["id"],
        role=f"{claim.stance}: who did it",
        date=claim.said.earliest[:10] if claim.said and claim.said.earliest else None,
        summary=f"{said_by(claim, view)}: “{claim.evidence.text}”",
        description=view.incident.title,
        recordId=claim.id,
        proof=_article_id(claim.evidence.report),
        sourceUrl=case.reports[claim.evidence.report]["url"],
    )


def article(number: str, row: Mapping[str, Any]) -> Entity:
    """Return the Article of a row of ``reports``."""
    return _entity(
        "Article",
        ["article", number],
        title=row["title"] or number,
        publisher=row["publisher"],
        author=row["byline"],
        publishedAt=_utc(row["published"]),
        sourceUrl=row["url"],
        language=LANGUAGES.get(row["language"] or ""),
        contentHash=row["sha256"][:40],
        bodyText=(row.get("text") or "").strip(),
    )


def _article_id(number: str) -> str:
    return _id(["article", number])


def _sayer(claim: Claim, view: Overview) -> Entity:
    if claim.holder.kind == "report":
        told = view.told.get(claim.evidence.report)
        return party(told.publisher if told and told.publisher else "unknown outlet", "media", None)
    return _actor(claim.holder)


def _actor(actor: Actor) -> Entity:
    return party(actor.name or actor.words, actor.kind, actor.country)


def party(name: str, kind: str, country: str | None) -> Entity:
    """Return the entity that a name, a kind and a country (alpha-3) mean."""
    schema = SCHEMAS.get(kind, "LegalEntity")
    return _entity(schema, ["party", name, kind, country], name=name, country=_alpha2(country))


def _address(where: Place) -> Entity | None:
    if where.lat is None or where.precision == "country":
        return None
    return _entity(
        "Address",
        ["place", where.name or where.words, where.admin1, where.country],
        full=where.format(),
        city=where.name if where.precision == "settlement" else None,
        state=where.admin1,
        country=_alpha2(where.country),
        latitude=str(where.lat),
        longitude=str(where.lon),
    )


def _entity(schema: str, named: list[Any], **properties: Any) -> Entity:
    """Return an entity; its id names its content, and properties without a value are left out."""
    found = {
        name: [value] if isinstance(value, str) else value
        for name, value in properties.items()
        if value not in (None, "", [])
    }
    return {"id": _id(named if schema != "Event" else ["event", *named]), "schema": schema, "properties": found}


def _id(named: list[Any]) -> str:
    return f"sayso-{hashlib.sha1(json.dumps(named).encode(), usedforsecurity=False).hexdigest()}"


def _alpha2(code: str | None) -> str | None:
    found = iso_codes().get(code or "")
    return found.alpha2.lower() if found else None


def _utc(moment: str | None) -> str | None:
    """Return a moment in UTC without saying so, as FollowTheMoney has it; a day, month or year stays one."""
    if moment is None or "T" not in moment or datetime.fromisoformat(moment).tzinfo is None:
        return moment
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _dump(entity: Entity) -> str:
    return json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n"


FORMAT = Format(
    "ftm",
    "FollowTheMoney entities: events, articles, who accuses whom (Aleph, OpenAleph)",
    ".ftm.jsonl",
    "application/json+ftm",
    stream=Stream(pieces),
    schema="https://followthemoney.tech/explorer/",
)
