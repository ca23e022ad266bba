"""MISP events, one an incident: findings as attributes with the sayer in the comment, graded and with estimative words.

Tags are those of the taxonomies ``admiralty-scale`` and ``estimative-language``: the digit (credibility) is computed
from who else says so, the letter (reliability) stays F until a person judges an outlet, and the likelihood is the term
of ICD 203 whose band holds the middle of the sayer's. Ids are UUIDv5; times are those of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import uuid5

from sayso.exports.digest import label_of, said_by
from sayso.exports.registry import Format
from sayso.exports.selection import Case, Selection
from sayso.exports.stix import NAMESPACE
from sayso.exports.streams import Piece, Stream
from sayso.linking.findings import Judged
from sayso.linking.grades import grade
from sayso.linking.hours import HOUR
from sayso.records import Claim, FindingValue
from sayso.showing.wording import country_name, describe
from sayso.tables.cells import as_json
from sayso.values import Actor, Certainty, Place
from sayso.values.place import radius_km
from sayso.vocab.world import iso_codes

Object = dict[str, Any]

TERMS: Final = (
    (0.05, "almost-no-chance"), (0.2, "very-unlikely"), (0.45, "unlikely"), (0.55, "roughly-even-chance"),
    (0.8, "likely"), (0.95, "very-likely"), (1.0, "almost-certain"),
)  # fmt: skip
"""Upper end of each band of ICD 203 → value of ``estimative-language:likelihood-probability``."""
GEOLOCATION: Final = {
    "name": "geolocation", "meta-category": "misc", "template_uuid": "cd6f2238-ba55-4888-82c4-104e6e1acf21",
    "template_version": "8", "description": "An object to describe a geographic location.",
}  # fmt: skip
UNJUDGED: Final = 'admiralty-scale:source-reliability="f"'


def pieces(chosen: Selection) -> Iterator[Piece]:
    """Yield an event a line."""
    for case in chosen.cases():
        yield None, as_json({"Event": event(case)})


def event(case: Case) -> Object:
    """Return the event of one incident."""
    incident = case.gathered.overview.incident
    changed = max(row["added"] for row in case.reports.values())
    stamp = _seconds(changed)
    day = (incident.when.earliest or incident.when.latest or "")[:10] if incident.when else ""
    place = _geolocation(incident.where, case.id, stamp) if incident.where else None
    dated = len(day) == len("2031-05-14")
    return {
        "uuid": _uuid("event", case.id),
        "info": incident.title,
        "date": day if dated else changed[:10],
        "timestamp": stamp,
        "analysis": "0",
        "threat_level_id": "4",
        "distribution": "0",
        "published": False,
        "Tag": [{"name": f'sayso:kind="{incident.kind}"'}, *([] if dated else [{"name": 'sayso:date="unknown"'}])],
        "Attribute": [*_findings(case, stamp), *_reports(case, stamp)],
        **({"Object": [place]} if place else {}),
    }


def _findings(case: Case, stamp: str) -> Iterator[Object]:
    view = case.gathered.overview
    for judged in view.judged:
        for value in judged.finding.values:
            claims = [view.by_id[number] for number in value.claims]
            yield _attribute(case, judged, value, claims, stamp)


def _attribute(case: Case, judged: Judged, value: FindingValue, claims: list[Claim], stamp: str) -> Object:
    view = case.gathered.overview
    actor = value.value if isinstance(value.value, Actor) else None
    denied = all(claim.stance in ("denies", "exonerates", "doubts", "questions") for claim in claims)
    named = judged.finding.field == "perpetrator" and actor is not None and actor.is_named and not denied
    voices = "; ".join(dict.fromkeys(said_by(claim, view) for claim in claims))
    words = " … ".join(dict.fromkeys(f"“{claim.evidence.text}”" for claim in claims))
    text = f"{label_of(judged)}: {describe(claims[0])}"
    digit = grade(value, judged, view.claims, view.told).digit
    sure = {term for claim in claims if claim.certainty and (term := likelihood(claim.certainty))}
    tags = [UNJUDGED, f'admiralty-scale:information-credibility="{digit}"']
    tags += [f'estimative-language:likelihood-probability="{term}"' for term in sorted(sure)]
    tags += ['sayso:status="disputed"'] if judged.finding.status == "disputed" else []
    return {
        "uuid": _uuid("attribute", case.id, *sorted(value.claims), *([HOUR] if judged.group == HOUR else [])),
        "category": "Attribution" if judged.finding.field == "perpetrator" else "External analysis",
        "type": "threat-actor" if named else "text",
        "value": (actor.name if named and actor else text),
        "comment": f"{voices}: {words}",
        "to_ids": False,
        "distribution": "5",
        "timestamp": stamp,
        "Tag": [{"name": tag} for tag in tags],
    }


def _reports(case: Case, stamp: str) -> Iterator[Object]:
    for number, row in case.reports.items():
        told = ", ".join(part for part in (row["publisher"], row["published"], row["title"]) if part)
        yield {
            "uuid": _uuid("report", case.id, number),
            "category": "External analysis",
            "type": "link" if (row["url"] or "").startswith(("http://", "https://")) else "text",
            "value": row["url"] or told or number,
            "comment": f"{told}; {number}; SHA-256 {row['sha256']}",
            "to_ids": False,
            "distribution": "5",
            "timestamp": stamp,
        }


def _geolocation(where: Place, number: str, stamp: str) -> Object | None:
    code = iso_codes().get(where.country or "")
    known = where.lat is not None and where.precision != "country"
    parts: list[tuple[str, str, Any]] = [
        ("latitude", "float", where.lat if known else None),
        ("longitude", "float", where.lon if known else None),
        ("accuracy-radius", "float", 1000 * reach if known and (reach := radius_km(where.precision)) else None),
        ("city", "text", where.name if where.precision == "settlement" else None),
        ("region", "text", where.admin1),
        ("country", "text", country_name(where.country) if where.country else None),
        ("countrycode", "text", code.alpha2 if code else None),
        ("text", "text", where.words),
    ]
    attributes = [
        {
            "uuid": _uuid("place", number, relation), "object_relation": relation, "type": kind, "value": str(value),
            "category": "Other", "to_ids": False, "distribution": "5", "timestamp": stamp,
        }
        for relation, kind, value in parts
        if value is not None
    ]  # fmt: skip
    if len(attributes) < 2:  # only the words: the template asks for more
        return None
    return {
        **GEOLOCATION, "uuid": _uuid("place", number), "timestamp": stamp, "distribution": "5", "Attribute": attributes
    }  # fmt: skip


def likelihood(sure: Certainty) -> str | None:
    """Return the term whose band holds the middle of a certainty; None for words that leave everything open."""
    if sure.is_open:
        return None
    middle = (sure.low + sure.high) / 2
    return next(term for high, term in TERMS if middle <= high)


def _uuid(*named: str) -> str:
    return str(uuid5(NAMESPACE, " ".join(("misp", *named))))


def _seconds(moment: str) -> str:
    return str(int(datetime.fromisoformat(moment).timestamp()))


FORMAT = Format(
    "misp",
    "MISP events with admiralty-scale and estimative-language tags, one an incident",
    ".json",
    "application/json",
    stream=Stream(pieces, '{"response": [\n', ",\n", "\n]}\n"),
    schema="https://www.misp-standard.org/rfc/misp-standard-core.html",
)
