"""The claims of a coded row: one for each value and each source that the row names, evidence the cell itself."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any, Final

from sayso.coded.datasets import Dataset
from sayso.coded.rows import cell_spans
from sayso.reading.findings import find_findings
from sayso.reading.happenings.taxonomy import kinds
from sayso.records import Claim, Incident, Kind, NotUnderstood, Reading, Report, Span, Target, incident_id
from sayso.values import Actor, Moment, Place, Quantity
from sayso.vocab.gazetteer import Gazetteer

SEPARATED: Final = re.compile(r"\s*[;|]\s*")
VAGUE_KIND: Final = "other"
_UNNAMED: Final = re.compile(r"\bunidentified\b|\bunknown\b", re.IGNORECASE)
_CIVILIANS: Final = re.compile(r"\bcivilians?\b|\bprotesters\b|\bpeople\b", re.IGNORECASE)


def read_each(dataset: Dataset) -> Callable[[Iterable[Report]], Iterator[Reading]]:
    """Return what reads reports that ``report_of_row`` made, in order."""

    def read(reports: Iterable[Report]) -> Iterator[Reading]:
        return (_Row(report, dataset).reading() for report in reports)

    return read


@dataclass(frozen=True)
class _Row:
    """One row being read."""

    report: Report
    dataset: Dataset

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Column → cell, without cells that say nothing."""
        silent = self.dataset.unknown
        return {name: span for name, span in cell_spans(self.report).items() if span.text.casefold() not in silent}

    def cell(self, column: str) -> str:
        """Return the text of a cell, "" for none."""
        return self.spans[column].text if column in self.spans else ""

    def reading(self) -> Reading:
        """Return what the row says: one incident, or none where it has no day, place nor type."""
        found = list(self._values())
        if not found:
            return Reading(reports=(self.report,), not_understood=self._unread())
        number = incident_id(found[0][2])
        claims = tuple(
            Claim(incident=number, field=field, value=value, evidence=span, holder=holder, chain=chain, stance=stance)
            for field, value, span, stance in found
            for holder, chain in self._sayers
        )  # fmt: skip
        when, where = self._when(), self._where()
        incident = Incident(
            id=number,
            kind=self._kind(),
            title=self.report.title or self.report.id,
            when=when[0] if when else None,
            where=where[0] if where else None,
            reports=(self.report.id,),
            findings=find_findings(claims),
        )
        return Reading(
            reports=(self.report,), incidents=(incident,), claims=claims, not_understood=self._unread()
        )  # fmt: skip

    @cached_property
    def _sayers(self) -> list[tuple[Actor, tuple[str, ...]]]:
        """Return who is named as source, each through the data set; the data set itself where nobody is."""
        coder = self.dataset.sayer
        names = [name for column in self.dataset.sources for name in SEPARATED.split(self.cell(column)) if _names(name)]
        if not names:
            return [(Actor(name=coder, kind="organisation", words=coder), ())]
        return [(Actor(name=name, kind="media", words=name), (coder, name)) for name in dict.fromkeys(names)]

    def _values(self) -> Iterator[tuple[str, Any, Span, str]]:
        """Yield (field, value, evidence, stance) of what the row says."""
        data = self.dataset
        if data.kind in self.spans:
            yield "kind", Kind(kind=self._kind(), words=self.cell(data.kind)), self.spans[data.kind], "asserts"
        for field, found in (("when", self._when()), ("where", self._where())):
            if found:
                yield field, found[0], found[1], "asserts"
        if _names(self.cell(data.author)):
            yield "perpetrator", self._actor(self.cell(data.author)), self.spans[data.author], "accuses"
        for column in data.target:
            if self.cell(column):
                yield "target", self._target(self.cell(column)), self.spans[column], "asserts"
        for field, columns in data.counts:
            yield from self._count(field, columns)

    def _kind(self) -> str:
        cell = self.cell(self.dataset.kind)
        return dict(self.dataset.kinds).get(cell) or crosswalk(self.dataset.crosswalk).get(cell.casefold(), VAGUE_KIND)

    def _when(self) -> tuple[Moment, Span] | None:
        """Return the day or days, as precise as the row says."""
        columns = self.dataset.first_day
        days = _day(self.cell(columns[0])) if len(columns) == 1 else _prefix([self.cell(each) for each in columns])
        if not days:
            return None
        span = self.spans[columns[0]]
        around = dict(self.dataset.days_around).get(self.cell(self.dataset.day_precision), 0)
        first, last = days, _day(self.cell(self.dataset.last_day)) or days
        if around is None:
            first = last = days[: len("2031-05")]
        elif around:
            first, last = (str(date.fromisoformat(days) + timedelta(days=each)) for each in (-around, around))
        return Moment(earliest=first, latest=last, words=span.text, resolved=True), span

    def _where(self) -> tuple[Place, Span] | None:
        column = next((each for each in (*self.dataset.place, self.dataset.country) if self.cell(each)), None)
        if column is None:
            return None
        data, country = self.dataset, self._country()
        precision = dict(data.precisions).get(self.cell(data.place_precision))
        if column == data.country:
            precision = "country"
        lat, lon = _number(self.cell(data.lat)), _number(self.cell(data.lon))
        known = lat is not None and lon is not None and precision != "country"
        place = Place.model_validate(
            {
                "name": self.cell(column), "country": country, "admin1": self.cell(data.admin1) or None,
                "lat": lat if known else None, "lon": lon if known else None, "precision": precision,
                "words": self.cell(column),
            }
        )  # fmt: skip
        return place, self.spans[column]

    def _country(self) -> str | None:
        world, cell = Gazetteer.default(), self.cell(self.dataset.country)
        fact = world.country(cell) or world.by_code(cell)
        return fact.code if fact else None

    def _actor(self, words: str) -> Actor:
        country = self._country()
        if _UNNAMED.search(words):
            return Actor(name=None, kind="armed_group", words=words)
        found = Actor.parse(words, Gazetteer.default(), (country,) if country else ())
        if found.name is None and not _CIVILIANS.search(words):
            return found.model_copy(update={"name": words})
        return found

    def _target(self, words: str) -> Target:
        if _CIVILIANS.search(words):
            data = {"name": "civilians", "kind": "civilians", "country": self._country(), "class": "civilians"}
            return Target.model_validate({**data, "words": words})
        actor = self._actor(words)
        return Target.model_validate(
            {"name": actor.name, "kind": actor.kind, "country": actor.country, "class": None, "words": words}
        )

    def _count(self, field: str, columns: tuple[str, ...]) -> Iterator[tuple[str, Any, Span, str]]:
        ends = [_whole(self.cell(column)) for column in columns]
        low, high = ends[0], ends[-1]
        if low is None or high is None or high < low or (high == 0 and field in self.dataset.zero_is_unknown):
            return
        span = self.spans[columns[0]]
        yield field, Quantity(low=low, high=high, words=span.text), span, "asserts"

    def _unread(self) -> tuple[NotUnderstood, ...]:
        """Return cells that could be read two ways, or not at all."""
        found = []
        for field, columns in self.dataset.counts:
            for column in columns:
                cell = self.cell(column)
                if cell and _whole(cell) is None:
                    found.append((column, "no whole number"))
                elif cell == "0" and field in self.dataset.zero_is_unknown:
                    found.append((column, f"0 in {self.dataset.sayer} may mean that nobody gave a number"))
        return tuple(NotUnderstood(span=self.spans[column], reason=reason) for column, reason in found)


