"""``make_app``: the desk as an ASGI application."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from sayso import __version__
from sayso.errors import NotFoundError, RefusedError, SaysoError, SetupError
from sayso.web import assets
from sayso.web.desk import BusyError, Desk, ForbiddenError
from sayso.web.guards import App, Guard
from sayso.web.metrics import counted
from sayso.web.pages import Page, answer, desk_of, dumped
from sayso.web.rights import LoginNeededError, TheAsker, TooOftenError, admit

LOCAL: Final = ("127.0.0.1", "localhost", "::1")
"""Names under which a desk on this computer is reached."""
YEAR: Final = 365 * 24 * 3600


def make_app(desk: Desk, hosts: Collection[str] = LOCAL, *, numbers: bool = False) -> App:
    """Return the desk with its guards in front.

    Args:
        desk: what it shows.
        hosts: names that the Host header may give.
        numbers: whether it may also give any network address.

    """
    return Guard(application(desk), hosts, numbers=numbers, secure=desk.secure)


def application(desk: Desk) -> FastAPI:
    """Return all pages, each of which finds out first who asks and whether they may."""
    from sayso.web import (
        compared,
        entry,
        feeds,
        grades,
        incident,
        incidents,
        lists,
        metrics,
        proposals,
        queries,
        reading,
        report,
        review,
        settings,
        watch,
    )

    app = FastAPI(
        title="sayso", version=__version__, docs_url=None, redoc_url=None, openapi_url=None,
        dependencies=[Depends(admit)],
    )  # fmt: skip
    app.state.desk = desk
    for module in (
        reading,
        incidents,
        compared,
        incident,
        report,
        lists,
        grades,
        queries,
        watch,
        review,
        proposals,
        entry,
        settings,
        feeds,
        metrics,
    ):
        app.include_router(module.router)
    counted(app)
    app.mount("/static", GZipMiddleware(_Kept(directory=assets.STATIC), minimum_size=1000))
    app.add_api_route("/", _home, include_in_schema=False, response_model=None)
    app.add_api_route("/openapi.json", _described, include_in_schema=False, response_model=None)
    for kind, handler in ((SaysoError, _sayso_error), (HTTPException, _http_error), (RequestValidationError, _invalid)):
        app.add_exception_handler(kind, handler)
    return app


class _Kept(StaticFiles):
    """Files whose address changes with their content: browsers keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Answer with a file that may be kept for a year."""
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = f"public, max-age={YEAR}, immutable"
        return response


def _home(request: Request, asker: TheAsker) -> Response:
    if not asker.may("reader"):
        return RedirectResponse("/login", status_code=303)
    return RedirectResponse("/read" if desk_of(request).project is None else "/incidents", status_code=303)


def _described(request: Request) -> Response:
    """Return what programs read of the addresses (OpenAPI)."""
    return Response(dumped(request.app.openapi()), media_type="application/json")


STATUSES: Final[dict[type[SaysoError], int]] = {
    NotFoundError: 404, SetupError: 503, LoginNeededError: 401, ForbiddenError: 403, RefusedError: 403, BusyError: 503,
    TooOftenError: 429,
}  # fmt: skip


def _sayso_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, SaysoError)
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 400)
    if isinstance(error, LoginNeededError) and _is_a_visit(request):
        there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': there})}", status_code=303)
    answer = problem(request, status, error.problem, error.way_out)
    if isinstance(error, LoginNeededError):
        answer.headers["www-authenticate"] = "Bearer"
    if isinstance(error, TooOftenError | BusyError):
        answer.headers["retry-after"] = str(getattr(error, "seconds", 30))
    return answer


def _is_a_visit(request: Request) -> bool:
    """Tell whether a person looks at a page: programs are told with a status instead."""
    path = request.url.path
    for_programs = path.endswith((".json", ".csv", "/metrics"))
    return request.method == "GET" and not for_programs and "authorization" not in request.headers


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "There is no such page.", 405: "This page does not take that."}
    return problem(request, error.status_code, words.get(error.status_code, str(error.detail)))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    parts = (f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors())
    return problem(request, 400, "; ".join(parts))


def problem(request: Request, status: int, words: str, way_out: str = "") -> Response:
    """Say what is wrong, in the form that the address asks for."""
    path = request.url.path
    form = "json" if path.endswith(".json") else "html"
    data = {"problem": words, "way_out": way_out}
    return answer(request, form, Page("problem.html", data, data, status=status))
