"""Referrals and decisions for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.referrals.codes import new_code
from app.referrals.model import Referral, SharedField
from app.referrals.service import Wish, refer
from rules.model import Decision, Document, Reason, RuleId, ServiceId, Status, TextId

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
EVERYTHING = frozenset(SharedField)


def a_decision(service: str = "ofppt_training", status: Status = Status.ELIGIBLE) -> Decision:
    return Decision(
        service=ServiceId(service),
        status=status,
        because=(Reason(RuleId(f"{service}.rule"), TextId(f"rule.{service}"), ()),),
        documents=(Document(TextId(f"document.{service}.1"), "required", TextId("document.note")),),
    )


def a_wish(
    *,
    service: str = "ofppt_training",
    place: str | None = "sal_1",
    shared: frozenset[SharedField] = EVERYTHING,
    language: str | None = "ar",
) -> Wish:
    return Wish(service, place, shared, language)


def a_referral(*, code: str | None = None, at: datetime = NOON, wish: Wish | None = None) -> Referral:
    return refer(wish or a_wish(), code=code or new_code(), decision=a_decision(), now=at, today=at.date())
