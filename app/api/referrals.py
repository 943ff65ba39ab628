"""Referrals over HTTP: made with consent and the conversation's token, followed by their code."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from app.api.access import V1, Now, Token, limit_codes
from app.api.bodies import NewReferral
from app.api.conversations import in_conversation, key_of
from app.api.languages import chosen_language
from app.channels.cards import slip_url
from app.channels.doorstep import slow_down
from app.channels.shapes import Json
from app.errors import InvalidInput, NotFound
from app.referrals.service import Wish, shared_fields
from app.turns import find_referral, make_referral, read_conversation
from app.wiring import Services
from nlu.text.normalise import fold

router = APIRouter(prefix=V1)


class UnknownCode(NotFound):
    code = "referral_not_found"


@router.post("/referrals", status_code=201)
def create(body: NewReferral, request: Request, services: Now, token: Token) -> Json:
    slow_down(services, "messages", token, services.settings.rate_messages)
    with in_conversation():
        language = read_conversation(body.conversation, token, services.turns).conversation.language
    chosen_language(request, body.language or language)
    wish, key = wish_of(body, services, language), key_of(request)
    with in_conversation():
        made = make_referral(body.conversation, token, wish, key=key, services=services.turns)
    return {"code": made.code, "slip_url": slip_url(made.code)}


def wish_of(body: NewReferral, services: Services, language: str | None) -> Wish:
    """What the person agreed to, once service, place and recipient are known to exist and to be the same."""
    if body.consent is None:
        raise InvalidInput("consent", code="consent_required")
    if body.service not in services.rulebook.services:
        raise InvalidInput("service", code="unknown_service")
    if body.place is not None and services.places.get(body.place) is None:
        raise InvalidInput("place", code="place_not_found")
    if not is_for(body.consent.recipient, body, services):
        raise InvalidInput("consent.recipient", code="consent_required")
    return Wish(body.service, body.place, shared_fields(body.consent.fields), language)


def is_for(recipient: str, body: NewReferral, services: Services) -> bool:
    """True where the one the person agreed to is the one who receives it, by id or by a name of theirs."""
    names = {body.service, *([body.place] if body.place else [])}
    if body.place is not None and (point := services.places.get(body.place)):
        names |= {point.organisation, *point.organisation_name.values(), *point.name.values()}
    return fold(recipient) in {fold(name) for name in names}


@router.get("/referrals/{code}", dependencies=[limit_codes])
def follow(code: str, request: Request, services: Now) -> Json:
    """Status words only: whoever holds a code learns nothing about the person."""
    language = chosen_language(request, request.query_params.get("language"))
    referral = find_referral(code, services.turns)
    if referral is None:
        raise UnknownCode
    text = services.translator.say(f"referral.status.{referral.status}", language)
    return {"code": referral.code, "status": str(referral.status), "text": text}
