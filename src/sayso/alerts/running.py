"""One pass over all alerts: notice what is new, then send what waits; and passes until somebody ends it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sayso.alerts import outbox
from sayso.alerts.atom import feed_of
from sayso.alerts.book import Alert, all_alerts, in_words
from sayso.alerts.destinations import Destination, destination_of
from sayso.alerts.mailing import send_mail
from sayso.alerts.noticing import Noticed, notice, write
from sayso.alerts.outbox import Message, State
from sayso.alerts.rendering import as_text
from sayso.alerts.signing import keys_of, signed_headers
from sayso.errors import InputError, RefusedError, SaysoError, SetupError
from sayso.intake.fetching import Poster
from sayso.ledger.faults import step
from sayso.ledger.store import Ledger

PAUSE: Final = timedelta(minutes=5)
"""After which is tried again what could not be tried: offline, or behind another message to the same receiver."""
_GONE: Final = 410
_TAKEN: Final = range(200, 300)
LOCK: Final = "alerts.lock"


class GoneError(InputError):
    """A receiver that wants no more messages, ever (HTTP 410)."""


class BusyHookError(InputError):
    """A receiver that asks to be left alone for some seconds."""

    def __init__(self, problem: str, *, place: str, seconds: float) -> None:
        super().__init__(problem, place=place, way_out="it is tried again by itself")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Sent:
    """What one attempt has led to: the message, what has become of it, and why it was not taken."""

    message: Message
    state: State
    problem: str | None = None


def now_in_utc() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Runner:
    """Runs the alerts of a ledger.

    Attributes:
        ledger: open for writing.
        poster: what web hooks are sent with.
        put: takes what goes to the standard output: a message, and the same as text.
        offline: send nothing that leaves this computer.
        now: the clock.

    """

    ledger: Ledger
    poster: Poster
    put: Callable[[Message, str], None]
    offline: bool = False
    now: Callable[[], datetime] = now_in_utc
    noticed: int = field(default=0, init=False)

    def once(self, *, at_once: bool = False) -> Iterator[Sent]:
        """Notice what is new, and send what waits; yield what became of each message that was tried.

        Args:
            at_once: also digests that are not due yet.

        """
        with one_at_a_time(self.ledger.project.folder / LOCK):
            for alert in self.waiting(at_once=at_once):
                noticed = notice(self.ledger, alert, self.now())
                if write(self.ledger, noticed, self.now()):
                    self.noticed += len(noticed.messages)
            down: set[str] = set()
            for message in outbox.due(self.ledger, self.now()):
                if message.destination in down:  # do not wait for it once more: the others come first
                    outbox.put_off(self.ledger, message, self.now(), PAUSE)
                    continue
                sent = self._try(message)
                down |= {message.destination} if sent.problem else set()
                yield sent
            outbox.tidy(self.ledger, self.now())

    def waiting(self, *, at_once: bool = False) -> list[Alert]:
        """Return the alerts that are due."""
        present = in_words(self.now())
        return [each for each in all_alerts(self.ledger) if at_once or each.due is None or each.due <= present]

    def rehearsed(self, *, at_once: bool = False) -> Iterator[Noticed]:
        """Yield what would be noticed; nothing is written or sent."""
        for alert in self.waiting(at_once=at_once):
            yield notice(self.ledger, alert, self.now())

    def _try(self, message: Message) -> Sent:
        try:
            step()
            self._deliver(message, destination_of(message.destination))
            step()
        except RefusedError as error:
            if not self.offline:
                return self._failed(message, error)
            outbox.put_off(self.ledger, message, self.now(), PAUSE)
            return Sent(message, "waiting", str(error))
        except GoneError as error:
            return self._failed(message, error, for_good=True)
        except SaysoError as error:
            return self._failed(message, error, wait=getattr(error, "seconds", 0.0))
        outbox.delivered(self.ledger, message, self.now())
        return Sent(message, "delivered")

    def _failed(self, message: Message, error: SaysoError, *, wait: float = 0.0, for_good: bool = False) -> Sent:
        state = outbox.failed(self.ledger, message, str(error), self.now(), wait=wait, for_good=for_good)
        return Sent(message, state, str(error))

    def _deliver(self, message: Message, to: Destination) -> None:
        """Bring a message where it goes; return when it was taken there."""
        if self.offline and to.means in {"hook", "mail"}:
            raise RefusedError("nothing is sent offline", place=str(to), way_out="it waits for the next run")
        if to.means == "hook":
            self._post(message, to.where)
        elif to.means == "mail":
            send_mail(message, to.where, self.ledger.project)
        elif to.means == "stdout":
            self.put(message, as_text(message))
        elif to.means == "file":
            _append(self.ledger.project.folder / to.where, _lines(message, to.where))
        elif to.where:
            query = json.loads(message.body)["data"]["query"]
            _replace(self.ledger.project.folder / to.where, feed_of(self.ledger, query))

    def _post(self, message: Message, url: str) -> None:
        body = message.body.encode()
        keys = keys_of(self.ledger.project, message.alert)
        headers = signed_headers(message.id, int(self.now().timestamp()), body, keys)
        answer = self.poster.post(url, body, {**headers, "content-type": "application/json", "user-agent": "sayso"})
        if answer.status in _TAKEN:
            return
        if answer.status == _GONE:
            raise GoneError("wants no more messages (HTTP 410)", place=url, way_out="remove the alert, or ask them")
        raise BusyHookError(f"answers HTTP {answer.status}", place=url, seconds=answer.wait)


def _lines(message: Message, file: str) -> str:
    """Return a message as it stands in a file: JSON Lines by the name's end, else text."""
    if not file.endswith((".jsonl", ".ndjson")):
        return f"{as_text(message)}\n{'=' * 60}\n\n"
    told: dict[str, Any] = {"id": message.id, **json.loads(message.body)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n"


def _append(file: Path, text: str) -> None:
    """Add to a file and wait until it is on the disk."""
    try:
        with file.open("a", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", place=str(file), way_out="check the path") from None


def _replace(file: Path, content: bytes) -> None:
    """Put a whole file in the place of the one there."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(file)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", place=str(file), way_out="check the path") from None


@contextlib.contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Keep a second run from sending the same messages; raises SetupError while another one is at work."""
    try:
        import fcntl
    except ImportError:  # Windows has no such locks: then messages may go out twice, which receivers can tell
        yield
        return
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SetupError(
                "alerts are being sent by another process", place=str(file), way_out="let it end"
            ) from None
        yield
    finally:
        os.close(descriptor)
