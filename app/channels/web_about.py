"""`/about/understanding`: what is understood, how often it is wrong, and what is done about it."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import Annotated

from babel.numbers import format_decimal
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse

from app.channels.doorstep import services_of
from app.channels.shapes import Json
from app.channels.web_about_figures import danger_shown, picture_shown, varieties_shown
from app.channels.web_page import language_for, page
from app.i18n.languages import locale_of
from nlu.reported import read_figures, read_report

router = APIRouter()

type Lang = Annotated[str | None, Query()]


@router.get("/about/understanding")
def understanding(request: Request, lang: Lang = None) -> HTMLResponse:
    language = language_for(request, lang)
    number = partial(format_decimal, locale=locale_of(language))
    return page("about_understanding.html", services_of(request).translator, language, number=number, **_shown())


@router.get("/about/understanding.json")
def for_programs() -> JSONResponse:
    return JSONResponse(read_figures())


@router.get("/about/understanding/report")
def whole_report() -> PlainTextResponse:
    return PlainTextResponse(read_report())


@cache
def _shown() -> Json:
    """Measured once, committed, the same for everybody."""
    figures = read_figures()
    development = figures["parsers"]["local"]["development"]["varieties"]
    return {
        "rows": varieties_shown(figures),
        "picture": picture_shown(figures),
        "danger": danger_shown(figures),
        "messages": development["all"]["messages"],
        "examples": sum(figures["examples"].values()),
        "made_on": date.fromisoformat(figures["made_on"]),
    }
