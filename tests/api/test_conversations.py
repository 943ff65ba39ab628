"""Conversations over HTTP: begun without a gate, answered once, ended with nothing left."""

from __future__ import annotations

import pytest

from app.settings import Rate


def texts(answer):
    return " ".join(reply["text"] for reply in answer["replies"])


def test_creation_says_hello_in_three_languages_when_none_is_given(client):
    answer = client.post("/api/v1/conversations", json={})
    begun = answer.json()
    assert answer.status_code == 201
    assert begun.keys() == {"id", "token", "language", "replies"}
    assert begun["language"] is None
    assert {reply["lang"] for reply in begun["replies"]} == {"ar", "fr", "en"}
    assert {(reply["lang"], reply["dir"]) for reply in begun["replies"]} >= {("ar", "rtl"), ("fr", "ltr")}


def test_creation_needs_no_body(client):
    assert client.post("/api/v1/conversations").status_code == 201


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_creation_speaks_the_language_given(client, language):
    begun = client.post("/api/v1/conversations", json={"language": language, "channel": "web"}).json()
    assert begun["language"] == language
    assert {reply["lang"] for reply in begun["replies"]} == {language}
    assert all(reply["text"] for reply in begun["replies"])


def test_the_first_message_is_answered_at_once_and_sets_the_language(talk):
    answer = talk().says("Bonjour, je cherche une formation")
    assert answer.keys() == {"turn", "language", "step", "replies"}
    assert (answer["turn"], answer["language"]) == (1, "fr")
    assert answer["step"]["kind"] in {"ask", "answer", "refer", "hand_over", "clarify", "protect"}
    assert all(reply.keys() >= {"text", "lang", "dir", "choices", "cards"} for reply in answer["replies"])


def test_the_same_key_answers_once(talk):
    person = talk(language="en")
    first = person.post({"text": "I want to learn sewing"}, **{"idempotency-key": "k1"})
    again = person.post({"text": "I want to learn sewing"}, **{"idempotency-key": "k1"})
    assert first.json() == again.json()
    assert person.says("hello")["turn"] == 2


def test_a_key_used_for_another_message_is_refused(talk):
    person = talk(language="en")
    person.post({"text": "one"}, **{"idempotency-key": "k1"})
    answer = person.post({"text": "two"}, **{"idempotency-key": "k1"})
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_a_stale_choice_shows_the_question_again(talk):
    person = talk(language="fr")
    asked = person.says("je veux une formation")
    again = person.presses("0.nothing.of.this")
    assert asked["step"]["kind"] == "ask"
    assert again["step"].get("fact") == asked["step"]["fact"]


def test_ending_leaves_nothing(talk):
    person = talk(language="en")
    person.says("hello")
    ended = person.http.delete(person.path, headers=person.headers)
    assert (ended.status_code, ended.content) == (204, b"")
    gone = person.post({"text": "hello"}, **{"accept-language": "en"})
    assert (gone.status_code, gone.json()["code"]) == (404, "conversation_not_found")
    assert person.http.delete(person.path, headers=person.headers).status_code == 404


def test_a_conversation_is_gone_a_day_after_the_last_word(talk, clock):
    person = talk(language="fr")
    clock.pass_by(hours=23)
    person.says("bonjour")
    clock.pass_by(hours=23)
    person.says("bonjour")
    clock.pass_by(hours=25)
    answer = person.post({"text": "bonjour"}, **{"accept-language": "fr"})
    assert (answer.status_code, answer.json()["code"]) == (404, "conversation_not_found")
    assert answer.headers["content-language"] == "fr"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer " + "x" * 5000, "Bearer \xff"])
def test_without_a_token_nothing_is_told(talk, header):
    person = talk(language="en")
    headers = {} if header is None else {"authorization": header.encode("latin-1")}
    answer = person.http.post(f"{person.path}/messages", json={"text": "hello"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_allowed")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_the_token_of_another_conversation_opens_nothing(talk):
    mine, other = talk(), talk()
    answer = mine.http.post(f"{mine.path}/messages", json={"text": "hello"}, headers=other.headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_allowed")


@pytest.mark.parametrize("identifier", ["0" * 32, "unknown", "%00", "..%2f..", "' OR 1=1 --", "\u0661" * 32])
def test_an_unknown_conversation_is_told_kindly(client, identifier):
    answer = client.post(
        f"/api/v1/conversations/{identifier}/messages",
        json={"text": "hello"},
        headers={"authorization": "Bearer x", "accept-language": "ar"},
    )
    assert answer.status_code == 404
    assert answer.json()["code"] in {"conversation_not_found", "not_found"}
    assert answer.headers["content-language"] == "ar"


def test_problems_speak_the_conversations_language(talk):
    person = talk(language="ar")
    for body in ({"text": ""}, {"text": 5}, {}):
        answer = person.post(body, **{"accept-language": "en"})
        assert answer.status_code == 422
        assert answer.headers["content-language"] == "ar"
    broken = person.http.post(
        f"{person.path}/messages", content=b"{", headers={**person.headers, "content-type": "application/json"}
    )
    assert (broken.status_code, broken.headers["content-language"]) == (400, "ar")


def test_a_bad_message_loses_nothing(talk):
    person = talk(language="fr")
    asked = person.says("je veux une formation")
    assert person.post({"text": "x" * 2001}).status_code == 413
    assert person.post({"text": "x" * 100_000}).status_code == 413
    assert person.presses("0.stale")["step"].get("fact") == asked["step"].get("fact")


def test_too_many_new_conversations_are_slowed_down(limited):
    http = limited(rate_conversations=Rate(2, 60))
    statuses = [http.post("/api/v1/conversations", json={}).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]


def test_too_many_messages_are_slowed_down_without_losing_the_conversation(limited, talk):
    person = talk(limited(rate_messages=Rate(1, 60)), language="en")
    person.says("hello")
    answer = person.post({"text": "hello"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize("channel", ["<script>", "fax", "Web", "", "web_"])
def test_a_channel_is_one_that_is_known(client, channel):
    answer = client.post("/api/v1/conversations", json={"channel": channel})
    assert (answer.status_code, answer.json()["fields"]) == (422, ["channel"])


@pytest.mark.parametrize("channel", ["web", "desk", "whatsapp", "terminal"])
def test_known_channels_are_taken(client, channel):
    assert client.post("/api/v1/conversations", json={"channel": channel}).status_code == 201
