"""What the use cases need, handed in by the wiring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from app.adapters.cipher import Cipher
from app.adapters.database import Sessions
from app.dialogue.conversation import Conversation
from app.dialogue.turn import Inbound, Turn
from app.referrals.service import Prospect, Wish
from rules.facts import Facts

CASABLANCA = ZoneInfo("Africa/Casablanca")

type Render = Callable[[Turn], dict[str, Any]]
"""A turn as JSON, in its language. What it returns is stored and given again when the same message comes twice."""


class Greet(Protocol):
    def __call__(self, conversation_id: str, *, language: str | None, channel: str) -> Turn: ...


class Respond(Protocol):
    def __call__(self, conversation: Conversation, inbound: Inbound, *, today: date) -> Turn:
        """Repeated when another message was saved first: it changes nothing outside."""


class Foresee(Protocol):
    def __call__(self, wish: Wish, facts: Facts, *, on: date) -> Prospect:
        """What is known of this wish of a person with these facts."""


@dataclass(frozen=True)
class TurnServices:
    sessions: Sessions
    cipher: Cipher
    now: Callable[[], datetime]
    greet: Greet
    respond: Respond
    foresee: Foresee

    def today(self) -> date:
        """The date where the counters are, whatever clock the server keeps."""
        return self.now().astimezone(CASABLANCA).date()
