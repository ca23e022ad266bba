"""Passwords: argon2id with the parameters of RFC 9106; an unknown name takes as long to refuse as a known one."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST: Final = 12
"""Characters of a password at least; length is what counts, so nothing else is asked for."""
MOST: Final = 1000
_AT_ONCE: Final = threading.Semaphore(2)
"""Each takes 64 MiB: a crowd at the door must not take all memory."""


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def nobody() -> str:
    """Return what the password of somebody unknown is compared with; called once before the first login."""
    return hashed("nobody has this password")


def hashed(password: str) -> str:
    """Return a password as it is kept."""
    with _AT_ONCE:
        return _hasher().hash(password)


def is_right(kept: str | None, given: str) -> bool:
    """Tell whether a password is the one that is kept; where none is, it takes as long and is wrong."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            _hasher().verify(kept or nobody(), given[:MOST])
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_dated(kept: str) -> bool:
    """Tell whether a password was kept with parameters that are no longer ours."""
    return _hasher().check_needs_rehash(kept)


def check(password: str, name: str) -> str:
    """Return a password that may be set; raises UsageError for one that is easily guessed."""
    if not LEAST <= len(password) <= MOST:
        raise UsageError(f"a password has {LEAST} to {MOST} characters", way_out="some words that only you would join")
    if name.lower() in password.lower() or len(set(password)) < 5:
        raise UsageError("a password that is easily guessed", way_out="some words that only you would join")
    return password
