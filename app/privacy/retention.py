"""How long each thing is kept. The stores delete; this says when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

CONVERSATION = timedelta(hours=24)
"""After the last message of an anonymous person, with everything in it."""
REFERRAL = timedelta(days=180)
"""After its last change."""
RECEIPT = timedelta(days=180)
"""After the day it was made: its code, and what its token opens."""
AUDIT = timedelta(days=365)


@dataclass(frozen=True)
class Deadlines:
    """What is older than these moments has to go."""

    now: datetime

    @property
    def referral(self) -> datetime:
        return self.now - REFERRAL

    @property
    def audit(self) -> datetime:
        return self.now - AUDIT
