"""Everything that goes wrong, as RFC 9457 problem documents in the person's language. Input is never repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.api.languages import problem_language
from app.channels.web_page import page
from app.dialogue.messages import Latin, Value
from app.errors import (
    AppError,
    Conflict,
    ContradictoryFacts,
    InvalidInput,
    NotAllowed,
    NotFound,
    TooMany,
    Unavailable,
)
from app.i18n.translator import Translator

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:boussole:problem:{code}"
LONGEST_TEXT = 2000
RETRY_AFTER = 30

STATUSES: Mapping[type[AppError], int] = {
    NotFound: 404,
    NotAllowed: 401,
    InvalidInput: 422,
    Conflict: 409,
    TooMany: 429,
    Unavailable: 503,
    AppError: 500,
}
STATUSES_BY_CODE: Mapping[str, int] = {
    "text_too_long": 413,
    "body_too_large": 413,
    "invalid_json": 400,
    "not_json": 415,
    "gone": 410,
}
CODES_BY_STATUS: Mapping[int, str] = {
    400: "invalid_json",
    401: "not_allowed",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "not_json",
    429: "too_many_requests",
}
VALUES: Mapping[str, Mapping[str, Value]] = {
    "text_too_long": {"limit": LONGEST_TEXT},
    "invalid_date": {"example": Latin("2026-11-21")},
    "use_post": {"address": Latin("POST /api/v1/places/search")},
}


FOR_PROGRAMS = ("/api", "/hsds", "/health", "/metrics", "/webhooks")
"""Paths below which nobody looks with a browser."""


class Problem(JSONResponse):
    """One problem document."""

    media_type = MEDIA_TYPE


class ProblemTeller:
    """Words problems. The only place where an error becomes an HTTP answer."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def register(self, app: FastAPI) -> None:
        app.add_exception_handler(AppError, self.of_app_error)
        app.add_exception_handler(RequestValidationError, self.of_validation)
        app.add_exception_handler(HTTPException, self.of_http)

    def of_app_error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, AppError)  # noqa: S101 - registered for this type only
        headers = {}
        status = status_of(error)
        if isinstance(error, TooMany):
            headers["Retry-After"] = str(error.retry_after)
        if isinstance(error, Unavailable):
            headers["Retry-After"] = str(RETRY_AFTER)
        if status == STATUSES[NotAllowed]:
            headers["WWW-Authenticate"] = "Bearer"
        return self.tell(request, self._known(error), status, headers=headers, **_members(error))

    def of_validation(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type only
        code, status, fields = _read_validation(error)
        members: dict[str, Any] = {"fields": fields} if fields else {}
        return self.tell(request, code, status, body=error.body, **members)

    def of_http(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type only
        if isinstance(error.__cause__, AppError):
            return self.of_app_error(request, error.__cause__)
        code = CODES_BY_STATUS.get(error.status_code, "invalid_input")
        return self.tell(request, code, error.status_code, headers=dict(error.headers or {}))

    def of_crash(self, request: Request) -> Response:
        return self.tell(request, AppError.code, 500)

    def tell(
        self,
        request: Request,
        code: str,
        status: int,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> Response:
        language = problem_language(request, body)
        values = {**VALUES.get(code, {}), **members.pop("values", {})}
        if reads_pages(request):
            told: dict[str, Any] = {"problem": code, "details": values}
            return page("problem.html", self._translator, language, status=status, headers=headers, **told)
        say = members.pop("say", f"problem.{code}")
        content = {
            "type": TYPE.format(code=code),
            "title": self._translator.say(f"problem.{code}.title", language),
            "status": status,
            "detail": self._translator.say(say, language, **values),
            "code": code,
            **members,
        }
        return Problem(content, status_code=status, headers={"Content-Language": language, **(headers or {})})

    def _known(self, error: AppError) -> str:
        """A code without words is told as what it is a kind of."""
        codes = [error.code, *(kind.code for kind in type(error).__mro__ if issubclass(kind, AppError))]
        return next(code for code in codes if self._translator.has(f"problem.{code}"))


def reads_pages(request: Request) -> bool:
    """A person with a browser, who is told in a page and not in JSON."""
    if request.url.path.startswith(FOR_PROGRAMS):
        return False
    return "text/html" in request.headers.get("accept", "")


def status_of(error: AppError) -> int:
    if error.code in STATUSES_BY_CODE:
        return STATUSES_BY_CODE[error.code]
    return next(status for kind, status in STATUSES.items() if isinstance(error, kind))


def _members(error: AppError) -> dict[str, Any]:
    members: dict[str, Any] = {}
    if isinstance(error, ContradictoryFacts):
        members["facts"] = list(error.facts)
    elif isinstance(error, InvalidInput) and error.field:
        members["fields"] = [error.field]
    return members | getattr(error, "members", {})


KINDS_OF_VALIDATION: Mapping[str, tuple[str, int]] = {
    "json_invalid": ("invalid_json", 400),
    "model_attributes_type": ("not_json", 415),
    "empty_text": ("empty_text", 422),
    "text_too_long": ("text_too_long", 413),
    "text_or_choice": ("text_or_choice", 422),
    "unknown_language": ("unknown_language", 422),
    "invalid_date": ("invalid_date", 422),
}


def _read_validation(error: RequestValidationError) -> tuple[str, int, list[str]]:
    """The code of the first thing wrong, its status, and the names of our fields (never what was sent)."""
    first = error.errors()[0]
    kind = first["type"]
    if kind == "model_attributes_type" and not isinstance(error.body, bytes):
        kind = "wrong_shape"
    code, status = KINDS_OF_VALIDATION.get(kind, ("invalid_input", 422))
    return code, status, sorted({field for one in error.errors() if (field := _field(one["loc"]))})


def _field(location: tuple[int | str, ...]) -> str:
    # Below our own field names stand keys that the sender chose.
    return str(location[1]) if len(location) > 1 and location[0] in {"body", "query"} else ""
