"""Whatever is sent: a clear problem in the person's language or a kind answer, never a crash, nothing echoed raw."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

INJECTIONS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE conversation; --",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "%s%n{0}{name}{count}",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
)
HIDDEN = ("\u202e", "\u2066", "\u200b", "\ufeff", "\U000e0041", "\x00", "\x1b[31m", "\ud83d")


def refused(answer, status, code):
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "code"} <= problem.keys()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "empty_text"),
        ({"text": " \n\t "}, 422, "empty_text"),
        ({"text": "".join(HIDDEN[:6])}, 422, "empty_text"),
        ({}, 422, "empty_text"),
        ({"text": None}, 422, "empty_text"),
        ({"text": "x" * 2001}, 413, "text_too_long"),
        ({"text": "x" * 60_000}, 413, "text_too_long"),
        ({"text": "x" * 100_000}, 413, "body_too_large"),
        ({"text": "\u0633" * 100_000}, 413, "body_too_large"),
        ({"text": 5}, 422, "invalid_input"),
        ({"text": True}, 422, "invalid_input"),
        ({"text": ["hello"]}, 422, "invalid_input"),
        ({"text": {"$gt": ""}}, 422, "invalid_input"),
        ({"text": "hello", "choice": "1.a"}, 422, "text_or_choice"),
        ({"choice": ""}, 422, "invalid_input"),
        ({"choice": 1}, 422, "invalid_input"),
        ({"choice": "x" * 500}, 422, "invalid_input"),
        ([], 422, "invalid_input"),
        ("hello", 422, "invalid_input"),
        (7, 422, "invalid_input"),
        (None, 422, "invalid_input"),
    ],
)
def test_unusable_messages_are_refused(talk, body, status, code):
    refused(talk(language="fr").post(body), status, code)


def test_a_message_at_the_limit_is_answered(talk):
    assert talk(language="fr").says("a" * 2000)["turn"] == 1


@pytest.mark.parametrize(
    "sent",
    [
        b'{"text": "\\ud800 bonjour"}',
        b'{"text": "bonjour \\udfff\\ud800"}',
        b'{"text": "\\u0000bonjour"}',
        b'{"text": "bonjour", "\\ud800": 1}',
        '{"text": "\u202ebonjour\u202c"}'.encode(),
        b'{"text": "bonjour", "text": "bonjour"}',
        b'{"text": "bonjour", "n": 1e999, "m": -Infinity}',
        '{"text": "bonjour"}'.encode("utf-16"),
    ],
)
def test_hidden_characters_do_not_stop_a_message(talk, sent):
    person = talk(language="fr")
    answer = person.http.post(
        f"{person.path}/messages", content=sent, headers={**person.headers, "content-type": "application/json"}
    )
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("sent", "kind", "status", "code"),
    [
        (b'{"text": "bonjour', "application/json", 400, "invalid_json"),
        (b'{"text": "\xff\xfe"}', "application/json", 400, "invalid_json"),
        (b'{"text": "\xed\xa0\x80"}', "application/json", 200, None),
        (b"[" * 60_000, "application/json", 400, "invalid_json"),
        (b'{"a":' * 10_000, "application/json", 400, "invalid_json"),
        (b"9" * 10_000, "application/json", 400, "invalid_json"),
        (b"text=bonjour", "application/x-www-form-urlencoded", 415, "not_json"),
        (b"<text>bonjour</text>", "application/xml", 415, "not_json"),
        (b'{"text": "bonjour"}', "text/plain", 415, "not_json"),
        (b"", "application/json", 422, "invalid_input"),
    ],
)
def test_bodies_that_are_no_json_are_refused(talk, sent, kind, status, code):
    person = talk(language="fr")
    answer = person.http.post(f"{person.path}/messages", content=sent, headers={**person.headers, "content-type": kind})
    if code is None:
        assert answer.status_code < 500
    else:
        refused(answer, status, code)


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_is_typed_never_comes_back_raw(client, talk, text):
    person = talk(language="en")
    answers = [
        person.post({"text": text}),
        person.post({"choice": text}),
        client.post("/api/v1/conversations", json={"language": text, "channel": text}),
        client.post("/api/v1/eligibility", json={"facts": {text: text}, "services": [text], "as_of": text}),
        client.get("/api/v1/places", params={"service": text, "city": text, "language": text}),
        client.get(f"/api/v1/referrals/{text.encode().hex()}"),
        client.post("/api/v1/referrals", json={"conversation": text, "service": text}, headers=person.headers),
    ]
    for answer in answers:
        assert answer.status_code < 500
        assert text not in answer.text
        assert "49" not in answer.text or "{{7*7}}" not in text


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_an_idempotency_key_is_short_and_printable(talk, key):
    refused(talk().post({"text": "hello"}, **{"idempotency-key": key}), 422, "invalid_input")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/conversations", "/api", "/api/v1/../../etc/passwd"])
def test_unknown_addresses_are_problems(client, path):
    refused(client.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/api/v1/eligibility"),
        ("DELETE", "/api/v1/places"),
        ("PATCH", "/api/v1/conversations"),
        ("GET", "/api/v1/understand"),
    ],
)
def test_other_methods_are_problems(client, method, path):
    refused(client.request(method, path), 405, "method_not_allowed")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None, exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
MESSAGES = st.fixed_dictionaries({}, optional={"text": JSON, "choice": JSON, "language": JSON})
QUESTIONS = st.fixed_dictionaries(
    {},
    optional={
        "facts": st.dictionaries(
            st.sampled_from(["age", "situation", "city", "nationality", "other"]), JSON, max_size=4
        )
        | JSON,
        "services": JSON,
        "as_of": JSON,
        "language": JSON,
    },
)
ONE_APPLICATION = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def as_bytes(value):
    # ensure_ascii writes lone surrogates as escapes: the wire is what a hostile client would send.
    return json.dumps(value, ensure_ascii=True).encode("ascii")


@ONE_APPLICATION
@given(body=MESSAGES | JSON)
def test_no_message_ever_makes_it_crash(talk, body):
    person = talk()
    answer = person.http.post(
        f"{person.path}/messages",
        content=as_bytes(body),
        headers={**person.headers, "content-type": "application/json"},
    )
    assert answer.status_code < 500
    assert answer.json()


@ONE_APPLICATION
@given(body=QUESTIONS | JSON)
def test_no_question_ever_makes_it_crash(client, body):
    for path in ("/api/v1/eligibility", "/api/v1/places/search", "/api/v1/understand", "/api/v1/conversations"):
        answer = client.post(path, content=as_bytes(body), headers={"content-type": "application/json"})
        assert answer.status_code < 500
        assert answer.json()


@ONE_APPLICATION
@given(sent=st.binary(max_size=200))
def test_no_bytes_ever_make_it_crash(talk, sent):
    person = talk()
    answer = person.http.post(
        f"{person.path}/messages", content=sent, headers={**person.headers, "content-type": "application/json"}
    )
    assert 400 <= answer.status_code < 500 or answer.status_code == 200


@ONE_APPLICATION
@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_any_text_is_answered(talk, text):
    answer = talk().post({"text": text})
    assert answer.status_code == 200 or answer.json()["code"] == "empty_text"
