"""What a person asked for, checked: a point, a kind, a status, a moment; ValueError says what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime


def point(given: str) -> tuple[float, float]:
    """Return degrees north and east of "33.31,44.36"."""
    try:
        lat, lon = (float(part) for part in given.split(","))
    except ValueError:
        raise ValueError(f"{given!r} is no point; write it like 33.31,44.36") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{given!r} lies on no map: degrees north, then degrees east")
    return lat, lon


def kind(given: str) -> str:
    """Return a name of ``vocab/incidents.toml``."""
    from sayso.reading.happenings.taxonomy import kinds

    if given not in kinds():
        raise ValueError(f"{given!r} is none of: {', '.join(kinds())}")
    return given


def status(given: str) -> str:
    """Return "field:status", of which either may be missing."""
    from sayso.records import VALUE_OF_FIELD

    field, _, state = given.partition(":")
    if field and field not in VALUE_OF_FIELD:
        raise ValueError(f"{field!r} is none of: {', '.join(VALUE_OF_FIELD)}")
    if state not in ("", "sole", "agreed", "compatible", "disputed"):
        raise ValueError(f"{state!r} is none of: sole, agreed, compatible, disputed")
    return given


def day(given: str) -> str:
    """Return the ISO form of a date."""
    from sayso.intake.dates import published_date

    found = published_date(given)
    if found is None:
        raise ValueError(f"{given!r} is no date; write it like 2020-12-23 or 2020-12-23T14:30+03:00")
    return found


def moment(given: str) -> str:
    """Return a moment in UTC, as the log writes it; a day means its end."""
    try:
        found = datetime.fromisoformat(given if len(given) > len("2024-05-01") else f"{given}T23:59:59.999999")
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        raise ValueError(f"{given!r} is no moment; write it like 2024-05-01T12:00Z") from None
