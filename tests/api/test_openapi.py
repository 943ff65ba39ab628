"""The published schema names every call of the interface, and every call answers as it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import read_settings

V1 = {
    ("/api/v1/conversations", "post"),
    ("/api/v1/conversations/{conversation}", "delete"),
    ("/api/v1/conversations/{conversation}/messages", "post"),
    ("/api/v1/conversations/{conversation}/events", "get"),
    ("/api/v1/understand", "post"),
    ("/api/v1/eligibility", "post"),
    ("/api/v1/places", "get"),
    ("/api/v1/places/search", "post"),
    ("/api/v1/referrals", "post"),
    ("/api/v1/referrals/{code}", "get"),
    ("/health/live", "get"),
    ("/health/ready", "get"),
    ("/metrics", "get"),
}


@pytest.fixture
def schema(client):
    return client.get("/api/openapi.json").json()


def test_every_call_of_the_interface_is_published(schema):
    published = {(path, method) for path, methods in schema["paths"].items() for method in methods}
    assert published >= V1


def test_errors_are_published_as_problem_documents(schema):
    for methods in schema["paths"].values():
        for call in methods.values():
            assert "application/problem+json" in call["responses"]["4XX"]["content"]
            assert "422" not in call["responses"]


def test_a_call_without_anything_is_answered_with_a_problem_or_an_answer(client):
    for path, method in sorted(V1):
        answer = client.request(method.upper(), path.replace("{conversation}", "0" * 32).replace("{code}", "none"))
        assert answer.status_code < 500, path
        kind = answer.headers["content-type"]
        assert answer.status_code < 400 or kind == "application/problem+json", path


def test_no_page_loads_scripts_from_elsewhere(client):
    for path in ("/docs", "/redoc"):
        assert client.get(path).status_code == 404


def test_starting_and_stopping_lets_go_of_everything(services):
    closed = []
    watched = replace(services, closers=(services.parser.stop, lambda: closed.append("database")))
    with TestClient(create_app(watched)) as http:
        assert http.get("/health/live").status_code == 200
        assert closed == []
    assert closed == ["database"]


def test_a_bad_setting_stops_the_start_by_its_name(monkeypatch):
    monkeypatch.setenv("BOUSSOLE_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("BOUSSOLE_PORT", "many")
    with pytest.raises(SystemExit, match="BOUSSOLE_PORT"):
        read_settings()
