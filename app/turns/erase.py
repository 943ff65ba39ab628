"""Everything of one conversation, gone."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.adapters.stores import AuditLog, ConversationStore, ReceiptStore, ReferralStore
from app.adapters.stores.audit import AuditKind
from app.errors import Conflict
from app.turns.services import TurnServices


def erase(conversation_id: str, session: Session, services: TurnServices) -> None:
    """Conflict when it is gone already. The audit trail keeps that something was erased, not what."""
    ReceiptStore(session, services.cipher).delete_of_conversation(conversation_id)
    ReferralStore(session, services.cipher).delete_of_conversation(conversation_id)
    if not ConversationStore(session, services.cipher).delete(conversation_id):
        raise Conflict(conversation_id)
    AuditLog(session).record(AuditKind.ERASED, services.now(), actor="person")
