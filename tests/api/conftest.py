"""One real application for all tests of the interface: rule book, directory, local parser, SQLite; no Rasa."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.adapters.limits import MemoryLimiter
from app.main import create_app
from app.settings import Rate, Settings
from app.wiring import Services, build, seed_directory
from tests.builders.database import SqliteMaker
from tests.fakes.clock import FakeClock

UNLIMITED = Rate(1_000_000, 1)


@pytest.fixture(scope="session")
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def services(sqlite_maker: SqliteMaker, clock: FakeClock) -> Iterator[Services]:
    settings = Settings(
        secret_key="k" * 40,
        environment="test",
        database_url=sqlite_maker.migrated(),
        rate_conversations=UNLIMITED,
        rate_messages=UNLIMITED,
        rate_questions=UNLIMITED,
        rate_codes=UNLIMITED,
    )
    seed_directory(settings)
    built = build(settings, now=clock)
    yield built
    built.stop()


@pytest.fixture(scope="session")
def client(services: Services) -> TestClient:
    return TestClient(create_app(services))


@dataclass(frozen=True)
class Talk:
    """A conversation held over HTTP."""

    http: TestClient
    id: str
    token: str
    replies: list[dict[str, Any]]

    @property
    def path(self) -> str:
        return f"/api/v1/conversations/{self.id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    def post(self, body: dict[str, Any], **headers: str) -> Any:
        return self.http.post(f"{self.path}/messages", json=body, headers={**self.headers, **headers})

    def says(self, text: str) -> dict[str, Any]:
        return self._answer({"text": text})

    def presses(self, choice: str) -> dict[str, Any]:
        return self._answer({"choice": choice})

    def _answer(self, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.post(body)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told


@pytest.fixture
def talk(client: TestClient) -> Callable[..., Talk]:
    def begin(http: TestClient = client, **body: Any) -> Talk:
        answer = http.post("/api/v1/conversations", json=body)
        assert answer.status_code == 201, answer.text
        begun = answer.json()
        return Talk(http, begun["id"], begun["token"], begun["replies"])

    return begin


@pytest.fixture
def limited(services: Services) -> Callable[..., TestClient]:
    """The same application with other rates and fresh counters."""

    def make(**rates: Rate) -> TestClient:
        settings = replace(services.settings, **rates)
        return TestClient(create_app(replace(services, settings=settings, limiter=MemoryLimiter())))

    return make
