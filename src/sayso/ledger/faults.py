"""Where a process may be killed on purpose: every logical step of writing calls :func:`step`.

``SAYSO_FAULT_AT=n`` lets the n-th step end the process on the spot, with exit code 137 and nothing tidied, as a kill or
a power cut would. The tests walk n through every step there is. Without the variable a step costs one comparison.
"""

from __future__ import annotations

import os
from typing import Final

KILLED: Final = 137
VARIABLE: Final = "SAYSO_FAULT_AT"


class _Steps:
    """Counts the steps of this process; at the armed one, it ends."""

    def __init__(self) -> None:
        self.taken = 0
        self.armed = int(os.environ.get(VARIABLE, "0") or 0)


_STEPS: Final = _Steps()


def step() -> None:
    """Mark one logical step: what stands before it is done, what stands after it is not."""
    _STEPS.taken += 1
    if _STEPS.taken == _STEPS.armed:
        os._exit(KILLED)


def arm(at: int) -> None:
    """Count from now on, and end the process at step ``at`` (0: never)."""
    _STEPS.taken, _STEPS.armed = 0, at


def taken() -> int:
    """Return how many steps were taken since the start of the process or the last :func:`arm`."""
    return _STEPS.taken
