"""The slip of a referral, to show or print: the person's language beside the counter's. No personal data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.channels.cards import SLIP_PATH, place_card, subject_name
from app.channels.doorstep import address_of, services_of, slow_down
from app.channels.shapes import Json, Voice, document_json
from app.channels.web_page import language_for, page
from app.errors import AppError, TooMany
from app.referrals.model import Referral
from app.turns import find_referral
from app.wiring import Services
from rules.model import Confirmer

router = APIRouter()

PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}


@router.get(SLIP_PATH)
def slip(code: str, request: Request, lang: Annotated[str | None, Query()] = None) -> Response:
    services = services_of(request)
    language = language_for(request, lang)
    try:
        slow_down(services, "codes", address_of(request), services.settings.rate_codes)
        referral = find_referral(code, services.turns)
    except AppError as error:
        status = 429 if isinstance(error, TooMany) else 503
        return _private(page("slip_none.html", services.translator, language, status=status, problem=error.code))
    if referral is None:
        problem = "referral_not_found"
        return _private(page("slip_none.html", services.translator, language, status=404, problem=problem))
    languages = tuple(dict.fromkeys((lang or referral.slip.languages[0], *referral.slip.languages)))
    sides = [_side(referral, Voice(services.translator, each), services) for each in languages[:2]]
    return _private(page("slip.html", services.translator, languages[0], sides=sides, code=referral.code))


def _private(response: HTMLResponse) -> HTMLResponse:
    response.headers.update(PRIVATE)
    return response


def _side(referral: Referral, voice: Voice, services: Services) -> Json:
    """The slip in one language."""
    slip = referral.slip
    point = services.places.get(slip.place) if slip.place else None
    asked = _who_to_ask(slip.service, services)
    return {
        "lang": voice.language,
        "dir": voice.direction,
        "service": subject_name(slip.service, voice),
        "place": place_card(point, voice) if point else None,
        "status": str(slip.status) if slip.status else None,
        "status_text": voice.say(f"status.{slip.status}") if slip.status else None,
        "because": voice.say(slip.because) if slip.because else None,
        "papers": [document_json(paper, voice) for paper in slip.papers],
        "ask": voice.say(asked.say) if asked else None,
        "state": voice.say(f"referral.status.{referral.status}"),
        "date": voice.date(slip.issued_on.isoformat()),
    }


def _who_to_ask(service: str, services: Services) -> Confirmer | None:
    """Who confirms for this service, whatever is known of its places."""
    topics = services.rulebook.topics.get(service)
    return topics.confirm_with if topics else None
