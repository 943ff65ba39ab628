"""For whoever runs it: alive, ready, counted."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse

from app.api.access import Now
from app.channels.shapes import Json

router = APIRouter()

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/health/live")
def live() -> Json:
    return {"status": "alive"}


@router.get("/health/ready")
def ready(services: Now) -> JSONResponse:
    """Ready when the database answers: a parser is always there."""
    has_database = services.database.is_reachable()
    shape = {
        "status": "ready" if has_database else "unavailable",
        "parser": services.parser.name,
        "guard": services.parser.guard,
        "database": "ready" if has_database else "unavailable",
        "rulebook": {"version": services.rulebook.version, "hash": services.rulebook.hash},
    }
    return JSONResponse(shape, status_code=200 if has_database else 503)


@router.get("/metrics")
def metrics(request: Request, services: Now) -> PlainTextResponse:
    told = request.app.state.metrics.exposition(services.parser.samples())
    return PlainTextResponse(told, media_type=EXPOSITION)
