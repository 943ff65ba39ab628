"""The audit trail: categories and moments, never content."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.adapters.stores.rows import rows_of
from app.adapters.tables import AuditEventRow


class AuditKind(StrEnum):
    REFERRAL_CREATED = "referral_created"
    REFERRAL_STATUS = "referral_status"
    HUMAN_CALLED = "human_called"
    ERASED = "erased"
    STAFF_ADDED = "staff_added"
    STAFF_REMOVED = "staff_removed"
    STAFF_PASSWORD = "staff_password"  # noqa: S105  an event's name
    STAFF_LOGGED_IN = "staff_logged_in"
    STAFF_REFUSED = "staff_refused"


class AuditLog:
    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self,
        kind: AuditKind,
        at: datetime,
        *,
        category: str | None = None,
        actor: str | None = None,
        conversation: str | None = None,
        referral: str | None = None,
    ) -> None:
        """`conversation` and `referral` are forgotten by the trail when they are deleted."""
        row = AuditEventRow(at=at, kind=kind, category=category, actor=actor)
        row.conversation_id = conversation
        row.referral_code = referral
        self._session.add(row)
        self._session.flush()

    def purge(self, before: datetime) -> int:
        gone = self._session.execute(delete(AuditEventRow).where(AuditEventRow.at < before))
        return rows_of(gone)
