"""Puts man pages into the wheel, made from the commands as it is built."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManPages(BuildHookInterface):  # type: ignore[type-arg]
    """A hook of hatchling: ``share/man/man1/sayso*.1``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the pages and tell hatchling of them."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path[:0] = [str(root), str(root / "src")]
        from docs.generate.manual import write

        pages = write(Path(self.directory).parent / "build" / "man")
        build_data["shared_data"] |= {str(page): f"share/man/man1/{page.name}" for page in pages}
