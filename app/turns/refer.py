"""Referrals asked for outside the chat, and found again by their code."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.adapters.database import persistently, reading, transaction, tries
from app.adapters.stores import AuditLog, ConversationStore, ReferralStore
from app.adapters.stores.audit import AuditKind
from app.dialogue.conversation import Conversation
from app.errors import Conflict, InvalidInput, Unavailable
from app.referrals.codes import new_code
from app.referrals.model import Referral
from app.referrals.service import Wish, decision_if_fit, refer
from app.turns.begin import check_id
from app.turns.services import TurnServices
from rules.facts import Facts
from rules.model import Decision

ATTEMPTS = 8


def make_referral(
    conversation_id: str,
    token: str,
    wish: Wish,
    *,
    key: str | None,
    services: TurnServices,
    make_code: Callable[[], str] = new_code,
) -> Referral:
    """The same `key` twice gives the same referral. The caller has checked that service and place exist.

    NotFound, NotAllowed, InvalidInput (the key was used for another message, or the wish is not fit), Unavailable.
    """
    check_id(conversation_id)
    own_key = f"refer {key or secrets.token_hex(16)}"

    def attempt() -> Referral:
        with reading(services.sessions) as session:
            conversations = ConversationStore(session, services.cipher)
            kept = conversations.load(conversation_id, token, now=services.now())
            if made := conversations.answered(conversation_id, own_key):
                return _same(made, wish, ReferralStore(session, services.cipher))
        agreed = agree(wish, kept.conversation.facts, services)
        code = make_code()
        known = replace(kept.conversation, referrals=(*kept.conversation.referrals, code))
        with transaction(services.sessions) as session:
            conversations = ConversationStore(session, services.cipher)
            conversations.save(known, kept.version, now=services.now())
            conversations.remember(conversation_id, own_key, [wish.service, wish.place, code], now=services.now())
            return save_referral(agreed, code, known, session, services)

    for _ in tries(ATTEMPTS):
        try:
            return persistently(attempt)
        except Conflict:
            continue
    raise Unavailable


def find_referral(typed: str, services: TurnServices) -> Referral | None:
    """`typed` as a person writes a code. None when there is no such referral, or not any more."""

    def read() -> Referral | None:
        with reading(services.sessions) as session:
            return ReferralStore(session, services.cipher).get(typed)

    return persistently(read)


@dataclass(frozen=True)
class Agreed:
    """A wish found fit for what the person told, with the decision of that moment."""

    wish: Wish
    decision: Decision


def agree(wish: Wish, facts: Facts, services: TurnServices) -> Agreed:
    """InvalidInput where the wish is not fit, whoever asks: the chat or another program. No transaction is open."""
    prospect = services.foresee(wish, facts, on=services.today())
    return Agreed(wish, decision_if_fit(wish, prospect))


def save_referral(
    agreed: Agreed, code: str, conversation: Conversation, session: Session, services: TurnServices
) -> Referral:
    now, today = services.now(), services.today()
    referral = refer(agreed.wish, code=code, decision=agreed.decision, now=now, today=today)
    ReferralStore(session, services.cipher).create(referral, conversation=conversation.id)
    AuditLog(session).record(
        AuditKind.REFERRAL_CREATED, now, actor="person", conversation=conversation.id, referral=code
    )
    return referral


def _same(made: list[str], wish: Wish, referrals: ReferralStore) -> Referral:
    service, place, code = made
    found = referrals.get(code)
    if (service, place) != (wish.service, wish.place) or found is None:
        raise InvalidInput("idempotency_key")
    return found
