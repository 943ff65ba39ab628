"""review.yaml as values."""

from __future__ import annotations

from typing import Any

from rules.model import Confidence
from rules.reading.misfits import parsed
from rules.reading.schema import ReviewFile
from rules.review import Months

REVIEW = "review.yaml"
BEFORE: Months = {Confidence.HIGH: 12, Confidence.MEDIUM: 6, Confidence.LOW: 3}
"""For an archived book from before the file."""


def months_of(raw: Any) -> Months:
    if raw is None:
        return BEFORE
    months = parsed(ReviewFile, raw, REVIEW).months
    return {Confidence.HIGH: months.high, Confidence.MEDIUM: months.medium, Confidence.LOW: months.low}
