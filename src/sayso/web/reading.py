"""Read now: a text, pasted or dropped, and what is read of it; nothing is stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Request, Response, UploadFile
from fastapi import Form as Field

from sayso.adding import guarded
from sayso.errors import InputError, RefusedError, SaysoError, SetupError
from sayso.intake import Capture, Given, report_of, report_of_text
from sayso.intake.assemble import NOTHING_GIVEN
from sayso.intake.sources import got_items
from sayso.records import Reading, Report
from sayso.showing.asked import day
from sayso.showing.tables import csv_rows
from sayso.showing.wording import cue_of, place
from sayso.web.desk import Desk
from sayso.web.fields import fields, numbered
from sayso.web.filters import typed
from sayso.web.limits import FETCHES
from sayso.web.marks import parts, speaker
from sayso.web.pages import Form, Page, TheDesk, answer, pages
from sayso.web.rights import Asker, TheAsker, count

router = APIRouter(tags=["read"])
PAGES: Final = (".html", ".htm", ".xhtml")
NOWHERE: Final[Mapping[str, str]] = {}
LONG: Final = 160
"""Code points of a statement that are shown beside the text, where it stands in full."""


@pages(router, "/read")
def read_form(request: Request, desk: TheDesk, form: Form, example: str = "") -> Response:
    """Return the form for a text, or the reading of an example."""
    if not example:
        return answer(request, form, Page("read.html", _form(), {"examples": _example_titles()}, _example_titles()))
    found = next((file for file in example_files() if file.stem == example), None)
    if found is None:
        return answer(request, form, Page("read.html", _form(problem="There is no such example."), status=404))
    return _read(request, desk, form, _captured(found.read_bytes(), found.name), {})


@pages(router, "/read", methods=("POST",))
def read_text(
    request: Request,
    desk: TheDesk,
    asker: TheAsker,
    form: Form,
    text: Annotated[str, Field()] = "",
    published: Annotated[str, Field()] = "",
    publisher: Annotated[str, Field()] = "",
    url: Annotated[str, Field()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Read a text, a file or what stands at an address (url), and return the reading; nothing is stored."""
    entered = {"text": text, "published": published, "publisher": publisher, "url": typed(url)}
    try:
        when = day(published.strip()) if published.strip() else None
    except ValueError as error:
        return answer(request, form, _problem(entered, str(error)))
    given = Given(published=when, publisher=publisher.strip() or None)
    if file is not None and file.filename:
        return _read(request, desk, form, _captured(file.file.read(), file.filename, given), entered)
    if text.strip():
        return _show(request, desk, form, report_of_text(text.replace("\r\n", "\n"), given), entered)
    if entered["url"]:
        return _fetched(request, desk, asker, form, entered, given)
    return answer(request, form, _problem(entered, "There is nothing to read yet: paste a text or choose a file."))


def _fetched(request: Request, desk: Desk, asker: Asker, form: str, entered: dict[str, str], given: Given) -> Response:
    """Fetch an address, past the guard at the door, and read what stands there."""
    if asker.by != "here":
        count(desk, FETCHES, asker.name)
    try:
        with desk.fetching() as fetcher:
            items = list(got_items(fetcher.fetch(entered["url"]), given))
    except RefusedError as error:
        return answer(request, form, _problem(entered, _told(error), status=403))
    except InputError as error:
        return answer(request, form, _problem(entered, _told(error)))
    item = next((each for each in items if isinstance(each, Capture)), None)
    if item is None:
        return answer(
            request, form, _problem(entered, "No report stands there, but a list of others: name one of them.")
        )
    return _read(request, desk, form, item, entered)


def _told(error: SaysoError) -> str:
    return f"{error.problem[:1].upper()}{error.problem[1:]}: {error.way_out}."


def _captured(raw: bytes, name: str, given: Given = NOTHING_GIVEN) -> Capture:
    return Capture(raw, name, "page" if name.lower().endswith(PAGES) else "text", given)


def _read(request: Request, desk: TheDesk, form: str, item: Capture, entered: dict[str, str]) -> Response:
    with desk.reading():
        report = guarded()(item)
    if isinstance(report, InputError):
        return answer(request, form, _problem(entered, _told(report)))
    return _show(request, desk, form, report, entered)


def _show(request: Request, desk: TheDesk, form: str, report: Report, entered: dict[str, str]) -> Response:
    from sayso.pipeline import read_one

    with desk.reading():
        reading = read_one(report)
    page = Page("reading.html", {**_form(**entered), **reading_view(reading)}, reading.to_json(), csv_rows(reading))
    return answer(request, form, page)


def reading_view(
    reading: Reading, within: Mapping[str, str] = NOWHERE, rejected: Collection[str] = ()
) -> dict[str, Any]:
    """Return what the page of a reading shows: the text in parts, incidents with their claims, what else was said.

    Args:
        reading: of one report.
        within: id of one of its incidents → the ledger's incident, if the report is stored.
        rejected: ids of claims that a person rejected: they are not shown.

    """
    (report,) = reading.reports
    claims = {claim.id: claim for claim in reading.claims if claim.id not in rejected}
    numbers = numbered(claims.values())
    used = {claim.statement for claim in reading.claims}
    return {
        "report": report,
        "parts": parts(report, reading.statements, claims.values(), numbers),
        "incidents": [
            {
                "title": incident.title,
                "within": within.get(incident.id),
                "kind": incident.kind.replace("_", " "),
                "when": incident.when.format() if incident.when else "no date",
                "where": place(incident.where) if incident.where else "",
                "background": incident.background,
                "fields": fields(incident, claims, numbers),
            }
            for incident in sorted(reading.incidents, key=lambda each: each.background)
        ],
        "also": [
            {
                "id": each.id,
                "speaker": speaker(each),
                "cue": cue_of(each),
                "words": shorten(" … ".join(span.text for span in each.content)),
            }
            for each in reading.statements
            if each.id not in used
        ],
        "not_understood": [
            {"words": shorten(each.span.text), "reason": each.reason} for each in reading.not_understood
        ],
    }


def shorten(text: str) -> str:
    """Return the beginning of a long text, cut at a word."""
    return text if len(text) <= LONG else text[:LONG].rsplit(" ", 1)[0] + " …"


def _problem(entered: dict[str, str], words: str, status: int = 400) -> Page:
    return Page("read.html", _form(**entered, problem=words), {"problem": words, "way_out": ""}, status=status)


def _form(text: str = "", published: str = "", publisher: str = "", url: str = "", problem: str = "") -> dict[str, Any]:
    entered = {"text": text, "published": published, "publisher": publisher, "url": url}
    return {"entered": entered, "problem": problem, "examples": _example_titles()}


@cache
def _example_titles() -> list[dict[str, str]]:
    reports = [(file, report_of(_captured(file.read_bytes(), file.name))) for file in example_files()]
    return [
        {"name": file.stem, "title": report.title or report.text.split("\n", 1)[0], "publisher": report.publisher or ""}
        for file, report in reports
    ]


@cache
def example_files() -> tuple[Path, ...]:
    """Return the example reports; none where they were not installed."""
    from sayso.showing.examples import examples

    try:
        return tuple(sorted(examples().iterdir()))
    except SetupError:
        return ()
