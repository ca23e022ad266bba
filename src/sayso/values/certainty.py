"""``Certainty``: how sure a sayer is, as worded, with the probability band the words stand for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sayso.values.base import Value


class Certainty(Value):
    """A hedge or booster on a value. Never a verb of saying, never our own confidence in the reading."""

    words: str = Field(description="the hedge as written")
    low: float = Field(ge=0, le=1, description="lower end of the probability band the words stand for")
    high: float = Field(ge=0, le=1, description="upper end of the probability band the words stand for")
    scale: Literal["ICD 203", "sayso"] = Field(description="where the band comes from")
