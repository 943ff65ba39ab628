"""Rasa while it answers, the local parser otherwise: nobody waits for a parser that is away."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextvars import ContextVar
from threading import Event, Thread
from typing import Protocol, runtime_checkable

from app.adapters.parses import Outcome, Parses, Sample
from app.dialogue.ports import IntentParser
from app.dialogue.understanding import Understanding
from app.errors import ParserBusy, ParserUnavailable

log = logging.getLogger(__name__)

PROBE_SECONDS = 1.0
PROBE_TEXT = "bonjour"

heard: ContextVar[Understanding | None] = ContextVar("heard", default=None)
"""How the text of this request was read: its parser for the log, all of it for a recording."""


@runtime_checkable
class Guarded(Protocol):
    """A parser behind a circuit breaker."""

    @property
    def guard(self) -> str:
        """Closed, open or trial."""


class SwitchingParser:
    """The preferred parser speaks from the first time it answered until the first time it did not."""

    def __init__(self, spare: IntentParser, preferred: IntentParser | None = None) -> None:
        self._spare = spare
        self._preferred = preferred
        self._is_up = False
        self._parses = Parses()
        self._stopping = Event()
        self._watch: Thread | None = None

    @property
    def name(self) -> str:
        """The parser that is speaking now."""
        return self._preferred.name if self._preferred and self._is_up else self._spare.name

    @property
    def guard(self) -> str | None:
        """Of the preferred parser, where it has one."""
        return self._preferred.guard if isinstance(self._preferred, Guarded) else None

    def parse(self, text: str, language: str | None) -> Understanding:
        understood = self._preferred_reading(text, language) or self._asked(self._spare, text, language)
        heard.set(understood)
        return understood

    def samples(self) -> Iterator[Sample]:
        """For the metrics."""
        yield from self._parses.samples()
        yield "boussole_parser_speaking", (("parser", self.name),), 1
        if self.guard is not None and self._preferred is not None:
            yield "boussole_parser_guard", (("parser", self._preferred.name), ("state", self.guard)), 1

    def _preferred_reading(self, text: str, language: str | None) -> Understanding | None:
        if self._preferred is None or not self._is_up:
            return None
        try:
            return self._asked(self._preferred, text, language)
        except ParserBusy:
            return None
        except ParserUnavailable:
            self._now_up(False)
            return None

    def _asked(self, parser: IntentParser, text: str, language: str | None) -> Understanding:
        began, outcome = time.perf_counter(), Outcome.UNDERSTOOD
        try:
            return parser.parse(text, language)
        except ParserUnavailable as error:
            outcome = Outcome.BUSY if isinstance(error, ParserBusy) else Outcome.UNAVAILABLE
            raise
        finally:
            self._parses.note(parser.name, outcome, time.perf_counter() - began)

    def probe(self) -> None:
        """Ask the preferred parser something harmless and believe what that shows."""
        if self._preferred is None:
            return
        try:
            self._preferred.parse(PROBE_TEXT, None)
        except ParserUnavailable:
            self._now_up(False)
        else:
            self._now_up(True)

    def start(self) -> None:
        """Watch for the preferred parser to come and come back."""
        if self._preferred is None or self._watch is not None:
            return
        self._stopping.clear()
        self._watch = Thread(target=self._keep_probing, name="parser-watch", daemon=True)
        self._watch.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._watch is not None:
            self._watch.join()
            self._watch = None

    def _keep_probing(self) -> None:
        while not self._stopping.is_set():
            if not self._is_up:
                self.probe()
            self._stopping.wait(PROBE_SECONDS)

    def _now_up(self, is_up: bool) -> None:
        if is_up != self._is_up:
            self._is_up = is_up
            log.info("the %s parser is speaking", self.name)
