"""The real application on a free port, and a real browser in front of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Playwright

from app.adapters.migrations import migrate
from app.main import create_app
from app.settings import Rate, Settings
from app.wiring import Services, build, seed_directory

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
UNLIMITED = Rate(1_000_000, 1)


def built(folder: Path) -> Services:
    """SQLite in this folder, the directory, the local parser, no Rasa."""
    settings = Settings(
        secret_key="k" * 40,
        environment="test",
        database_url=f"sqlite:///{folder}/boussole.sqlite3",
        rate_conversations=UNLIMITED,
        rate_messages=UNLIMITED,
        rate_codes=UNLIMITED,
    )
    migrate(settings.database_url)
    seed_directory(settings)
    return build(settings)


@contextmanager
def served(services: Services) -> Iterator[str]:
    """Yields the address."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(services), access_log=False, log_config=None, server_header=False, ws="none", lifespan="on"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
