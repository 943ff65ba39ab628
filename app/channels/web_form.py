"""The form of the chat page: what it sends, and what stands on the page that holds the next one."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from pydantic import BaseModel

from app.channels.shapes import Json
from app.dialogue.turn import Inbound
from app.dialogue.understand import LONGEST
from app.errors import InvalidInput
from nlu.text.normalise import clean

LONGEST_CHOICE = 200


class ChatForm(BaseModel):
    """What the form sends. The token stands in the body, never in an address; nothing of it is kept in the browser."""

    conversation: str = ""
    token: str = ""
    key: str = ""
    language: str = ""
    text: str = ""
    choice: str = ""

    def inbound(self) -> Inbound:
        """InvalidInput when there is nothing to take, or too much of it."""
        if self.choice:
            return Inbound(choice=self.choice[:LONGEST_CHOICE])
        if len(self.text) > LONGEST:
            raise InvalidInput("text", code="text_too_long")
        if not (text := clean(self.text).strip()):
            raise InvalidInput("text", code="empty_text")
        return Inbound(text=text)

    def own_key(self) -> str | None:
        """One per rendered form and content: sent twice it is taken once, changed it is another message."""
        if not self.key:
            return None
        return hashlib.sha256(f"{self.key}\n{self.choice}\n{self.text}".encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Screen:
    """What stands on the page: what the person said, the replies of this turn, and the form for the next one."""

    language: str | None
    conversation: str = ""
    token: str = ""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    said: str = ""
    draft: str = ""
    replies: list[Json] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    problem: str = ""
    is_new: bool = False
