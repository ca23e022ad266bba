"""STIX 2.1, for OpenCTI, MISP and TAXII servers: reports, incidents, who is accused by whom, and who denies it.

How it is put: each incident is an Incident with a Location; each actor an Identity. "X did it" is a Relationship
``attributed-to`` with the sayer's confidence and no confidence of ours, and a Note (authors: the sayer) with the exact
words. A denial is an Opinion ``strongly-disagree`` on that Relationship. Ids are UUIDv5 of the content they name and
times are those of the ledger, so the same ledger gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final
from uuid import UUID, uuid5

from sayso.exports.digest import digest, said_by, whole_claims
from sayso.exports.registry import Format
from sayso.exports.selection import Case, Selection
from sayso.exports.streams import Piece, Seen, Stream
from sayso.ledger.asking.history import told_by
from sayso.ledger.chain import head_of
from sayso.linking.overview import Overview
from sayso.records import Claim, Target
from sayso.tables.cells import as_json
from sayso.values import Actor, Place
from sayso.values.place import radius_km
from sayso.vocab.world import iso_codes

Object = dict[str, Any]

NAMESPACE: Final = UUID("8d1a3c0e-5a5e-5f0c-9b1e-7c1f0d2e4b61")
"""Of sayso's UUIDv5; STIX reserves its own for observables."""
ALWAYS: Final = "2026-01-01T00:00:00.000Z"
"""``created`` of objects that are named by all they hold (identities, places): the same in every ledger."""
CLASSES: Final = {
    "state": "organization", "government": "organization", "military": "organization", "police": "organization",
    "armed_group": "group", "party": "organization", "organisation": "organization", "media": "organization",
    "person": "individual", "civilians": "class", "unknown": "unknown", "report": "organization", "place": "unknown",
}  # fmt: skip
"""Kind of an actor → ``identity-class-ov``."""
OPINIONS: Final = {"denies": "strongly-disagree", "exonerates": "strongly-disagree", "doubts": "disagree"}
"""Stances that become an Opinion; "questions" leaves everything open and becomes a Note only."""
ACCUSING: Final = ("asserts", "accuses", "suspects", "claims_own")
PER_CENT: Final = 100


def head(chosen: Selection) -> str:
    """Return how the bundle begins."""
    bundle = _id("bundle", [str(head_of(chosen.connection).hash), chosen.as_of, list(chosen.ids)])
    return f'{{"type": "bundle", "id": "{bundle}", "objects": [\n'


def pieces(chosen: Selection) -> Iterator[Piece]:
    """Yield an object a line; whoever and whatever many incidents name stands once."""
    yield _tool()["id"], as_json(_tool())
    seen, cases = Seen(), list(chosen.cases())
    told = told_by(chosen.connection, {number for case in cases for number in case.reports}, chosen.as_of)
    for case in cases:
        for found in objects_of(case):
            yield found["id"] if found["type"] in ("identity", "location") else None, as_json(found)
        for number, row in sorted(case.reports.items()):
            if seen.first(row["seq"]):
                yield row["seq"], as_json(report(row, [each for each in told[number] if each in chosen.others]))


def objects_of(case: Case) -> Iterator[Object]:
    """Yield the objects of one incident, what is referred to before what refers."""
    view = case.gathered.overview
    created, modified = _times(case)
    number = incident_id(case.id)
    where = view.incident.where
    place = location(where) if where else None
    yield from filter(None, [place])
    yield {
        **_head("incident", number, created, modified),
        "name": view.incident.title,
        "description": "\n".join(map(str, digest(case.gathered))),
        "labels": [view.incident.kind.replace("_", "-"), *(["background"] if view.incident.background else [])],
    }
    if place:
        yield _relation("located-at", number, place["id"], created, modified, [case.id, "where"])
    yield from _targets(view, number, created, modified)
    yield from _accusations(view, number, created, modified)
    yield from _disputes(view, number, created, modified)


def _targets(view: Overview, number: str, created: str, modified: str) -> Iterator[Object]:
    met = set()
    for claim in whole_claims(view, "target"):
        if isinstance(claim.value, Target) and claim.value.kind != "place":
            whom = identity(claim.value.name or claim.value.words, claim.value.kind or "unknown", claim.value.country)
            if whom["id"] not in met:
                met.add(whom["id"])
                yield whom
                yield _relation("targets", number, whom["id"], created, modified, [number, whom["id"]])


