"""What intake takes in: the bytes of one report with all that is needed to make it again, and the count of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from sayso.errors import InputError
from sayso.intake.assemble import NOTHING_GIVEN, Given


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes of one report as they came in, with all that is needed to make the report of them again.

    Attributes:
        raw: its bytes; of more than LIMIT only the beginning, just long enough to show that it is too large.
        place: file, or file and line or offset, for errors.
        form: how the bytes are read: the ``form`` of a kind of source (``sayso sources kinds``).
        given: what the user, or the archive or feed it came in, said of it.

    """

    raw: bytes
    place: str
    form: str
    given: Given = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a list (OPML, sitemap) names; what it leads to has still to be fetched."""

    url: str
    place: str
    given: Given = NOTHING_GIVEN


Item = Capture | Link | InputError


@dataclass(slots=True)
class Inventory:
    """Where every byte of an archive, and every entry of a feed or list, has gone.

    Attributes:
        place: the file.
        size: bytes read from it.
        told: bytes that belong to a counted record, an item or a damaged stretch; equals ``size`` at the end.
        items: what was handed on to be read, damaged stretches included.
        damaged: stretches that are no whole record; they are items too, so that their bytes are kept.
        passed: reason → records that are no report (requests, pictures, redirects …).

    """

    place: str
    size: int = 0
    told: int = 0
    items: int = 0
    damaged: int = 0
    passed: Counter[str] = field(default_factory=Counter)

    @property
    def records(self) -> int:
        """How many records there are: items and those passed over."""
        return self.items + sum(self.passed.values())

    def check(self) -> None:
        """Raise AssertionError unless every byte is accounted for."""
        assert self.size == self.told, f"{self.place}: {self.size} bytes, {self.told} accounted for: lost in silence"

    def __str__(self) -> str:
        passed = ", ".join(f"{number} {why}" for why, number in sorted(self.passed.items()))
        parts = [f"{self.items} to read" + (f" ({self.damaged} damaged)" if self.damaged else "")]
        parts += [f"{sum(self.passed.values())} passed over ({passed})"] if passed else []
        return f"{self.place}: {self.told:,} of {self.size:,} bytes accounted for; {self.records} = {' + '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that is open.

    Attributes:
        stream: its bytes from the beginning; it may be a pipe, so it is read once and forward.
        place: file name or "stdin", for errors.
        inventory: is kept by kinds that hold many records.

    """

    stream: BinaryIO
    place: str
    inventory: Inventory


Items = Iterator[Item]
