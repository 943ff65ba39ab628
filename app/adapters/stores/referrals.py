"""Referrals: found by code only. The slip is sealed; status and consent are words from closed lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.adapters.cipher import Cipher
from app.adapters.stores.rows import rows_of
from app.adapters.tables import ReferralRow
from app.errors import Conflict
from app.referrals.codes import parse_code
from app.referrals.model import Consent, Referral, ReferralStatus, SharedField
from app.referrals.slip import SlipContents


class ReferralStore:
    def __init__(self, session: Session, cipher: Cipher) -> None:
        self._session = session
        self._cipher = cipher

    def create(self, referral: Referral, *, conversation: str | None) -> None:
        """Conflict when the code is taken: make another one."""
        row = ReferralRow(
            code=referral.code,
            service=referral.service,
            place=referral.place,
            status=referral.status,
            consent=_consent_to_json(referral.consent),
            slip=self._cipher.seal(referral.slip.to_dict(), about=f"slip {referral.code}"),
            conversation_id=conversation,
            created_at=referral.created_at,
            updated_at=referral.updated_at,
        )
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError as error:
            raise Conflict(referral.code) from error

    def get(self, code: str) -> Referral | None:
        """`code` as a person writes it. None when it is no code, unknown, or deleted."""
        written = parse_code(code)
        row = self._session.get(ReferralRow, written) if written else None
        return self._referral(row) if row else None

    def of_conversation(self, conversation: str) -> tuple[Referral, ...]:
        rows = self._session.scalars(
            select(ReferralRow).where(ReferralRow.conversation_id == conversation).order_by(ReferralRow.created_at)
        )
        return tuple(self._referral(row) for row in rows)

    def change(self, referral: Referral, status: ReferralStatus, *, at: datetime) -> Referral:
        """One step further, compared and set. Conflict when the step is not open or somebody else took one first."""
        changed = referral.becoming(status, at=at)
        saved = self._session.execute(
            update(ReferralRow)
            .where(ReferralRow.code == referral.code, ReferralRow.status == referral.status)
            .values(status=status, updated_at=at)
        )
        if rows_of(saved) != 1:
            raise Conflict(referral.code)
        return changed

    def delete_of_conversation(self, conversation: str) -> int:
        gone = self._session.execute(delete(ReferralRow).where(ReferralRow.conversation_id == conversation))
        return rows_of(gone)

    def purge_untouched(self, before: datetime) -> int:
        return rows_of(self._session.execute(delete(ReferralRow).where(ReferralRow.updated_at < before)))

    def _referral(self, row: ReferralRow) -> Referral:
        return Referral(
            code=row.code,
            service=row.service,
            place=row.place,
            status=ReferralStatus(row.status),
            consent=_consent_from_json(row.consent),
            slip=SlipContents.from_dict(self._cipher.open(row.slip, about=f"slip {row.code}")),
            created_at=row.created_at,
            updated_at=row.updated_at,
        )


def _consent_to_json(consent: Consent) -> dict[str, Any]:
    return {
        "recipient": consent.recipient,
        "fields": sorted(consent.fields),
        "given_at": consent.given_at.isoformat(),
    }


def _consent_from_json(raw: dict[str, Any]) -> Consent:
    fields = frozenset(SharedField(name) for name in raw["fields"])
    return Consent(raw["recipient"], fields, datetime.fromisoformat(raw["given_at"]))