def _accusations(view: Overview, number: str, created: str, modified: str) -> Iterator[Object]:
    """Yield who is said to have done it: a relationship an accused, a note or an opinion a claim."""
    by_accused: dict[str, tuple[Object, list[Claim]]] = {}
    for claim in whole_claims(view, "perpetrator"):
        assert isinstance(claim.value, Actor)
        whom = actor(claim.value)
        by_accused.setdefault(whom["id"], (whom, []))[1].append(claim)
    for whom, claims in by_accused.values():
        accusing = [claim for claim in claims if claim.stance in ACCUSING]
        relation = _relation("attributed-to", number, whom["id"], created, modified, [number, whom["id"]])
        says = "; ".join(dict.fromkeys(said_by(claim, view) for claim in claims))
        relation["description"] = f"{whom['name']}: {says}"
        sure = [_confidence(claim) for claim in accusing]
        if sure and None not in sure:
            relation["confidence"] = max(each for each in sure if each is not None)
        yield whom
        if accusing:
            yield relation
        for claim in claims:
            yield from _voice(claim, view, relation["id"] if accusing else number, created, modified)


def _voice(claim: Claim, view: Overview, about: str, created: str, modified: str) -> Iterator[Object]:
    """Yield the sayer of a claim and what he says, as an opinion or a note with the exact words."""
    sayer = sayer_of(claim, view)
    yield sayer
    words = f"“{claim.evidence.text}” [{claim.evidence.start}, {claim.evidence.end}) of {claim.evidence.report}"
    shared = {"authors": [sayer["name"]], "object_refs": [about]}
    sure = _confidence(claim)
    opinion = OPINIONS.get(claim.stance)
    number = _id("opinion" if opinion else "note", ["claim", claim.id])
    head = {**_head("opinion" if opinion else "note", number, created, modified), **shared}
    if sure is not None:
        head["confidence"] = sure
    if opinion:
        yield {**head, "opinion": opinion, "explanation": f"{claim.stance}: {words}"}
    else:
        yield {**head, "abstract": said_by(claim, view), "content": f"{claim.stance}: {words}"}


def _disputes(view: Overview, number: str, created: str, modified: str) -> Iterator[Object]:
    """Yield a note for each disputed finding: the pairs of claims that cannot both be true, and why."""
    for judged in view.judged:
        if judged.conflicts:
            says = [
                f"{said_by(view.by_id[each.one], view)} and {said_by(view.by_id[each.other], view)}: {each.cause}"
                for each in judged.conflicts
            ]
            note = _id("note", ["dispute", number, judged.finding.field, judged.group])
            yield {
                **_head("note", note, created, modified),
                "abstract": f"disputed: {judged.finding.field}",
                "content": "\n".join(dict.fromkeys(says)),
                "object_refs": [number],
            }


def report(row: Mapping[str, Any], incidents: Iterable[str]) -> Object:
    """Return the Report of a row of ``reports``; STIX wants a time of publication, so an unknown one is labelled."""
    added = stamp(row["added"])
    published = stamp(row["published"]) if row["published"] else added
    labels = [] if row["published"] else ["publication-date-unknown"]
    labels += ["publication-time-unknown"] if row["published"] and "T" not in row["published"] else []
    reference: Object = {"source_name": row["publisher"] or "unknown outlet", "external_id": row["id"]}
    if row["url"]:
        reference |= {"url": row["url"], "hashes": {"SHA-256": row["sha256"]}}
    return {
        **_head("report", _id("report", row["id"]), added, added),
        "name": row["title"] or row["id"],
        "published": shortest(published),
        **({"labels": labels} if labels else {}),
        **({"lang": row["language"]} if row["language"] else {}),
        "external_references": [reference],
        "object_refs": [incident_id(each) for each in incidents],
    }


def incident_id(number: str) -> str:
    """Return the STIX id of an incident of the ledger."""
    return _id("incident", number)


def actor(value: Actor) -> Object:
    """Return the Identity of an actor."""
    return identity(value.name or value.words, value.kind, value.country)


