"""The terminal view of a reading: per incident one sentence, then a row a field: value, who says so, how sure, where.

Everything is readable without colour: ``≠`` disputed, ``~`` compatible, ``=`` agreed. Text from reports is shown with
its control and direction characters spelled out, so that no report can steer a terminal or hide a word (G16).
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from sayso.showing.labels import LABELS, SIGNS, in_order
from sayso.showing.wording import UNNAMED, channel, cue_of, describe, how_sure, place, visible, who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sayso.records import Claim, Finding, Incident, Reading, Report

LEGEND = "≠ disputed   ~ compatible   = agreed   [n] the words, quoted under the incident"
INDENT = 2
LABEL_WIDTH = 14
NARROW = 76
"""Below this width holder and certainty go under the value instead of beside it."""


def render(reading: Reading, width: int = 100, *, colour: bool = False) -> str:
    """Return the view as text for a terminal of ``width`` cells; with ``colour``, ANSI styles are added."""
    return printed(_lines(reading, max(width, 40)), width, colour=colour)


def printed(lines: Iterable[Text], width: int, *, colour: bool = False) -> str:
    """Return styled lines as the text a terminal of ``width`` cells shows."""
    buffer = StringIO()
    console = Console(
        file=buffer, width=width, no_color=not colour, force_terminal=colour, highlight=False, emoji=False, markup=False
    )
    for line in lines:
        console.print(line, soft_wrap=True)
    return buffer.getvalue()


def _lines(reading: Reading, width: int) -> Iterator[Text]:
    number = 0
    for report in reading.reports:
        yield from _report_heading(report, width)
        incidents = [incident for incident in reading.incidents if incident.reports[0] == report.id]
        for incident in sorted(incidents, key=lambda i: i.background):
            number += 1
            claims = {claim.id: claim for claim in reading.claims if claim.incident == incident.id}
            yield from incident_lines(incident, claims, number, width)
        if not incidents:
            yield from paragraph("no incident in this report", width, style="dim")
            yield Text()
        yield from _also_said(reading, report, width)
        yield from _not_read(reading, report, width)
    if any(finding.status != "sole" for incident in reading.incidents for finding in incident.findings):
        yield from paragraph(LEGEND, width, indent=0, style="dim")


def _report_heading(report: Report, width: int) -> Iterator[Text]:
    source = " · ".join(visible(part) for part in (report.publisher, _published(report)) if part)
    title = visible(report.title or _first_words(report.text))
    yield Text("─" * width, style="dim")
    yield from paragraph(f"{title}", width, indent=0, style="bold")
    yield from paragraph(source, width, indent=0, style="dim")
    yield Text()


def _published(report: Report) -> str:
    if report.published is None:
        return "no publication date: relative days stay unresolved"
    return f"published {report.published}"


def _first_words(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= 80 else line[:79].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class Row:
    """One value of one field with one holder, ready to be laid out."""

    label: str
    sign: str
    value: str
    holder: str
    sure: str
    reference: str


def incident_lines(
    incident: Incident, claims: Mapping[str, Claim], number: int, width: int, outlets: Mapping[str, str] | None = None
) -> Iterator[Text]:
    """Yield the lines of one incident: heading, a row a claim, the words quoted.

    Args:
        incident: with its findings.
        claims: id → claim; claims of the findings that are missing here are not shown.
        number: printed before the title.
        width: cells of a line.
        outlets: report id → what its quotations are marked with, where there are several reports.

    """
    yield from _incident_heading(incident, number, width)
    notes = Notes(outlets or {})
    for row in _rows(in_order(incident.findings), claims, notes):
        yield from (_wide(row, width) if width >= NARROW else _narrow(row, width))
    if notes.claims:
        yield Text()
        yield from paragraph("  ".join(notes.quotes()), width, indent=INDENT + 2, style="dim")
    yield Text()


def _incident_heading(incident: Incident, number: int, width: int) -> Iterator[Text]:
    when = incident.when.format() if incident.when else "no date"
    title = incident.title.removesuffix(f", {when}")  # the day stands at the right
    head = f" {number}  {visible(title)}"
    gap = width - cell_len(head) - cell_len(when)
    if gap >= 2:
        yield Text(head, style="bold") + Text(" " * gap + when, style="bold")
    else:
        yield from paragraph(head.strip(), width, indent=1, style="bold")
        yield from paragraph(when, width, indent=4)
    disputed = [LABELS[f.field] for f in in_order(incident.findings) if f.status == "disputed"]
    parts = [incident.kind.replace("_", " ")]
    if incident.background:
        parts.insert(0, "background")
    if incident.where:
        parts.append(place(incident.where))
    if disputed:
        parts.append("disputed: " + ", ".join(disputed))
    yield from paragraph(" · ".join(visible(part) for part in parts), width, indent=4)
    yield Text()


class Notes:
    """Numbers the evidence of an incident: the same words get the same number."""

    def __init__(self, outlets: Mapping[str, str]) -> None:
        self.outlets = outlets
        self.claims: dict[tuple[str, int, int], Claim] = {}

    def reference(self, claim: Claim) -> str:
        """Return ``[n]`` for the claim's evidence."""
        key = (claim.evidence.report, claim.evidence.start, claim.evidence.end)
        self.claims.setdefault(key, claim)
        return f"[{list(self.claims).index(key) + 1}]"

    def quotes(self) -> list[str]:
        """Return ``[n] "words"`` for each piece of evidence in order."""
        return [f"[{n}] {self._quote(claim)}" for n, claim in enumerate(self.claims.values(), 1)]

    def _quote(self, claim: Claim) -> str:
        outlet = self.outlets.get(claim.evidence.report)
        return f"“{visible(claim.evidence.text)}”" + (f" ({visible(outlet)})" if outlet else "")


