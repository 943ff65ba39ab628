"""Rasa while it answers, the local parser otherwise: nobody waits for a parser that is away."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from threading import Event, Thread

from app.dialogue.ports import IntentParser
from app.dialogue.understanding import Understanding
from app.errors import ParserUnavailable

log = logging.getLogger(__name__)

PROBE_SECONDS = 1.0
PROBE_TEXT = "bonjour"

heard: ContextVar[Understanding | None] = ContextVar("heard", default=None)
"""How the text of this request was read: its parser for the log, all of it for a recording."""


class SwitchingParser:
    """The preferred parser speaks from the first time it answered until the first time it did not."""

    def __init__(self, spare: IntentParser, preferred: IntentParser | None = None) -> None:
        self._spare = spare
        self._preferred = preferred
        self._is_up = False
        self._stopping = Event()
        self._watch: Thread | None = None

    @property
    def name(self) -> str:
        """The parser that is speaking now."""
        return self._preferred.name if self._preferred and self._is_up else self._spare.name

    def parse(self, text: str, language: str | None) -> Understanding:
        understood = self._preferred_reading(text, language) or self._spare.parse(text, language)
        heard.set(understood)
        return understood

    def _preferred_reading(self, text: str, language: str | None) -> Understanding | None:
        if self._preferred is None or not self._is_up:
            return None
        try:
            return self._preferred.parse(text, language)
        except ParserUnavailable:
            self._now_up(False)
            return None

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
