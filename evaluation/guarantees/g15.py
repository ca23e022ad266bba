"""G15: no cell of a CSV is taken for a formula; CSV, JSON, Parquet and STIX give back exactly what went in.

Pages of the desk are tried column by column. Exports are tried whole: a ledger in which every text begins with one of
the prefixes is written in every format and read back with the library of its users.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import READER, QuickLinker
from sayso.exports.out import pieces, write
from sayso.exports.profiles import NAMES, format_for
from sayso.exports.registry import format_of
from sayso.exports.selection import Selection, selection
from sayso.intake import Capture
from sayso.ledger import create, open_ledger
from sayso.ledger.storing import store
from sayso.records import Claim, Incident, Reading, Report, Statement, incident_id
from sayso.tables.cells import csv_of, exact
from sayso.tables.contents import CLAIMS, LOG, PACKAGE, QUARANTINE, REPORT_LIST
from sayso.values import Actor, Certainty, Moment, Place, Quantity

PROMISE = "CSV opens without formulas; JSON, Parquet, STIX round-trip exactly"
PREFIXES = (
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", " =", '"=', "\u00a0+", "\ufeff=", "\x00=", "==",
    "-1+",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PAYLOAD: Final = "cmd|' /C calc'!A1"
NUMBERS: Final = ("integer", "number")


def prove(folder: Path, full: bool) -> Proof:
    """Try every column of the pages, then every column of every export, with every prefix."""
    cells, wrong = _pages()
    differ = 0
    with _hostile(folder / "project") as chosen:
        for found, faults, apart in (*_packages(chosen, folder), *_profiles(chosen), *_records(chosen)):
            cells, wrong, differ = cells + found, wrong + faults, differ + apart
    figures = {"cells": cells, "formulas": wrong, "differ": differ}
    says = f"{wrong} of {cells} cells are formulas or differ; {differ} records of JSON, Parquet, STIX differ"
    return Proof(wrong == differ == 0, figures, says)


def _pages() -> tuple[int, int]:
    """Put each prefix before a payload in every column of the desk's and the commands' tables."""
    wrong = cells = 0
    for columns in (CLAIMS.names, REPORT_LIST, QUARANTINE, LOG, *(table.names for table in PACKAGE)):
        for prefix in PREFIXES:
            given = f"{prefix}{PAYLOAD}"
            text = "".join(csv_of([dict.fromkeys(columns, given)]))
            _, row = csv.reader(io.StringIO(text, newline=""))
            cells += len(row)
            wrong += sum(_is_formula(cell) or exact(cell) != given for cell in row)
    return cells, wrong


def _packages(chosen: Selection, folder: Path) -> Iterator[tuple[int, int, int]]:
    """Write CSV and Parquet, and compare them cell by cell; the texts are compared with what was stored."""
    import pyarrow.parquet as pq

    write(format_of("csv"), chosen, folder / "csv")
    write(format_of("parquet"), chosen, folder / "parquet")
    stored = {report.id: report.text for report in chosen.ledger.reports()}
    csv.field_size_limit(1 << 30)
    for table in PACKAGE:
        typed = pq.read_table(folder / "parquet" / f"{table.name}.parquet").to_pylist()
        with (folder / "csv" / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        texts = [column.name for column in table.columns if column.type == "string"]
        bad = sum(_is_formula(row[name]) for row in rows for name in texts)
        bad += abs(len(rows) - len(typed))
        bad += sum(
            exact(row[name]) != (value[name] or "") for row, value in zip(rows, typed, strict=True) for name in texts
        )
        apart = sum(row["text"] != stored[row["id"]] for row in typed) if table.name == "reports" else 0
        yield len(rows) * len(table.columns), bad, apart


def _profiles(chosen: Selection) -> Iterator[tuple[int, int, int]]:
    for name in NAMES:
        wanted = format_for(name)
        (table,) = wanted.tables
        texts = [column.name for column in table.columns if column.type not in NUMBERS]
        text = b"".join(pieces(wanted, chosen)).decode()
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        yield len(rows) * len(table.columns), sum(_is_formula(row[each]) for row in rows for each in texts), 0


def _records(chosen: Selection) -> Iterator[tuple[int, int, int]]:
    """Yield how many claims, reports and objects of the JSON formats differ from what is stored."""
    claims = {claim.id: claim.model_dump(mode="json", by_alias=True) for claim in chosen.ledger.claims()}
    reports = {report.id: report.model_dump(mode="json") for report in chosen.ledger.reports()}
    apart, met = 0, 0
    for line in b"".join(pieces(format_of("jsonl"), chosen)).decode().split("\n")[:-1]:
        record = json.loads(line)
        kind = record.pop("record")
        if kind in ("claim", "report"):
            met += 1
            apart += record != (claims if kind == "claim" else reports)[record["id"]]
    yield 0, 0, apart + (met != len(claims) + len(reports))
    page = json.loads(b"".join(pieces(format_of("webannotation"), chosen)))
    yield 0, 0, sum(_misquoted(each, reports) for each in page["items"])
    bundle = json.loads(b"".join(pieces(format_of("stix"), chosen)))
    yield 0, 0, sum(map(_changed, bundle["objects"]))
    for name in ("geojson", "misp", "prov"):
        json.loads(b"".join(pieces(format_of(name), chosen)))
        yield 0, 0, 0


def _misquoted(annotation: Any, reports: dict[str, Any]) -> int:
    targets = annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
    found = 0
    for target in targets:
        quote, position = target["selector"]
        text = reports[target["source"].rpartition(":")[2]]["text"]
        found += text[position["start"] : position["end"]] != quote["exact"]
    return found


def _changed(given: dict[str, Any]) -> bool:
    """Tell whether an object of STIX comes back otherwise from the library; true of none without the library too."""
    try:
        import stix2
    except ImportError:  # in the tests it is there
        return False
    return bool(json.loads(stix2.parse(given).serialize()) != given)


class _hostile:  # noqa: N801 - used as a context manager only
    """A ledger in which every text begins with a prefix: one report for each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Selection:
        with create(self.folder) as empty:
            empty.close()
        with open_ledger(self.folder, "write", linker=QuickLinker()) as ledger:
            for number, prefix in enumerate(PREFIXES):
                report, reading = _reading(f"{prefix if prefix != chr(0) + '=' else '='}{PAYLOAD}", number)
                item = Capture(report.text.encode(), report.title or "", "text")
                ledger.evidence.keep([item.raw])
                store(ledger, item, reading, READER)
            ledger.freshen()
        self._ledger = open_ledger(self.folder)
        self._manager = selection(self._ledger)
        return self._manager.__enter__()

    def __exit__(self, *error: Any) -> None:
        self._manager.__exit__(None, None, None)
        self._ledger.close()


