"""Bytes to text: never fails, never guesses where the bytes say what they are, never changes the number of lines.

Order of evidence: byte order mark · bytes that can hardly be anything but UTF-8, whatever the page says · the server's
charset · the page's own ``meta charset`` · UTF-16 by its zero bytes · Windows-1252 for mostly Latin text ·
charset-normalizer. What no encoding explains becomes U+FFFD. Text is never normalised to NFC:
offsets must stay those of what was published (and 160 KB of combining marks would take 8 s).
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from sayso.errors import InputError

LIMIT: Final = 20 * 2**20
"""Most bytes one report may have (20 MiB); decoding never makes more characters than bytes."""

_MARKS: Final = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of what is often taken for a text, with what it is.
_MAGIC: Final = (
    (b"\x1f\x8b", "gzip-compressed", "unpack it first"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save it as text"),
    (b"%PDF-", "a PDF", "name it .pdf"),
    (b"\x89PNG", "a PNG picture", "give a text or a saved page"),
    (b"\xff\xd8\xff", "a JPEG picture", "give a text or a saved page"),
    (b"GIF8", "a GIF picture", "give a text or a saved page"),
    (b"\x7fELF", "a program", "give a text or a saved page"),
    (b"SQLite format 3\0", "a database", "give a text or a saved page"),
    (b"WARC/", "a web archive", "name it .warc"),
)
_META_CHARSET: Final = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING: Final = re.compile(rb"^\s*<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
# As browsers do: pages that say Latin-1 or ASCII are Windows-1252; a page whose tag can be read is no UTF-16.
_MEANT: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_CANDIDATES: Final = [
    "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "iso8859_5", "iso8859_6", "iso8859_7",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1252",
]  # fmt: skip
_SAMPLE: Final = 65_536
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Control characters that no text holds (tab, line ends, form feed and escape excepted; NUL is counted apart).
_CONTROL: Final = bytes(sorted(set(range(1, 32)) - {9, 10, 11, 12, 13, 27}))

_NO_LEAD: Final = bytes(range(0xC0))
"""Bytes that begin no character beyond ASCII in UTF-8."""


def decode(raw: bytes, charset: str | None = None) -> str:
    """Return the text of ``raw``, cleaned; bytes that no encoding explains become U+FFFD.

    Args:
        raw: bytes of a text or page.
        charset: encoding that the server or the mail named.

    """
    return clean(decoded(raw, charset))


def decoded(raw: bytes, charset: str | None = None) -> str:
    """Return the text of ``raw`` as :func:`decode` does, but not cleaned yet."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    return raw.decode(_encoding(raw, charset), "replace")


def clean(text: str) -> str:
    r"""Return ``text`` with line ends as ``\n``, and NUL and lone surrogates, which no store takes, as U+FFFD."""
    if "\r" in text:  # `in` is many times as fast as an expression
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    for end in ("\x85", "\u2028", "\u2029"):
        if end in text:
            text = text.replace(end, "\n")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def check_is_text(raw: bytes, place: str) -> None:
    """Raise InputError where ``raw`` is too large, or is no text but a picture, an archive, a program.

    Args:
        raw: the bytes of one report; at most one byte more than LIMIT needs to be given.
        place: file or line, for the error.

    """
    if len(raw) > LIMIT:
        raise too_large(place)
    for magic, what, way_out in _MAGIC:
        if raw.startswith(magic):
            raise InputError(f"not a text: it is {what}", place=place, way_out=way_out)
    if _looks_binary(raw[:4096]):
        raise InputError("not a text: it is full of control bytes", place=place, way_out="give a text or a saved page")


def too_large(place: str) -> InputError:
    """Return the error for a report of more than LIMIT bytes."""
    return InputError(f"larger than {LIMIT // 2**20} MB", place=place, way_out="split it into one file a report")


def _encoding(raw: bytes, charset: str | None) -> str:
    declared = _codec(charset) if charset else None
    declared = declared or _declared(raw)
    if declared and declared != "utf-8":
        return "utf-8" if _is_surely_utf8(raw) else declared
    if wide := _wide(raw):
        return wide
    return "utf-8" if _is_mostly_utf8(raw) else _legacy(raw)


def _declared(raw: bytes) -> str | None:
    """Name of the encoding that the page itself declares, if Python has it."""
    found = _META_CHARSET.search(raw[:4096]) or _XML_ENCODING.search(raw[:400])
    return _codec(found.group(1).decode("ascii", "replace")) if found else None


def _codec(declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name
        b"a".decode(name, "replace")  # refuses codecs that do not make text (base64, zip …)
    except (LookupError, ValueError):
        return None
    return _MEANT.get(name, name)


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: in mostly Latin text every second byte is zero."""
    head = raw[:2000]
    even, odd = head[0::2], head[1::2]
    if len(head) < 8 or not (even and odd):
        return None
    zeros_even, zeros_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros_odd > 0.6 and zeros_even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if zeros_even > 0.6 and zeros_odd < 0.1 else None


def _is_surely_utf8(raw: bytes) -> bool:
    """Tell whether ``raw`` holds three or more characters beyond ASCII and is faultless UTF-8: no accident."""
    if len(raw.translate(None, _NO_LEAD)) < 3:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(raw: bytes) -> bool:
    """Tell whether ``raw`` is UTF-8, or would be but for fewer faults than it has good non-ASCII characters."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
        faults = text.count("\ufffd")
        return faults < (len(text) - len(text.encode("ascii", "ignore")) - faults)
    return True


def _legacy(raw: bytes) -> str:
    """Guess among the legacy encodings: Windows-1252 unless more than 4 % of the bytes are beyond ASCII."""
    sample = raw[:_SAMPLE]
    if sum(map(len, re.findall(rb"[\x80-\xff]+", sample))) <= 0.04 * len(sample) or len(sample) < 64:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return best.encoding if best else "cp1252"


def _looks_binary(head: bytes) -> bool:
    if _wide(head) or any(head.startswith(mark) for mark, _ in _MARKS):
        return False
    controls = len(head) - len(head.translate(None, _CONTROL))
    return (controls > 3 and controls > 0.05 * len(head)) or (len(head) > 16 and head.count(0) > 0.3 * len(head))
