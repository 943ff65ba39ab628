"""When the house is in trouble: the database is away, the parser fails, the code breaks. People are told, kindly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from app.adapters.database import Database
from app.adapters.switching import SwitchingParser
from app.errors import ParserUnavailable
from app.main import create_app

SECRET = "Aminata wrote this"


class Away:
    """A session that never comes."""

    def __call__(self):
        raise OperationalError("SELECT", {"text": SECRET}, Exception("database is locked"))


class Silent:
    name = "silent"

    def parse(self, _text, _language):
        raise ParserUnavailable


@pytest.fixture
def without_database(services):
    away = replace(services.turns, sessions=Away())
    gone = Database(services.database.engine, Away())  # type: ignore[arg-type]  # all that is asked of it is to fail
    return TestClient(create_app(replace(services, turns=away, database=gone)))


def test_a_message_is_never_half_saved_and_the_person_is_asked_to_send_it_again(talk, without_database):
    person = talk(language="fr")
    path = f"{person.path}/messages"
    answer = without_database.post(path, json={"text": SECRET}, headers={**person.headers, "accept-language": "fr"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (503, "temporarily_unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["content-language"] == "fr"
    assert SECRET not in answer.text
    assert person.says("bonjour")["turn"] == 1


def test_without_its_database_it_is_alive_but_not_ready(without_database):
    assert without_database.get("/health/live").status_code == 200
    answer = without_database.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")


def test_eligibility_and_places_need_no_conversation_store(without_database):
    assert without_database.post("/api/v1/eligibility", json={"facts": {}}).status_code == 200
    assert without_database.get("/api/v1/places", params={"service": "legal_aid"}).status_code == 200


def test_without_any_parser_understanding_says_so(services):
    http = TestClient(create_app(replace(services, parser=SwitchingParser(Silent()))))
    answer = http.post("/api/v1/understand", json={"text": "bonjour"})
    assert (answer.status_code, answer.json()["code"]) == (503, "parser_unavailable")
