"""The start page and the notices about a person's data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.channels.cards import number_json
from app.channels.doorstep import services_of
from app.channels.shapes import Json, Voice
from app.channels.web_page import language_for, page
from app.dialogue.messages import PhoneNumber
from app.wiring import Services

router = APIRouter()

LINES = (
    "civil_protection",
    "samu",
    "police",
    "police_mobile",
    "gendarmerie",
    "violence_women",
    "child_danger",
    "trafficking",
    "unhcr",
)
"""The numbers on the start page: who comes in an emergency first."""
NOTICE = ("what", "why", "where", "phone", "who", "rights", "limits")
"""The parts of the whole notice, in order; each has a heading `web.privacy.full.<part>` and numbered sentences."""

type Lang = Annotated[str | None, Query()]


@router.get("/")
def home(request: Request, lang: Lang = None) -> HTMLResponse:
    services = services_of(request)
    language = language_for(request, lang)
    return page("home.html", services.translator, language, numbers=_numbers(services, language))


@router.get("/privacy")
def privacy(request: Request, lang: Lang = None) -> HTMLResponse:
    return page("privacy.html", services_of(request).translator, language_for(request, lang))


@router.get("/privacy/full")
def whole_notice(request: Request, lang: Lang = None) -> HTMLResponse:
    services = services_of(request)
    parts = [(part, _sentences(services, f"web.privacy.full.{part}")) for part in NOTICE]
    language = language_for(request, lang)
    return page("privacy_full.html", services.translator, language, parts=parts)


def _sentences(services: Services, heading: str) -> list[str]:
    """`<heading>.1`, `.2` ... as far as they are written."""
    found: list[str] = []
    while services.translator.has(following := f"{heading}.{len(found) + 1}"):
        found.append(following)
    return found


def _numbers(services: Services, language: str) -> list[Json]:
    voice = Voice(services.translator, language)
    return [number_json(PhoneNumber.of(services.rulebook.numbers[line]), voice) for line in LINES]
