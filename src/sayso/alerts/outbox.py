"""The outbox: messages that wait, were delivered, or are dead because nobody took them for days."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import sqlalchemy as sa

from sayso.alerts.book import in_words
from sayso.errors import NotFoundError
from sayso.ledger.faults import step
from sayso.ledger.schema import messages
from sayso.ledger.store import Ledger

State = Literal["waiting", "delivered", "dead"]
PAUSES: Final = tuple(
    timedelta(seconds=each)
    for each in (5, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600, 24 * 3600)
)
"""What is waited after each failure, four days in all; after the last one a message is dead."""
_JITTER: Final = 0.2
"""Share of a pause by which it may be longer: many messages that failed together do not come back together."""
KEPT: Final = timedelta(days=90)
"""How long delivered messages are kept; feeds show these."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        id: stays the same however often it is sent.
        alert: that it is of.
        destination: see ``destinations``.
        body: JSON, as it is sent and signed.
        made: when, ISO 8601 in UTC.
        seq: entry of the log that it speaks of.
        state: of its delivery.
        due: when it is tried next; None unless it waits.
        attempts: how often it was tried.
        done: when it was delivered or given up.
        problem: of the last attempt.

    """

    id: str
    alert: str
    destination: str
    body: str
    made: str
    seq: int
    state: State = "waiting"
    due: str | None = None
    attempts: int = 0
    done: str | None = None
    problem: str | None = None

    def row(self) -> dict[str, Any]:
        """Return its row."""
        return asdict(self)


def listed(
    ledger: Ledger, *, state: State | None = None, alerts: Sequence[str] | None = None, limit: int | None = None
) -> list[Message]:
    """Return messages, the newest first: in one state, or of some alerts, if asked for."""
    query = sa.select(messages).order_by(messages.c.made.desc(), messages.c.id)
    query = query if state is None else query.where(messages.c.state == state)
    query = query if alerts is None else query.where(messages.c.alert.in_(alerts))
    with ledger.snapshot() as connection:
        return [_message(dict(row)) for row in connection.execute(query.limit(limit)).mappings()]


def due(ledger: Ledger, now: datetime) -> list[Message]:
    """Return the messages to be tried now, those that have waited longest first."""
    query = sa.select(messages).where(messages.c.due <= in_words(now)).order_by(messages.c.due, messages.c.id)
    with ledger.snapshot() as connection:
        return [_message(dict(row)) for row in connection.execute(query).mappings()]


def next_due(ledger: Ledger) -> str | None:
    """Return when a message is to be tried next; None where none waits."""
    with ledger.snapshot() as connection:
        found = connection.execute(sa.select(sa.func.min(messages.c.due))).scalar()
    return None if found is None else str(found)


def delivered(ledger: Ledger, message: Message, now: datetime) -> None:
    """Mark a message as delivered: only after whoever it went to has said so."""
    _set(ledger, message, state="delivered", due=None, attempts=message.attempts + 1, done=in_words(now), problem=None)


def failed(
    ledger: Ledger, message: Message, problem: str, now: datetime, *, wait: float = 0.0, for_good: bool = False
) -> State:
    """Note that nobody took a message; return what has become of it.

    Args:
        ledger: open for writing.
        message: that was tried.
        problem: why it was not taken.
        now: the present moment.
        wait: seconds that its receiver asks to be left alone.
        for_good: whether it is never to be tried again.

    """
    attempts = message.attempts + 1
    if for_good or attempts > len(PAUSES):
        _set(ledger, message, state="dead", due=None, attempts=attempts, done=in_words(now), problem=problem)
        return "dead"
    pause = max(pause_after(message.id, attempts), timedelta(seconds=min(wait, PAUSES[-1].total_seconds())))
    _set(ledger, message, due=in_words(now + pause), attempts=attempts, problem=problem)
    return "waiting"


def pause_after(number: str, attempts: int) -> timedelta:
    """Return how long a message waits after so many failures: the same for the same message, whoever asks."""
    chance = int.from_bytes(hashlib.sha256(f"{number} {attempts}".encode()).digest()[:4], "big") / 2**32
    return PAUSES[attempts - 1] * (1 + _JITTER * chance)


def put_off(ledger: Ledger, message: Message, now: datetime, pause: timedelta) -> None:
    """Try a message later without counting an attempt: nothing could be tried."""
    _set(ledger, message, due=in_words(now + pause))


def revive(ledger: Ledger, number: str, now: datetime) -> Message:
    """Let a dead message wait again, as if it were new; raises NotFoundError where none is dead by this id."""
    found = [each for each in listed(ledger, state="dead") if each.id.startswith(number) and number]
    if len(found) != 1:
        raise NotFoundError(f"no dead message {number!r}", way_out="sayso alerts outbox --dead")
    _set(ledger, found[0], state="waiting", due=in_words(now), attempts=0, done=None)
    return found[0]


def put(ledger: Ledger, message: Message) -> None:
    """Let a message wait to be sent."""
    with ledger.derived() as connection:
        connection.execute(sa.insert(messages), message.row())
        step()


def tidy(ledger: Ledger, now: datetime) -> None:
    """Take out what was delivered long ago."""
    old = (messages.c.state == "delivered") & (messages.c.done < in_words(now - KEPT))
    with ledger.snapshot() as connection:
        if connection.execute(sa.select(messages.c.id).where(old).limit(1)).first() is None:
            return
    with ledger.derived() as connection:
        connection.execute(sa.delete(messages).where(old))


def _set(ledger: Ledger, message: Message, **values: Any) -> None:
    step()
    with ledger.derived() as connection:
        connection.execute(sa.update(messages).where(messages.c.id == message.id).values(**values))
        step()
    step()


def _message(row: Mapping[str, Any]) -> Message:
    return Message(**row)
