"""``python -m evaluation.guarantees.driver PROJECT``: add three reports, telling each once it is acknowledged."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from evaluation.guarantees.killing import ACKNOWLEDGED, THREE, add_all
from sayso.errors import SetupError

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    told = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def acknowledge(report: str) -> None:
        """Tell it at once, in one call."""
        os.write(told, f"{report}\n".encode())

    try:
        add_all(folder, THREE, acknowledge)
    except SetupError as error:
        sys.exit(f"{error}" if not error.way_out else error.exit_code)
