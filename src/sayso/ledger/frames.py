"""Records as rows of a data frame: what ``Ledger`` yields can be had as pandas, polars or Arrow.

The three libraries are the extra ``sayso[frames]``; whichever is there is imported when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from sayso.errors import SetupError
from sayso.records import Claim, Incident, Report, Statement

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Kind = TypeVar("Kind", bound=BaseModel)


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