@cache
def crosswalk(name: str) -> dict[str, str]:
    """Return type of another codebook, in small letters → the first kind that names it first, else at all."""
    found: dict[str, str] = {}
    for rank in (slice(0, 1), slice(1, None)):
        for kind in kinds().values():
            for each in (getattr(kind, name) if name else ())[rank]:
                found.setdefault(each.casefold(), kind.name)
    return found


def _day(cell: str) -> str | None:
    """Return the ISO form of "2031-05-14" or "14 May 2031"; None for anything else."""
    from sayso.intake.dates import published_date

    found = published_date(cell[: len("2031-05-14")] if cell[:4].isdigit() else cell) if cell else None
    return found[: len("2031-05-14")] if found else None


def _prefix(cells: list[str]) -> str | None:
    """Return year, month and day as precise as known: 0 is unknown."""
    year, month, day = ((_whole(each) or 0) for each in cells)
    if not year:
        return None
    if not 1 <= month <= 12:
        return f"{year:04}"
    known = 1 <= day <= monthrange(year, month)[1]
    return f"{year:04}-{month:02}" + (f"-{day:02}" if known else "")


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _whole(cell: str) -> int | None:
    """Return a whole number that may be written as "6.0"; None for anything else."""
    number = _number(cell)
    return int(number) if number is not None and number >= 0 and number == int(number) else None


def _names(words: str) -> bool:
    """Tell whether words can name anybody: "-" fills a cell and names nobody."""
    return any(map(str.isalnum, words))
