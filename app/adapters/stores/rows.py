"""What every store needs of a statement's result."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, Result


def rows_of(result: Result[Any]) -> int:
    """How many rows an UPDATE or DELETE changed."""
    if not isinstance(result, CursorResult):
        raise TypeError("only a statement sent to the database changes rows")
    return result.rowcount
