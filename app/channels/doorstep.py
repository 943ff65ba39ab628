"""What every way in does before and after a message: find the services, slow down who is too fast, note for the log."""

from __future__ import annotations

import hashlib

from starlette.requests import Request

from app.adapters.switching import heard
from app.channels.render import render
from app.channels.shapes import Json, step_json
from app.dialogue.turn import Turn
from app.errors import TooMany
from app.settings import Rate
from app.wiring import Services


def services_of(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def address_of(request: Request) -> str:
    """Where the request came from, as far as the server was told to believe proxies."""
    return request.client.host if request.client else ""


def slow_down(services: Services, scope: str, who: str, rate: Rate) -> None:
    """TooMany when `who` did it too often. Only a hash of an address or token is counted."""
    key = hashlib.sha256(f"{services.settings.secret_key} {scope} {who}".encode("utf-8", "replace")).hexdigest()
    if wait := services.limiter.wait(f"{scope}:{key[:32]}", times=rate.times, seconds=rate.seconds):
        raise TooMany(wait)


def turn_json(turn: Turn, services: Services) -> Json:
    """A turn as a screen shows it; stored, and given again when the same message comes twice."""
    language = turn.conversation.language
    return {
        "turn": turn.conversation.turn,
        "language": language,
        "step": step_json(turn.step),
        "replies": render(turn.messages, language, services.translator),
    }


def note(request: Request, answer: Json) -> None:
    """What the log may know of a turn."""
    read = heard.get()
    request.state.noted = {"step": answer["step"]["kind"], "parser": read.parser if read else "none"}
