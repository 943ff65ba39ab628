"""One application and one browser for all journeys; a fresh visitor for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from app.adapters.limits import MemoryLimiter
from app.main import create_app
from app.settings import Rate
from app.wiring import Services
from tests.e2e.serving import built, launched, served
from tests.e2e.visitor import Visitor, visitor


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return built(tmp_path_factory.mktemp("e2e"))


@pytest.fixture(scope="session")
def home(services: Services) -> Iterator[str]:
    with served(services) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # No longer than a file: while it runs, no other test of this process could use asyncio.
    with sync_playwright() as playwright:
        launched_browser = launched(playwright)
        yield launched_browser
        launched_browser.close()


@pytest.fixture
def comes(browser: Browser, home: str) -> Iterator[Callable[..., Visitor]]:
    """Somebody with a phone; `scripts=False` for a browser without JavaScript."""
    people: list[Visitor] = []

    def arrive(*, scripts: bool = True, language: str = "fr", width: int = 360) -> Visitor:
        people.append(visitor(browser, home, scripts=scripts, language=language))
        people[-1].page.set_viewport_size({"width": width, "height": 740})
        return people[-1]

    yield arrive
    for person in people:
        person.page.context.close()


@pytest.fixture(scope="session")
def client(services: Services) -> TestClient:
    return TestClient(create_app(services))


@pytest.fixture
def limited(services: Services) -> Callable[..., TestClient]:
    """The same application with other rates and fresh counters."""

    def make(**rates: Rate) -> TestClient:
        settings = replace(services.settings, **rates)
        return TestClient(create_app(replace(services, settings=settings, limiter=MemoryLimiter())))

    return make
