"""Who asks, and what they may: one table of all addresses, and what is not in it is refused to everybody.

On this computer's own address whoever asks sits at it and may do all. On any other one needs a session (a cookie, got
with a password) or a token (a header, for programs); a form that changes anything brings what only our own pages know.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from anyio.to_thread import run_sync
from fastapi import Depends, Request

from sayso.errors import SaysoError
from sayso.ledger import people
from sayso.ledger.people import ROLES, Role
from sayso.web.desk import Desk, ForbiddenError
from sayso.web.limits import DOOR, READS, WRITES, Rate

ANYBODY: Final = "anybody"
RIGHTS: Final[Mapping[str, Mapping[str, str]]] = {
    "GET": {
        "/": ANYBODY,
        "/login": ANYBODY,
        "/read": "reader",
        "/incidents": "reader",
        "/incidents/map.json": "reader",
        "/incident/{number}": "reader",
        "/reports": "reader",
        "/report/{number}": "reader",
        "/disputes": "reader",
        "/charts": "reader",
        "/search": "reader",
        "/sources": "reader",
        "/source": "reader",
        "/log": "reader",
        "/quarantine": "reader",
        "/watch": "reader",
        "/queries": "reader",
        "/alerts/{query}.atom": "reader",
        "/review": "reader",
        "/proposals": "reader",
        "/settings": "reader",
        "/metrics": "admin",
        "/api": "reader",
        "/openapi.json": "reader",
    },
    "POST": {
        "/login": ANYBODY,
        "/logout": "reader",
        "/read": "reader",
        "/judge": "analyst",
        "/proposals/judge": "analyst",
        "/grade": "reviewer",
        "/watch/again": "analyst",
        "/retry": "analyst",
        "/queries/save": "analyst",
        "/queries/remove": "analyst",
        "/settings/password": "reader",
        "/settings/sessions": "reader",
        "/settings/token": "reader",
        "/settings/revoke": "reader",
        "/settings/person": "admin",
        "/settings/role": "admin",
        "/settings/disable": "admin",
    },
}
"""Method → address without the form at its end → the least role that may ask."""
WITHOUT_FORM: Final = frozenset({"/read"})
"""Addresses that programs may post to without a page of ours: nothing is changed there."""
SAFE: Final = frozenset({"GET", "HEAD"})


class LoginNeededError(SaysoError):
    """A page for those who have logged in."""


class TooOftenError(SaysoError):
    """More requests than anybody needs; ``seconds`` says when the next one may come."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds + 0.5))
        super().__init__("too many requests", way_out=f"again in {self.seconds} s")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks.

    Attributes:
        name: that judgements bear; "" for nobody in particular.
        role: what they may do; None for those who have not logged in.
        by: "here" (at this computer), "session", "token", or "" for strangers.
        secret: of the cookie: what forms are bound to.

    """

    name: str
    role: Role | None
    by: Literal["here", "session", "token", ""]
    secret: str = ""

    def may(self, role: str) -> bool:
        """Tell whether what needs a role is allowed."""
        return role == ANYBODY or (self.role is not None and ROLES.index(self.role) >= ROLES.index(role))

    @property
    def judges(self) -> bool:
        """Tell whether they may judge, and have a name to do it under."""
        return bool(self.name) and self.may("analyst")


STRANGER: Final = Asker("", None, "")


async def admit(request: Request) -> None:
    """Find out who asks and raise unless they may; every page depends on it.

    Raises:
        LoginNeededError: nobody who may come in.
        ForbiddenError: somebody whose role is too small, or a form that is not ours.
        TooOftenError: too many requests.

    """
    desk: Desk = request.app.state.desk
    asker = await run_sync(asker_of, desk, request)
    request.state.asker = asker
    needed = needed_for(request.method, request.scope["route"].path)
    _pace(desk, request, asker)
    if not asker.may(needed):
        if asker.role is None:
            raise LoginNeededError("this desk asks who you are", way_out="log in, or send a token")
        raise ForbiddenError(f"this needs the role of {needed}; yours is {asker.role}", way_out="ask an admin")
    if request.method not in SAFE and asker.by != "token" and _bare(request.scope["route"].path) not in WITHOUT_FORM:
        form = await request.form(max_files=1, max_fields=1000)
        given = form.get("token")
        if not desk.is_token(asker.secret, given if isinstance(given, str) else ""):
            raise ForbiddenError(
                "this form is not from this desk, or is too old", way_out="go back and load the page again"
            )


def needed_for(method: str, path: str) -> str:
    """Return the least role that may ask for an address; what is in no table only "nobody" may: that is refused."""
    found = RIGHTS.get("GET" if method in SAFE else method, {}).get(_bare(path))
    if found is None:
        raise ForbiddenError(f"nobody may ask for {path}", way_out="a fault of ours: it stands in no table of rights")
    return found


def _bare(path: str) -> str:
    """Return an address without the form at its end, unless it has that form alone."""
    bare = path.removesuffix(".json").removesuffix(".csv")
    return path if path in ("/openapi.json", "/incidents/map.json") else bare


def asker_of(desk: Desk, request: Request) -> Asker:
    """Return who asks; a token that is none is a stranger's, whatever cookie comes with it."""
    secret = request.cookies.get(desk.cookie) or secrets.token_urlsafe(32)  # a new one goes out with the page
    sort, _, token = request.headers.get("authorization", "").partition(" ")
    if sort:
        found = _admitted(desk, token.strip(), of_token=True) if sort.lower() == "bearer" else None
        return Asker(found.name, found.role, "token") if found else STRANGER
    if not desk.login:
        return Asker(desk.who, "admin", "here", secret)
    found = _admitted(desk, secret, of_token=False) if desk.cookie in request.cookies else None
    return Asker(found.name, found.role, "session", secret) if found else Asker("", None, "", secret)


def _admitted(desk: Desk, secret: str, *, of_token: bool) -> people.Admitted | None:
    if desk.project is None:
        return None
    with desk.ledger.snapshot() as connection:
        found = people.of_token(connection, secret) if of_token else people.of_session(connection, secret)
    if found and found.stale:
        with desk.writing() as ledger, ledger.derived() as connection:
            people.touch(connection, secret)
    return found


def client_of(desk: Desk, request: Request) -> str:
    """Return the network address that asks; behind a proxy of ours, the one that it names."""
    if desk.proxied:
        named = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if named:
            return named[:64]
    return request.client.host if request.client else ""


def _pace(desk: Desk, request: Request, asker: Asker) -> None:
    """Raise where somebody asks too often; at one's own computer nobody is counted."""
    if asker.by == "here":
        return
    if asker.by == "":
        count(desk, DOOR, client_of(desk, request))
    else:
        count(desk, READS if request.method in SAFE else WRITES, asker.name)


def count(desk: Desk, rate: Rate, who: str) -> None:
    """Count one request; raises TooOftenError."""
    if seconds := desk.limits.wait(rate, who):
        raise TooOftenError(seconds)


def who_asks(request: Request) -> Asker:
    """Return who asks, as :func:`admit` found it."""
    asker = getattr(request.state, "asker", STRANGER)
    assert isinstance(asker, Asker)
    return asker


TheAsker = Annotated[Asker, Depends(who_asks)]
