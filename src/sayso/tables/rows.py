"""Records, as the JSON that names them, to rows of the tables in ``contents``; each record is flattened here only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sayso.tables.cells import as_json

Row = dict[str, Any]
Data = Mapping[str, Any]

_CLASSES: Final = ("class", "kind", "status", "extent")
"""Keys of a value that class it, the first that it has; an actor's kind is none of these (see ``_class``)."""
_SUMMARISED: Final = (
    "kind", "title", "earliest", "latest", "place", "country", "admin1", "lat", "lon", "precision",
)  # fmt: skip
_COUNTED: Final = ("reports", "origins")
_TOLLS: Final = ("killed_low", "killed_high", "injured_low", "injured_high")


def claim_row(claim: Data, publisher: str | None = None, published: str | None = None) -> Row:
    """Return the row of ``claims``.

    Args:
        claim: the record as JSON has it.
        publisher: outlet of its report.
        published: when its report was published.

    """
    value, sure, said = claim["value"], claim["certainty"] or {}, claim["said"] or {}
    evidence, holder = claim["evidence"], claim["holder"]
    return {
        "id": claim["id"],
        "incident": claim["incident"],
        "report": evidence["report"],
        "publisher": publisher,
        "published": published,
        "field": claim["field"],
        "words": value.get("words"),
        "name": value.get("name"),
        "class": _class(claim["field"], value),
        "country": value.get("country"),
        "of": _of(value.get("of")),
        "low": value.get("low"),
        "high": value.get("high"),
        "earliest": value.get("earliest"),
        "latest": value.get("latest"),
        "lat": value.get("lat"),
        "lon": value.get("lon"),
        "value": as_json(value),
        "holder": holder["name"] or holder["words"],
        "holder_kind": holder["kind"],
        "holder_country": holder["country"],
        "chain": " > ".join(claim["chain"]),
        "via": claim["via"],
        "stance": claim["stance"],
        "certainty": sure.get("words"),
        "certainty_low": sure.get("low"),
        "certainty_high": sure.get("high"),
        "certainty_scale": sure.get("scale"),
        "said": said.get("earliest"),
        "said_words": said.get("words"),
        "evidence": evidence["text"],
        "start": evidence["start"],
        "end": evidence["end"],
        "statement": claim["statement"],
    }


def statement_row(statement: Data) -> Row:
    """Return the row of ``statements``."""
    content, said, holder = statement["content"], statement["said"] or {}, statement["holder"]
    return {
        "id": statement["id"],
        "report": content[0]["report"],
        "holder": holder["name"] or holder["words"],
        "holder_kind": holder["kind"],
        "holder_country": holder["country"],
        "via": statement["via"],
        "cue": statement["cue"]["text"] if statement["cue"] else None,
        "words": " … ".join(span["text"] for span in content),
        "verbatim": statement["verbatim"],
        "stance": statement["stance"],
        "said": said.get("earliest"),
        "said_words": said.get("words"),
        "inside": statement["inside"],
        "start": content[0]["start"],
        "end": content[-1]["end"],
    }


def report_row(report: Data) -> Row:
    """Return the row of ``reports``; of a record, what only the ledger knows (added, place, …) is empty."""
    names = (
        "id", "published", "published_from", "publisher", "title", "byline", "dateline", "url", "language",
        "external_id",
    )  # fmt: skip
    kept = ("added", "former", "place", "sha256")
    text = report["text"]
    return {
        **{name: report[name] for name in names},
        **{name: report.get(name) for name in kept},
        "length": len(text),
        "text": text,
    }


def incident_row(summary: Data) -> Row:
    """Return the row of ``incidents`` from that of the ledger's ``summaries``."""
    return {
        "id": summary["within"],
        **{name: summary[name] for name in _SUMMARISED},
        "background": bool(summary["background"]),
        **{name: summary[name] for name in _COUNTED},
        "disputed": " ".join(disputed_in(summary["statuses"])),
        **{name: summary[name] for name in _TOLLS},
    }


def origin_rows(incident: str, origins: Iterable[Data]) -> Iterator[Row]:
    """Yield the rows of ``origins``: one for each report of an incident."""
    for origin in origins:
        for report in origin["reports"]:
            yield {
                "incident": incident, "report": report, "origin": origin["id"], "name": origin["name"],
                "reason": origin["reason"],
            }  # fmt: skip


def disputed_in(statuses: str) -> list[str]:
    """Return the disputed fields of a row of ``summaries``."""
    pairs = (entry.split(":") for entry in statuses.split())
    return [field for field, status in pairs if status == "disputed"]


def flat(record: Data) -> Row:
    """Return any other record as a row: what is nested becomes JSON."""
    return {name: as_json(value) if isinstance(value, (dict, list)) else value for name, value in record.items()}


def _class(field: str, value: Data) -> Any:
    if field in ("perpetrator", "where"):
        return value.get("kind") or value.get("precision")
    if field == "responsibility_claim":
        return {True: "claimed", False: "not claimed", "denied": "denied"}[value["claimed"]]
    if field == "evidence_offered":
        return "provided" if value["provided"] else "not provided"
    return next((value[key] for key in _CLASSES if value.get(key) is not None), None)


def _of(of: Data | str | None) -> str | None:
    """Return a group as worded; damage names its thing as a plain string."""
    if isinstance(of, Mapping):
        return str(of["name"] or of["words"])
    return of
