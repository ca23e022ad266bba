"""A reader that can be foretold, in the place of the pipeline: the commands show, they decide nothing."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from types import ModuleType

import pytest

import sayso
from sayso import pipeline
from sayso.records import Claim, Finding, FindingValue, Incident, Reading, Report, Statement, incident_id
from sayso.values import Actor, Certainty, Quantity

POLICE = Actor(name="Tarsk police", kind="police", words="the police")


def read_foretold(reports: Iterable[Report]) -> Reading:
    """In each report that has the word "killed", find one incident, one statement and one claim; else nothing."""
    found = tuple(reports)
    parts = [parts_of(report) for report in found if "killed" in report.text]
    return Reading(
        reports=found,
        statements=tuple(statement for statement, _, _ in parts),
        claims=tuple(claim for _, claim, _ in parts),
        incidents=tuple(incident for _, _, incident in parts),
    )


def parts_of(report: Report) -> tuple[Statement, Claim, Incident]:
    at = report.text.index("killed")
    span = report.span(at, at + len("killed"))
    statement = Statement(holder=POLICE, cue=None, content=(span,), verbatim=False)
    claim = Claim(
        incident=incident_id(span),
        field="killed",
        value=Quantity(low=9, high=None, words='=HYPERLINK("x")'),
        evidence=span,
        holder=POLICE,
        chain=("@wire", "the police"),
        certainty=Certainty(words="-likely", low=0.55, high=0.8, scale="ICD 203"),
        statement=statement.id,
    )
    value = FindingValue(value=claim.value, claims=(claim.id,), holders=("Tarsk police",), origins=1)
    finding = Finding(field="killed", status="sole", values=(value,))
    incident = Incident(
        id=claim.incident, kind="bombing", title="Bombing in Tarsk", reports=(report.id,), findings=(finding,)
    )
    return statement, claim, incident


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetch nothing in tests of commands."""
    monkeypatch.setenv("SAYSO_OFFLINE", "1")


@pytest.fixture
def use_reader(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Iterable[Report]], Reading]], None]:
    """Return a function that puts a reader in the place of ``sayso.pipeline``."""

    def put(reader: Callable[[Iterable[Report]], Reading]) -> None:
        module = ModuleType("sayso.pipeline")
        module.read = reader  # type: ignore[attr-defined]
        module.read_each = lambda reports: (reader([report]) for report in reports)  # type: ignore[attr-defined]
        module.together = pipeline.together  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "sayso.pipeline", module)
        monkeypatch.setattr(sayso, "pipeline", module, raising=False)

    return put


@pytest.fixture
def reader(use_reader: Callable[[Callable[[Iterable[Report]], Reading]], None]) -> None:
    """Put the foretold reader in the place of the pipeline."""
    use_reader(read_foretold)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Return a function that gives the process these bytes on standard input."""

    def put(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return put
