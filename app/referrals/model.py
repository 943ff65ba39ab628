"""A referral: what was agreed, where it stands, and which step may follow which. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.errors import Conflict
from app.referrals.slip import SlipContents


class ReferralStatus(StrEnum):
    """Where a referral stands. The public status word, in every channel."""

    CONSENTED = "consented"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


NEXT: Mapping[ReferralStatus, frozenset[ReferralStatus]] = {
    ReferralStatus.CONSENTED: frozenset({ReferralStatus.WITHDRAWN, ReferralStatus.EXPIRED}),
    ReferralStatus.WITHDRAWN: frozenset(),
    ReferralStatus.EXPIRED: frozenset(),
}
"""Which status may follow which. A status with nothing after it is an end."""


class SharedField(StrEnum):
    """The parts of a referral a person may let a service see. The code, the service and the place always show."""

    DECISION = "decision"
    PAPERS = "papers"


@dataclass(frozen=True)
class Consent:
    """Who may see which parts, and since when the person agrees. `recipient` is a place id or a service id."""

    recipient: str
    fields: frozenset[SharedField]
    given_at: datetime


@dataclass(frozen=True)
class Referral:
    code: str
    service: str
    place: str | None
    status: ReferralStatus
    consent: Consent
    slip: SlipContents
    created_at: datetime
    updated_at: datetime

    def may_become(self, status: ReferralStatus) -> bool:
        return status in NEXT[self.status]

    def becoming(self, status: ReferralStatus, *, at: datetime) -> Referral:
        """The same referral one step further. Raises Conflict when that step is not open any more."""
        if not self.may_become(status):
            raise Conflict(f"{self.status} -> {status}")
        return replace(self, status=status, updated_at=at)
