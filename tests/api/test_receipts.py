"""Receipts over HTTP and as pages: verdicts by code, the facts in a token the person keeps, replayed when shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.adapters.database import reading
from app.adapters.tables import ReceiptRow
from app.receipts.picture import BIGGEST_VERSION, qr
from app.settings import Rate
from tests.fakes.clock import FakeClock

TELLS = "I am a recognised refugee with a residence card, I am 24, I want training"
KEPT_APART = ("refugee", "situation", "nationality", '"age"')
"""Words that would betray what a person told."""


@pytest.fixture
def told(talk: Callable[..., Any]) -> Any:
    """A conversation in which a paper, an age and a need were told."""
    begun = talk(language="en")
    begun.says(TELLS)
    return begun


def made(told: Any, **body: Any) -> dict[str, Any]:
    answer = told.http.post("/api/v1/receipts", json={"conversation": told.id, **body}, headers=told.headers)
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


def shown(client: TestClient, token: str, **body: Any) -> Any:
    return client.post("/api/v1/receipts/replay", json={"token": token, **body})


def test_a_receipt_says_what_was_decided_with_rules_sources_book_and_day(told, services):
    receipt = made(told, services=["ofppt_training"])["receipt"]
    (verdict,) = receipt["verdicts"]
    assert (verdict["service"], receipt["as_of"]) == ("ofppt_training", services.receipts.today().isoformat())
    assert receipt["rulebook"] == {"version": services.rulebook.version, "hash": services.rulebook.hash}
    assert verdict["rules"][0].startswith("ofppt_training.")
    assert verdict["reasons"]
    assert set(verdict["sources"]) <= services.rulebook.citations.keys()
    assert receipt["languages"] == ["en", "fr"]


def test_the_code_opens_verdicts_and_nothing_else(told, client):
    code = made(told, services=["ofppt_training", "primary_health_care"])["code"]
    answer = client.get(f"/api/v1/receipts/{code.lower()}", params={"language": "fr"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    members = {member for verdict in answer.json()["verdicts"] for member in verdict}
    assert members == {"service", "name", "status", "status_text", "lean", "lean_text"}
    assert not [word for word in KEPT_APART if word in answer.text]


def test_the_server_keeps_neither_token_nor_facts(told, services):
    receipt = made(told, services=["ofppt_training"])
    with reading(services.database.sessions) as session:
        row = session.get(ReceiptRow, receipt["code"])
        assert row is not None
        kept = services.turns.cipher.open(row.contents, about=f"receipt {row.code}")
    assert kept["verdicts"][0]["rules"] == []
    assert receipt["token"] not in json.dumps(kept)
    assert not [word for word in KEPT_APART if word in json.dumps(kept)]


def test_shown_again_the_token_gives_the_very_same_receipt(told, client):
    receipt = made(told)
    answer = shown(client, receipt["token"], language="ar")
    assert answer.status_code == 200
    assert answer.json()["receipt"] == receipt["receipt"]
    assert answer.json()["today"]["changes"] == []


def test_without_services_it_is_about_what_was_talked_about(told):
    named = {verdict["service"] for verdict in made(told)["receipt"]["verdicts"]}
    assert {"ofppt_training", "entraide_training"} <= named
    assert "assisted_return_iom" not in named


def test_a_danger_is_put_on_paper_only_when_it_is_named(talk):
    begun = talk(language="en")
    assert "trafficking_protection" not in {each["service"] for each in made(begun)["receipt"]["verdicts"]}
    named = made(begun, services=["trafficking_protection"])["receipt"]["verdicts"]
    assert [verdict["service"] for verdict in named] == ["trafficking_protection"]


@pytest.mark.parametrize("spoil", ["{cut}", "B1", "hello", "{token}0", "B2{rest}", "<script>{token}</script>"])
def test_a_forged_cut_or_foreign_token_is_refused_politely(told, client, spoil):
    token = made(told, services=["ofppt_training"])["token"]
    answer = shown(client, spoil.format(token=token, cut=token[:-2], rest=token[2:]), language="fr")
    assert (answer.status_code, answer.json()["code"]) == (422, "receipt_token_invalid")
    assert token[:20] not in answer.text


@contextmanager
def later(clock: FakeClock, days: int) -> Iterator[None]:
    clock.pass_by(days=days)
    yield
    clock.pass_by(days=-days)


def test_a_token_is_good_for_180_days(told, client, clock: FakeClock):
    token = made(told, services=["ofppt_training"])["token"]
    with later(clock, 180):
        assert shown(client, token).status_code == 200
    with later(clock, 181):
        assert shown(client, token).json()["code"] == "receipt_token_expired"


def test_a_code_is_forgotten_after_its_time(told, client, clock: FakeClock):
    code = made(told, services=["ofppt_training"])["code"]
    with later(clock, 182):
        assert client.get(f"/api/v1/receipts/{code}").json()["code"] == "receipt_not_found"


def test_erasing_the_conversation_erases_its_receipts(told, client):
    code = made(told, services=["ofppt_training"])["code"]
    assert client.delete(told.path, headers=told.headers).status_code == 204
    assert client.get(f"/api/v1/receipts/{code}").status_code == 404


def test_only_the_person_makes_a_receipt_of_their_conversation(told, client):
    body = {"conversation": told.id}
    assert client.post("/api/v1/receipts", json=body).status_code == 401
    wrong = client.post("/api/v1/receipts", json=body, headers={"authorization": "Bearer wrong"})
    assert wrong.status_code == 401
    assert made(told, services=["ofppt_training"])["code"]


def test_an_unknown_service_is_named_as_such(told):
    body = {"conversation": told.id, "services": ["no_such_service"]}
    answer = told.http.post("/api/v1/receipts", json=body, headers=told.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_service")


def test_guessing_codes_and_tokens_is_slowed_down(limited):
    slow = limited(rate_codes=Rate(2, 3600))
    answers = [slow.get("/api/v1/receipts/0000-0000-0").status_code for _ in range(3)]
    assert answers == [404, 404, 429]
    assert shown(slow, "B1AAAA").status_code == 429
    assert slow.post("/receipts/replay", data={"token": "B1AAAA"}).status_code == 429


def test_the_square_is_small_enough_for_a_cheap_printer(told):
    everything = made(told, services=list(_all_services(told)))
    assert qr(everything["token"], "https://boussole.example.org").version <= BIGGEST_VERSION
    assert everything["qr_svg"].startswith("<svg")


def _all_services(told: Any) -> list[str]:
    decided = told.http.post("/api/v1/eligibility", json={"facts": {}}).json()["decisions"]
    return [decision["service"] for decision in decided]


@pytest.mark.parametrize(("language", "columns"), [("ar", ["ar", "fr"]), ("en", ["en", "fr"]), ("fr", ["fr"])])
def test_the_page_speaks_the_persons_language_beside_french(told, client, language, columns):
    code = made(told, services=["ofppt_training"], language=language)["code"]
    page = client.get(f"/receipts/{code}")
    assert page.status_code == 200
    assert re.findall(r'<section lang="(\w+)" dir="(\w+)"', page.text) == [
        (each, "rtl" if each == "ar" else "ltr") for each in columns
    ]
    assert (page.headers["cache-control"], page.headers["x-robots-tag"]) == ("no-store", "noindex, nofollow")


def test_an_unknown_code_is_told_on_a_page(client):
    page = client.get("/receipts/0000-0000-0", params={"lang": "en"})
    assert page.status_code == 404
    assert "We do not know this code" in page.text


def paper(told: Any, **form: str) -> Any:
    return told.http.post("/receipts", data={"conversation": told.id, "token": told.token, "language": "en", **form})


def test_the_paper_shows_reasons_and_the_square_once_and_at_no_address(told):
    page = paper(told, services="ofppt_training")
    assert page.status_code == 200
    assert "<svg" in page.text
    assert "[ofppt_training." in page.text
    token = re.search(r'name="token" value="(B1\w+)"', page.text)
    assert token
    assert token[1] not in str(page.url)
    assert page.headers["cache-control"] == "no-store"


def test_the_paper_can_be_had_without_the_reasons(told):
    page = paper(told, services="ofppt_training", reasons="no")
    assert "<svg" in page.text
    assert "[ofppt_training." not in page.text


def test_the_file_brings_the_same_receipt_back(told, client):
    receipt = made(told, services=["ofppt_training"])
    file = client.post("/receipts/file", data={"token": receipt["token"], "language": "en"})
    assert file.headers["content-disposition"].startswith("attachment")
    assert {**file.json(), "token": ""} == {**receipt["receipt"], "token": ""}
    page = client.post("/receipts/replay", files={"file": ("receipt.json", file.content, "application/json")})
    assert page.status_code == 200
    assert "[ofppt_training." in page.text


@pytest.mark.parametrize("around", ["{}", "  {}\n", "https://somewhere.example/receipts/replay#{}"])
def test_the_desk_takes_the_letters_or_the_whole_address(told, client, around):
    token = made(told, services=["ofppt_training"])["token"]
    grouped = " ".join(token[start : start + 5] for start in range(0, len(token), 5)).lower()
    page = client.post("/receipts/replay", data={"token": around.format(grouped), "language": "en"})
    assert page.status_code == 200
    assert "Today the answers are the same." in page.text


def test_the_desk_says_what_is_wrong_and_asks_again(client):
    page = client.post("/receipts/replay", data={"token": "<b>hello</b>", "language": "fr"})
    assert page.status_code == 422
    assert "<textarea" in page.text
    assert "<b>hello" not in page.text


def test_in_the_chat_the_answers_can_be_kept(told, client):
    answer = told.says("ofppt")
    for _ in range(8):
        choices = {choice["id"]: choice["label"] for reply in answer["replies"] for choice in reply["choices"]}
        keep = next((choice for choice in choices if choice.endswith(".keep_receipt")), None)
        if keep:
            break
        answer = told.presses(next(choice for choice in choices if ".decline." in choice))
    assert keep
    (card,) = [card for reply in told.presses(keep)["replies"] for card in reply["cards"]]
    assert card["kind"] == "receipt"
    stored = client.get(f"/api/v1/receipts/{card['code']}").json()
    assert [verdict["service"] for verdict in stored["verdicts"]]
    page = paper(told, receipt=card["code"])
    assert page.status_code == 200
    assert card["code"] in page.text
