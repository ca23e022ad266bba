"""How a page is answered: as HTML from a template, as JSON, or as CSV, by the end of its address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from jinja2 import Environment

from sayso import __version__
from sayso.showing.templates import templates
from sayso.tables.cells import csv_of
from sayso.web import assets
from sayso.web.desk import Desk
from sayso.web.rights import who_asks
from sayso.web.text import link_host, mixed_scripts

FORMS: Final = ("json", "csv", "html")  # in this order: `/incident/{id}` would take `/incident/x.json` too


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows.

    Attributes:
        template: file that puts it into HTML.
        shown: what the template gets.
        data: the same for programs; a string is JSON already.
        rows: the same as a table; None where the page has none.
        status: of HTTP.

    """

    template: str
    shown: Mapping[str, Any]
    data: Any = None
    rows: Iterable[Mapping[str, Any]] | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@cache
def environment() -> Environment:
    """Return the templates: everything is escaped and spelled out, and what is missing is an error."""
    made = templates("sayso.web")
    made.filters["host"] = link_host
    made.filters["mixed"] = mixed_scripts
    made.globals["asset"] = assets.address
    made.globals["has_asset"] = assets.exists
    made.globals["version"] = __version__
    made.globals["with_query"] = with_query
    return made


def with_query(query: Mapping[str, Any], **changes: Any) -> str:
    """Return a query string with some keys changed; empty values are left out."""
    merged = {**query, **changes}
    return urlencode({key: value for key, value in merged.items() if value not in (None, "", False)})


def desk_of(request: Request) -> Desk:
    """Return the desk that the application was made for."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def form_of(request: Request) -> str:
    """Return json, csv or html: what the end of the route asks for."""
    path = request.scope["route"].path
    return path.rpartition(".")[2] if path.endswith((".json", ".csv")) else "html"


TheDesk = Annotated[Desk, Depends(desk_of)]
Form = Annotated[str, Depends(form_of)]


def pages(router: APIRouter, path: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[Any], Any]:
    """Register a function that returns a :class:`Page` for a path, and the same with ``.json`` and ``.csv``."""

    def register(function: Any) -> Any:
        for form in FORMS:
            router.add_api_route(
                path if form == "html" else f"{path}.{form}", function, methods=list(methods),
                name=f"{function.__name__}_{form}", response_model=None, include_in_schema=form != "html",
            )  # fmt: skip
        return function

    return register


def answer(request: Request, form: str, page: Page) -> Response:
    """Return a page in the form asked for."""
    if form == "json":
        body = page.data if isinstance(page.data, str) else dumped(page.data)
        return Response(body, page.status, page.headers, media_type="application/json")
    if form == "csv":
        headers = {**page.headers, "content-disposition": 'attachment; filename="sayso.csv"'}
        return Response("".join(csv_of(page.rows or ())), page.status, headers, media_type="text/csv; charset=utf-8")
    return html(request, page)


def dumped(data: Any) -> str:
    """Return JSON with sorted keys."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n"


def html(request: Request, page: Page) -> Response:
    """Return a page as HTML, with the token that its forms need."""
    desk, asker = desk_of(request), who_asks(request)
    session = asker.secret
    shown = {
        "desk": desk, "asker": asker, "token": desk.token(session), "path": request.url.path, "at": page.template,
        "query": dict(request.query_params), **page.shown,
    }  # fmt: skip
    text = environment().get_template(page.template).render(shown)
    response = Response(
        text.encode("utf-8", "backslashreplace"), page.status, page.headers, media_type="text/html; charset=utf-8"
    )
    if session and desk.cookie not in request.cookies:
        keep(response, desk, session)
    return response


def keep(response: Response, desk: Desk, secret: str) -> None:
    """Have the browser keep a secret until it is closed; no script reads it, and other sites cannot have it sent."""
    response.set_cookie(desk.cookie, secret, httponly=True, samesite="lax", secure=desk.secure, path="/")
