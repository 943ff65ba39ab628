"""A directory loaded from the real seed: once per engine, since every test here only reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.adapters.database import Database, open_database, transaction
from referral_directory.cities import CityIndex
from referral_directory.ingest import checked_seed, load
from referral_directory.search import PlaceSearch
from referral_directory.seed import Seed
from tests.builders.database import ENGINES, Maker
from tests.builders.points import TODAY


@pytest.fixture(scope="session")
def seed() -> Seed:
    return checked_seed()


@contextmanager
def loaded_by(maker: Maker, seed: Seed) -> Iterator[Database]:
    url = maker.migrated()
    database = open_database(url)
    with transaction(database.sessions) as session:
        load(session, seed)
    yield database
    database.close()
    maker.drop(url)


@pytest.fixture(scope="session")
def sqlite_loaded(sqlite_maker: Maker, seed: Seed) -> Iterator[Database]:
    with loaded_by(sqlite_maker, seed) as database:
        yield database


@pytest.fixture(scope="session")
def postgresql_loaded(postgresql_maker: Maker, seed: Seed) -> Iterator[Database]:
    with loaded_by(postgresql_maker, seed) as database:
        yield database


@pytest.fixture(scope="session")
def sqlite_search(sqlite_loaded: Database) -> PlaceSearch:
    return PlaceSearch(sqlite_loaded.sessions, today=lambda: TODAY)


@pytest.fixture(scope="session")
def postgresql_search(postgresql_loaded: Database) -> PlaceSearch:
    return PlaceSearch(postgresql_loaded.sessions, today=lambda: TODAY)


# One fixture per engine above, chosen here: a session fixture with parameters is made anew whenever the order of
# tests, which is random, changes engine.


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def loaded(request: pytest.FixtureRequest, engine_name: str) -> Database:
    database: Database = request.getfixturevalue(f"{engine_name}_loaded")
    return database


@pytest.fixture
def search(request: pytest.FixtureRequest, engine_name: str) -> PlaceSearch:
    found: PlaceSearch = request.getfixturevalue(f"{engine_name}_search")
    return found


@pytest.fixture
def cities(search: PlaceSearch) -> CityIndex:
    return search.cities
