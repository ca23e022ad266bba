"""``Moment``: when something happened, as an interval of known precision, with the words it was read from."""

from __future__ import annotations

from pydantic import Field

from sayso.values.base import Value


class Moment(Value):
    """A stretch of time, never padded: ``2020-12`` stays a month.

    Unresolved moments have ``earliest`` and ``latest`` None, and ``anchor`` says what is missing.
    """

    earliest: str | None = Field(description="first day or minute it may be: ISO 8601 at the precision known")
    latest: str | None = Field(description="last day or minute it may be: ISO 8601 at the precision known")
    words: str = Field(description="the time expression as written")
    resolved: bool = Field(description="False: the words alone do not say when, and `anchor` says what is missing")
    anchor: str | None = Field(default=None, description="what the moment was counted from, or what is missing")
