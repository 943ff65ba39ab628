"""Conversations over HTTP: begin, say something, listen, end with nothing left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.access import V1, Now, Token, limit_conversations
from app.api.bodies import NewConversation, NewMessage
from app.channels.doorstep import note, slow_down, turn_json
from app.channels.shapes import Json
from app.dialogue.turn import Inbound
from app.errors import InvalidInput, NotFound
from app.turns import begin_conversation, end_conversation, take_turn

router = APIRouter(prefix=V1)

CHANNELS = frozenset({"web", "desk", "whatsapp", "terminal"})
"""Where a conversation may be held; what a program sends for itself counts as `web`."""
LONGEST_KEY = 200


class ConversationGone(NotFound):
    code = "conversation_not_found"


@router.post("/conversations", status_code=201, dependencies=[limit_conversations])
def begin(request: Request, services: Now, body: NewConversation | None = None) -> Json:
    asked = body or NewConversation()
    if asked.channel is not None and asked.channel not in CHANNELS:
        raise InvalidInput("channel")
    begun = begin_conversation(
        services.turns,
        language=asked.language,
        channel=asked.channel or "web",
        render=lambda turn: turn_json(turn, services),
    )
    note(request, begun.answer)
    answer = begun.answer
    return {"id": begun.id, "token": begun.token, "language": answer["language"], "replies": answer["replies"]}


@router.post("/conversations/{conversation}/messages")
def say(conversation: str, body: NewMessage, request: Request, services: Now, token: Token) -> Json:
    slow_down(services, "messages", token, services.settings.rate_messages)
    key = key_of(request)
    with in_conversation():
        taken = take_turn(
            conversation,
            token,
            Inbound(text=body.text, choice=body.choice),
            key=key,
            services=services.turns,
            render=lambda turn: turn_json(turn, services),
        )
    note(request, taken.answer)
    return taken.answer


@router.delete("/conversations/{conversation}", status_code=204)
def end(conversation: str, services: Now, token: Token) -> Response:
    with in_conversation():
        end_conversation(conversation, token, services.turns)
    return Response(status_code=204)


def key_of(request: Request) -> str | None:
    """The sender's idempotency key. InvalidInput when it cannot be one."""
    key = request.headers.get("idempotency-key")
    if key is not None and not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        raise InvalidInput("idempotency_key")
    return key


@contextmanager
def in_conversation() -> Iterator[None]:
    """Errors of the use cases, named after what they mean for a conversation."""
    try:
        yield
    except NotFound as error:
        raise ConversationGone from error
    except InvalidInput as error:
        if error.field == "idempotency_key":
            raise InvalidInput("idempotency_key", code="key_reused") from error
        raise
