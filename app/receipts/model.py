"""A receipt as it is kept, and as it is shown again. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.errors import InvalidInput, NotFound
from rules.model import Decision, ServiceId
from rules.receipt import Receipt


@dataclass(frozen=True)
class StoredReceipt:
    """What the server keeps under a code: verdicts, never facts."""

    code: str
    receipt: Receipt
    created_on: date
    expires_at: datetime


@dataclass(frozen=True)
class Given:
    """A receipt as it is handed over: the token is not kept anywhere else."""

    stored: StoredReceipt
    full: Receipt
    decisions: tuple[Decision, ...]
    token: str
    is_published: bool
    """False while the rule book is a draft: such a token opens only as long as the book does not change."""


@dataclass(frozen=True)
class Change:
    """A service that today's rule book answers otherwise. `now` is None where it no longer knows the service."""

    service: ServiceId
    before: Decision
    now: Decision | None


@dataclass(frozen=True)
class Replayed:
    """The decision of then, made again; and what is different today, as of `today`."""

    receipt: Receipt
    decisions: tuple[Decision, ...]
    changes: tuple[Change, ...]
    today: date


class UnknownReceipt(NotFound):
    code = "receipt_not_found"


class BadToken(InvalidInput):
    """Changed, made elsewhere, or not a token at all: nobody can tell which."""

    def __init__(self) -> None:
        super().__init__("token", code="receipt_token_invalid")


class ExpiredToken(InvalidInput):
    def __init__(self) -> None:
        super().__init__("token", code="receipt_token_expired")


class UnknownRulebook(InvalidInput):
    """The token is ours, but its rule book was never published."""

    def __init__(self) -> None:
        super().__init__("token", code="receipt_rulebook_unknown")
