"""Settings: one's own password, sessions and tokens; for admins the people; for all, what this desk runs on."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from fastapi import Form as Field
from fastapi.responses import RedirectResponse

from sayso.errors import InputError, SaysoError
from sayso.ledger import people
from sayso.ledger.people import ROLES, Role
from sayso.web import passwords
from sayso.web.desk import Desk, ForbiddenError
from sayso.web.filters import typed
from sayso.web.limits import LOGINS
from sayso.web.pages import Form, Page, TheDesk, answer, pages
from sayso.web.rights import Asker, TheAsker, count

router = APIRouter(tags=["settings"])
Words = Annotated[str, Field()]
DONE: Final = {
    "password": "Your password is changed; your other sessions are over.",
    "sessions": "Your other sessions are over.",
    "revoked": "The token is taken back.",
    "person": "The account is made.",
    "role": "The role is changed.",
    "disabled": "The account is changed.",
}


@pages(router, "/settings")
def settings(request: Request, desk: TheDesk, asker: TheAsker, form: Form, done: str = "") -> Response:
    """Show what this desk runs on, one's own tokens, and to an admin everybody's accounts."""
    return answer(request, form, _page(desk, asker, DONE.get(done, "")))


def _page(desk: Desk, asker: Asker, done: str = "", *, problem: str = "", secret: str = "", status: int = 200) -> Page:
    """Return the page; ``secret`` is a token just made, which is shown this once."""
    everybody: list[dict[str, Any]] = []
    own: list[dict[str, Any]] = []
    if desk.project is not None:
        with desk.ledger.snapshot() as connection:
            own = [dict(row) for row in people.tokens_of(connection, asker.name)] if asker.name else []
            if asker.may("admin"):
                everybody = [_person(each) for each in people.all_people(connection)]
    facts = _facts(desk)
    shown = {
        "done": done, "problem": problem, "secret": secret, "facts": facts, "own": own, "people": everybody,
        "roles": ROLES, "least": passwords.LEAST,
    }  # fmt: skip
    data = {"schema": "sayso.settings/1", "facts": facts, "tokens": own, "people": everybody}
    rows = [{"what": what, "is": how} for what, how in facts.items()]
    return Page("settings.html", shown, data, rows, status=status)


def _person(each: people.Person) -> dict[str, Any]:
    return {"name": each.name, "role": each.role, "disabled": each.disabled, "made": each.made}


def _facts(desk: Desk) -> dict[str, str]:
    from sayso import __version__
    from sayso.adding import default_reader
    from sayso.ledger.schema import VERSION

    reader = default_reader()
    facts = {"sayso": __version__, "reads with": "rules alone" if reader.model == "rules" else f"model {reader.model}"}
    if desk.project is not None:
        facts |= {"project": desk.project.folder.name, "ledger, revision": VERSION}
        facts["review"] = "two people for each value" if desk.second else "one person for each value"
    facts["addresses"] = "may be read" if desk.fetcher is not None and not desk.fetcher.offline else "are not fetched"
    facts["login"] = "asked of everybody" if desk.login else "not asked: this computer only"
    facts["connection"] = "through TLS" if desk.secure else "not through TLS"
    return facts


@router.post("/settings/password", response_model=None)
def change_password(request: Request, desk: TheDesk, asker: TheAsker, old: Words = "", new: Words = "") -> Response:
    """Change one's own password; the old one is asked for, as at the door."""
    _in_session(asker)
    count(desk, LOGINS, f"password of {asker.name}")
    with desk.ledger.snapshot() as connection:
        kept = people.password_of(connection, asker.name)
    try:
        if not passwords.is_right(kept, old):
            raise InputError("that is not your old password")
        made = passwords.hashed(passwords.check(new, asker.name))
    except SaysoError as error:
        return answer(request, "html", _page(desk, asker, problem=f"{error.problem}. {error.way_out}", status=400))
    with desk.writing() as ledger, ledger.derived() as connection:
        people.set_password(connection, asker.name, made, keep=asker.secret)
    return RedirectResponse("/settings?done=password", 303)


@router.post("/settings/sessions", response_model=None)
def end_others(desk: TheDesk, asker: TheAsker) -> Response:
    """End all one's sessions but this one."""
    _in_session(asker)
    with desk.writing() as ledger, ledger.derived() as connection:
        people.end_sessions(connection, asker.name, keep=asker.secret)
    return RedirectResponse("/settings?done=sessions", 303)


def _in_session(asker: Asker) -> None:
    if asker.by != "session":
        raise ForbiddenError("this needs a session", way_out="log in with your name and password")


@router.post("/settings/token", response_model=None)
def make_token(request: Request, desk: TheDesk, asker: TheAsker, label: Words = "", role: Words = "reader") -> Response:
    """Make a token for a program: it may do no more than its role, nor than its owner; it is shown this once."""
    _in_session(asker)
    if role not in ROLES or not asker.may(role):
        raise ForbiddenError("a token may do no more than its owner", way_out="choose a smaller role")
    with desk.writing() as ledger, ledger.derived() as connection:
        _, secret = people.make_token(connection, asker.name, typed(label) or "no label", role)
    return answer(request, "html", _page(desk, asker, "The token is made.", secret=secret))


@router.post("/settings/revoke", response_model=None)
def revoke(desk: TheDesk, asker: TheAsker, number: Words = "") -> Response:
    """Take a token back: one's own; an admin anybody's."""
    with desk.writing() as ledger, ledger.derived() as connection:
        people.revoke(connection, number, of=None if asker.may("admin") else asker.name)
    return RedirectResponse("/settings?done=revoked", 303)


@router.post("/settings/person", response_model=None)
def add_person(
    request: Request, desk: TheDesk, asker: TheAsker, name: Words = "", role: Words = "", password: Words = ""
) -> Response:
    """Make an account, with a password that its owner should change."""
    try:
        made = passwords.hashed(passwords.check(password, name.strip()))
        with desk.writing() as ledger, ledger.derived() as connection:
            people.add_person(connection, name, _role(role), made)
    except SaysoError as error:
        return answer(request, "html", _page(desk, asker, problem=f"{error.problem}. {error.way_out}", status=400))
    return RedirectResponse("/settings?done=person", 303)


@router.post("/settings/role", response_model=None)
def set_role(desk: TheDesk, name: Words = "", role: Words = "") -> Response:
    """Give somebody another role, at once."""
    with desk.writing() as ledger, ledger.derived() as connection:
        people.set_role(connection, name, _role(role))
    return RedirectResponse("/settings?done=role", 303)


@router.post("/settings/disable", response_model=None)
def disable(desk: TheDesk, name: Words = "", again: Words = "") -> Response:
    """Let somebody in no more, or again."""
    with desk.writing() as ledger, ledger.derived() as connection:
        people.disable(connection, name, again=bool(again))
    return RedirectResponse("/settings?done=disabled", 303)


def _role(given: str) -> Role:
    if given not in ROLES:
        raise InputError(f"{given!r} is no role", way_out=f"one of {', '.join(ROLES)}")
    return given
