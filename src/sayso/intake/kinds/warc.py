"""WARC and ARC: every page, text and PDF in a web archive (CC-NEWS too); what is passed over is counted by reason."""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO, Final

from sayso.intake.archive import ARC_BEGINS, Answer, Reader, Record, answer_of, read_records
from sayso.intake.assemble import Given
from sayso.intake.capture import Capture, Inventory, Items, Opened
from sayso.intake.dates import published_date
from sayso.intake.decode import LIMIT
from sayso.intake.html import looks_like_html
from sayso.intake.kinds import Kind, parsers

FORM: Final = "damaged"
FORMS: Final = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "text",
    "application/pdf": "pdf",
}
"""Media type → form of captures that are read as reports."""
OF_OURS: Final = "application/vnd.sayso."
"""Before the name of a form: the media type of what only we know how to read, in a package that we have written."""


def captures(opened: Opened, given: Given) -> Items:
    """Yield what can be a report, and what is damaged; count the rest."""
    yield from archived(opened.stream, opened.place, given, opened.inventory)


def archived(stream: BinaryIO, place: str, given: Given, inventory: Inventory) -> Items:
    """Yield the reports of one archive, keeping the inventory."""
    reader = Reader(stream)
    for record in read_records(reader):
        made = _capture(record, f"{place}@{record.offset}", given)
        if isinstance(made, str):
            inventory.passed[made] += 1
        else:
            inventory.items += 1
            inventory.damaged += made.form == FORM
            yield made
    inventory.size += reader.size
    inventory.told += reader.told


def _capture(record: Record, place: str, given: Given) -> Capture | str:
    """Return the report that a record may be, or in a few words why it is none."""
    if record.damage is not None:
        return Capture(record.block[: LIMIT + 1], place, FORM, given)
    sort = record.header.get("warc-type", "no type")
    if sort == "response":
        answer = answer_of(record.block)
        if answer is None:
            return "response without HTTP"
        return _of_answer(answer, record, place, given)
    if sort in {"resource", "conversion"}:
        kind = record.header.get("content-type", "")
        media = _media(kind)
        form = FORMS.get(media) or _own_form(media)
        told = replace(_told(record, given), charset=charset_of(kind))
        return Capture(record.block, place, form, told) if form else f"{sort} {media or 'of no type'}"
    return sort if sort in {"warcinfo", "request", "metadata", "revisit", "continuation"} else "of another type"


def _of_answer(answer: Answer, record: Record, place: str, given: Given) -> Capture | str:
    if answer.status != 200:
        return f"HTTP {answer.status}"
    kind = answer.header.get("content-type", "")
    media = _media(kind)
    form = FORMS.get(media)
    if form is None and not media and looks_like_html(answer.body[:4096].decode("latin-1")):
        form = "page"
    if form is None:
        return media[:60] or "of no media type"
    return Capture(answer.body, place, form, replace(_told(record, given), charset=charset_of(kind)))


def _told(record: Record, given: Given) -> Given:
    """Return what is given, with the address and time that the archive tells."""
    url = record.header.get("warc-target-uri", "").strip("<>")
    return replace(
        given,
        url=url if url.startswith(("https://", "http://")) else None,
        retrieved=published_date(record.header.get("warc-date", "")),
    )


def media_of(form: str) -> str:
    """Return the media type under which the captures of a form are archived."""
    return next((media for media, each in FORMS.items() if each == form), f"{OF_OURS}{form}")


def _own_form(media: str) -> str | None:
    """Return the form that a media type of ours names, if there is one."""
    form = media.removeprefix(OF_OURS)
    return form if media != form and (form in parsers() or form == FORM) else None


def _media(words: str) -> str:
    return words.partition(";")[0].strip().lower()


def charset_of(content_type: str) -> str | None:
    """Return the charset that a Content-Type names."""
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")[:40] or None
    return None


def recognises(head: bytes) -> bool:
    """Tell by the first bytes, also behind compression."""
    if head.startswith(b"\x1f\x8b"):
        import zlib

        try:
            head = zlib.decompressobj(31).decompress(head, 100)
        except zlib.error:
            return False
    return head.startswith((b"WARC/", ARC_BEGINS))


KIND = Kind(
    "warc",
    "a web archive, every page in it (WARC, ARC)",
    (".warc", ".warc.gz", ".arc", ".arc.gz"),
    captures,
    recognises,
)
