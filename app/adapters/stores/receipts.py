"""Receipts: found by code only, verdicts only, sealed: even answers can hint at the paper somebody holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.adapters.cipher import CannotOpen, Cipher
from app.adapters.stores.rows import rows_of
from app.adapters.tables import ReceiptRow
from app.errors import Conflict
from app.receipts.model import StoredReceipt
from app.referrals.codes import parse_code
from rules.receipt import NotAReceipt, Receipt


class ReceiptStore:
    def __init__(self, session: Session, cipher: Cipher) -> None:
        self._session = session
        self._cipher = cipher

    def create(self, stored: StoredReceipt, *, conversation: str | None) -> None:
        """Only its short form is kept, whatever is given. Conflict when the code is taken: make another one."""
        contents = self._cipher.seal(stored.receipt.short().to_dict(), about=f"receipt {stored.code}")
        row = ReceiptRow(code=stored.code, contents=contents, conversation_id=conversation)
        row.created_on, row.expires_at = stored.created_on, stored.expires_at
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError as error:
            raise Conflict(stored.code) from error

    def get(self, typed: str, *, now: datetime) -> StoredReceipt | None:
        """`typed` as a person writes a code. None when it is no code, unknown, or past its time."""
        code = parse_code(typed)
        row = self._session.get(ReceiptRow, code) if code else None
        if row is None or row.expires_at <= now:
            return None
        try:
            receipt = Receipt.from_dict(self._cipher.open(row.contents, about=f"receipt {row.code}"))
        except (CannotOpen, NotAReceipt):
            return None
        return StoredReceipt(row.code, receipt, row.created_on, row.expires_at)

    def delete_of_conversation(self, conversation: str) -> int:
        return rows_of(self._session.execute(delete(ReceiptRow).where(ReceiptRow.conversation_id == conversation)))

    def purge_expired(self, now: datetime) -> int:
        return rows_of(self._session.execute(delete(ReceiptRow).where(ReceiptRow.expires_at <= now)))
