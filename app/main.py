"""The application: routes, error handlers, start and stop. `uvicorn --factory app.main:application` serves it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import uvicorn
from fastapi import FastAPI

from app.api import conversations, eligibility, events, health, places, receipts, referrals, understand
from app.api.edge import Edge
from app.api.metrics import Metrics
from app.api.problems import MEDIA_TYPE, ProblemTeller
from app.channels.web import put_pages
from app.console import routes as console
from app.i18n.texts import DuplicateSentenceError
from app.logs import configure_logging
from app.settings import Settings, read_settings
from app.wiring import Services, build, prepare
from referral_directory.errors import DirectoryError
from rules.errors import RulebookError

VERSION = "v1"
GRACE_SECONDS = 3
"""Streams of events never end by themselves: they are cut when the server stops."""


def create_app(services: Services) -> FastAPI:
    """Everything is handed in; nothing connects before the start."""
    # The interactive pages would load scripts from elsewhere; the schema itself is served.
    app = FastAPI(
        title="Boussole",
        version=VERSION,
        lifespan=partial(_while_serving, services),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses={"4XX": {"description": "problem", "content": {MEDIA_TYPE: {}}}},
    )
    app.state.services = services
    app.state.metrics = Metrics()
    teller = ProblemTeller(services.translator)
    teller.register(app)
    app.add_middleware(Edge, teller=teller, metrics=app.state.metrics)
    for area in (conversations, events, understand, eligibility, places, referrals, receipts, health, console):
        app.include_router(area.router)
    put_pages(app)
    return app


@asynccontextmanager
async def _while_serving(services: Services, _: FastAPI) -> AsyncIterator[None]:
    services.start()
    yield
    services.stop()


def application() -> FastAPI:
    """What the server loads: settings from the environment, real adapters."""
    settings = read_settings()
    configure_logging(settings.log_level)
    return create_app(ready_services(settings))


def ready_services(settings: Settings) -> Services:
    """Everything open and checked; or a clear last word where the rule book or the words are not fit to serve."""
    try:
        prepare(settings)
        return build(settings)
    except (RulebookError, DuplicateSentenceError, DirectoryError) as error:
        sys.exit(str(error))


def main() -> None:
    settings = read_settings()
    uvicorn.run(
        "app.main:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


if __name__ == "__main__":
    main()
