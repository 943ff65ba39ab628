"""Around every request: an id, a time, a log line, security headers, a limit on size, and no crash gets out."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.metrics import Metrics
from app.api.problems import ProblemTeller
from app.errors import AppError

log = structlog.get_logger("boussole.request")

LARGEST_BODY = 64 * 1024
LARGEST_WEBHOOK = 3 * 1024 * 1024
UNKNOWN_ROUTE = "unknown"
METHODS = frozenset({"GET", "POST", "DELETE", "HEAD", "OPTIONS", "PUT", "PATCH"})
CACHEABLE = ("/static/", "/widget.js")

NOTHING_ALLOWED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PAGE = "default-src 'none'; base-uri 'none'; form-action 'self'; img-src 'self' data:; font-src 'self'; "
PAGE += "style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors "
PAGES: tuple[tuple[str, str], ...] = (
    ("/api", NOTHING_ALLOWED),
    ("/hsds", NOTHING_ALLOWED),
    ("/health", NOTHING_ALLOWED),
    ("/metrics", NOTHING_ALLOWED),
    ("/webhooks", NOTHING_ALLOWED),
    ("/chat", PAGE + "*"),
    ("/", PAGE + "'none'"),
)
"""Content security policy by first path that fits. Only the chat may stand in the frame of any other site."""


class BodyTooLarge(AppError):
    code = "body_too_large"


def policy_for(path: str) -> str:
    return next(policy for start, policy in PAGES if path == start or path.startswith(start.rstrip("/") + "/"))


class Edge:
    """The outermost layer. What it logs of a request: route template, method, status, milliseconds, step, parser."""

    def __init__(self, app: ASGIApp, teller: ProblemTeller, metrics: Metrics) -> None:
        self._app = app
        self._teller = teller
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        passage = _Passage(scope, send)
        try:
            await self._app(scope, _limited(scope, receive), passage.send)
        except Exception:
            log.exception("request failed", request=passage.id, route=passage.route)
            if passage.status:
                raise
            await self._teller.of_crash(Request(scope))(scope, receive, passage.send)
        finally:
            self._note(passage)

    def _note(self, passage: _Passage) -> None:
        seconds = time.perf_counter() - passage.began
        self._metrics.request(passage.route, passage.method, passage.status, seconds)
        if passage.noted:
            self._metrics.count("turns", **passage.noted)
        log.info(
            "request",
            request=passage.id,
            method=passage.method,
            route=passage.route,
            status=passage.status,
            ms=round(seconds * 1000, 1),
            **passage.noted,
        )


class _Passage:
    """One request on its way through."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.id = secrets.token_hex(8)
        self.began = time.perf_counter()
        self.status = 0
        self.method = scope["method"] if scope["method"] in METHODS else "other"
        self._scope = scope
        self._send = send

    @property
    def route(self) -> str:
        """The template, never the path: paths carry ids and codes."""
        return str(getattr(self._scope.get("route"), "path", UNKNOWN_ROUTE))

    @property
    def noted(self) -> Mapping[str, str]:
        """What the endpoint told the log: words of closed lists."""
        noted: Mapping[str, str] = self._scope["state"].get("noted", {})
        return noted

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            _secure(MutableHeaders(scope=message), self._scope["path"], self.id)
        await self._send(message)


def _secure(headers: MutableHeaders, path: str, request_id: str) -> None:
    headers.setdefault("Content-Security-Policy", policy_for(path))
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cache-Control", "public, max-age=3600" if path.startswith(CACHEABLE) else "no-store")
    headers["X-Request-Id"] = request_id
    if "frame-ancestors 'none'" in headers["Content-Security-Policy"]:
        headers.setdefault("X-Frame-Options", "DENY")


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Reading more than the limit raises; whoever does not read the body never notices."""
    most = LARGEST_WEBHOOK if scope["path"].startswith("/webhooks/") else LARGEST_BODY
    announced = Headers(scope=scope).get("content-length", "")
    read = most + 1 if _is_above(announced, most) else 0

    async def counted() -> Message:
        nonlocal read
        if read > most:
            raise BodyTooLarge
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise BodyTooLarge
        return message

    return counted


def _is_above(announced: str, most: int) -> bool:
    digits = announced.lstrip("0")
    return digits.isascii() and digits.isdigit() and (len(digits) > len(str(most)) or int(digits) > most)
