"""PDF with a text layer: its words in reading order, by PDFium. Pictures of pages are not read, and it is said."""

from __future__ import annotations

import re
from typing import Any, Final

from sayso.errors import InputError
from sayso.intake.assemble import Fields, Given, report_of_text
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.decode import LIMIT, clean, too_large
from sayso.intake.kinds import Kind
from sayso.records import Report

FORM: Final = "pdf"
_PAGES: Final = 500
"""Pages of one report that are read."""
_HYPHEN: Final = re.compile(r"(?<=\w)\ufffe\r?\n?|\u00ad\n")  # PDFium marks a word broken at a line's end
_CONTROL: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f]")


def captures(opened: Opened, given: Given) -> Items:
    """Yield the whole source."""
    yield Capture(opened.stream.read(LIMIT + 1), opened.place, FORM, given)


def report(item: Capture) -> Report:
    """Return the report in a PDF; raises InputError where it is locked, broken, or only pictures."""
    import pypdfium2

    if len(item.raw) > LIMIT:
        raise too_large(item.place)
    try:
        document = pypdfium2.PdfDocument(item.raw)
    except pypdfium2.PdfiumError as error:
        raise InputError(
            f"no PDF that can be read: {error}", place=item.place, way_out="unlock it or save it again"
        ) from None
    text = "\n\n".join(_text(document[number]) for number in range(min(len(document), _PAGES)))
    if not text.strip():
        way_out = "recognise its text first (OCR), and give the result"
        raise InputError("no text layer: its pages are pictures", place=item.place, way_out=way_out)
    if len(document) > _PAGES:
        raise InputError(f"more than {_PAGES} pages", place=item.place, way_out="split it into one file a report")
    return report_of_text(text, item.given, raw=item.raw, place=item.place, fields=_fields(document))


def _text(page: Any) -> str:
    words = page.get_textpage().get_text_bounded()
    return _CONTROL.sub(" ", _HYPHEN.sub("", clean(words)))


def _fields(document: Any) -> Fields:
    """Its title and author, where they are words; the day it was made is no day of publication."""
    about = document.get_metadata_dict()
    title = " ".join(str(about.get("Title") or "").split())[:300]
    looks_like_a_file = re.search(
        r"\.(?:docx?|pdf|indd|qxd|rtf|odt)$|^(?:untitled|microsoft word)", title, re.IGNORECASE
    )
    return Fields(title=None if looks_like_a_file else title or None)


def recognises(head: bytes) -> bool:
    """Tell by the first bytes."""
    return b"%PDF-" in head[:1024]


KIND = Kind("pdf", "PDF with a text layer", (".pdf",), captures, recognises, FORM, report)
