"""From the first question to the slip, as people on a small phone do it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.phrases import FIRST_WORDS, PLACE_WITH_PHONE
from tests.e2e.visitor import CODE, Visitor

pytestmark = pytest.mark.browser

DIRECTIONS = {"ar": "rtl", "fr": "ltr", "en": "ltr"}

type Comes = Callable[..., Visitor]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", FIRST_WORDS)
def test_one_question_leads_to_a_decision_a_place_and_a_slip(comes: Comes, language: str, scripts: bool) -> None:
    person = comes(scripts=scripts, language=language)
    person.opens(f"/?lang={language}")
    person.page.locator(f'a.start[href="/chat?lang={language}"]').click()
    person.says(FIRST_WORDS[language])
    assert person.last().locator(".mine").inner_text().endswith(FIRST_WORDS[language])
    expect(person.last().locator(".card.decision.eligible .status strong")).not_to_be_empty()
    expect(person.last().locator(".card.place").first).to_be_visible()
    code = person.goes_on_to_a_slip()
    assert CODE.fullmatch(code)
    person.opens(str(person.page.locator(".slipcard a.start").get_attribute("href")))
    slip = person.page.locator("main.slip")
    assert slip.locator(".code").inner_text() == code
    sides = [section.get_attribute("lang") for section in slip.locator("section").all()]
    assert sides == list(dict.fromkeys([language, "fr"]))
    assert person.page.locator("html").get_attribute("dir") == DIRECTIONS[language]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", FIRST_WORDS)
def test_page_and_bubbles_say_their_language_and_direction(comes: Comes, language: str, scripts: bool) -> None:
    person = comes(scripts=scripts)
    person.opens(f"/chat?lang={language}")
    person.says(FIRST_WORDS[language])
    html = person.page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, DIRECTIONS[language])
    bubbles = person.page.locator(".reply").all()
    assert {(each.get_attribute("lang"), each.get_attribute("dir")) for each in bubbles} == {
        (language, DIRECTIONS[language])
    }


def test_arabic_runs_from_right_to_left(comes: Comes) -> None:
    person = comes()
    person.opens("/chat?lang=ar")
    person.says(FIRST_WORDS["ar"])
    mine = person.last().locator(".mine").bounding_box()
    reply = person.last().locator(".bubble").first.bounding_box()
    assert mine is not None
    assert reply is not None
    assert mine["x"] < reply["x"] + reply["width"] - mine["width"]
    assert person.page.locator(".card.decision").evaluate("card => getComputedStyle(card).borderRightWidth") != "1px"


def test_telephone_numbers_read_from_left_to_right_in_arabic(comes: Comes) -> None:
    person = comes()
    person.opens("/?lang=ar")
    number = person.page.locator(".call bdi").last
    starts, ends = number.evaluate(
        """number => [0, number.textContent.length - 1].map(at => {
            const letter = document.createRange();
            letter.setStart(number.firstChild, at);
            letter.setEnd(number.firstChild, at + 1);
            return letter.getBoundingClientRect().x;
        })"""
    )
    assert starts < ends
    assert person.page.locator(".call").last.get_attribute("href") == f"tel:{number.inner_text().replace(' ', '')}"


@pytest.mark.parametrize("language", PLACE_WITH_PHONE)
def test_a_place_can_be_called_with_one_touch(comes: Comes, language: str) -> None:
    person = comes(language=language)
    person.opens(f"/chat?lang={language}")
    person.says(PLACE_WITH_PHONE[language])
    place = person.page.locator(".card.place").first
    phone = place.locator('a[href^="tel:+212"]').first
    assert phone.evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert phone.get_attribute("href") == f"tel:{phone.inner_text().replace(' ', '')}"
    expect(place.locator(".source")).not_to_be_empty()
    expect(place.locator(".label")).to_be_visible()


def test_without_a_language_the_greeting_speaks_all_three(comes: Comes) -> None:
    person = comes(language="en")
    person.opens("/chat")
    spoken = [each.get_attribute("lang") for each in person.page.locator(".reply").all()]
    assert spoken == ["ar", "fr", "en"]
    person.presses(".language.ar")
    assert person.page.locator("html").get_attribute("dir") == "rtl"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_language_can_be_changed_at_any_time(comes: Comes, scripts: bool) -> None:
    person = comes(scripts=scripts)
    person.opens("/chat?lang=fr")
    person.says(FIRST_WORDS["fr"])
    person.presses_always("language.ar")
    assert person.page.locator("html").get_attribute("dir") == "rtl"
    assert person.page.locator('.tongues [aria-pressed="true"]').get_attribute("lang") == "ar"


def test_without_scripts_an_empty_message_is_answered_kindly(comes: Comes) -> None:
    person = comes(scripts=False)
    person.opens("/chat?lang=fr")
    person.says(" ")
    expect(person.page.locator("#state")).not_to_be_empty()
    assert person.offered()


def test_a_message_that_did_not_go_through_stays_in_the_box_and_is_taken_once(comes: Comes) -> None:
    person = comes()
    person.opens("/chat?lang=fr")
    person.page.route("**/chat", lambda route: route.abort(), times=1)
    person.page.locator("#text").fill(FIRST_WORDS["fr"])
    person.page.locator("#send").click()
    expect(person.page.locator("#state.problem")).not_to_be_empty()
    assert person.page.locator("#text").input_value() == FIRST_WORDS["fr"]
    person.sends_with(person.page.locator("#send"))
    assert person.turns().count() == 2
    assert person.page.locator("#state").inner_text() == ""


def test_pressing_twice_sends_once(comes: Comes) -> None:
    person = comes()
    person.opens("/chat?lang=fr")
    sent: list[Route] = []

    def hold(route: Route) -> None:
        sent.append(route)

    person.page.route("**/chat", hold)
    person.page.locator("#text").fill(FIRST_WORDS["fr"])
    person.page.locator("#send").click()
    expect(person.page.locator("#form")).to_have_attribute("aria-busy", "true")
    assert person.page.locator("#state").inner_text() == person.page.locator("#form").get_attribute("data-sending")
    person.page.locator("#send").click()
    assert len(sent) == 1
    sent[0].continue_()
    expect(person.turns()).to_have_count(2)


def test_a_half_written_message_survives_a_button(comes: Comes) -> None:
    person = comes()
    person.opens("/chat?lang=fr")
    person.page.locator("#text").fill("Rabat")
    person.presses(".need.need_health")
    assert person.page.locator("#text").input_value() == "Rabat"


def test_enter_sends_and_shift_enter_does_not(comes: Comes) -> None:
    person = comes()
    person.opens("/chat?lang=fr")
    person.page.locator("#text").press_sequentially("a")
    person.page.keyboard.press("Shift+Enter")
    assert person.page.locator("#text").input_value() == "a\n"
    person.page.locator("#text").fill(FIRST_WORDS["fr"])
    person.page.locator("#text").press("Enter")
    expect(person.turns()).to_have_count(2)
