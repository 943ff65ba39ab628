"""Conversations and the messages already answered in them: sealed, versioned, gone 24 hours after the last word."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.adapters.cipher import CannotOpen, Cipher, token_hash
from app.adapters.stores.rows import rows_of
from app.adapters.tables import ConversationRow, ProcessedMessageRow
from app.dialogue.conversation import Conversation
from app.errors import Conflict, NotAllowed, NotFound
from app.privacy.retention import CONVERSATION


@dataclass(frozen=True)
class Kept:
    """A conversation as it was read; `version` is what `save` compares."""

    conversation: Conversation
    version: int


class ConversationStore:
    def __init__(self, session: Session, cipher: Cipher, *, lifetime: timedelta = CONVERSATION) -> None:
        self._session = session
        self._cipher = cipher
        self._lifetime = lifetime

    def create(self, conversation: Conversation, token: str, *, now: datetime) -> None:
        row = ConversationRow(
            id=conversation.id,
            token_hash=token_hash(token),
            version=1,
            state=self._sealed(conversation),
            language=conversation.language,
            channel=conversation.channel,
            created_at=now,
            last_active_at=now,
            expires_at=now + self._lifetime,
        )
        self._session.add(row)
        self._session.flush()

    def load(self, conversation_id: str, token: str, *, now: datetime) -> Kept:
        """NotFound when unknown or no longer kept, NotAllowed with a wrong token."""
        row = self._row(conversation_id, now)
        if not hmac.compare_digest(row.token_hash, token_hash(token)):
            raise NotAllowed
        try:
            state = Conversation.from_dict(self._cipher.open(row.state, about=f"conversation {row.id}"))
        except (CannotOpen, ValueError) as error:
            raise NotFound from error
        return Kept(replace(state, version=row.version), row.version)

    def save(self, conversation: Conversation, expected: int, *, now: datetime) -> None:
        """Conflict when another turn was saved since `expected` was read, or the conversation is gone."""
        saved = self._session.execute(
            update(ConversationRow)
            .where(ConversationRow.id == conversation.id, ConversationRow.version == expected)
            .values(
                version=expected + 1,
                state=self._sealed(conversation),
                language=conversation.language,
                last_active_at=now,
                expires_at=now + self._lifetime,
            )
        )
        if rows_of(saved) != 1:
            raise Conflict(conversation.id)

    def delete(self, conversation_id: str) -> bool:
        """With everything answered in it. False when there was nothing."""
        gone = self._session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))
        return rows_of(gone) == 1

    def purge_expired(self, now: datetime) -> int:
        gone = self._session.execute(delete(ConversationRow).where(ConversationRow.expires_at <= now))
        return rows_of(gone)

    def answered(self, conversation_id: str, key: str) -> Any | None:
        """What `remember` kept under this key, or None."""
        row = self._session.get(ProcessedMessageRow, (conversation_id, self._key(key)))
        return self._cipher.open(row.answer, about=f"answer {conversation_id}") if row else None

    def remember(self, conversation_id: str, key: str, answer: Any, *, now: datetime) -> None:
        """Conflict when the same message was answered meanwhile."""
        row = ProcessedMessageRow(conversation_id=conversation_id, key_hash=self._key(key), processed_at=now)
        row.answer = self._cipher.seal(answer, about=f"answer {conversation_id}")
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError as error:
            raise Conflict(conversation_id) from error

    def _row(self, conversation_id: str, now: datetime) -> ConversationRow:
        row = self._session.get(ConversationRow, conversation_id)
        if row is None or row.expires_at <= now:
            raise NotFound
        return row

    def _sealed(self, conversation: Conversation) -> bytes:
        return self._cipher.seal(conversation.to_dict(), about=f"conversation {conversation.id}")

    def _key(self, key: str) -> str:
        return self._cipher.keyed_hash(key, purpose="idempotency")
