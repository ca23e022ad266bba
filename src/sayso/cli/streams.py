"""What goes to which stream: data to stdout as UTF-8, everything a person is told to stderr, a line each."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Final

import click

# Control, direction and other invisible characters: a file name or a key must not steer the terminal.
_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_LONGEST: Final = 1000


_TELLERS: Final[list[Callable[[str], None]]] = []


@contextlib.contextmanager
def told_by(teller: Callable[[str], None]) -> Iterator[None]:
    """Give lines for the user to a function while the block runs, in the place of stderr."""
    _TELLERS.append(teller)
    try:
        yield
    finally:
        _TELLERS.remove(teller)


def say(line: str) -> None:
    """Tell the user one line, on stderr; invisible characters are spelled out."""
    if _TELLERS:
        _TELLERS[-1](line)
        return
    shown = _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", line)
    click.echo(f"sayso: {shown if len(shown) <= _LONGEST else shown[:_LONGEST] + '…'}", err=True)


def put(text: str) -> None:
    """Write data to stdout, as UTF-8 and as it is; ``text`` ends with its own line end."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a test's or notebook's stand-in
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8", "backslashreplace"))
        buffer.flush()


def colour() -> bool:
    """Tell whether the view may use colour: a terminal that is not dumb, and NO_COLOR not set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return the terminal's columns (COLUMNS goes first); 100 where stdout is no terminal."""
    return shutil.get_terminal_size((100, 24)).columns
