"""The forms and pages as HTTP sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.channels.cards import place_card
from app.channels.shapes import Voice
from app.channels.web_form import Screen
from app.channels.web_page import page
from app.dialogue.conversation import Conversation
from app.dialogue.turn import Inbound
from app.dialogue.understand import LONGEST
from app.errors import Unavailable
from app.main import create_app
from app.settings import Rate
from app.wiring import Services
from referral_directory.points import Opening, ServicePoint, WhyNot
from tests.builders.points import a_point
from tests.e2e.phrases import FIRST_WORDS

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
SLIP = re.compile(r"/slip/([0-9A-Z-]+)\?")
PAGES = ("/", "/privacy", "/privacy/full", "/chat", "/slip/7K3D-M9QX-T")


def fields(page: str) -> dict[str, str]:
    return dict(HIDDEN.findall(page))


def sent(client: TestClient, page: str, **more: str) -> str:
    answer = client.post("/chat", data={**fields(page), **more})
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def a_slip(client: TestClient) -> str:
    page = sent(client, client.get("/chat?lang=ar").text, text=FIRST_WORDS["ar"])
    for part in (".refer.", ".consent."):
        choice = next(value for value in re.findall(r'value="([^"]+)"', page) if part in value)
        page = sent(client, page, choice=choice)
    found = SLIP.search(page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", PAGES)
def test_pages_set_no_cookie_and_allow_only_their_own_files(client: TestClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert policy.startswith("default-src 'none'")
    assert {"script-src 'self'", "style-src 'self'", "connect-src 'self'"} <= set(policy.split("; "))
    assert ("frame-ancestors *" in policy) == (path == "/chat")
    assert not re.search(r"<style|style=|<script(?! src=)|\son\w+=", answer.text)


@pytest.mark.parametrize("path", ["/", "/privacy", "/privacy/full"])
@pytest.mark.parametrize(("accepted", "direction"), [("ar-MA,fr;q=0.8", "rtl"), ("en", "ltr"), ("zz", "ltr")])
def test_pages_speak_the_language_of_the_browser(client: TestClient, path: str, accepted: str, direction: str) -> None:
    page = client.get(path, headers={"accept-language": accepted}).text
    assert f'dir="{direction}"' in page.split("<head>")[0]


def test_a_language_asked_for_wins_and_an_unknown_one_does_no_harm(client: TestClient) -> None:
    assert '<html lang="ar"' in client.get("/?lang=ar", headers={"accept-language": "en"}).text
    assert '<html lang="en"' in client.get("/?lang=%00<b>", headers={"accept-language": "en"}).text


def test_opening_the_chat_stores_nothing(client: TestClient) -> None:
    opened = fields(client.get("/chat?lang=fr").text)
    assert (opened["conversation"], opened["token"]) == ("", "")


def test_the_same_form_sent_twice_is_taken_once(client: TestClient) -> None:
    begun = sent(client, client.get("/chat?lang=fr").text, text="bonjour")
    first = sent(client, begun, text=FIRST_WORDS["fr"])
    again = sent(client, begun, text=FIRST_WORDS["fr"])
    turn = re.compile(r'value="(\d+)\.refer\.')
    assert turn.findall(first) == turn.findall(again) == ["2"] * len(turn.findall(first))
    assert turn.findall(first)


def test_another_text_in_a_form_sent_before_is_another_message(client: TestClient) -> None:
    begun = sent(client, client.get("/chat?lang=fr").text, text="bonjour")
    sent(client, begun, text="merci")
    assert "card decision" in sent(client, begun, text=FIRST_WORDS["fr"])


def test_the_label_of_a_pressed_button_is_shown_as_what_the_person_said(client: TestClient) -> None:
    begun = sent(client, client.get("/chat?lang=fr").text, text="bonjour")
    choice, label = re.findall(r'name="choice" value="([^"]+\.need\.need_health)"[^>]*>([^<]+)<', begun)[0]
    page = sent(client, begun, choice=choice)
    assert f"<p>{label}</p></div>" in page


def test_a_conversation_no_longer_kept_is_followed_by_a_new_one_that_answers(
    client: TestClient, services: Services
) -> None:
    page = client.post(
        "/chat", data={"conversation": "0" * 32, "token": "x", "language": "fr", "text": FIRST_WORDS["fr"]}
    )
    assert services.translator.say("web.chat.over", "fr") in page.text
    assert "card decision" in page.text
    assert fields(page.text)["conversation"] not in ("", "0" * 32)


@pytest.mark.parametrize("text", ["", " ", "\u200b\u202e", "x" * 2001], ids=["empty", "blank", "hidden", "long"])
def test_a_message_that_cannot_be_taken_is_explained_and_kept(client: TestClient, text: str) -> None:
    answer = client.post("/chat", data={"language": "ar", "text": text})
    assert answer.status_code == 422
    assert re.search(r'<p id="state" role="status">[^<]+</p>', answer.text)
    assert text.strip("\u200b\u202e ")[:2000] in answer.text


@pytest.mark.parametrize("field", ["conversation", "token", "key", "language", "choice"])
@pytest.mark.parametrize(
    "value", ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "' OR 1=1 --", "<b>x", "x" * 5000]
)
def test_odd_values_are_answered_and_never_echoed_raw(client: TestClient, field: str, value: Any) -> None:
    answer = client.post("/chat", data={"language": "fr", "text": "bonjour", field: value})
    assert answer.status_code == 200
    assert "<b>x" not in answer.text


def test_when_the_database_does_not_answer_the_message_stays_in_the_form(services: Services) -> None:
    def away(_conversation: Conversation, _inbound: Inbound, **_: Any) -> Any:
        raise Unavailable

    broken = replace(services, turns=replace(services.turns, respond=away))
    with_trouble = TestClient(create_app(broken))
    answer = with_trouble.post("/chat", data={"language": "fr", "text": FIRST_WORDS["fr"]})
    assert answer.status_code == 503
    assert FIRST_WORDS["fr"].replace("'", "&#39;") in answer.text
    assert services.translator.say("problem.temporarily_unavailable", "fr") in answer.text.replace("&#39;", "'")


def test_too_many_messages_are_slowed_down_with_words(limited: Callable[..., TestClient]) -> None:
    hurried = limited(rate_messages=Rate(1, 60))
    form = {"language": "en", "text": "hello", "token": "same"}
    assert [hurried.post("/chat", data=form).status_code for _ in range(2)] == [200, 429]


def test_everything_deleted_leaves_an_empty_form(client: TestClient) -> None:
    page = sent(client, client.get("/chat?lang=fr").text, text=FIRST_WORDS["fr"])
    page = sent(client, page, choice="erase")
    choice = re.findall(r'value="(\d+\.erase_now)"', page)[0]
    page = sent(client, page, choice=choice)
    assert (fields(page)["conversation"], fields(page)["token"]) == ("", "")
    sent(client, page, choice=re.findall(r'value="(0\.need\.[^"]+)"', page)[0])


def test_with_scripts_only_the_new_parts_travel(client: TestClient) -> None:
    answer = client.post("/chat", data={"language": "fr", "text": "bonjour"}, headers={"x-fragment": "1"})
    assert "<html" not in answer.text
    assert all(f'id="{part}"' in answer.text for part in ("top", "leave", "state", "form"))


def test_a_slip_says_everything_the_counter_needs_and_nothing_about_the_person(client: TestClient) -> None:
    code = a_slip(client)
    answer = client.get(f"/slip/{code.lower()}")
    assert answer.status_code == 200
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert code in answer.text
    assert re.findall(r'<section lang="(\w+)" dir="(\w+)">', answer.text) == [("ar", "rtl"), ("fr", "ltr")]
    assert FIRST_WORDS["ar"] not in answer.text


@pytest.mark.parametrize("code", ["7K3D-M9QX-T", "x", "%00", "%3Cscript%3E", "a" * 500])
@pytest.mark.parametrize("language", FIRST_WORDS)
def test_an_unknown_code_gets_a_kind_page(client: TestClient, services: Services, code: str, language: str) -> None:
    answer = client.get(f"/slip/{code}?lang={language}")
    assert answer.status_code == 404
    assert "<script" not in answer.text
    assert services.translator.say("problem.referral_not_found.title", language) in answer.text.replace("&#39;", "'")


def test_guessing_codes_is_slowed_down(limited: Callable[..., TestClient]) -> None:
    curious = limited(rate_codes=Rate(2, 60))
    assert [curious.get("/slip/7K3D-M9QX-T").status_code for _ in range(3)] == [404, 404, 429]


def test_static_files_may_be_kept_by_browsers(client: TestClient) -> None:
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/chat").text)
    assert len(found) == 3
    for address in found:
        assert client.get(address).headers["cache-control"].startswith("public")


def as_shown(point: ServicePoint, language: str, services: Services) -> str:
    voice = Voice(services.translator, language)
    reply = {"lang": language, "dir": voice.direction, "text": "", "choices": [], "citations": []}
    screen = Screen(language, replies=[{**reply, "cards": [place_card(point, voice)]}])
    answer = page("chat_fragment.html", services.translator, language, screen=screen, longest=LONGEST)
    return bytes(answer.body).decode().replace("&#39;", "'")


@pytest.mark.parametrize("language", FIRST_WORDS)
def test_a_place_says_when_it_is_open_and_how_far_it_is(services: Services, language: str) -> None:
    hours = Opening("days_and_times", ("MO", "FR"), "09:00", "13:00")
    staff_only = {"hours": "as the source has it", "note": "for staff"}
    shown = as_shown(a_point(opening=(hours,), distance_km=41.6, address=None, **staff_only), language, services)
    said = Voice(services.translator, language).say
    assert said("card.place.distance", distance=42) in shown
    assert said("place.day.fr") in shown
    assert "09:00" in shown
    assert said("web.card.no_address") in shown
    assert not any(words in shown for words in staff_only.values())


def test_an_address_is_called_unknown_only_where_there_is_none_and_nothing_else_explains_it(services: Services) -> None:
    unknown = services.translator.say("web.card.no_address", "en")
    assert unknown not in as_shown(a_point(), "en", services)
    assert unknown in as_shown(a_point(address=None), "en", services)
    assert unknown not in as_shown(a_point(address=None, why_not=(WhyNot.CITY_ONLY,)), "en", services)


def test_a_whatsapp_number_opens_whatsapp_and_a_phone_dials(services: Services) -> None:
    shown = as_shown(a_point(phones=("+212 600-11-22-33",), whatsapp=("+212 600-11-22-33",)), "ar", services)
    assert '<a href="tel:+212600112233" dir="ltr">' in shown
    assert 'href="https://wa.me/212600112233" rel="noreferrer noopener"' in shown
