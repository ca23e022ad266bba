"""``Actor``: who, as written and, where known, by canonical name, country and sector."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sayso.values.base import Value

ActorKind = Literal[
    "state",
    "government",
    "military",
    "police",
    "armed_group",
    "party",
    "organisation",
    "media",
    "person",
    "civilians",
    "unknown",
    "report",
]


class Actor(Value):
    """Somebody who does, suffers or says something. ``kind`` "report" is the report's own voice."""

    name: str | None = Field(description="canonical name; null when the words name nobody we can resolve")
    kind: ActorKind
    country: str | None = Field(default=None, description="ISO 3166 alpha-3")
    sector: str | None = Field(default=None, description="PLOVER sector code")
    words: str = Field(description="the actor as written")
    sponsor: str | None = Field(default=None, description="alpha-3 of the state said to back an armed group")
