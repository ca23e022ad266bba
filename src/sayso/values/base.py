"""What all values share: they are frozen, closed to unknown keys, and compare in three answers, not two."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value. Comparisons return True, False, or None where the texts do not let anyone know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