def sayer_of(claim: Claim, view: Overview) -> Object:
    """Return the Identity of a holder; a report's own voice is its outlet."""
    if claim.holder.kind == "report":
        told = view.told.get(claim.evidence.report)
        return identity(told.publisher if told and told.publisher else "unknown outlet", "media", None)
    return actor(claim.holder)


def identity(name: str, kind: str, country: str | None) -> Object:
    """Return the Identity that a name, a kind and a country (alpha-3) mean."""
    found = {
        **_head("identity", _id("identity", [name, kind, country]), ALWAYS, ALWAYS),
        "name": name,
        "identity_class": CLASSES[kind],
        "labels": [kind.replace("_", "-")],
    }
    return {**found, "description": f"country: {country}"} if country else found


def location(where: Place) -> Object | None:
    """Return the Location of a place; None where nothing but its words is known."""
    code = iso_codes().get(where.country or "")
    known = where.lat is not None and where.lon is not None and where.precision != "country"
    if not known and code is None:
        return None
    found: Object = {"name": where.name or where.words}
    if code:
        found["country"] = code.alpha2
    if where.admin1:
        found["administrative_area"] = where.admin1
    if where.name and where.precision == "settlement":
        found["city"] = where.name
    if known:
        found |= {"latitude": where.lat, "longitude": where.lon}
        reach = radius_km(where.precision)
        found |= {"precision": 1000 * reach} if reach else {}
    return {**_head("location", _id("location", found), ALWAYS, ALWAYS), **found}


@lru_cache(maxsize=1)
def _tool() -> Object:
    """Return the Identity of sayso, which made all these objects and says nothing itself."""
    from sayso import __version__

    number = _id("identity", "sayso")
    return {
        "type": "identity", "spec_version": "2.1", "id": number, "created": ALWAYS, "modified": ALWAYS,
        "name": "sayso", "identity_class": "system",
        "description": f"sayso {__version__}: read from reports by a machine; every value is on its sayer's word.",
    }  # fmt: skip


def _relation(kind: str, source: str, target: str, created: str, modified: str, named: list[str]) -> Object:
    return {
        **_head("relationship", _id("relationship", [kind, *named]), created, modified),
        "relationship_type": kind,
        "source_ref": source,
        "target_ref": target,
    }


def _head(kind: str, number: str, created: str, modified: str) -> Object:
    return {
        "type": kind, "spec_version": "2.1", "id": number, "created_by_ref": _id("identity", "sayso"),
        "created": created, "modified": modified,
    }  # fmt: skip


def _id(kind: str, content: Any) -> str:
    """Return the id of what is named by ``content``."""
    return f"{kind}--{uuid5(NAMESPACE, json.dumps([kind, content], ensure_ascii=True, sort_keys=True))}"


def _confidence(claim: Claim) -> int | None:
    """Return the middle of the band that the sayer's words stand for, 0 to 100; None where nothing hedges."""
    sure = claim.certainty
    return None if sure is None else round(PER_CENT * (sure.low + sure.high) / 2)


def _times(case: Case) -> tuple[str, str]:
    """Return when the first report of an incident came, and the last, or the last judgement on its claims."""
    added = [row["added"] for row in case.reports.values()]
    judged = [each.when for review in case.gathered.reviews.values() for each in review.judgements]
    return stamp(min(added)), stamp(max(added + [when for when in judged if when > max(added)]))


def shortest(moment: str) -> str:
    """Return a stamp without the zeros at the end of its fraction: STIX's own library writes ``published`` so."""
    head, _, fraction = moment.removesuffix("Z").partition(".")
    fraction = fraction.rstrip("0")
    return f"{head}.{fraction}Z" if fraction else f"{head}Z"


def stamp(moment: str) -> str:
    """Return a moment as STIX has it: in UTC, to the millisecond, what is not known of it at its beginning."""
    from datetime import UTC, datetime

    padded = {4: f"{moment}-01-01", 7: f"{moment}-01"}.get(len(moment), moment)
    found = datetime.fromisoformat(padded)
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


FORMAT = Format(
    "stix",
    "STIX 2.1 bundle: reports, incidents, who is accused by whom and who denies it (OpenCTI, TAXII)",
    ".json",
    "application/stix+json;version=2.1",
    stream=Stream(pieces, head, ",\n", "\n]}\n"),
    schema="https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html",
)
