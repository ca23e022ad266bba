"""JSON Lines: one report an object, with ``text`` or ``html`` and what is known of it. A bad line spoils no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NoReturn

from sayso.errors import InputError
from sayso.intake.assemble import Fields, Given, report_of_html, report_of_text
from sayso.intake.dates import published_date
from sayso.intake.decode import LIMIT, clean, too_large
from sayso.records import Report

KEYS: Final = ("text", "html", "title", "url", "publisher", "byline", "published", "retrieved", "language", "id")
"""Keys an object may have (DESIGN §8); all hold strings, ``id`` also a whole number."""


def numbered_lines(stream: BinaryIO, first_line: int = 1) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the bytes, without their end, of each line of ``stream`` that is not blank.

    Args:
        stream: bytes in UTF-8; only one line at a time is held, and of one beyond the limit only its beginning.
        first_line: number of the line at which ``stream`` stands.

    """
    for number, line in enumerate(_lines(stream), start=first_line):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, line


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield lines without their end; of a line beyond the limit, only so much as shows that it is."""
    while line := stream.readline(LIMIT + 2):
        part = line
        while part and not part.endswith(b"\n") and len(part) > LIMIT:
            part = stream.readline(LIMIT + 2)
        yield line.rstrip(b"\r\n")


def report_of_line(line: bytes, given: Given, place: str) -> Report:
    """Return the report that one line is; raises InputError with what is wrong with it."""
    if len(line) > LIMIT:
        raise too_large(place)
    item = _object(line, place)
    _check_keys(item, place)
    fields = _fields(item, place)
    make, source = (report_of_text, item["text"]) if item.get("text") is not None else (report_of_html, item["html"])
    return make(source, given, raw=line, place=place, fields=fields)


def _object(line: bytes, place: str) -> dict[str, Any]:
    """Parse strictly: a key given twice and NaN, which other readers take differently, are faults."""
    try:
        item = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 (byte {error.start + 1})", place=place, way_out="save it as UTF-8") from None
    except RecursionError:
        raise InputError("nested too deep", place=place, way_out="one flat object a line") from None
    except json.JSONDecodeError as error:
        problem = f"not JSON: {error.msg} (column {error.colno})"
        raise InputError(problem, place=place, way_out='one object a line, like {"text": "…"}') from None
    except ValueError as error:
        raise InputError(f"not JSON: {str(error)[:80]}", place=place, way_out="correct the line") from None
    if not isinstance(item, dict):
        raise InputError("not an object", place=place, way_out='one object a line, like {"text": "…"}')
    return item


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"key {key[:80]!r} stands twice")
    return dict(pairs)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _check_keys(item: dict[str, Any], place: str) -> None:
    """Refuse unknown keys, values that are no strings, and objects without exactly one of text and html."""
    unknown = [key for key in item if key not in KEYS]
    if unknown:
        listed = ", ".join(repr(key[:80]) for key in unknown[:5])
        raise InputError(f"unknown key {listed}", place=place, way_out=f"known keys: {', '.join(KEYS)}")
    for key, value in item.items():
        whole_number = key == "id" and isinstance(value, int) and not isinstance(value, bool)
        if value is not None and not isinstance(value, str) and not whole_number:
            raise InputError(f"{key!r} is no string", place=place, way_out="put it in quotation marks")
    if (item.get("text") is None) == (item.get("html") is None):
        both = "both 'text' and 'html'" if item.get("text") is not None else "neither 'text' nor 'html'"
        raise InputError(f"has {both}", place=place, way_out="give one of them")


def _fields(item: dict[str, Any], place: str) -> Fields:
    words = {key: _one_line(item.get(key)) for key in KEYS if key not in {"text", "html"}}
    language = words["language"]
    if language is not None and not (
        len(code := language.split("-")[0].lower()) == 2 and code.isascii() and code.isalpha()
    ):
        raise InputError(f"language {language!r} is no ISO 639-1 code", place=place, way_out="write it like en")
    if words["retrieved"] is not None and published_date(words["retrieved"]) is None:
        raise InputError(
            f"retrieved {words['retrieved']!r} is no date", place=place, way_out="write it like 2020-12-23"
        )
    return Fields(
        title=words["title"],
        url=words["url"],
        publisher=words["publisher"],
        byline=words["byline"],
        published=words["published"],
        language=language.split("-")[0].lower() if language else None,
        external_id=words["id"],
    )


def _one_line(value: Any) -> str | None:
    """Return a field's value on one line; an empty one says nothing."""
    return None if value is None else clean(" ".join(str(value).split())) or None
