"""Records as rows of a data frame: what ``Ledger`` yields can be had as pandas, polars or Arrow.

The three libraries are the extra ``sayso[frames]``; whichever is there is imported when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import BaseModel

from sayso.errors import SetupError
from sayso.records import Claim, Incident, Report, Statement

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Kind = TypeVar("Kind", bound=BaseModel)

COLUMNS: Final[dict[type[BaseModel], dict[str, str]]] = {
    Claim: {
        "id": "of the claim",
        "incident": "id of the incident",
        "field": "what the claim is about",
        "name": "name of the actor, place or target",
        "country": "its country, ISO 3166 alpha-3",
        "low": "least number",
        "high": "greatest number; missing where open",
        "earliest": "first moment",
        "latest": "last moment",
        "words": "the value as written",
        "value": "the whole value, as JSON",
        "holder": "who says so",
        "holder_kind": "what the holder is",
        "chain": "through whom it came, outermost first",
        "via": "channel",
        "stance": "asserts, accuses, denies …",
        "certainty": "how sure, as worded",
        "certainty_low": "lower end of its band",
        "certainty_high": "upper end of its band",
        "said": "first moment at which it can have been said",
        "evidence": "the words it was read from",
        "report": "id of the report",
        "start": "first code point of the evidence",
        "end": "one past its last code point",
        "statement": "id of the statement it stands in",
    },
    Incident: {
        "id": "of the incident",
        "kind": "a name of `vocab/incidents.toml`",
        "title": "what, where and when, in one line",
        "earliest": "first day or minute it may have been",
        "latest": "last day or minute",
        "place": "name of the place shown",
        "country": "ISO 3166 alpha-3",
        "admin1": "first-level division",
        "lat": "degrees north; missing where only the country is known",
        "lon": "degrees east",
        "precision": "what kind of area the place is",
        "background": "reports mention it only to explain",
        "reports": "how many reports tell of it",
        "disputed": "fields that are disputed, parted by blanks",
    },
    Statement: {
        "id": "of the statement",
        "holder": "who says or thinks it",
        "holder_kind": "what the holder is",
        "via": "channel",
        "cue": "the words that attribute; missing for a bare quotation",
        "words": "what is said; pieces apart are joined by ' … '",
        "verbatim": "all of it stands in quotation marks",
        "stance": "asserts, accuses, denies …",
        "said": "first moment at which it can have been said",
        "inside": "id of the statement in which this one is told",
        "report": "id of the report",
        "start": "first code point of what is said",
        "end": "one past its last code point",
    },
}
"""Columns of a frame of these records, with what each holds; frames of other records have their fields."""


class Records(Iterator[Kind], Generic[Kind]):
    """Records one after the other, or what is left of them as a frame: one row each, columns as in ``row_of``."""

    def __init__(self, found: Iterator[Kind]) -> None:
        self._found = found

    def __next__(self) -> Kind:
        return next(self._found)

    def rows(self) -> list[dict[str, Any]]:
        """Return what is left as rows of plain values."""
        return [row_of(record) for record in self]

    def arrow(self) -> pa.Table:
        """Return what is left as an Arrow table; raises SetupError without pyarrow."""
        try:
            import pyarrow as pa
        except ImportError as error:
            raise _missing("pyarrow") from error
        rows = self.rows()
        columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}
        return pa.table({name: _column(pa, values) for name, values in columns.items()})

    def to_pandas(self) -> pd.DataFrame:
        """Return what is left as a pandas frame; whole numbers that may be missing are ``Int64``."""
        try:
            import pandas as pd
        except ImportError as error:
            raise _missing("pandas") from error
        return pd.DataFrame(self.rows()).convert_dtypes()

    def to_polars(self) -> pl.DataFrame:
        """Return what is left as a polars frame."""
        try:
            import polars as pl
        except ImportError as error:
            raise _missing("polars") from error
        return pl.DataFrame(self.rows(), infer_schema_length=None)

    def take(self, number: int) -> list[Kind]:
        """Return the next ``number`` records, or fewer where there are no more."""
        return list(islice(self, number))


def _column(pa: Any, values: list[Any]) -> Any:
    """Return an Arrow array; a column without any value is text, so that two pages have one schema."""
    return pa.array(values, type=pa.string() if all(value is None for value in values) else None)


def _missing(library: str) -> SetupError:
    return SetupError(f"{library} is not installed", way_out="pip install 'sayso[frames]'")


def row_of(record: BaseModel) -> dict[str, Any]:
    """Return a record as one flat row: what is nested is spread out for the common kinds, JSON for the others."""
    match record:
        case Claim():
            return _claim(record)
        case Incident():
            return _incident(record)
        case Report():
            return {**_flat(record, without={"blocks"}), "length": len(record.text)}
        case Statement():
            return _statement(record)
    return _flat(record)


def _flat(record: BaseModel, without: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    data = record.model_dump(mode="json", by_alias=True, exclude=set(without))
    return {
        name: json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, (dict, list)) else value
        for name, value in data.items()
    }


def _claim(claim: Claim) -> dict[str, Any]:
    value, sure = claim.value, claim.certainty
    parts = ("name", "country", "low", "high", "earliest", "latest", "words")
    return {
        "id": claim.id,
        "incident": claim.incident,
        "field": claim.field,
        **{part: getattr(value, part, None) for part in parts},
        "value": json.dumps(value.model_dump(mode="json", by_alias=True), ensure_ascii=False, sort_keys=True),
        "holder": claim.holder.name or claim.holder.words,
        "holder_kind": claim.holder.kind,
        "chain": " > ".join(claim.chain),
        "via": claim.via,
        "stance": claim.stance,
        "certainty": sure.words if sure else None,
        "certainty_low": sure.low if sure else None,
        "certainty_high": sure.high if sure else None,
        "said": claim.said.earliest if claim.said else None,
        "evidence": claim.evidence.text,
        "report": claim.evidence.report,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "statement": claim.statement,
    }


def _incident(incident: Incident) -> dict[str, Any]:
    when, where = incident.when, incident.where
    disputed = sorted({finding.field for finding in incident.findings if finding.status == "disputed"})
    return {
        "id": incident.id,
        "kind": incident.kind,
        "title": incident.title,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "place": (where.name or where.words) if where else None,
        "country": where.country if where else None,
        "admin1": where.admin1 if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "precision": where.precision if where else None,
        "background": incident.background,
        "reports": len(incident.reports),
        "disputed": " ".join(disputed),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    first, last = statement.content[0], statement.content[-1]
    return {
        "id": statement.id,
        "holder": statement.holder.name or statement.holder.words,
        "holder_kind": statement.holder.kind,
        "via": statement.via,
        "cue": statement.cue.text if statement.cue else None,
        "words": " … ".join(span.text for span in statement.content),
        "verbatim": statement.verbatim,
        "stance": statement.stance,
        "said": statement.said.earliest if statement.said else None,
        "inside": statement.inside,
        "report": first.report,
        "start": first.start,
        "end": last.end,
    }
