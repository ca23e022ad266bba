"""Where the example reports are."""

from __future__ import annotations

import shutil
from pathlib import Path

from sayso.errors import SetupError, UsageError


def examples() -> Path:
    """Return the folder of the example reports: beside the package, or in the checkout it stands in."""
    package = Path(__file__).parents[1]
    for folder in (package / "examples" / "reports", package.parents[1] / "examples" / "reports"):
        if folder.is_dir():
            return folder
    raise SetupError("the example reports are missing", place="examples/reports", way_out="reinstall sayso")


def copy_examples(folder: Path) -> int:
    """Copy the example reports to a new folder and return how many they are.

    Raises:
        UsageError: the folder is there already, or cannot be made.

    """
    try:
        shutil.copytree(examples(), folder)
    except FileExistsError:
        raise UsageError("there already", place=str(folder), way_out="name a new folder") from None
    except OSError as error:
        raise UsageError(
            f"cannot be made: {error.strerror}", place=str(folder), way_out="name another folder"
        ) from error
    return len(list(folder.iterdir()))
