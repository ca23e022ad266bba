"""What there is to tell of how a report was read: where each fact was found, and what of a page was not recovered.

Notes are made where a fact is found, deep below what returns the report; ``noting`` gathers them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class Notes:
    """What there is to tell of one report beside the report.

    Attributes:
        found: field of the report → where it was found: option, field, json-ld, meta, time, list, dateline, address, …
        modified: when it was last changed, ISO 8601, as the page says.
        modified_from: where that was found.
        credit: the first credit line of service or photographer.
        reader: what found the text of a page: "article" (its own markup) or "trafilatura".
        recovered: share, 0 to 1, of what a second reader takes for the article that is in the text; None where there
            is nothing to compare.
        lost: beginnings of paragraphs that the second reader has and the text has not, at most five.
        refused: paragraphs left out as link lists and "read more" blocks.

    """

    found: Mapping[str, str] = field(default_factory=dict)
    modified: str | None = None
    modified_from: str | None = None
    credit: str | None = None
    reader: str | None = None
    recovered: float | None = None
    lost: tuple[str, ...] = ()
    refused: int = 0

    def merged(self, other: Notes) -> Notes:
        """Return both: what ``other`` says goes first."""
        said = {
            each.name: value for each in fields(other) if (value := getattr(other, each.name)) not in (None, (), 0, {})
        }
        return replace(self, **said)


NOTHING_NOTED: Final = Notes()
_NOTES: Final[ContextVar[list[Notes] | None]] = ContextVar("notes", default=None)


@contextmanager
def noting() -> Iterator[list[Notes]]:
    """Gather in the one item of the list what is noted while the block runs."""
    gathered = [Notes()]
    token = _NOTES.set(gathered)
    try:
        yield gathered
    finally:
        _NOTES.reset(token)


def note(notes: Notes) -> None:
    """Add to what is being gathered, if anybody is interested."""
    gathered = _NOTES.get()
    if gathered is not None:
        gathered[0] = gathered[0].merged(notes)
