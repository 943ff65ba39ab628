"""Servers to measure: the app on a fresh database, and Rasa where its environment and a model are there."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.builders.rasa import PYTHON, rasa_server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180
LIMITED = ("CONVERSATIONS", "MESSAGES", "QUESTIONS", "CODES")
UNLIMITED = {f"BOUSSOLE_RATE_{what}": "100000/second" for what in LIMITED}


class DidNotStart(Exception):
    """A server ended, or said nothing for too long."""


@contextmanager
def serve_app(folder: Path, environment: Mapping[str, str], *, parser: str = "local") -> Iterator[str]:
    """The address of the app, once it is ready and `parser` is speaking."""
    folder.mkdir(parents=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        "BOUSSOLE_DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "BOUSSOLE_SECRET_KEY": secrets.token_urlsafe(48),
        "BOUSSOLE_PORT": str(port),
        "BOUSSOLE_LOG_LEVEL": "warning",
        **UNLIMITED,
        **environment,
    }
    with _running([sys.executable, "-m", "app.main"], settings) as process:
        _wait(process, lambda: _parser_at(url) == parser)
        yield url


@contextmanager
def serve_rasa(running: str | None) -> Iterator[dict[str, str] | None]:
    """The settings that reach Rasa; None where it cannot be had here."""
    if running:
        yield {"BOUSSOLE_RASA_URL": running, "BOUSSOLE_RASA_TOKEN": os.environ.get("BOUSSOLE_RASA_TOKEN", "")}
        return
    if not PYTHON.exists():
        sys.stderr.write("no Rasa environment here (make nlu): only the local parser is measured\n")
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, rasa_server(Path(folder)) as rasa:
        yield {"BOUSSOLE_RASA_URL": rasa.url, "BOUSSOLE_RASA_TOKEN": rasa.token}


@contextmanager
def _running(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], is_ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise DidNotStart(process.args)
        time.sleep(0.2)


def _parser_at(url: str) -> str | None:
    try:
        return str(httpx.get(f"{url}/health/ready", timeout=5, trust_env=False).json()["parser"])
    except (httpx.HTTPError, ValueError, KeyError):
        return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
