"""Fixtures every area shares: databases on both engines, and a Redis server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.adapters.database import Database, open_database
from tests.builders.database import ENGINES, Maker, PostgresqlMaker, SqliteMaker
from tests.builders.servers import postgresql_server, redis_server


@pytest.fixture(scope="session")
def postgresql_maker() -> Iterator[PostgresqlMaker]:
    """One server for this test process, started when the first test needs it."""
    with postgresql_server() as folder:
        yield PostgresqlMaker(folder)


@pytest.fixture(scope="session")
def sqlite_maker(tmp_path_factory: pytest.TempPathFactory) -> SqliteMaker:
    return SqliteMaker(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=ENGINES)
def database_maker(request: pytest.FixtureRequest) -> Maker:
    maker: Maker = request.getfixturevalue(f"{request.param}_maker")
    return maker


@pytest.fixture
def empty_database_url(database_maker: Maker) -> Iterator[str]:
    """Address of a database without tables; the test runs once per engine."""
    url = database_maker.empty()
    yield url
    database_maker.drop(url)


@pytest.fixture
def database_url(database_maker: Maker) -> Iterator[str]:
    """Address of a database with every table and no row; the test runs once per engine."""
    url = database_maker.migrated()
    yield url
    database_maker.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with redis_server() as url:
        yield url
