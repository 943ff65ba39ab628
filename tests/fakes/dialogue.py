"""A dialogue that counts what it hears and does what a word asks: enough to test how turns are stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.dialogue.conversation import Conversation
from app.dialogue.messages import Message, Say
from app.dialogue.turn import CallHuman, CreateReferral, Effect, EraseEverything, Inbound, Step, StepKind, Turn
from app.referrals.codes import new_code
from rules.model import ServiceId


def greet(conversation_id: str, *, language: str | None, channel: str) -> Turn:
    started = Conversation(id=conversation_id, language=language, channel=channel)
    return Turn(started, (Message((Say("hello"),)),), Step(StepKind.CLARIFY))


def respond(conversation: Conversation, inbound: Inbound, **_today: date) -> Turn:
    heard = replace(conversation, turn=conversation.turn + 1, language="fr")
    said = Say("heard", {"turn": heard.turn})
    return Turn(heard, (Message((said,)),), Step(StepKind.ANSWER), _effects(inbound.text or ""))


def _effects(text: str) -> tuple[Effect, ...]:
    match text.split():
        case ["refer", *fields]:
            return (CreateReferral(new_code(), ServiceId("ofppt_training"), "sal_1", tuple(fields)),)
        case ["erase"]:
            return (EraseEverything(),)
        case ["human"]:
            return (CallHuman("asked"),)
        case _:
            return ()


def render(turn: Turn) -> dict[str, Any]:
    return {"turn": turn.conversation.turn, "says": [say.id for message in turn.messages for say in message.paragraphs]}
