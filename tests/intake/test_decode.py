"""Bytes to text: what the bytes say of themselves is believed, nothing is fatal, nothing shifts offsets."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.intake.decode import LIMIT, check_is_text, clean, decode

CYRILLIC = "Взрыв прогремел на рынке в Тарске, сообщила полиция. Погибли девять человек, ещё двадцать ранены. " * 4

TABLE = [
    # bytes, text, note
    (b"nine dead", "nine dead", "ASCII"),
    ("neun T\u00f6te".encode(), "neun T\u00f6te", "UTF-8"),
    (b"\xef\xbb\xbfnine", "nine", "the byte order mark is no text"),
    ("nine \u201cdead\u201d".encode("utf-16"), "nine \u201cdead\u201d", "UTF-16 with its mark"),
    ("nine dead in Tarsk".encode("utf-16-le"), "nine dead in Tarsk", "UTF-16 without a mark: by its zero bytes"),
    ("nine dead in Tarsk".encode("utf-16-be"), "nine dead in Tarsk", "the other byte order"),
    ("nine dead".encode("utf-32"), "nine dead", "UTF-32 with its mark, which begins like that of UTF-16"),
    (b"the \x93outlaw\x94 group", "the \u201coutlaw\u201d group", "Windows-1252 quotes in English"),
    ("caf\u00e9".encode("latin-1"), "caf\u00e9", "Latin-1"),
    (CYRILLIC.encode("cp1251"), CYRILLIC, "a legacy encoding of another script is guessed"),
    (
        b'<meta charset="iso-8859-1">\x93x\x94',
        '<meta charset="iso-8859-1">\u201cx\u201d',
        "pages that say Latin-1 mean 1252",
    ),
    (b'<meta charset="koi8-r">\xc4\xc1', '<meta charset="koi8-r">\u0434\u0430', "the page's own word"),
    (b'<meta charset="no-such">\xc3\xa9', '<meta charset="no-such">\u00e9', "an unknown name is passed over"),
    (b'<meta charset="base64">\xc3\xa9', '<meta charset="base64">\u00e9', "a codec that makes no text too"),
    (
        "good \u00e9\u00e9\u00e9 bad ".encode() + b"\xff",
        "good \u00e9\u00e9\u00e9 bad \ufffd",
        "UTF-8 with a fault stays UTF-8",
    ),
    (b"ten\x00killed", "ten\ufffdkilled", "NUL, which databases refuse, without moving what follows"),
    (b"a\r\nb\rc\nd", "a\nb\nc\nd", "line ends"),
    ("a\u2028b\u0085c".encode(), "a\nb\nc", "Unicode's own line ends"),
]


@pytest.mark.parametrize(("raw", "text", "note"), TABLE, ids=[row[2] for row in TABLE])
def test_bytes_become_text(raw: bytes, text: str, note: str) -> None:
    assert decode(raw) == text


@given(st.binary(max_size=400))
def test_no_bytes_are_fatal_and_every_text_can_be_stored(raw: bytes) -> None:
    text = decode(raw)
    text.encode("utf-8")
    assert "\x00" not in text
    assert "\r" not in text


@given(st.text(st.characters()))
def test_cleaning_keeps_every_other_character_in_its_place(text: str) -> None:
    cleaned = clean(text.replace("\r", " "))
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\x85\u2028\u2029\ufeff"), max_size=80)
)
def test_utf8_is_read_back_as_written(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


def test_combining_marks_are_not_normalised() -> None:
    marks = "a" + "\u0300\u0316" * 40_000
    started = time.process_time()
    assert decode(marks.encode()) == marks
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"\x1f\x8b\x08\x00rest", "gzip"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"WARC/1.0\r\n", "web archive"),
        (bytes(range(1, 9)) * 40, "control bytes"),
        (b"\x00\x00\x07" * 40, "control bytes"),
    ],
)
def test_error_what_is_no_text_is_said_to_be_what_it_is(raw: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        check_is_text(raw, "x.bin")


def test_error_too_large_names_the_limit() -> None:
    with pytest.raises(InputError, match="20 MB"):
        check_is_text(b"x" * (LIMIT + 1), "big.txt")
    check_is_text(b"x" * LIMIT, "just.txt")
