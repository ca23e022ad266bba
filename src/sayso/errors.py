"""Every error sayso raises on purpose: what is wrong, where, and the way out.

Anything else that escapes is a bug of ours and leaves with exit code 1 (``docs``: exit codes, DESIGN §8).
"""

from __future__ import annotations


class SaysoError(Exception):
    """Base of all errors that a user can act on.

    Args:
        problem: one sentence: what is wrong.
        place: where: a file, a line, a URL, an argument; shown first.
        way_out: one sentence: what the user can do about it.

    """

    exit_code = 3

    def __init__(self, problem: str, *, place: str = "", way_out: str = "") -> None:
        self.problem = problem
        self.place = place
        self.way_out = way_out
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        way_out = f" ({self.way_out})" if self.way_out else ""
        return f"{place}{self.problem}{way_out}"


class InputError(SaysoError):
    """A source that cannot be read; the other sources are still read (exit code 3)."""

    exit_code = 3


class RefusedError(InputError):
    """An address that may not be fetched: offline, no public address, robots.txt, https to http (exit code 6)."""

    exit_code = 6


class UsageError(SaysoError):
    """An option or argument that makes no sense (exit code 2)."""

    exit_code = 2


class NotFoundError(SaysoError):
    """What was asked for is not there (exit code 4)."""

    exit_code = 4


class SetupError(SaysoError):
    """Configuration, model, gazetteer or store that is missing or damaged (exit code 5)."""

    exit_code = 5


class VocabularyError(SetupError):
    """A lexicon or taxonomy file with a duplicate, a dangling reference or an unknown key."""


class SpanError(SaysoError, ValueError):
    """A span that does not lie in its report, or whose text is not the report's text there."""
