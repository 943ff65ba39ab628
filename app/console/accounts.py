"""Accounts of the staff: made by a command, entered with a password, left by logging out or after some hours."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.adapters.database import Sessions, persistently, reading, transaction
from app.adapters.stores import AuditLog, StaffRecord, StaffStore
from app.adapters.stores.audit import AuditKind
from app.console.passwords import Passwords, is_acceptable
from app.console.roles import Role
from app.errors import InvalidInput, NotFound

SESSION = timedelta(hours=12)
LONGEST_NAME = 32


@dataclass(frozen=True)
class Member:
    """One of the staff, without anything secret."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True)
class Accounts:
    sessions: Sessions
    now: Callable[[], datetime]
    passwords: Passwords = field(default_factory=Passwords)

    def add(self, name: str, role: Role, password: str) -> Member:
        """Conflict when the name is taken, InvalidInput for a name or password that will not do."""
        record = StaffRecord(secrets.token_hex(16), _fit_name(name), role, self._hashed(password), self.now())
        with transaction(self.sessions) as session:
            StaffStore(session).add(record)
            AuditLog(session).record(AuditKind.STAFF_ADDED, self.now(), category=role, actor=record.id)
        return _member(record)

    def all(self) -> tuple[Member, ...]:
        with reading(self.sessions) as session:
            return tuple(_member(record) for record in StaffStore(session).all())

    def remove(self, name: str) -> None:
        """Whoever was logged in with it is out. NotFound when there is no such account."""
        with transaction(self.sessions) as session:
            record = _known(name, StaffStore(session))
            StaffStore(session).remove(record.name)
            AuditLog(session).record(AuditKind.STAFF_REMOVED, self.now(), category=record.role, actor=record.id)

    def reset(self, name: str, password: str) -> None:
        """A new password; every session of the account ends."""
        password_hash = self._hashed(password)
        with transaction(self.sessions) as session:
            record = _known(name, StaffStore(session))
            StaffStore(session).set_password(record.id, password_hash)
            AuditLog(session).record(AuditKind.STAFF_PASSWORD, self.now(), actor=record.id)

    def log_in(self, name: str, password: str) -> str | None:
        """The token of a new session, or None: nobody learns whether the name or the password was wrong."""
        with reading(self.sessions) as session:
            record = StaffStore(session).by_name(fold_name(name))
        if not self.passwords.is_right(password, record.password_hash if record else None) or record is None:
            self._note(AuditKind.STAFF_REFUSED, record)
            return None
        return self._open(record, password)

    def who_has(self, token: str) -> Member | None:
        def read() -> Member | None:
            with reading(self.sessions) as session:
                record = StaffStore(session).who_has(token, now=self.now())
            return _member(record) if record else None

        return persistently(read)

    def log_out(self, token: str) -> None:
        with transaction(self.sessions) as session:
            StaffStore(session).close_session(token)

    def _open(self, record: StaffRecord, password: str) -> str:
        token, now = secrets.token_urlsafe(32), self.now()
        newer = self.passwords.hash(password) if self.passwords.is_outdated(record.password_hash) else None
        with transaction(self.sessions) as session:
            staff = StaffStore(session)
            staff.open_session(record.id, token, now=now, until=now + SESSION)
            if newer:
                staff.rehash(record.id, newer)
            AuditLog(session).record(AuditKind.STAFF_LOGGED_IN, now, actor=record.id)
        return token

    def _note(self, kind: AuditKind, record: StaffRecord | None) -> None:
        with transaction(self.sessions) as session:
            AuditLog(session).record(kind, self.now(), actor=record.id if record else None)

    def _hashed(self, password: str) -> str:
        if not is_acceptable(password):
            raise InvalidInput("password")
        return self.passwords.hash(password)


def fold_name(name: str) -> str:
    """As it is kept and compared; empty for what no account can be called."""
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    fits = len(folded) <= LONGEST_NAME and re.fullmatch(r"[^\W_][\w.-]+", folded)
    return folded if fits else ""


def _fit_name(name: str) -> str:
    folded = fold_name(name)
    if not folded:
        raise InvalidInput("name")
    return folded


def _known(name: str, staff: StaffStore) -> StaffRecord:
    record = staff.by_name(fold_name(name))
    if record is None:
        raise NotFound
    return record


def _member(record: StaffRecord) -> Member:
    return Member(record.id, record.name, Role(record.role))
