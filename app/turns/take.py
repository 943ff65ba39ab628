"""One message, one turn: read, understand with no transaction open, write once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from sqlalchemy.orm import Session

from app.adapters.database import persistently, reading, transaction, tries
from app.adapters.stores import AuditLog, ConversationStore, Kept, ReceiptStore
from app.adapters.stores.audit import AuditKind
from app.dialogue.turn import CallHuman, CreateReceipt, CreateReferral, Effect, EraseEverything, Inbound, Turn
from app.errors import Conflict, InvalidInput, Unavailable
from app.referrals.service import Wish, shared_fields
from app.turns.begin import check_id
from app.turns.erase import erase
from app.turns.receipts import new_stored
from app.turns.refer import Agreed, agree, save_referral
from app.turns.services import Render, TurnServices

ATTEMPTS = 16


@dataclass(frozen=True)
class TurnResult:
    """`answer` is what `render` made of the turn. A repeated message has its first answer and no effects."""

    answer: dict[str, Any]
    effects: tuple[Effect, ...] = ()
    repeated: bool = False


def take_turn(
    conversation_id: str, token: str, inbound: Inbound, *, key: str | None, services: TurnServices, render: Render
) -> TurnResult:
    """The same `key` twice gives the same answer and acts once.

    NotFound, NotAllowed, InvalidInput (the key was used for another message), Unavailable (please send it again).
    """
    check_id(conversation_id)
    # Without a key of the sender each message still gets its own: a commit whose confirmation was lost is recognised.
    taking = _Taking(conversation_id, token, inbound, key or f"once {secrets.token_hex(16)}", services, render)
    for _ in tries(ATTEMPTS):
        try:
            return persistently(taking.attempt)
        except Conflict:
            continue
    raise Unavailable


@dataclass(frozen=True)
class _Taking:
    conversation_id: str
    token: str
    inbound: Inbound
    key: str
    services: TurnServices
    render: Render

    def attempt(self) -> TurnResult:
        kept, before = self._read()
        if before is not None:
            return self._again(before)
        turn = self.services.respond(kept.conversation, self.inbound, today=self.services.today())
        answer, agreed = self.render(turn), self._agreed(turn)
        with transaction(self.services.sessions) as session:
            self._write(session, kept, turn, answer)
            for code, each in agreed.items():
                save_referral(each, code, turn.conversation, session, self.services)
        return TurnResult(answer, turn.effects)

    def _read(self) -> tuple[Kept, Any | None]:
        with reading(self.services.sessions) as session:
            conversations = ConversationStore(session, self.services.cipher)
            kept = conversations.load(self.conversation_id, self.token, now=self.services.now())
            return kept, conversations.answered(self.conversation_id, self.key)

    def _again(self, before: Any) -> TurnResult:
        if before["asked"] != self._fingerprint():
            raise InvalidInput("idempotency_key")
        return TurnResult(before["answer"], repeated=True)

    def _agreed(self, turn: Turn) -> Mapping[str, Agreed]:
        """The referrals of this turn by code."""
        language, facts = turn.conversation.language, turn.conversation.facts
        return {
            effect.code: agree(
                Wish(effect.service, effect.place, shared_fields(effect.fields), language), facts, self.services
            )
            for effect in turn.effects
            if isinstance(effect, CreateReferral)
        }

    def _write(self, session: Session, kept: Kept, turn: Turn, answer: dict[str, Any]) -> None:
        if any(isinstance(effect, EraseEverything) for effect in turn.effects):
            erase(self.conversation_id, session, self.services)
            return
        now = self.services.now()
        conversations = ConversationStore(session, self.services.cipher)
        conversations.save(turn.conversation, kept.version, now=now)
        said = {"asked": self._fingerprint(), "answer": answer}
        conversations.remember(self.conversation_id, self.key, said, now=now)
        for effect in turn.effects:
            _act(effect, session, turn, self.services)

    def _fingerprint(self) -> str:
        # Kept instead of the text, to notice a key used for two different messages.
        said = f"{self.inbound.choice!r} {self.inbound.text!r}"
        return self.services.cipher.keyed_hash(said, purpose=f"message {self.conversation_id}")


def _act(effect: Effect, session: Session, turn: Turn, services: TurnServices) -> None:
    match effect:
        case CreateReferral():
            return  # Saved with what was agreed.
        case CreateReceipt():
            stored = new_stored(effect.code, effect.receipt, services.now())
            ReceiptStore(session, services.cipher).create(stored, conversation=turn.conversation.id)
        case CallHuman():
            AuditLog(session).record(
                AuditKind.HUMAN_CALLED,
                services.now(),
                category=effect.reason,
                actor="person",
                conversation=turn.conversation.id,
            )
        case EraseEverything():
            erase(turn.conversation.id, session, services)
        case _:
            assert_never(effect)
