"""What comes in, what goes out, and what the shell must do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.dialogue.conversation import Conversation
from app.dialogue.messages import Message
from rules.facts import FactId
from rules.model import ServiceId, Status
from rules.receipt import Receipt


@dataclass(frozen=True)
class Inbound:
    """One message of a person: typed text, or the id of a choice of the last turn. Exactly one is set."""

    text: str | None = None
    choice: str | None = None


class StepKind(StrEnum):
    ASK = "ask"
    ANSWER = "answer"
    REFER = "refer"
    HAND_OVER = "hand_over"
    CLARIFY = "clarify"
    PROTECT = "protect"


@dataclass(frozen=True)
class Step:
    """What kind of turn it was, with the ids that matter: what tests, statistics and the API compare."""

    kind: StepKind
    fact: FactId | None = None
    service: ServiceId | None = None
    decisions: tuple[tuple[ServiceId, Status], ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class CreateReferral:
    """The person consented to this referral; `fields` are the parts of it they allowed the service to see."""

    code: str
    service: ServiceId
    place: str | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class CreateReceipt:
    """The person keeps these verdicts under a code. The short form: no facts, no reasons."""

    code: str
    receipt: Receipt


@dataclass(frozen=True)
class EraseEverything:
    """The person asked for deletion: conversation, referrals and all."""


@dataclass(frozen=True)
class CallHuman:
    """A person is wanted: counted, so that the need is seen. `reason` is a category, never content."""

    reason: str


type Effect = CreateReferral | CreateReceipt | EraseEverything | CallHuman


@dataclass(frozen=True)
class Turn:
    """The result of one message. `conversation` already contains it; the shell saves it together with `effects`."""

    conversation: Conversation
    messages: tuple[Message, ...]
    step: Step
    effects: tuple[Effect, ...] = ()
