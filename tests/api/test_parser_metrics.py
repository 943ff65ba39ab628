"""Whoever runs it sees which parser speaks, how often each was asked and how long it took; never a text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.adapters.rasa import RasaParser
from app.adapters.switching import SwitchingParser
from app.main import create_app

SECRET = "zorglubine"


@pytest.fixture
def told(services):
    """The metrics after one message, with a Rasa that never came."""
    rasa = RasaParser("http://127.0.0.1:9")
    http = TestClient(create_app(replace(services, parser=SwitchingParser(services.parser, rasa))))
    assert http.post("/api/v1/understand", json={"text": f"{SECRET} needs work"}).status_code == 200
    yield http.get("/metrics").text.splitlines()
    rasa.close()


def test_parses_are_counted_and_timed_by_parser(told):
    assert 'boussole_parses_total{outcome="understood",parser="local"} 1' in told
    assert 'boussole_parse_seconds_bucket{le="+Inf",parser="local"} 1' in told
    assert 'boussole_parse_seconds_count{parser="local"} 1' in told
    assert "# TYPE boussole_parse_seconds histogram" in told


def test_who_speaks_and_the_guard_before_rasa_are_shown(told):
    assert 'boussole_parser_speaking{parser="local"} 1' in told
    assert 'boussole_parser_guard{parser="rasa",state="closed"} 1' in told
    assert "# TYPE boussole_parser_guard gauge" in told


def test_what_was_written_is_in_no_metric(told):
    assert SECRET not in "\n".join(told)
