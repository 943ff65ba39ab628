"""A clock that only moves when it is told to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class FakeClock:
    """Call it for the moment; `pass_by` moves it on."""

    moment: datetime = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **length: float) -> None:
        self.moment += timedelta(**length)
