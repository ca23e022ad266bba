"""Who may sit at a desk that others can reach: people with a role, their sessions and tokens.

State, no history: these tables stand outside the log's chain. Of secrets only what cannot be turned back is kept: a
password as argon2 has it, a session and a token as SHA-256 of 32 random bytes, by which they are also looked up, so
that no comparison tells how much of a guess was right.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Literal, get_args

import sqlalchemy as sa

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.schema import people, sessions, tokens

Role = Literal["reader", "analyst", "reviewer", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""From least to most: whoever has one may do all that those before it may."""
IDLE: Final = timedelta(hours=12)
"""A session that nobody has used for so long is over."""
LONGEST: Final = timedelta(days=7)
"""A session is over after so long in any case."""
NOTED: Final = timedelta(minutes=5)
"""The use of a session or token is written down no more often than this."""
PREFIX: Final = "sayso_"
"""Tokens begin with it, so that those who look for leaked secrets know ours."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account.

    Attributes:
        name: small letters, digits, ``. _ -``; judgements bear it.
        role: what they may do.
        disabled: since when they may do nothing (ISO 8601 in UTC); None for those who may.
        made: when the account was made.

    """

    name: str
    role: Role
    disabled: str | None
    made: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whom a secret stands for, what it may do, and whether its use should be written down again."""

    name: str
    role: Role
    stale: bool


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def written(moment: datetime) -> str:
    """Return a moment as these tables hold it; such strings sort by time."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def digest_of(secret: str) -> str:
    """Return what is kept of a session's or token's secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


# -- people -----------------------------------------------------------------------------------------------------------


def all_people(connection: sa.Connection) -> list[Person]:
    """Return everybody, by name."""
    columns = (people.c.name, people.c.role, people.c.disabled, people.c.made)
    return [Person(**row) for row in connection.execute(sa.select(*columns).order_by(people.c.name)).mappings()]


def find_person(connection: sa.Connection, name: str) -> Person:
    """Return somebody; raises NotFoundError."""
    for each in all_people(connection):
        if each.name == name.lower():
            return each
    raise NotFoundError(f"nobody is called {name!r}", way_out="`sayso accounts list` names them")


def add_person(connection: sa.Connection, name: str, role: Role, password: str) -> Person:
    """Add somebody.

    Args:
        connection: a writer's.
        name: how they log in, in letters of any size.
        role: what they may do.
        password: as argon2 writes it.

    Raises:
        UsageError: the name is taken, or is none.

    """
    name = name.strip().lower()
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name", way_out="1 to 40 letters a-z, digits, dots, dashes")
    if any(each.name == name for each in all_people(connection)):
        raise UsageError(f"there is a {name!r} already", way_out="choose another name")
    made = Person(name, role, None, written(now()))
    row = {"name": name, "role": role, "password": password, "made": made.made}
    connection.execute(sa.insert(people), row)
    return made


def set_role(connection: sa.Connection, name: str, role: Role) -> None:
    """Give somebody another role, at once; raises NotFoundError, UsageError where nobody could administer any more."""
    person = find_person(connection, name)
    if role != "admin":
        _leave_an_admin(connection, person)
    connection.execute(sa.update(people).where(people.c.name == person.name).values(role=role))


def disable(connection: sa.Connection, name: str, *, again: bool = False) -> None:
    """Let somebody do nothing from now on (``again``: let them in again); their sessions and tokens end for good."""
    person = find_person(connection, name)
    if not again:
        _leave_an_admin(connection, person)
        connection.execute(sa.delete(tokens).where(tokens.c.person == person.name))
    end_sessions(connection, person.name)
    since = None if again else written(now())
    connection.execute(sa.update(people).where(people.c.name == person.name).values(disabled=since))


def _leave_an_admin(connection: sa.Connection, person: Person) -> None:
    others = [each for each in all_people(connection) if each.role == "admin" and not each.disabled]
    if [each.name for each in others] == [person.name]:
        raise UsageError(f"{person.name} is the only admin", way_out="make another one first: sayso accounts role")


def password_of(connection: sa.Connection, name: str) -> str | None:
    """Return somebody's password as argon2 has it; None for those whom nobody knows, or who may not come in."""
    query = sa.select(people.c.password).where(people.c.name == name, people.c.disabled.is_(None))
    return connection.execute(query).scalar()


