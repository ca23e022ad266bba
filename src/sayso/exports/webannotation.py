"""W3C Web Annotation: every claim and every statement as an annotation on exact characters of the stored text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sayso import __version__
from sayso.exports.registry import Format
from sayso.exports.selection import Selection
from sayso.exports.streams import Piece, Stream
from sayso.tables.cells import as_json
from sayso.tables.rows import claim_row

Data = Mapping[str, Any]

AROUND: Final = 40
"""Code points of prefix and suffix: enough to tell two places with the same words apart on a changed page."""
CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
CREATOR: Final = {"id": "urn:sayso:software", "type": "Software", "name": f"sayso {__version__}"}


HEAD: Final = f'{{"@context": "{CONTEXT}", "id": "urn:sayso:annotations", "type": "AnnotationPage", "items": [\n'


def pieces(chosen: Selection) -> Iterator[Piece]:
    """Yield an annotation a line; those on statements once for each report."""
    part = chosen.part()
    for statement in part.statements:
        report = part.reports[statement["content"][0]["report"]]
        yield report["seq"], as_json(statement_annotation(statement, part.reports))
    for summary in part.summaries:
        for claim in part.claims[summary["within"]]:
            yield None, as_json(claim_annotation(claim, part.reports))


def claim_annotation(claim: Data, reports: Mapping[str, Data]) -> dict[str, Any]:
    """Return a claim as an annotation: its body in words and as data, its target the words it was read from."""
    row = claim_row(claim)
    sure = f", “{row['certainty']}”" if row["certainty"] else ""
    words = f"{row['field']}: {row['words'] or row['class']} ({row['holder']}, {row['stance']}{sure})"
    data = {"type": "Dataset", "format": "application/json", "purpose": "describing", "value": as_json(
        {key: claim[key] for key in ("field", "value", "holder", "chain", "via", "stance", "certainty", "said")}
    )}  # fmt: skip
    tags = [{"type": "TextualBody", "purpose": "tagging", "value": value} for value in (row["field"], row["stance"])]
    return {
        "id": f"urn:sayso:claim:{claim['id']}",
        "type": "Annotation",
        "motivation": "describing",
        "creator": CREATOR,
        "body": [{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": words}, *tags, data],
        "target": target(claim["evidence"], reports[claim["evidence"]["report"]]),
    }


def statement_annotation(statement: Data, reports: Mapping[str, Data]) -> dict[str, Any]:
    """Return a statement as an annotation on all its pieces."""
    holder, report = statement["holder"], reports[statement["content"][0]["report"]]
    said = f"{holder['name'] or holder['words']} ({holder['kind']})"
    return {
        "id": f"urn:sayso:statement:{statement['id']}",
        "type": "Annotation",
        "motivation": "identifying",
        "creator": CREATOR,
        "body": {"type": "TextualBody", "purpose": "identifying", "format": "text/plain", "value": said},
        "target": [target(span, report) for span in statement["content"]],
    }


def target(span: Data, report: Data) -> dict[str, Any]:
    """Return a span as a target: its words with what stands around them, and its position in code points."""
    text, start, end = report["text"], span["start"], span["end"]
    found = {
        "source": f"urn:sayso:report:{report['id']}",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }
    return {**found, "scope": report["url"]} if report["url"] else found


FORMAT = Format(
    "webannotation",
    "W3C Web Annotations: every claim and statement on its exact characters (annotation tools, digital editions)",
    ".jsonld",
    'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    stream=Stream(pieces, HEAD, ",\n", "\n]}\n"),
    schema="https://www.w3.org/TR/annotation-model/",
)
