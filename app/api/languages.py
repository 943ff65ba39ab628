"""In which language to answer a request: what was asked for, the conversation's, or the browser's."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from app.errors import AppError, InvalidInput
from app.i18n.languages import LANGUAGES, best_language
from app.turns import read_conversation
from nlu.text.normalise import clean
from nlu.text.variety import language_of, variety_of

BEARER = "bearer "
LONGEST_TOKEN = 200
LOOKED_AT = 300


def chosen_language(request: Request, asked: str | None) -> str:
    """The language asked for, else the browser's; kept for whatever goes wrong later in this request."""
    if asked is not None and asked not in LANGUAGES:
        raise InvalidInput("language", code="unknown_language")
    language = asked or best_language(request.headers.get("accept-language"))
    speak(request, language)
    return language


def speak(request: Request, language: str | None) -> None:
    """Problems of this request are told in this language from now on."""
    if language in LANGUAGES:
        request.state.language = language


def problem_language(request: Request, body: Any = None) -> str:
    """The person's language as far as the request tells it."""
    settled: str | None = getattr(request.state, "language", None)
    asked = request.query_params.get("language") or request.query_params.get("lang")
    known = settled or _supported(asked) or _language_of_conversation(request)
    return known or _language_in(body) or best_language(request.headers.get("accept-language"))


def bearer_token(request: Request) -> str | None:
    header = request.headers.get("authorization", "")
    token = header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else ""
    return token if 0 < len(token) <= LONGEST_TOKEN else None


def _supported(language: str | None) -> str | None:
    return language if language in LANGUAGES else None


def _language_of_conversation(request: Request) -> str | None:
    conversation, token = request.path_params.get("conversation"), bearer_token(request)
    if conversation is None or token is None:
        return None
    try:
        kept = read_conversation(conversation, token, request.app.state.services.turns)
    except AppError:
        return None
    return kept.conversation.language


def _language_in(body: Any) -> str | None:
    if not isinstance(body, dict):
        return None
    asked, text = body.get("language"), body.get("text")
    if isinstance(asked, str) and asked in LANGUAGES:
        return asked
    if isinstance(text, str) and (seen := clean(text[:LOOKED_AT]).strip()):
        return language_of(variety_of(seen))
    return None
