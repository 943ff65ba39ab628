"""Logs as JSON lines: what happened, when and how long. Never who, never a text, never an id of a person."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict

ROOT = Path(__file__).resolve().parents[1]
FRAMES_KEPT = 6
QUIET = ("httpx", "httpcore", "uvicorn.access", "asyncio")
"""They write addresses of requests, which may carry ids and codes."""


def configure_logging(level: str, stream: TextIO | None = None) -> None:
    """Everything that logs in this process, libraries included, becomes JSON on one stream."""
    root = logging.getLogger()
    root.handlers[:] = [_json_on(stream or sys.stdout)]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True
    structlog.configure(
        processors=[*_chain(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _json_on(stream: TextIO) -> logging.Handler:
    handler = logging.StreamHandler(stream)
    written: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.JSONRenderer(ensure_ascii=True),
    ]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=written, foreign_pre_chain=_chain()))
    return handler


def _chain() -> list[Any]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_failed,
    ]


def where_it_failed(_logger: object, _method: str, event: EventDict) -> EventDict:
    """A traceback's types and places instead of its text: messages of errors may quote what a person wrote."""
    failure = event.pop("exc_info", None)
    if failure is True:
        failure = sys.exc_info()
    if isinstance(failure, tuple):
        failure = failure[1]
    if isinstance(failure, BaseException):
        event["error"], event["at"] = kind_of(failure), places_of(failure)
    return event


def kind_of(failure: BaseException) -> list[str]:
    """The error's type and the types of its causes."""
    kinds = []
    cause: BaseException | None = failure
    while cause is not None:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__
    return kinds


def places_of(failure: BaseException) -> list[str]:
    frames = traceback.extract_tb(failure.__traceback__)[-FRAMES_KEPT:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
