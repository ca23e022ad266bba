"""Accounts made by hand for the tests of linking: a report, one incident in it, and its claims."""

from __future__ import annotations

from typing import Any

from sayso.linking.features import Features, features_of
from sayso.records import Block, Claim, Incident, Kind, Report, identify, incident_id
from sayso.values import Actor, Moment, Place, Quantity

REPORT = Actor(name=None, kind="report", words="report")


def make_report(text: str, published: str | None = None, publisher: str | None = None) -> Report:
    """Return a report whose first line is its headline."""
    title, _, rest = text.partition("\n")
    blocks = [Block(kind="headline", start=0, end=len(title))]
    if rest:
        blocks.append(Block(kind="paragraph", start=len(title) + 1, end=len(text)))
    return Report(
        id=identify("re", [text, published]), text=text, title=title, published=published, publisher=publisher,
        blocks=tuple(blocks),
    )  # fmt: skip


def account(
    text: str,
    published: str | None = "2031-03-04",
    *,
    when: str | None = None,
    where: Place | None = None,
    kind: str = "bombing",
    background: bool = False,
    publisher: str | None = None,
    holder: Actor = REPORT,
    **counts: int,
) -> Features:
    """Return the features of an account that is told in the whole of ``text``."""
    report = make_report(text, published, publisher)
    span = report.span(0, len(text.split()[0]))
    number = incident_id(span)
    values: list[tuple[str, Any]] = [("kind", Kind(kind=kind, words=span.text))]
    values += [(field, Quantity(low=count, high=count, words=str(count))) for field, count in counts.items()]
    values += [("where", where)] if where else []
    moment = Moment(earliest=when, latest=when, words="then", resolved=True) if when else None
    values += [("when", moment)] if moment else []
    claims = [Claim(incident=number, field=f, value=v, evidence=span, holder=holder) for f, v in values]
    incident = Incident(
        id=number, kind=kind, title="", when=moment, where=where, reports=(report.id,), background=background
    )
    return features_of(report, incident, claims)


def town(name: str, country: str = "LBY", admin1: str | None = None, at: tuple[float, float] | None = None) -> Place:
    """Return a settlement."""
    lat, lon = at or (None, None)
    return Place(name=name, country=country, admin1=admin1, lat=lat, lon=lon, precision="settlement", words=name)
