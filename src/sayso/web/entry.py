"""Coming in and going out: a name and a password for a session, which is new with every login."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Form as Field
from fastapi.responses import RedirectResponse

from sayso.ledger import people
from sayso.web import passwords
from sayso.web.desk import Desk
from sayso.web.limits import LOGINS, NAMES
from sayso.web.pages import Page, TheDesk, answer, keep
from sayso.web.review import back_to
from sayso.web.rights import TheAsker, TooOftenError, client_of, count

router = APIRouter(tags=["entry"], include_in_schema=False)
WRONG = "That name and password do not belong together."
Words = Annotated[str, Field()]


@router.get("/login", response_model=None)
def login_form(request: Request, desk: TheDesk, asker: TheAsker, next: str = "/") -> Response:  # noqa: A002
    """Return the form; whoever is in already, or need not say who they are, goes on."""
    if asker.role is not None:
        return RedirectResponse(back_to(next, "/"), 303)
    return answer(request, "html", _form(next))


@router.post("/login", response_model=None)
def login(request: Request, desk: TheDesk, name: Words = "", password: Words = "", next: Words = "/") -> Response:  # noqa: A002
    """Begin a session, or say that name and password do not belong together: never which of the two is wrong."""
    if not desk.login:
        return RedirectResponse(back_to(next, "/"), 303)
    name, client = name.strip().lower()[:100], client_of(desk, request)
    try:
        count(desk, LOGINS, client)
        count(desk, NAMES, name)
        if seconds := desk.limits.pause(f"{name} {client}"):
            raise TooOftenError(seconds)
    except TooOftenError as error:
        headers = {"retry-after": str(error.seconds)}
        words = f"Too many tries: the next one in {error.seconds} seconds."
        return answer(request, "html", _form(next, name, words, status=429, headers=headers))
    secret = _session(desk, name, password)
    if secret is None:
        desk.limits.wrong(f"{name} {client}")
        return answer(request, "html", _form(next, name, WRONG, status=401))
    desk.limits.right(f"{name} {client}")
    response = RedirectResponse(back_to(next, "/"), 303)
    keep(response, desk, secret)
    return response


def _session(desk: Desk, name: str, password: str) -> str | None:
    """Return the secret of a new session; None where the password is wrong."""
    with desk.ledger.snapshot() as connection:
        kept = people.password_of(connection, name)
    if not passwords.is_right(kept, password):
        return None
    with desk.writing() as ledger, ledger.derived() as connection:
        if kept and passwords.is_dated(kept):
            people.set_password(connection, name, passwords.hashed(password))
        return people.begin_session(connection, name)


def _form(
    there: str, name: str = "", problem: str = "", *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Page:
    shown = {"next": back_to(there, "/"), "name": name, "problem": problem}
    return Page("login.html", shown, status=status, headers=headers or {})


@router.post("/logout", response_model=None)
def logout(request: Request, desk: TheDesk, asker: TheAsker) -> Response:
    """End the session."""
    if asker.by == "session":
        with desk.writing() as ledger, ledger.derived() as connection:
            people.end_session(connection, asker.secret)
    response = RedirectResponse("/", 303)
    response.delete_cookie(desk.cookie, path="/", secure=desk.secure, httponly=True, samesite="lax")
    return response
