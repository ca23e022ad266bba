"""Where the example reports are."""

from __future__ import annotations

from pathlib import Path

from sayso.errors import SetupError


def examples() -> Path:
    """Return the folder of the example reports: beside the package, or in the checkout it stands in."""
    package = Path(__file__).parents[1]
    for folder in (package / "examples" / "reports", package.parents[1] / "examples" / "reports"):
        if folder.is_dir():
            return folder
    raise SetupError("the example reports are missing", place="examples/reports", way_out="reinstall sayso")
