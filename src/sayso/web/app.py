"""``make_app``: the desk as an ASGI application."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from sayso import __version__
from sayso.errors import NotFoundError, SaysoError, SetupError
from sayso.web import assets
from sayso.web.desk import Desk, ForbiddenError
from sayso.web.guards import App, Guard
from sayso.web.pages import Page, answer

LOCAL: Final = ("127.0.0.1", "localhost", "::1")
"""Names under which a desk on this computer is reached."""
YEAR: Final = 365 * 24 * 3600


def make_app(desk: Desk, hosts: Collection[str] = LOCAL) -> App:
    """Return the desk with its guards in front.

    Args:
        desk: what it shows.
        hosts: names that the Host header may give.

    """
    return Guard(_application(desk), hosts)


def _application(desk: Desk) -> FastAPI:
    from sayso.web import feeds, incident, incidents, lists, reading, report, review

    app = FastAPI(title="sayso", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.state.desk = desk
    app.state.new_session = lambda: secrets.token_urlsafe(24)
    for module in (reading, incidents, incident, report, lists, review, feeds):
        app.include_router(module.router)
    app.mount("/static", GZipMiddleware(_Kept(directory=assets.STATIC), minimum_size=1000))
    app.add_api_route("/", _home, include_in_schema=False, response_model=None)
    app.add_exception_handler(SaysoError, _sayso_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    return app


class _Kept(StaticFiles):
    """Files whose address changes with their content: browsers keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Answer with a file that may be kept for a year."""
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = f"public, max-age={YEAR}, immutable"
        return response


def _home(request: Request) -> Response:
    desk = request.app.state.desk
    return RedirectResponse("/read" if desk.project is None else "/incidents", status_code=303)


def _sayso_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, SaysoError)
    kinds: dict[type[SaysoError], int] = {NotFoundError: 404, SetupError: 503, ForbiddenError: 403}
    status = next((status for kind, status in kinds.items() if isinstance(error, kind)), 400)
    return problem(request, status, error.problem, error.way_out)


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