def _reading(words: str, number: int) -> tuple[Report, Reading]:
    """Return a report all of whose fields begin with ``words``, and the reading of it."""
    text = f"{words} killed {number}"
    report = Report(
        id=f"re_{number:016x}", text=text, title=f"{words} t {number}", publisher=words, byline=words,
        dateline=words, url=f"https://example.org/{number}", published="2031-05-14", external_id=words,
    )  # fmt: skip
    span = report.span(0, len(words))
    who = Actor(name=words, kind="armed_group", words=words)
    sure = Certainty(words=words, low=0.55, high=0.8, scale="ICD 203")
    statement = Statement(holder=who, holder_span=span, cue=span, content=(report.span(0, len(text)),), verbatim=False)
    values: list[tuple[str, Any]] = [
        ("perpetrator", Actor(name=f"{words}2", kind="armed_group", words=words)),
        ("killed", Quantity(low=number, high=None, words=words, of=who)),
        (
            "where",
            Place(name=words, country="SYR", admin1=words, lat=-33.5, lon=-40.0, precision="settlement", words=words),
        ),
        ("when", Moment(earliest="2031-05-13", latest="2031-05-13", words=words, resolved=True)),
    ]
    claims = tuple(
        Claim(
            incident=incident_id(span), field=field, value=value, evidence=span, holder=who, chain=(words,),
            certainty=sure, statement=statement.id, stance="accuses" if field == "perpetrator" else "asserts",
        )
        for field, value in values
    )  # fmt: skip
    incident = Incident(
        id=incident_id(span),
        kind="bombing",
        title=f"bombing {number} {number}",
        reports=(report.id,),
        where=values[2][1],
    )
    return report, Reading(reports=(report,), statements=(statement,), claims=claims, incidents=(incident,))


def _is_formula(cell: str) -> bool:
    return cell.lstrip(' \u00a0\ufeff\x00"').startswith(FORMULA)
