"""PROV-O as JSON-LD: from the raw bytes through the reading to each claim, and who said it: for archives and audits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from sayso.exports.registry import Format
from sayso.exports.selection import Case, Selection
from sayso.exports.streams import Piece, Seen, Stream
from sayso.ledger.asking.history import readers_of
from sayso.records import Claim
from sayso.tables.cells import as_json

Node = dict[str, Any]

CONTEXT: Final = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sayso": "urn:sayso:term:",
    "label": "rdfs:label",
    "value": "prov:value",
    "used": {"@id": "prov:used", "@type": "@id"},
    "generatedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "quotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
    "primarySource": {"@id": "prov:hadPrimarySource", "@type": "@id"},
    "attributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "associatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
    "onBehalfOf": {"@id": "prov:actedOnBehalfOf", "@type": "@id"},
    "invalidatedBy": {"@id": "prov:wasInvalidatedBy", "@type": "@id"},
    "memberOf": {"@id": "dcterms:isPartOf", "@type": "@id"},
    "source": {"@id": "dcterms:source", "@type": "@id"},
    "generatedAt": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
    "endedAt": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
}
"""Stands in the file itself: nothing is fetched to read it."""


HEAD: Final = f'{{"@context": {as_json(CONTEXT)}, "@graph": [\n'
AGENTS: Final = ("prov:Agent", "prov:SoftwareAgent", "prov:Person")


def pieces(chosen: Selection) -> Iterator[Piece]:
    """Yield a node a line; reports and agents once."""
    seen, cases = Seen(), list(chosen.cases())
    readers = readers_of(chosen.connection, {number for case in cases for number in case.reports})
    for case in cases:
        for number, row in sorted(case.reports.items()):
            if seen.first(row["seq"]):
                for node in _report(number, row, readers[number]):
                    yield _once(node, row["seq"]), as_json(node)
        for node in _incident(case):
            yield _once(node, None), as_json(node)


def _once(node: Node, report: int | None) -> int | str | None:
    """Return what a node stands for in the whole graph: an agent, a report, or nothing but itself."""
    return node["@id"] if node["@type"] in AGENTS else report


def _report(number: str, row: Mapping[str, Any], reader: Mapping[str, Any]) -> Iterator[Node]:
    """Yield bytes, text and reading of a report, and the software that read it."""
    raw = f"urn:sha256:{row['sha256']}"
    yield {
        "@id": raw, "@type": "prov:Entity", "label": "raw bytes", "sayso:sha256": row["sha256"],
        "generatedAt": row["added"], **({"source": _address(row["url"])} if row["url"] else {}),
    }  # fmt: skip
    yield _without_empty(
        {
            "@id": _urn("report", number), "@type": "prov:Entity", "label": row["title"], "derivedFrom": raw,
            "sayso:published": row["published"], "sayso:publisher": row["publisher"],
        }
    )  # fmt: skip
    software = _urn("software", f"{reader['version']}/{reader['model']}")
    yield {
        "@id": software, "@type": "prov:SoftwareAgent", "label": f"sayso {reader['version']}",
        "sayso:version": reader["version"], "sayso:model": reader["model"],
    }  # fmt: skip
    yield {
        "@id": _urn("reading", reader["id"]), "@type": "prov:Activity", "label": "reading",
        "used": _urn("report", number), "associatedWith": software, "sayso:sha256": reader["sha256"],
    }  # fmt: skip
    yield {"@id": _urn("text", number), "@type": "prov:Entity", "derivedFrom": _urn("report", number),
           "generatedBy": _urn("reading", reader["id"])}  # fmt: skip


def _incident(case: Case) -> Iterator[Node]:
    view = case.gathered.overview
    for claim in (*view.claims, *case.gathered.rejected):
        yield from _claim(claim, case)
    yield {
        "@id": _urn("incident", case.id), "@type": "prov:Entity", "label": view.incident.title,
        "derivedFrom": [_urn("claim", claim.id) for claim in view.claims],
    }  # fmt: skip


def _claim(claim: Claim, case: Case) -> Iterator[Node]:
    """Yield the claim, its holder, and what people judged about it."""
    holder = claim.holder.name or claim.holder.words
    if claim.holder.kind == "report":
        holder = case.reports[claim.evidence.report]["publisher"] or claim.evidence.report
    agent = _urn("holder", holder)
    yield {"@id": agent, "@type": "prov:Agent", "label": holder}
    span = claim.evidence
    node = {
        "@id": _urn("claim", claim.id), "@type": "prov:Entity", "memberOf": _urn("incident", case.id),
        "attributedTo": agent, "quotedFrom": _urn("report", span.report), "derivedFrom": _urn("text", span.report),
        "sayso:field": claim.field, "sayso:stance": claim.stance, "sayso:evidence": span.text,
        "sayso:start": span.start, "sayso:end": span.end,
        "value": as_json(claim.value.model_dump(mode="json", by_alias=True)),
    }  # fmt: skip
    review = case.gathered.reviews.get(claim.id)
    judgements = [] if review is None else list(review.judgements)
    for each in judgements:
        yield {"@id": _urn("person", each.who), "@type": "prov:Person", "label": each.who}
        yield {
            "@id": _urn("judgement", each.id), "@type": "prov:Activity", "label": each.decision,
            "used": _urn("claim", claim.id), "associatedWith": _urn("person", each.who), "endedAt": each.when,
            "rdfs:comment": each.why,
        }  # fmt: skip
    if review is not None and review.verdict == "reject" and review.decisive:
        node["invalidatedBy"] = _urn("judgement", review.decisive.id)
    yield node


def _urn(kind: str, name: str) -> str:
    return f"urn:sayso:{kind}:{quote(name, safe='')}"


def _address(url: str) -> str:
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~")


def _without_empty(node: Node) -> Node:
    return {key: value for key, value in node.items() if value is not None}


FORMAT = Format(
    "prov",
    "PROV-O as JSON-LD: from raw bytes through reading and judgement to each claim (archives, audits)",
    ".jsonld",
    "application/ld+json",
    stream=Stream(pieces, HEAD, ",\n", "\n]}\n"),
    schema="https://www.w3.org/TR/prov-o/",
)
