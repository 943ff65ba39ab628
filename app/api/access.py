"""What endpoints ask for before they start: the services, the token, and whether it is not too often."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.api.languages import bearer_token
from app.channels.doorstep import address_of, services_of, slow_down
from app.errors import NotAllowed
from app.wiring import Services

V1 = "/api/v1"


Now = Annotated[Services, Depends(services_of)]


def token_of(request: Request) -> str:
    """The bearer token. NotAllowed without one."""
    token = bearer_token(request)
    if token is None:
        raise NotAllowed
    return token


Token = Annotated[str, Depends(token_of)]


def _questions(request: Request, services: Now) -> None:
    slow_down(services, "questions", address_of(request), services.settings.rate_questions)


def _codes(request: Request, services: Now) -> None:
    slow_down(services, "codes", address_of(request), services.settings.rate_codes)


def _conversations(request: Request, services: Now) -> None:
    slow_down(services, "conversations", address_of(request), services.settings.rate_conversations)


limit_questions = Depends(_questions)
limit_codes = Depends(_codes)
limit_conversations = Depends(_conversations)
