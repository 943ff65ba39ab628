"""By when a rule must be checked again, and what a decision loses once that day has passed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from rules.model import Citation, Confidence, Decision, TextId

CALL_FIRST = TextId("warning.call_before_you_go")
SURE_FIRST = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)

type Months = Mapping[Confidence, int]
"""For how long what was verified is relied on, by how sure the source is."""


def review_day(months: Months, verified_on: date, citations: Iterable[Citation]) -> date:
    """A rule lasts as long as the least sure of its sources."""
    weakest = max((citation.confidence for citation in citations), key=SURE_FIRST.index)
    return months_after(verified_on, months[weakest])


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or the last one that month has."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def earliest(decisions: Iterable[Decision]) -> date | None:
    """The first day on which one of these is due."""
    return min((decision.review_by for decision in decisions if decision.review_by), default=None)


def as_checked(decision: Decision, on: date) -> Decision:
    """Overdue, it says first to call before going."""
    if decision.review_by is None or on <= decision.review_by:
        return decision
    warnings = (CALL_FIRST, *(text for text in decision.warnings if text != CALL_FIRST))
    return replace(decision, overdue=True, warnings=warnings)
