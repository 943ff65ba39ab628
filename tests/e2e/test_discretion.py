"""What the pages leave behind and whom they tell: nothing, nobody."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.phrases import FIRST_WORDS
from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser

NASTY = "<script>document.title='owned'</script><img src=x onerror=alert(1)>{{ 7*7 }}"

type Comes = Callable[..., Visitor]


def a_whole_journey(person: Visitor) -> None:
    person.opens("/?lang=fr")
    person.opens("/chat?lang=fr")
    person.says(FIRST_WORDS["fr"])
    person.goes_on_to_a_slip()
    person.opens(str(person.page.locator(".slipcard a.start").get_attribute("href")))


def test_every_request_stays_on_this_server_and_no_secret_stands_in_an_address(comes: Comes) -> None:
    person = comes()
    a_whole_journey(person)
    assert {urlsplit(request.url).netloc for request in person.requests} == {urlsplit(person.home).netloc}
    posted = next(request.post_data or "" for request in reversed(person.requests) if request.method == "POST")
    token = posted.split("token=")[1].split("&")[0]
    assert len(token) > 20
    assert not any(token in request.url for request in person.requests)


def test_nothing_is_kept_in_the_browser(comes: Comes) -> None:
    person = comes()
    a_whole_journey(person)
    assert person.page.context.cookies() == []
    assert person.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_people_write_is_shown_as_text_only(comes: Comes, scripts: bool) -> None:
    person = comes(scripts=scripts)
    complaints: list[str] = []
    person.page.on("console", lambda message: complaints.append(message.text))
    person.opens("/chat?lang=en")
    title = person.page.title()
    person.says(NASTY)
    assert NASTY in person.last().locator(".mine").inner_text()
    assert person.page.locator(".turn script, .turn img").count() == 0
    assert person.page.title() == title
    assert complaints == []


def test_the_first_tab_stop_leaves_and_back_does_not_return(comes: Comes) -> None:
    person = comes()
    away = "https://www.wikipedia.org/"
    person.page.context.route(away, lambda route: route.fulfill(body="elsewhere"))
    person.opens("/privacy?lang=fr")
    person.opens("/chat?lang=fr")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.id") == "exit"
    person.page.keyboard.press("Enter")
    person.page.wait_for_url(away)
    person.page.go_back()
    assert urlsplit(person.page.url).path == "/privacy"


def test_three_times_shift_leaves(comes: Comes) -> None:
    person = comes()
    away = "https://www.wikipedia.org/"
    person.page.context.route(away, lambda route: route.fulfill(body="elsewhere"))
    person.opens("/chat?lang=fr")
    for _ in range(3):
        person.page.keyboard.press("Shift")
    person.page.wait_for_url(away)
    assert person.page.content().count("elsewhere") == 1


def test_the_log_is_announced_and_new_answers_get_the_focus(comes: Comes) -> None:
    person = comes()
    person.opens("/chat?lang=fr")
    expect(person.page.get_by_role("log")).to_be_visible()
    person.says(FIRST_WORDS["fr"])
    assert person.page.evaluate("document.activeElement === document.querySelector('.turn:last-child')")


def test_the_first_answer_is_light(comes: Comes) -> None:
    person = comes()
    sizes: list[int] = []
    person.page.on("response", lambda response: sizes.append(len(response.body())))
    person.opens("/chat?lang=ar")
    person.says(FIRST_WORDS["ar"])
    person.page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) <= 60 * 1024
