"""Everything that is logged while a test runs, as the real set-up writes it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from app.logs import configure_logging


class Written(io.StringIO):
    """The log so far, as text or as lines."""

    @property
    def text(self) -> str:
        return self.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@contextmanager
def capturing(level: str = "debug") -> Iterator[Written]:
    root = logging.getLogger()
    before = list(root.handlers), root.level
    written = Written()
    configure_logging(level, written)
    try:
        yield written
    finally:
        root.handlers[:], root.level = before
        structlog.reset_defaults()
