"""What surrounds every request: problem documents, headers, the size limit, logs without personal data."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from app import errors
from app.api import conversations, edge, eligibility, places, referrals
from app.api.edge import LARGEST_BODY, Edge, policy_for
from app.api.metrics import Metrics
from app.api.problems import CODES_BY_STATUS, KINDS_OF_VALIDATION, ProblemTeller, status_of
from app.errors import AppError, Conflict, InvalidInput, NotAllowed, NotFound, TooMany, Unavailable
from app.i18n.texts import ROOT, sentences_in
from app.i18n.translator import Translator
from app.main import create_app
from tests.builders.logs import capturing

WORDING = Path(ROOT / "app/wording/problems.yaml").read_text(encoding="utf-8")
SENTENCES = {sentence.id: sentence for sentence in sentences_in(WORDING, "problems.yaml")}
SECRET = "Aminata +212612345678"


class NeverHeardOf(Unavailable):
    code = "a_code_without_words"


RAISED = {
    "not_found": NotFound(SECRET),
    "not_allowed": NotAllowed(SECRET),
    "invalid": InvalidInput("city"),
    "conflict": Conflict(SECRET),
    "too_many": TooMany(17),
    "unavailable": Unavailable(SECRET),
    "never_heard_of": NeverHeardOf(SECRET),
    "crash": RuntimeError(SECRET),
}


@pytest.fixture
def written():
    with capturing() as log:
        yield log


@pytest.fixture
def client(written):  # noqa: ARG001 - logging is set up before the application
    app = FastAPI()
    teller = ProblemTeller(Translator(SENTENCES))
    teller.register(app)
    app.state.metrics = Metrics()
    app.add_middleware(Edge, teller=teller, metrics=app.state.metrics)

    @app.get("/raise/{kind}")
    def fail(kind: str):
        raise RAISED[kind]

    @app.post("/read")
    async def read(request: Request):
        return {"bytes": len(await request.body())}

    @app.post("/json")
    def take(body: dict[str, int]):
        return body

    with TestClient(app) as client:
        yield client


@pytest.fixture
def real(services):
    """The whole application, as a browser finds it."""
    return TestClient(create_app(services))


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("not_found", 404, "not_found"),
        ("not_allowed", 401, "not_allowed"),
        ("invalid", 422, "invalid_input"),
        ("conflict", 409, "conflict"),
        ("too_many", 429, "too_many_requests"),
        ("unavailable", 503, "temporarily_unavailable"),
        ("never_heard_of", 503, "temporarily_unavailable"),
        ("crash", 500, "internal_error"),
    ],
)
def test_every_error_becomes_a_problem_document(client, kind, status, code):
    answer = client.get(f"/raise/{kind}")
    problem = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "code"} <= problem.keys()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:boussole:problem:{code}"
    assert SECRET not in answer.text


def test_slow_down_says_when_to_come_back(client):
    assert client.get("/raise/too_many").headers["retry-after"] == "17"
    assert int(client.get("/raise/unavailable").headers["retry-after"]) > 0


def test_an_invalid_value_is_named_by_its_field(client):
    assert client.get("/raise/invalid").json()["fields"] == ["city"]


@pytest.mark.parametrize(
    ("accepted", "language"), [("ar-MA,fr;q=0.5", "ar"), ("fr", "fr"), ("en-GB", "en"), ("wo", "fr"), (";;q=x", "fr")]
)
def test_problems_speak_the_language_of_the_browser(client, accepted, language):
    answer = client.get("/raise/not_found", headers={"accept-language": accepted})
    assert answer.headers["content-language"] == language


@pytest.mark.parametrize("accepted", ["ar", "fr", "en"])
def test_a_text_of_hidden_characters_only_is_answered_in_the_language_of_the_browser(real, accepted):
    answer = real.post("/api/v1/understand", json={"text": "\u200b\u200e\u2060"}, headers={"accept-language": accepted})
    assert (answer.status_code, answer.json()["code"]) == (422, "empty_text")
    assert answer.headers["content-language"] == accepted


BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "fr"}


def test_a_browser_that_is_lost_reads_a_page(real):
    answer = real.get("/nothing/here", headers=BROWSER)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-language"] == "fr"
    assert "/chat?lang=fr" in answer.text


def test_a_form_that_is_too_large_is_answered_with_a_page(real):
    answer = real.post("/chat", data={"text": "x" * (LARGEST_BODY + 1)}, headers=BROWSER)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>" in answer.text


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/hsds/nothing", "/health/nothing"])
def test_programs_read_json_whatever_they_accept(real, path):
    answer = real.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_who_accepts_no_page_reads_json(real):
    assert real.get("/nothing/here").json()["code"] == "not_found"


def test_unknown_addresses_and_methods_are_problems_too(client):
    assert client.get("/nothing/here").json()["code"] == "not_found"
    answer = client.delete("/json")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"{", "invalid_json"),
        (b"\xff\xfe\xfa", "invalid_json"),
        (b"[" * 20_000, "invalid_json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "invalid_json"),
        (b'{"a": NaN}', "invalid_input"),
        (b'{"a": 1e400}', "invalid_input"),
        (b'{"\\ud800": "\\ud800"}', "invalid_input"),
        (b"[]", "invalid_input"),
        (b"null", "invalid_input"),
        (b"", "invalid_input"),
    ],
)
def test_unreadable_bodies_are_the_senders_problem(client, sent, code):
    answer = client.post("/json", content=sent, headers={"content-type": "application/json"})
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"] == code


def test_a_body_at_the_limit_is_read_and_one_above_is_not(client):
    assert client.post("/read", content=b"x" * LARGEST_BODY).json() == {"bytes": LARGEST_BODY}
    answer = client.post("/read", content=b"x" * (LARGEST_BODY + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_body_that_hides_its_size_is_limited_too(client):
    answer = client.post(
        "/json", content=(b" " * 4096 for _ in range(17)), headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("path", ["/raise/not_found", "/raise/crash", "/nothing", "/read"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_only_the_chat_may_be_framed_by_other_sites():
    assert policy_for("/chat").endswith("frame-ancestors *")
    for path in ("/", "/console", "/console/queue", "/chatter", "/about/rules", "/r/CODE"):
        assert policy_for(path).endswith("frame-ancestors 'none'"), path
    assert policy_for("/api/v1/places") == edge.NOTHING_ALLOWED


def test_a_request_is_logged_by_template_status_and_time_only(client, written):
    client.get("/raise/not_found?language=fr", headers={"authorization": "Bearer geheim"})
    line = next(line for line in written.lines if line["event"] == "request")
    assert (line["route"], line["method"], line["status"]) == ("/raise/{kind}", "GET", 404)
    assert line["ms"] >= 0
    assert "geheim" not in written.text


def test_a_crash_is_logged_by_type_and_place_without_its_message(client, written):
    client.get("/raise/crash")
    line = next(line for line in written.lines if line["event"] == "request failed")
    assert line["error"] == ["RuntimeError"]
    assert any("test_edge.py" in place for place in line["at"])
    assert SECRET not in written.text


def test_requests_are_counted_by_route(client):
    client.get("/raise/conflict")
    text = client.app.state.metrics.exposition()
    assert 'boussole_requests_total{method="GET",route="/raise/{kind}",status="409"} 1' in text
    assert 'boussole_request_seconds_count{route="/raise/{kind}"} 1' in text
    assert "# TYPE boussole_requests_total counter" in text


def test_every_code_has_a_title_and_a_sentence():
    raised = {
        error.code
        for module in (conversations, edge, eligibility, places, referrals, errors)
        for error in errors_in(module)
    }
    raised |= {"unknown_consent_field", "service_closed", "not_eligible_for_service", "service_not_proposed"}
    raised |= {"place_does_not_give_service"}
    known = raised | set(CODES_BY_STATUS.values()) | {code for code, _ in KINDS_OF_VALIDATION.values()}
    missing = {code for code in known for part in ("", ".title") if f"problem.{code}{part}" not in SENTENCES}
    assert not missing


def errors_in(module):
    return [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, AppError)]


def test_every_error_has_a_status():
    assert status_of(AppError()) == 500
    assert status_of(InvalidInput("text", code="text_too_long")) == 413
