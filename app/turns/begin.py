"""Begin a conversation, read it with its token, end it with everything of it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from app.adapters.database import persistently, reading, transaction
from app.adapters.stores import ConversationStore, Kept
from app.errors import NotFound
from app.turns.erase import erase
from app.turns.services import Render, TurnServices


@dataclass(frozen=True)
class Begun:
    """`token` is shown once and kept only as a hash."""

    id: str
    token: str
    answer: dict[str, Any]


def begin_conversation(services: TurnServices, *, language: str | None, channel: str, render: Render) -> Begun:
    identifier, token = secrets.token_hex(16), secrets.token_urlsafe(32)
    turn = services.greet(identifier, language=language, channel=channel)
    answer = render(turn)

    def save() -> None:
        with transaction(services.sessions) as session:
            ConversationStore(session, services.cipher).create(turn.conversation, token, now=services.now())

    persistently(save)
    return Begun(identifier, token, answer)


def read_conversation(conversation_id: str, token: str, services: TurnServices) -> Kept:
    """NotFound when unknown, expired or ended; NotAllowed with a wrong token."""
    check_id(conversation_id)

    def read() -> Kept:
        with reading(services.sessions) as session:
            return ConversationStore(session, services.cipher).load(conversation_id, token, now=services.now())

    return persistently(read)


def end_conversation(conversation_id: str, token: str, services: TurnServices) -> None:
    """Nothing of it is left, its referrals included."""
    check_id(conversation_id)

    def end() -> None:
        with transaction(services.sessions) as session:
            ConversationStore(session, services.cipher).load(conversation_id, token, now=services.now())
            erase(conversation_id, session, services)

    persistently(end)


def check_id(conversation_id: str) -> None:
    # An id from outside may hold anything, even what a database refuses to compare (NUL).
    if not re.fullmatch(r"[0-9a-f]{32}", conversation_id):
        raise NotFound
