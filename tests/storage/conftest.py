"""A desk to talk at, on each engine."""

from __future__ import annotations

import pytest

from app.adapters.database import Database
from tests.builders.turns import Desk, a_desk


@pytest.fixture
def desk(database: Database) -> Desk:
    return a_desk(database)
