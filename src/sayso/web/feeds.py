"""Feeds of alerts, for feed readers on this computer."""

from __future__ import annotations

from fastapi import APIRouter, Response

from sayso.alerts.atom import MEDIA, feed_of
from sayso.web.pages import TheDesk

router = APIRouter(tags=["alerts"])


@router.get("/alerts/{query}.atom", response_class=Response, responses={200: {"content": {MEDIA: {}}}})
def atom(desk: TheDesk, query: str) -> Response:
    """Return what a saved query's feed has told, in Atom; 404 where no alert leads to a feed."""
    return Response(feed_of(desk.ledger, query), media_type=MEDIA)
