"""The reader and the linker that can be foretold, from the harness of the guarantees."""

from evaluation.guarantees.foretold import (
    READER,
    QuickLinker,
    accounts_of,
    capture_of,
    line_of,
    put,
    read,
    reading_of,
    text_of,
)

__all__ = [
    "READER",
    "QuickLinker",
    "accounts_of",
    "capture_of",
    "line_of",
    "put",
    "read",
    "reading_of",
    "text_of",
]