def set_password(connection: sa.Connection, name: str, password: str, *, keep: str | None = None) -> None:
    """Give somebody another password, as argon2 writes it; all sessions end but the one with the secret ``keep``."""
    person = find_person(connection, name)
    connection.execute(sa.update(people).where(people.c.name == person.name).values(password=password))
    end_sessions(connection, person.name, keep=keep)


# -- sessions ---------------------------------------------------------------------------------------------------------


def begin_session(connection: sa.Connection, name: str) -> str:
    """Begin a session and return its secret, which is nowhere kept; sessions that are over are taken out."""
    secret, at = secrets.token_urlsafe(32), now()
    connection.execute(sa.delete(sessions).where(_is_over(at)))
    row = {"digest": digest_of(secret), "person": name, "made": written(at), "seen": written(at)}
    connection.execute(sa.insert(sessions), row | {"ends": written(at + LONGEST)})
    return secret


def _is_over(at: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(sessions.c.ends <= written(at), sessions.c.seen <= written(at - IDLE))


def of_session(connection: sa.Connection, secret: str) -> Admitted | None:
    """Return whom the secret of a session stands for; None where it is none, is over, or they may not come in."""
    at = now()
    query = (
        sa.select(people.c.name, people.c.role, sessions.c.seen)
        .join(people, people.c.name == sessions.c.person)
        .where(sessions.c.digest == digest_of(secret), ~_is_over(at), people.c.disabled.is_(None))
    )
    row = connection.execute(query).first()
    return Admitted(row.name, row.role, row.seen <= written(at - NOTED)) if row else None


def touch(connection: sa.Connection, secret: str) -> None:
    """Write down that a session or token is in use."""
    digest, at = digest_of(secret), written(now())
    for table in (sessions, tokens):
        connection.execute(sa.update(table).where(table.c.digest == digest).values(seen=at))


def end_session(connection: sa.Connection, secret: str) -> None:
    """End one session."""
    connection.execute(sa.delete(sessions).where(sessions.c.digest == digest_of(secret)))


def end_sessions(connection: sa.Connection, name: str, *, keep: str | None = None) -> None:
    """End all sessions of somebody, but the one with the secret ``keep``."""
    kept = digest_of(keep) if keep else ""
    connection.execute(sa.delete(sessions).where(sessions.c.person == name, sessions.c.digest != kept))


# -- tokens -----------------------------------------------------------------------------------------------------------


def make_token(connection: sa.Connection, name: str, label: str, role: Role) -> tuple[str, str]:
    """Make a token for a program and return its id and its secret, which is nowhere kept; raises NotFoundError."""
    person = find_person(connection, name)
    number, secret = f"to_{secrets.token_hex(6)}", PREFIX + secrets.token_urlsafe(32)
    row = {"id": number, "digest": digest_of(secret), "person": person.name, "label": label[:100]}
    connection.execute(sa.insert(tokens), row | {"role": role, "made": written(now())})
    return number, secret


def of_token(connection: sa.Connection, secret: str) -> Admitted | None:
    """Return whom a token stands for and what it may do: no more than its owner; None where it is none."""
    query = (
        sa.select(people.c.name, people.c.role, tokens.c.role.label("most"), tokens.c.seen)
        .join(people, people.c.name == tokens.c.person)
        .where(tokens.c.digest == digest_of(secret), people.c.disabled.is_(None))
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    role = min(row.role, row.most, key=ROLES.index)
    return Admitted(row.name, role, row.seen is None or row.seen <= written(now() - NOTED))


def tokens_of(connection: sa.Connection, name: str | None = None) -> list[Mapping[str, Any]]:
    """Return id, person, label, role, made and seen of the tokens of somebody, or of all."""
    columns = [column for column in tokens.columns if column.name != "digest"]
    query = sa.select(*columns).order_by(tokens.c.made, tokens.c.id)
    if name is not None:
        query = query.where(tokens.c.person == name)
    return [dict(row) for row in connection.execute(query).mappings()]


def revoke(connection: sa.Connection, number: str, *, of: str | None = None) -> None:
    """Take a token back: one of somebody by name, or of anybody; raises NotFoundError."""
    chosen = sa.delete(tokens).where(tokens.c.id == number)
    gone = connection.execute(chosen if of is None else chosen.where(tokens.c.person == of))
    if not gone.rowcount:
        raise NotFoundError(f"no token {number}", way_out="`sayso accounts list` names them")
