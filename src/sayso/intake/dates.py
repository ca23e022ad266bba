"""Publication dates as options, fields, pages and datelines write them → ISO 8601, never more precise than known."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
MONTH: Final = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
"""A month's name, whole or abbreviated (to be matched without regard to case)."""

WRITTEN_DATE: Final = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{MONTH}),?\s+(?P<y1>\d{{4}}|\d{{2}})\b"
    rf"|(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})\b"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})\b"
    r"|(?P<d4>\d{1,2})(?P<sep>[./-])(?P<m4>\d{1,2})(?P=sep)(?P<y4>\d{4})\b",
    re.IGNORECASE,
)
"""A full date in words or figures: 20 AUG 88 · August 20, 1988 · 1988-08-20 · 20.08.1988."""

_ISO_PREFIX: Final = re.compile(r"(\d{4})(?:-(\d{2}))?")
_ISO_COMPACT: Final = re.compile(r"\d{8}")


def published_date(words: str) -> str | None:
    """Return ``words`` as ISO 8601 year, month, date or date-time; None where they are no date.

    ISO 8601 keeps the precision it has; RFC 2822 (feeds) becomes a date-time, a written date a date.
    """
    words = words.strip()[:80]
    return _iso(words) or _mail_date(words) or _whole_written_date(words)


def written_date(found: re.Match[str]) -> str | None:
    """Return a match of WRITTEN_DATE as an ISO date; None where no such day exists or day and month may be swapped."""
    for number in "123":
        if found[f"d{number}"]:
            month = found[f"m{number}"].rstrip(".").lower()
            return _day(_year(found[f"y{number}"]), _MONTHS.get(month) or int(month), int(found[f"d{number}"]))
    first, second, year = int(found["d4"]), int(found["m4"]), int(found["y4"])
    if found["sep"] == "." or first > 12 or first == second:  # dots are written day first everywhere
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _iso(words: str) -> str | None:
    if found := _ISO_PREFIX.fullmatch(words):
        return words if found[2] is None or 1 <= int(found[2]) <= 12 else None
    try:
        when = datetime.fromisoformat(words)
    except ValueError:
        return None
    if len(words) == 10 or _ISO_COMPACT.fullmatch(words):
        return when.date().isoformat()
    return _with_time(when) if re.match(r"\d{4}-?\d{2}-?\d{2}[T ]", words) else None


def _with_time(when: datetime) -> str:
    """Minutes where no seconds are given, never microseconds."""
    return when.replace(microsecond=0).isoformat(timespec="seconds" if when.second else "minutes")


def _mail_date(words: str) -> str | None:
    try:
        return _with_time(parsedate_to_datetime(words)) if ":" in words else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _whole_written_date(words: str) -> str | None:
    found = WRITTEN_DATE.fullmatch(words)
    return written_date(found) if found else None


def _year(digits: str) -> int:
    """Two-digit years are those of old wire datelines: 88 is 1988; from 00 to 49 they are of this century."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 50 else 2000)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
