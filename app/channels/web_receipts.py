"""The pages of a receipt: its answers by code, the whole paper once, and the desk where it is shown again.

The paper with reasons and token is the answer to a POST and to nothing else: it stands at no address, so that neither a
history nor a log can bring it back. By code anybody sees the answers only.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, UploadFile
from markupsafe import Markup
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.channels.cards import RECEIPT_PATH
from app.channels.doorstep import address_of, services_of, slow_down
from app.channels.receipt_shapes import change_json, origin_of, side, words_for
from app.channels.shapes import Json, Voice
from app.channels.web_page import known_language, language_for, page
from app.channels.web_problems import status_of, tell
from app.dialogue.messages import Latin
from app.errors import AppError, NotAllowed, NotFound
from app.receipts.model import Replayed
from app.receipts.picture import REPLAY_PATH, qr_svg
from app.receipts.token import LONGEST, in_groups
from app.turns import Wanted, find_receipt, make_receipt, replay
from app.wiring import Services
from rules.receipt import SCHEMA, Receipt

router = APIRouter()

PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
LARGEST_FILE = 32 * 1024

type Lang = Annotated[str | None, Query()]


class ReceiptForm(BaseModel):
    """What the chat page sends. The conversation's token stands in the body, never in an address."""

    conversation: str = ""
    token: str = ""
    language: str = ""
    receipt: str = ""
    """The code of the receipt to show in full."""
    services: str = ""
    """Ids, parted by spaces."""
    reasons: str = "yes"


@router.get(REPLAY_PATH)
def desk(request: Request, lang: Lang = None) -> HTMLResponse:
    return _page("receipt_replay.html", request, language_for(request, lang), problem="", longest=LONGEST)


@router.post(REPLAY_PATH)
def show_again(
    request: Request,
    token: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> HTMLResponse:
    services, spoken = services_of(request), language_for(request, language)
    try:
        slow_down(services, "codes", address_of(request), services.settings.rate_codes)
        replayed = replay(token.strip() or _token_in(file), services.receipts)
    except AppError as error:
        told = tell(error, spoken, services.translator)
        return _page("receipt_replay.html", request, spoken, status=status_of(error), problem=told, longest=LONGEST)
    return _shown_again(replayed, known_language(language), request, services)


@router.post("/receipts/file")
def save(request: Request, token: Annotated[str, Form()], language: Annotated[str, Form()] = "") -> Response:
    """The receipt as a small file: what the paper says, and the token. It is made anew, nothing of it was kept."""
    services = services_of(request)
    try:
        slow_down(services, "codes", address_of(request), services.settings.rate_codes)
        replayed = replay(token, services.receipts)
    except AppError as error:
        return _none(error, request, language_for(request, language), services)
    content = json.dumps({**replayed.receipt.to_dict(), "token": token}, ensure_ascii=False, indent=1)
    name = f"boussole-{replayed.receipt.as_of.isoformat()}.json"
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/json", headers=headers)


@router.post("/receipts")
def paper(request: Request, form: Annotated[ReceiptForm, Form()]) -> HTMLResponse:
    services, language = services_of(request), language_for(request, form.language)
    asked = form.services.split() or None
    try:
        slow_down(services, "messages", form.token or address_of(request), services.settings.rate_messages)
        wanted = Wanted(language, asked, form.receipt or None)
        given = make_receipt(form.conversation, form.token, wanted, services.receipts)
    except AppError as error:
        return _none(error, request, language, services)
    told = given.decisions if form.reasons == "yes" else ()
    return _page(
        "receipt.html",
        request,
        language,
        sides=[side(given.full, voice, told) for voice in _voices(given.full, language, services)],
        book=given.full.book,
        as_of=given.full.as_of,
        code=given.stored.code,
        kept_until=given.stored.expires_at.date(),
        token=given.token,
        grouped=in_groups(given.token),
        qr=Markup(qr_svg(given.token, origin_of(request))),  # noqa: S704  segno draws it, nothing of it was typed
        is_draft=not given.is_published,
        has_reasons=bool(told),
        again={**form.model_dump(), "receipt": given.stored.code, "language": language, "reasons": "no"},
    )


@router.get(RECEIPT_PATH)
def answers(code: str, request: Request, lang: Lang = None) -> HTMLResponse:
    services = services_of(request)
    try:
        slow_down(services, "codes", address_of(request), services.settings.rate_codes)
        stored = find_receipt(code, services.receipts)
    except AppError as error:
        return _none(error, request, language_for(request, lang), services)
    language = known_language(lang) or stored.receipt.languages[0]
    sides = [side(stored.receipt, voice) for voice in _voices(stored.receipt, language, services)]
    values = {**_values(stored.receipt, sides), "code": stored.code, "kept_until": stored.expires_at.date()}
    return _page("receipt.html", request, language, **values)


def _shown_again(replayed: Replayed, asked: str | None, request: Request, services: Services) -> HTMLResponse:
    language = asked or replayed.receipt.languages[0]
    voices = _voices(replayed.receipt, language, services)
    sides = []
    for voice in voices:
        today = Voice(services.translator, voice.language)
        changes = [change_json(change, voice, today) for change in replayed.changes]
        sides.append({**side(replayed.receipt, voice, replayed.decisions), "changes": changes})
    return _page("receipt.html", request, language, **_values(replayed.receipt, sides))


def _voices(receipt: Receipt, language: str, services: Services) -> list[Voice]:
    """The person's language and the counter's, each once."""
    words = words_for(receipt, services)
    return [Voice(words, each) for each in dict.fromkeys((language, receipt.languages[-1]))]


def _values(receipt: Receipt, sides: list[Json]) -> dict[str, Any]:
    """What every form of the page has; the parts that only some have are empty."""
    absent: dict[str, Any] = {"code": "", "kept_until": None, "token": "", "grouped": "", "qr": ""}
    return {
        "sides": sides,
        "book": receipt.book,
        "as_of": receipt.as_of,
        "is_draft": False,
        "has_reasons": False,
        **absent,
    }


def _token_in(file: UploadFile | None) -> str:
    """Of the file that `save` made, or of a plain text file."""
    written = file.file.read(LARGEST_FILE).decode("utf-8", "replace") if file else ""
    try:
        kept = json.loads(written)
    except ValueError:
        return written
    is_ours = isinstance(kept, dict) and kept.get("schema") == SCHEMA and isinstance(kept.get("token"), str)
    return kept["token"] if is_ours else ""


def _none(error: AppError, request: Request, language: str, services: Services) -> HTMLResponse:
    problem = next(code for code in _codes(error) if services.translator.has(f"problem.{code}.title"))
    status = 404 if isinstance(error, (NotFound, NotAllowed)) else status_of(error)
    return _page("slip_none.html", request, language, status=status, problem=problem)


def _codes(error: AppError) -> list[str]:
    return [error.code, *(kind.code for kind in type(error).__mro__ if issubclass(kind, AppError))]


def _page(template: str, request: Request, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    translator = services_of(request).translator
    return page(template, translator, language, status=status, headers=PRIVATE, latin=Latin, **values)
