"""Everything that can go wrong and be told to a person.

AppError
├── NotFound              unknown or no longer kept
├── NotAllowed            wrong or missing token
├── InvalidInput          a value we cannot read; `field` names it
│   └── ContradictoryFacts  two answers that cannot both be true
├── TooMany               slow down; `retry_after` seconds
├── Conflict              somebody else changed it first
└── Unavailable           an outside service or the database did not answer
    └── ParserUnavailable
        └── ParserBusy    too many were asking it at once

`code` goes into problem documents, `say` names the sentence shown to the person.
"""

from __future__ import annotations


class AppError(Exception):
    """Base of all; `code` is stable and public."""

    code = "internal_error"

    @property
    def say(self) -> str:
        """Id of the sentence for the person, in app/dialogue/wording.yaml."""
        return f"problem.{self.code}"


class NotFound(AppError):
    code = "not_found"


class NotAllowed(AppError):
    code = "not_allowed"


class InvalidInput(AppError):
    code = "invalid_input"

    def __init__(self, field: str = "", *, code: str | None = None) -> None:
        super().__init__(field)
        self.field = field
        if code is not None:
            self.code = code


class ContradictoryFacts(InvalidInput):
    """`facts` names the answers that cannot both be true."""

    def __init__(self, facts: tuple[str, ...]) -> None:
        super().__init__(" ".join(facts), code="contradictory_facts")
        self.facts = facts


class TooMany(AppError):
    code = "too_many_requests"

    def __init__(self, retry_after: int = 60) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Conflict(AppError):
    code = "conflict"


class Unavailable(AppError):
    code = "temporarily_unavailable"


class ParserUnavailable(Unavailable):
    code = "parser_unavailable"


class ParserBusy(ParserUnavailable):
    """It answers, but too many are asking it."""
