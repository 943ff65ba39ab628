"""Staff accounts and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.adapters.cipher import token_hash
from app.adapters.stores.rows import rows_of
from app.adapters.tables import StaffAccountRow, StaffSessionRow
from app.errors import Conflict


@dataclass(frozen=True)
class StaffRecord:
    """`role` is a word of app.console.roles; `name` is folded, as it is typed to log in."""

    id: str
    name: str
    role: str
    password_hash: str
    created_at: datetime


class StaffStore:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, record: StaffRecord) -> None:
        """Conflict when the name is taken."""
        self._session.add(StaffAccountRow(**vars(record)))
        try:
            self._session.flush()
        except IntegrityError as error:
            raise Conflict(record.name) from error

    def by_name(self, name: str) -> StaffRecord | None:
        row = self._session.scalars(select(StaffAccountRow).where(StaffAccountRow.name == name)).one_or_none()
        return _record(row) if row else None

    def all(self) -> tuple[StaffRecord, ...]:
        return tuple(_record(row) for row in self._session.scalars(select(StaffAccountRow).order_by("name")))

    def remove(self, name: str) -> bool:
        """With every session of that account."""
        return rows_of(self._session.execute(delete(StaffAccountRow).where(StaffAccountRow.name == name))) == 1

    def set_password(self, account: str, password_hash: str) -> None:
        """Whoever was logged in with the old password no longer is."""
        self.rehash(account, password_hash)
        self._session.execute(delete(StaffSessionRow).where(StaffSessionRow.account_id == account))

    def rehash(self, account: str, password_hash: str) -> None:
        """The same password in a newer form: sessions stay."""
        changed = update(StaffAccountRow).where(StaffAccountRow.id == account).values(password_hash=password_hash)
        self._session.execute(changed)

    def open_session(self, account: str, token: str, *, now: datetime, until: datetime) -> None:
        row = StaffSessionRow(token_hash=token_hash(token), account_id=account, created_at=now, expires_at=until)
        self._session.add(row)
        self._session.flush()

    def who_has(self, token: str, *, now: datetime) -> StaffRecord | None:
        found = self._session.scalars(
            select(StaffAccountRow)
            .join(StaffSessionRow, StaffSessionRow.account_id == StaffAccountRow.id)
            .where(StaffSessionRow.token_hash == token_hash(token), StaffSessionRow.expires_at > now)
        ).one_or_none()
        return _record(found) if found else None

    def close_session(self, token: str) -> None:
        self._session.execute(delete(StaffSessionRow).where(StaffSessionRow.token_hash == token_hash(token)))

    def purge_sessions(self, now: datetime) -> int:
        return rows_of(self._session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires_at <= now)))


def _record(row: StaffAccountRow) -> StaffRecord:
    return StaffRecord(row.id, row.name, row.role, row.password_hash, row.created_at)
