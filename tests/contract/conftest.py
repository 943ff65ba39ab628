"""One Rasa server for all tests that need a real one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.adapters.local_parser import LocalParser
from app.adapters.rasa import RasaParser
from tests.builders.rasa import RunningRasa, rasa_server


@pytest.fixture(scope="session")
def local() -> LocalParser:
    return LocalParser.trained()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRasa]:
    with rasa_server(tmp_path_factory.mktemp("rasa")) as running:
        yield running


@pytest.fixture(scope="session")
def rasa(server: RunningRasa) -> Iterator[RasaParser]:
    # Machines that run tests are busy: here a slow answer is still an answer.
    parser = RasaParser(server.url, token=server.token, timeout=30)
    yield parser
    parser.close()
