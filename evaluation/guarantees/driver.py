"""``python -m evaluation.guarantees.driver PROJECT [ROUND]``: add reports, telling each once it is acknowledged.

Three of them; with ROUND, new ones without end, until somebody stops it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from evaluation.guarantees.foretold import capture_of, text_of
from evaluation.guarantees.killing import ACKNOWLEDGED, THREE, add_all
from sayso.errors import SetupError
from sayso.intake import Capture


def items(given: list[str]) -> Iterable[list[Capture]]:
    """Yield batches of captures."""
    if not given:
        yield list(THREE)
        return
    for number in count(int(given[0]) * 100_000):
        yield [capture_of(text_of(day=number % 28 + 1, killed=number))]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    told = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def acknowledge(report: str) -> None:
        """Tell it at once, in one call."""
        os.write(told, f"{report}\n".encode())

    try:
        for batch in items(sys.argv[2:]):
            add_all(folder, batch, acknowledge)
    except SetupError as error:
        sys.exit(f"{error}" if not error.way_out else error.exit_code)
