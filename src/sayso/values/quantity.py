"""``Quantity``: how many, as an interval of whole numbers, with the words and the group counted."""

from __future__ import annotations

from pydantic import Field

from sayso.values.actor import Actor
from sayso.values.base import Value


class Quantity(Value):
    """A count as a closed interval; ``high`` None means no upper bound was given."""

    low: int = Field(ge=0, description="the least number the words allow")
    high: int | None = Field(description="the greatest number the words allow; null: unbounded")
    words: str = Field(description="the number as written, with its modifiers ('at least 20')")
    of: Actor | None = Field(default=None, description="the group counted ('three policemen'), or null for all")
