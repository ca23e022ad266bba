"""The reference of the documentation, made from the code: each module here makes some pages and says what lacks words.

``pages()`` is what Sphinx builds besides the pages written by hand; ``undescribed()`` is what the tests refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
"""The checkout."""


def pages() -> dict[str, str]:
    """Return path below ``docs/`` → Markdown of every page that is made."""
    from docs.generate import (
        columns,
        commands,
        errors,
        exams,
        guarantees,
        notebooks,
        python_api,
        records,
        settings,
        vocabulary,
    )  # fmt: skip

    makers = (commands, records, vocabulary, settings, columns, errors, guarantees, exams, python_api, notebooks)
    made: dict[str, str] = {}
    for maker in makers:
        made |= maker.pages()
    return made


def undescribed() -> Iterator[str]:
    """Yield one sentence for each command, option, record, field, word list, setting or column without a description."""
    from docs.generate import columns, commands, errors, exams, guarantees, python_api, records, settings, vocabulary

    for maker in (commands, records, vocabulary, settings, columns, errors, guarantees, exams, python_api):
        yield from maker.undescribed()


def write(folder: Path, made: Mapping[str, str]) -> None:
    """Write pages below ``folder``, only what differs, and remove generated pages that are no longer made."""
    for name, text in made.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    for file in (folder / "reference").rglob("*.md"):
        if str(file.relative_to(folder)) not in made:
            file.unlink()
