"""``/metrics`` for Prometheus: of the project, and of the requests that this desk has answered. For admins only.

Prometheus comes with a token of an admin (``Authorization: Bearer``), which the page Settings makes. Needs
``pip install 'sayso[server]'``; without it the address says so (503), and nothing is counted. Requests are named by
their routes as they stand in the code: neither a label nor a log line holds what a person asked for.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request, Response

from sayso.errors import SetupError
from sayso.observing import metrics
from sayso.observing.logs import log
from sayso.observing.looking import look
from sayso.web.desk import Desk
from sayso.web.guards import App, Receive, Scope, Send
from sayso.web.pages import TheDesk

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
router = APIRouter(tags=["technical"])


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}, 503: {}})
def show(request: Request, desk: TheDesk) -> Response:
    """Return the metrics of the project and of this desk in Prometheus's text format."""
    requests: Requests | None = request.app.state.requests
    if requests is None:
        raise SetupError("prometheus-client is not installed", way_out=metrics.WAY_OUT)
    from prometheus_client import generate_latest

    of_project = b"" if desk.project is None else generate_latest(metrics.registry(lambda: _look(desk)))
    return Response(of_project + generate_latest(requests.registry), media_type=MEDIA)


def _look(desk: Desk) -> Any:
    assert desk.project is not None
    try:
        return look(desk.project, desk.ledger)
    except SetupError:  # it cannot be opened: told as such
        return look(desk.project)


class Requests:
    """Counts of requests, and of how long they took; raises ModuleNotFoundError without prometheus-client."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector

        self.registry: CollectorRegistry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector):
            collector(registry=self.registry)
        labels = ("method", "route", "status")
        self._answered = Counter("sayso_http_requests", "Requests answered.", labels, registry=self.registry)
        self._took = Histogram(
            "sayso_http_request_seconds", "Seconds until a request was answered.", ("route",), registry=self.registry
        )

    def count(self, method: str, route: str, status: str, seconds: float) -> None:
        """Count one request; ``route`` as it stands in the code, so that no address of a stranger becomes a label."""
        self._answered.labels(method, route, status).inc()
        self._took.labels(route).observe(seconds)


class Counting:
    """An ASGI application around another one that counts and logs requests when they are answered.

    Args:
        app: the application.
        requests: counts them; None: they are logged only.

    """

    def __init__(self, app: App, requests: Requests | None) -> None:
        self.app, self._requests = app, requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and count it."""
        began, status = time.perf_counter(), ["500"]

        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                status[0] = str(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            if scope["type"] == "http":
                route = getattr(scope.get("route"), "path", "none")
                seconds = time.perf_counter() - began
                log("answered", method=scope["method"], route=route, status=int(status[0]), seconds=round(seconds, 4))
                if self._requests is not None:
                    self._requests.count(scope["method"], route, status[0], seconds)


def counted(app: FastAPI) -> None:
    """Log the requests of an application, and count them unless prometheus-client is not installed."""
    try:
        app.state.requests = Requests()
    except ModuleNotFoundError:
        app.state.requests = None
    app.add_middleware(Counting, requests=app.state.requests)
