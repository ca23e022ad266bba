"""Structured logs: a JSON object a line, each with the run and, where it is about a report, with its trace.

A trace is RUN-SHA256: the run's id and the beginning of the digest of the report's bytes. It is the same from the
moment at which the bytes are taken to that at which they are stored or put in quarantine.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, TextIO

LOGGER: Final = logging.getLogger("sayso")
EVENTS: Final = {
    "began": "a command begins: command, sources",
    "taken": "bytes came in: place, size, form",
    "parsed": "they are a report: report, language, seconds; or are none: problem",
    "read": "it was read: report, statements, incidents, claims, not_understood",
    "linked": "its incidents were compared with others: report, incidents; merged and split where ids have changed",
    "stored": "it is on the disk: report, entry of the log, seconds",
    "duplicate": "its bytes, or the report, were there already: report",
    "quarantined": "it could not be read, and is kept with the reason: problem",
    "unreadable": "there were no bytes to be had: problem",
    "shard": "a shard came back from a worker: its reports, shards still on their way",
    "answered": "the desk has answered a request: method, route, status, seconds",
    "said": "what the command tells a person: message",
    "ended": "the command ends: counts, seconds of each stage",
}
"""What is logged, with the fields besides `at`, `level`, `event`, `run` and `trace`."""


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "event": record.getMessage()}
        told |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            told["error"] = f"{record.exc_info[0].__name__}: {record.exc_info[1]}"
        return json.dumps(told, ensure_ascii=True)


@contextlib.contextmanager
def logging_to(stream: TextIO | None = None) -> Iterator[None]:
    """Write every event as a line of JSON while the block runs.

    Args:
        stream: where to; stderr if left out.

    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    before = LOGGER.level, LOGGER.propagate
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(before[0])
        LOGGER.propagate = before[1]


def log(event: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Log an event of ``EVENTS``; costs next to nothing where nobody listens."""
    assert event in EVENTS, event
    if LOGGER.isEnabledFor(level) and LOGGER.handlers:
        LOGGER.log(level, event, extra={"fields": {name: value for name, value in fields.items() if value is not None}})