def _rows(findings: Iterable[Finding], claims: Mapping[str, Claim], notes: Notes) -> Iterator[Row]:
    """Yield a row a claim; a label or a value that the row above already shows is left out."""
    field, said = "", ""
    for finding in findings:
        label = LABELS[finding.field] if finding.field != field else ""
        sign, field, said = SIGNS[finding.status], finding.field, ""
        for claim in (claims[ref] for value in finding.values for ref in value.claims if ref in claims):
            value = describe(claim)
            shown = "" if value.lower() == said.lower() else value
            yield Row(label, sign, shown, who(claim), how_sure(claim), notes.reference(claim))
            label, sign, said = "", " ", value


def _wide(row: Row, width: int) -> Iterator[Text]:
    """Lay a row out in columns: label, sign, value, holder, how sure, reference."""
    room = width - INDENT - LABEL_WIDTH - 3 - 6
    widths = (room * 40 // 100, room * 36 // 100, room - room * 40 // 100 - room * 36 // 100)
    columns = [_wrap(cell, size - 2) for cell, size in zip((row.value, row.holder, row.sure), widths, strict=True)]
    for at in range(max(len(column) for column in columns)):
        first = at == 0
        line = Text(" " * INDENT)
        line.append(set_cell_size(row.label if first else "", LABEL_WIDTH), style="dim")
        line.append(f"{row.sign if first else ' '}  ", style="bold red" if row.sign == "≠" else "")
        for column, size, style in zip(columns, widths, ("bold", "", "italic"), strict=True):
            line.append(set_cell_size(column[at] if at < len(column) else "", size), style=style)
        line.append(row.reference if first else "", style="dim")
        line.rstrip()
        yield line


def _narrow(row: Row, width: int) -> Iterator[Text]:
    if row.label:
        yield Text(f"{' ' * INDENT}{row.sign} {row.label}".rstrip())
    if row.value:
        yield from paragraph(row.value, width, indent=INDENT + 2, style="bold")
    tail = " · ".join(part for part in (row.holder, row.sure) if part)
    yield from paragraph(f"{tail} {row.reference}", width, indent=INDENT + 6)


def _also_said(reading: Reading, report: Report, width: int) -> Iterator[Text]:
    """List the statements that no claim shown above came from."""
    used = {claim.statement for claim in reading.claims}
    said = [s for s in reading.statements if s.content[0].report == report.id and s.id not in used]
    if said:
        yield Text(f"{' ' * INDENT}also said", style="dim")
    for statement in said:
        words = " … ".join(visible(span.text) for span in statement.content)
        before, behind = cue_of(statement)
        name = visible(statement.holder.name or statement.holder.words or UNNAMED)
        head = " ".join(part for part in (before, name, behind) if part)
        via = f", {channel(statement.via)}" if statement.via else ""
        yield from paragraph(f"{head}{via}: {_shorten(words, 160)}", width, indent=INDENT + 2)
    if said:
        yield Text()


def _not_read(reading: Reading, report: Report, width: int) -> Iterator[Text]:
    left = [entry for entry in reading.not_understood if entry.span.report == report.id]
    if left:
        yield Text(f"{' ' * INDENT}not read", style="dim")
    for entry in left:
        words = _shorten(visible(entry.span.text), 80)
        yield from paragraph(f"“{words}”: {visible(entry.reason)}", width, indent=INDENT + 2)
    if left:
        yield Text()


def _shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + " …"


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 8), break_on_hyphens=False) or [""]


def paragraph(text: str, width: int, *, indent: int = 4, style: str = "") -> Iterator[Text]:
    """Yield ``text`` in lines of ``width`` cells, ``indent`` of them left blank."""
    for line in _wrap(text, width - indent):
        yield Text(" " * indent + line, style=style)
