"""Receipts over HTTP: made for a conversation, read by code (verdicts only), shown again by token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from app.api.access import V1, Now, Token, limit_codes
from app.api.bodies import MOST_SERVICES, Body, Id, Language
from app.api.conversations import in_conversation
from app.api.languages import chosen_language
from app.channels.cards import receipt_url
from app.channels.doorstep import address_of, slow_down
from app.channels.receipt_shapes import change_json, origin_of, stored_json, words_for
from app.channels.shapes import Json, Voice, decision_json
from app.receipts.picture import qr_svg
from app.receipts.token import LONGEST
from app.turns import Wanted, find_receipt, make_receipt, read_conversation, replay

router = APIRouter(prefix=V1)


class NewReceipt(Body):
    """Asking is the consent: the server keeps the verdicts under a code, the facts leave in the token."""

    conversation: Id
    services: Annotated[list[Id], Field(min_length=1, max_length=MOST_SERVICES)] | None = None
    language: Language | None = None


class ShownToken(Body):
    token: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    language: Language | None = None


@router.post("/receipts", status_code=201)
def create(body: NewReceipt, request: Request, services: Now, token: Token) -> Json:
    slow_down(services, "messages", token, services.settings.rate_messages)
    with in_conversation():
        spoken = read_conversation(body.conversation, token, services.turns).conversation.language
        language = chosen_language(request, body.language or spoken)
        given = make_receipt(body.conversation, token, Wanted(language, body.services), services.receipts)
    return {
        "code": given.stored.code,
        "url": receipt_url(given.stored.code),
        "token": given.token,
        "qr_svg": qr_svg(given.token, origin_of(request)),
        "is_published": given.is_published,
        "receipt": given.full.to_dict(),
    }


@router.get("/receipts/{code}", dependencies=[limit_codes])
def read(code: str, request: Request, services: Now) -> Json:
    language = chosen_language(request, request.query_params.get("language"))
    stored = find_receipt(code, services.receipts)
    return stored_json(stored, Voice(words_for(stored.receipt, services), language))


@router.post("/receipts/replay")
def show_again(body: ShownToken, request: Request, services: Now) -> Json:
    """The token stands in the body: no address and no log ever holds it."""
    slow_down(services, "codes", address_of(request), services.settings.rate_codes)
    language = chosen_language(request, body.language)
    replayed = replay(body.token, services.receipts)
    voice = Voice(words_for(replayed.receipt, services), language)
    today = Voice(services.translator, language)
    return {
        "receipt": replayed.receipt.to_dict(),
        "decisions": [decision_json(decision, voice) for decision in replayed.decisions],
        "today": {
            "as_of": replayed.today.isoformat(),
            "rulebook": {"version": services.rulebook.version, "hash": services.rulebook.hash},
            "changes": [change_json(change, voice, today) for change in replayed.changes],
        },
    }
