"""The chat page: one HTML form. With JavaScript the same form is sent with fetch and answered with a fragment."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.channels.doorstep import address_of, note, services_of, slow_down, turn_json
from app.channels.shapes import Json, Voice
from app.channels.web_form import ChatForm, Screen
from app.channels.web_page import known_language, language_for, page
from app.channels.web_problems import status_of, tell
from app.dialogue.conversation import Conversation
from app.dialogue.turn import EraseEverything, Inbound
from app.dialogue.understand import LONGEST
from app.errors import AppError, NotAllowed, NotFound
from app.i18n.languages import SOURCE_LANGUAGE
from app.turns import begin_conversation, read_conversation, take_turn
from app.wiring import Services

router = APIRouter()

FRAGMENT = "x-fragment"
NOT_BEGUN = "0" * 32


@router.get("/chat")
def open_chat(request: Request, lang: Annotated[str | None, Query()] = None) -> HTMLResponse:
    """The notice and the greeting. Nothing is stored before the first message."""
    services = services_of(request)
    language = known_language(lang)
    replies = _greeting(services, language)
    return _show(Screen(language, replies=replies, choices=_choices(replies)), request, services)


@router.post("/chat")
def say(request: Request, form: Annotated[ChatForm, Form()]) -> HTMLResponse:
    services = services_of(request)
    try:
        return _show(_answered(form, request, services), request, services)
    except AppError as error:
        return _show(_refused(error, form, request, services), request, services, status=status_of(error))


def _answered(form: ChatForm, request: Request, services: Services) -> Screen:
    inbound = form.inbound()
    slow_down(services, "messages", form.token or address_of(request), services.settings.rate_messages)
    kept = _kept(form, services)
    spoken = form if kept else _begun(form, request, services)
    label = _label(inbound, kept, services)
    taken = take_turn(
        spoken.conversation,
        spoken.token,
        inbound,
        key=form.own_key(),
        services=services.turns,
        render=lambda turn: {**turn_json(turn, services), "pressed": label},
    )
    note(request, taken.answer)
    shown = Screen(
        taken.answer["language"] or known_language(form.language),
        spoken.conversation,
        spoken.token,
        said=inbound.text or taken.answer.get("pressed", ""),
        draft=form.text if inbound.choice else "",
        is_new=bool(form.conversation) and not kept,
        replies=taken.answer["replies"],
        choices=_choices(taken.answer["replies"]),
    )
    erased = any(isinstance(effect, EraseEverything) for effect in taken.effects)
    return _started_over(shown, services) if erased else shown


def _started_over(shown: Screen, services: Services) -> Screen:
    """Nothing is left to go on with: the next message begins a new conversation."""
    return replace(shown, conversation="", token="", choices=_choices(_greeting(services, shown.language)))


def _greeting(services: Services, language: str | None) -> list[Json]:
    turn = services.turns.greet(NOT_BEGUN, language=language, channel="web")
    replies: list[Json] = turn_json(turn, services)["replies"]
    return replies


def _choices(replies: list[Json]) -> list[Json]:
    """They stand in the form, once, whichever bubble offers them: an old button cannot be pressed."""
    return [{**choice, "lang": reply["lang"]} for reply in replies for choice in reply["choices"]]


def _kept(form: ChatForm, services: Services) -> Conversation | None:
    """The conversation of this form, or None when there is none yet, or no longer."""
    if not form.conversation:
        return None
    try:
        return read_conversation(form.conversation, form.token, services.turns).conversation
    except (NotFound, NotAllowed):
        return None


def _begun(form: ChatForm, request: Request, services: Services) -> ChatForm:
    slow_down(services, "conversations", address_of(request), services.settings.rate_conversations)
    begun = begin_conversation(
        services.turns,
        language=known_language(form.language),
        channel="web",
        render=lambda turn: turn_json(turn, services),
    )
    return form.model_copy(update={"conversation": begun.id, "token": begun.token})


def _label(inbound: Inbound, kept: Conversation | None, services: Services) -> str:
    """What stood on the button that was pressed."""
    if inbound.choice is None or kept is None or (offer := kept.choices.get(inbound.choice)) is None:
        return ""
    return services.translator.say(offer.label, kept.language or SOURCE_LANGUAGE)


def _refused(error: AppError, form: ChatForm, request: Request, services: Services) -> Screen:
    """The same form once more, with the message in it and what to do about it."""
    language = known_language(form.language)
    spoken = language_for(request, language)
    return Screen(
        language,
        form.conversation,
        form.token,
        form.key or secrets.token_urlsafe(16),
        draft=form.text[:LONGEST],
        problem=tell(error, spoken, services.translator),
        choices=_offered(form, spoken, services),
    )


def _offered(form: ChatForm, language: str, services: Services) -> list[Json]:
    try:
        kept = _kept(form, services)
    except AppError:
        kept = None
    if kept is None:
        return _choices(_greeting(services, known_language(form.language)))
    voice = Voice(services.translator, kept.language or language)
    return [
        {"id": choice, "label": voice.say(offer.label), "lang": voice.language}
        for choice, offer in kept.choices.items()
    ]


def _show(screen: Screen, request: Request, services: Services, *, status: int = 200) -> HTMLResponse:
    template = "chat_fragment.html" if FRAGMENT in request.headers else "chat.html"
    values: dict[str, Any] = {"screen": screen, "longest": LONGEST}
    language = language_for(request, screen.language)
    return page(template, services.translator, language, status=status, **values)
