"""W3C Web Annotation: every claim and every statement as an annotation on exact characters of the stored text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sayso import __version__
from sayso.exports.registry import Format
from sayso.exports.selection import Seen, Selection
from sayso.tables.rows import claim_row

Data = Mapping[str, Any]

AROUND: Final = 40
"""Code points of prefix and suffix: enough to tell two places with the same words apart on a changed page."""
CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
CREATOR: Final = {"id": "urn:sayso:software", "type": "Software", "name": f"sayso {__version__}"}


def lines(chosen: Selection) -> Iterator[str]:
    """Yield a page of annotations, one a line."""
    yield f'{{"@context": "{CONTEXT}", "id": "urn:sayso:annotations", "type": "AnnotationPage", "items": ['
    before, seen = "\n", Seen()
    for part in chosen.parts():
        new = {number for number, row in part.reports.items() if seen.first(row["seq"])}
        for statement in part.statements:
            if statement["content"][0]["report"] in new:
                yield before + _dump(statement_annotation(statement, part.reports))
                before = ",\n"
        for summary in part.summaries:
            for claim in part.claims[summary["within"]]:
                yield before + _dump(claim_annotation(claim, part.reports))
                before = ",\n"
    yield "\n]}\n"


def claim_annotation(claim: Data, reports: Mapping[str, Data]) -> dict[str, Any]:
    """Return a claim as an annotation: its body in words and as data, its target the words it was read from."""
    row = claim_row(claim)
    sure = f", “{row['certainty']}”" if row["certainty"] else ""
    words = f"{row['field']}: {row['words'] or row['class']} ({row['holder']}, {row['stance']}{sure})"
    data = {"type": "Dataset", "format": "application/json", "purpose": "describing", "value": json.dumps(
        {key: claim[key] for key in ("field", "value", "holder", "chain", "via", "stance", "certainty", "said")},
        ensure_ascii=False, sort_keys=True,
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


def _dump(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


FORMAT = Format(
    "webannotation",
    "W3C Web Annotations: every claim and statement on its exact characters (annotation tools, digital editions)",
    ".jsonld",
    'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    stream=lines,
    schema="https://www.w3.org/TR/annotation-model/",
)
