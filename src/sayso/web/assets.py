"""Files that pages link to: our own, and those that `make web` packs from npm (map, htmx); pages read without."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
PACKED: Final = STATIC / "packed"
"""What ``make web`` puts here is not in the repository; it travels in the wheel."""


@cache
def address(name: str) -> str:
    """Return the address of a file under ``static``: it changes with the content, so browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


@cache
def exists(name: str) -> bool:
    """Tell whether a file is there: packed ones may not be."""
    return (STATIC / name).is_file()
