"""Nothing a person writes, is called or is reached by ever stands in a log or a metric."""

from __future__ import annotations

import logging

import pytest
import structlog

from app.logs import kind_of, places_of
from tests.builders.logs import capturing

PLANTED = (
    "Aminata Diallo",
    "+212 6 12 34 56 78",
    "\u0660\u0666\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
    "aminata@example.org",
    "AB123456",
    "GIN-77812",
    "12 rue des Orangers",
)


@pytest.fixture
def written():
    with capturing() as log:
        yield log


def test_planted_personal_data_never_reaches_the_log(client, talk, written):
    person = talk(language="fr")
    for planted in PLANTED:
        person.post({"text": f"{planted} bonjour"}, **{"idempotency-key": "key-of-aminata"})
        person.post({"choice": planted})
        client.post("/api/v1/understand", json={"text": planted})
        client.post("/api/v1/eligibility", json={"facts": {"city": planted, planted: 1}})
        client.post("/api/v1/places/search", json={"service": planted, "city": planted})
        client.get("/api/v1/places", params={"service": "legal_aid", "city": planted})
        client.get(f"/api/v1/referrals/{planted}")
        client.get(f"/{planted}?q={planted}", headers=dict.fromkeys(("user-agent", "x-name"), planted.encode()))
    log = written.text + client.get("/metrics").text
    assert len(written.lines) > len(PLANTED)
    for secret in (*PLANTED, person.id, person.token, "key-of-aminata", "testclient"):
        assert secret not in log
        assert secret.replace(" ", "%20") not in log


def test_a_turn_is_logged_by_its_step_and_parser(talk, written):
    person = talk(language="fr")
    person.says("je cherche une formation")
    line = next(line for line in reversed(written.lines) if line["event"] == "request")
    assert line["step"] in {"ask", "answer", "clarify"}
    assert line["parser"] in {"local", "none"}
    assert line.keys() == {
        "event",
        "logger",
        "level",
        "timestamp",
        "request",
        "method",
        "route",
        "status",
        "ms",
        "step",
        "parser",
    }


def fail():
    raise ValueError(PLANTED[0])


def fail_because_of_another():
    try:
        fail()
    except ValueError as error:
        raise RuntimeError(PLANTED[1]) from error


def test_libraries_log_as_json_and_without_tracebacks(written):
    for logger in (logging.getLogger("some.library"), structlog.get_logger("ours")):
        try:
            fail()
        except ValueError:
            logger.exception("it failed")
    assert [line["error"] for line in written.lines] == [["ValueError"], ["ValueError"]]
    assert written.lines[0]["at"][-1].startswith("tests/api/test_logs.py:")
    assert PLANTED[0] not in written.text


def test_addresses_of_requests_are_not_logged_by_libraries(written):
    for name in ("httpx", "uvicorn.access"):
        logging.getLogger(name).info("GET /api/v1/referrals/7K3D-M9QX-T")
    assert written.text == ""


def test_a_failure_is_told_with_its_causes_and_places():
    with pytest.raises(RuntimeError) as raised:
        fail_because_of_another()
    assert kind_of(raised.value) == ["RuntimeError", "ValueError"]
    assert all(planted not in place for place in places_of(raised.value) for planted in PLANTED)
