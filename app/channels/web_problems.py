"""What went wrong, as one sentence on a page."""

from __future__ import annotations

from collections.abc import Mapping

from app.dialogue.messages import Value
from app.dialogue.understand import LONGEST
from app.errors import AppError, Conflict, InvalidInput, TooMany, Unavailable
from app.i18n.translator import Translator

STATUSES: Mapping[type[AppError], int] = {InvalidInput: 422, TooMany: 429, Conflict: 409, Unavailable: 503}
VALUES: Mapping[str, Mapping[str, Value]] = {"text_too_long": {"limit": LONGEST}}


def status_of(error: AppError) -> int:
    return next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 500)


def tell(error: AppError, language: str, translator: Translator) -> str:
    """A code without words is told as what it is a kind of."""
    codes = [error.code, *(kind.code for kind in type(error).__mro__ if issubclass(kind, AppError))]
    code = next(code for code in codes if translator.has(f"problem.{code}"))
    return translator.say(f"problem.{code}", language, **VALUES.get(code, {}))
