"""Rasa over HTTP, trusted with nothing: late, wrong or strange answers all mean that it is not there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import httpx

from app.adapters.heard import speakable, understanding_of, understood_nothing
from app.dialogue.understanding import Intent, Understanding
from app.errors import ParserBusy, ParserUnavailable

TIMEOUT_SECONDS = 2.0
FAILURES_ALLOWED = 3
REST_SECONDS = 5.0
AT_ONCE = 8
"""Rasa answers one after the other: whoever came ninth would wait longer than the local parser takes."""
KEPT_OPEN_SECONDS = 30.0
"""Shorter than the server keeps a connection, so that none is used that it is just closing."""
LIMITS = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE, keepalive_expiry=KEPT_OPEN_SECONDS)
_LARGEST_ANSWER = 200_000


class Guard(StrEnum):
    """CLOSED: questions go through. OPEN: nobody waits for a server in trouble. TRIAL: the next one shows."""

    CLOSED = "closed"
    OPEN = "open"
    TRIAL = "trial"


@dataclass
class Breaker:
    """After some failures in a row nobody waits for a while; then one is let through to see."""

    clock: Callable[[], float] = time.monotonic
    _failures: int = 0
    _open_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def lets_through(self) -> bool:
        with self._lock:
            if self._failures < FAILURES_ALLOWED:
                return True
            now = self.clock()
            if now < self._open_until:
                return False
            self._open_until = now + REST_SECONDS
            return True

    @property
    def guard(self) -> Guard:
        with self._lock:
            if self._failures < FAILURES_ALLOWED:
                return Guard.CLOSED
            return Guard.OPEN if self.clock() < self._open_until else Guard.TRIAL

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._open_until = self.clock() + REST_SECONDS


class RasaParser:
    """Asks a Rasa server; raises ParserUnavailable whenever its answer cannot be used."""

    name = "rasa"

    def __init__(
        self,
        url: str,
        *,
        token: str = "",
        timeout: float = TIMEOUT_SECONDS,
        transport: httpx.BaseTransport | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self._client = httpx.Client(
            base_url=url,
            params={"token": token} if token else {},
            timeout=timeout,
            limits=LIMITS,
            transport=transport,
            trust_env=False,
        )
        self._timeout = timeout
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._breaker = breaker or Breaker()

    @property
    def guard(self) -> Guard:
        return self._breaker.guard

    def parse(self, text: str, language: str | None) -> Understanding:
        """Best guess; raises ParserUnavailable, never invents an intent."""
        spoken = speakable(text)
        if not spoken:
            return understood_nothing(text, language, self.name)
        with self._place(), self._guarded():
            return understanding_of(text, language, _ranking_in(self._ask(spoken)), self.name)

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Among those who ask at once; nobody stands in a queue."""
        if not self._places.acquire(blocking=False):
            raise ParserBusy(self.name)
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        if not self._breaker.lets_through():
            raise ParserUnavailable(self.name)
        try:
            yield
        except ParserUnavailable:
            self._breaker.failed()
            raise
        self._breaker.succeeded()

    def ready(self) -> bool:
        """Whether the server answers and has a model."""
        try:
            answer = self._client.get("/status")
            return answer.status_code == httpx.codes.OK and bool(answer.json().get("model_file"))
        except (httpx.HTTPError, ValueError, AttributeError):
            return False

    def close(self) -> None:
        self._client.close()

    def _ask(self, text: str) -> Any:
        # The timeout of httpx is per read; a server that drips must not hold a person up either.
        deadline = time.monotonic() + self._timeout
        body = bytearray()
        try:
            with self._client.stream("POST", "/model/parse", json={"text": text}) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise ParserUnavailable(self.name)
                for piece in answer.iter_bytes():
                    body += piece
                    if len(body) > _LARGEST_ANSWER or time.monotonic() > deadline:
                        raise ParserUnavailable(self.name)
            return httpx.Response(200, content=bytes(body)).json()
        except (httpx.HTTPError, ValueError, RecursionError) as error:
            raise ParserUnavailable(self.name) from error


def _ranking_in(answer: Any) -> list[Intent]:
    try:
        ranking = list(_intents_of(answer["intent_ranking"]))
        best = next(_intents_of([answer["intent"]]))
    except (KeyError, TypeError, AttributeError, StopIteration) as error:
        raise ParserUnavailable(RasaParser.name) from error
    return ranking if best in ranking else [best, *ranking]


def _intents_of(entries: Any) -> Iterator[Intent]:
    for entry in entries:
        name, confidence = entry["name"], entry["confidence"]
        if not isinstance(name, str) or isinstance(confidence, bool) or not isinstance(confidence, int | float):
            raise TypeError(name)
        yield Intent(name, float(confidence))
