"""`/about/rules`: the whole rule table, page by page, in the words of the rules that run.

A page says the same to everybody, so each is written once a day and language and kept, packed.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app.channels.doorstep import services_of
from app.channels.shapes import Json, Voice
from app.channels.web_page import language_for, page
from app.channels.web_rules_changes import changes_shown
from app.channels.web_rules_picture import picture_of
from app.channels.web_rules_shown import (
    SERVICE_PATH,
    SITUATION_PATH,
    service_shown,
    services_shown,
    sheets_shown,
    situation_shown,
    situations_shown,
    table_shown,
)
from app.dialogue.messages import Latin
from app.errors import NotFound
from app.i18n.translator import Translator
from rules.history.archived import Archive
from rules.model import ServiceId
from rules.overview_data import overview_data
from rules.rulebook import Rulebook

router = APIRouter()

SHORT_HASH = 12
PAGES_KEPT = 256
"""Every page of one day in all languages, and some of the day before."""

type Lang = Annotated[str | None, Query()]


@router.get("/about/rules")
def whole_table(request: Request, lang: Lang = None) -> Response:
    return _answer("table", "", request, lang)


@router.get("/about/rules.json")
def for_programs(request: Request) -> Response:
    services = services_of(request)
    return _sent(_data(services.rulebook, services.turns.today()), "application/json", request)


@router.get("/about/rules/sheets")
def to_print(request: Request, lang: Lang = None) -> Response:
    return _answer("sheets", "", request, lang)


@router.get("/about/rules/changes")
def changes(request: Request, lang: Lang = None) -> Response:
    return _answer("changes", "", request, lang)


@router.get(SITUATION_PATH)
def of_situation(situation: str, request: Request, lang: Lang = None) -> Response:
    if situation not in services_of(request).rulebook.rows:
        raise NotFound(situation)
    return _answer("situation", situation, request, lang)


@router.get(SERVICE_PATH)
def of_service(service: str, request: Request, lang: Lang = None) -> Response:
    if service not in services_of(request).rulebook.services:
        raise NotFound(service)
    return _answer("service", service, request, lang)


def _answer(kind: str, name: str, request: Request, lang: str | None) -> Response:
    services, language = services_of(request), language_for(request, lang)
    wanted = Wanted(kind, name, language, services.turns.today())
    packed = packed_page(wanted, services.rulebook, services.translator, services.receipts.archive)
    return _sent(packed, "text/html; charset=utf-8", request, language)


def _sent(packed: bytes, media_type: str, request: Request, language: str | None = None) -> Response:
    headers = {"Vary": "Accept-Encoding, Accept-Language"}
    if language:
        headers["Content-Language"] = language
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(packed), media_type=media_type, headers=headers)
    return Response(packed, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})


@dataclass(frozen=True)
class Wanted:
    """Which page: its kind, the paper or service it is about, its language and day."""

    kind: str
    name: str
    language: str
    on: date


@lru_cache(maxsize=PAGES_KEPT)
def packed_page(wanted: Wanted, rulebook: Rulebook, translator: Translator, archive: Archive) -> bytes:
    """Two rule books are never the same object, so a new book never shows an old page."""
    voice = Voice(translator, wanted.language)
    shown = _shown(wanted, rulebook, archive, voice)
    book = voice.say(
        "about.rules.book", version=Latin(rulebook.version), hash=Latin(rulebook.hash[:SHORT_HASH]), date=wanted.on
    )
    html = page(f"about_rules_{wanted.kind}.html", translator, wanted.language, shown=shown, book=book)
    return gzip.compress(html.body, mtime=0)


def _shown(wanted: Wanted, rulebook: Rulebook, archive: Archive, voice: Voice) -> Json:
    match wanted.kind:
        case "table":
            return table_shown(rulebook, wanted.on, voice)
        case "sheets":
            return sheets_shown(rulebook, wanted.on, voice)
        case "situation":
            told = situation_shown(wanted.name, rulebook, wanted.on, voice)
            return {**told, "others": situations_shown(rulebook, voice)}
        case "service":
            service = rulebook.services[ServiceId(wanted.name)]
            told = service_shown(service, rulebook, wanted.on, voice)
            picture = picture_of(service, rulebook, wanted.on, voice)
            return {**told, "picture": picture, "others": services_shown(rulebook, voice)}
        case _:
            return {"books": changes_shown(rulebook, archive, voice)}


@lru_cache(maxsize=2)
def _data(rulebook: Rulebook, on: date) -> bytes:
    written = json.dumps(overview_data(rulebook, on), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(written.encode(), mtime=0)
