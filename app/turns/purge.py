"""What has been kept long enough is deleted: run it every few minutes, from any process."""

from __future__ import annotations

from collections.abc import Mapping

from app.adapters.database import transaction
from app.adapters.stores import AuditLog, ConversationStore, ReceiptStore, ReferralStore, StaffStore
from app.privacy.retention import Deadlines
from app.turns.services import TurnServices


def purge(services: TurnServices, *, dry_run: bool = False) -> Mapping[str, int]:
    """How many of each were deleted. With `dry_run` they are counted and stay."""
    due = Deadlines(services.now())
    with transaction(services.sessions) as session:
        counted = {
            "conversation": ConversationStore(session, services.cipher).purge_expired(due.now),
            "referral": ReferralStore(session, services.cipher).purge_untouched(due.referral),
            "receipt": ReceiptStore(session, services.cipher).purge_expired(due.now),
            "audit_event": AuditLog(session).purge(due.audit),
            "staff_session": StaffStore(session).purge_sessions(due.now),
        }
        if dry_run:
            session.rollback()
    return counted
