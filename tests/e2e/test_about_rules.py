"""The pages about the rules in a real browser: three languages, small and large screens, paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import ConsoleMessage
from starlette.testclient import TestClient

from app.channels.web_page import STATIC
from app.i18n.languages import LANGUAGES, direction
from app.wiring import Services
from tests.e2e.visitor import Visitor

PAGES = (
    "/about/rules",
    "/about/rules/sheets",
    "/about/rules/changes",
    "/about/rules/situations/irregular",
    "/about/rules/services/auto_entrepreneur",
)
WIDTHS = (320, 360, 640, 1280)
PAPER = 1063
"""A4 on its side, without margins, as the browser counts."""
SMALLEST_TARGET = 44
CSS = (STATIC / "about.css").read_text("utf-8")
OUTSIDE = """() => {
  const svg = document.querySelector('.flow svg'), all = svg.viewBox.baseVal, wrong = [];
  for (const gate of svg.querySelectorAll('.gate')) {
    const box = gate.querySelector('.box').getBBox();
    for (const text of gate.querySelectorAll('text:not(.number)')) {
      const at = text.getBBox(), slack = 1;
      const inside = at.x >= box.x - slack && at.x + at.width <= box.x + box.width + slack;
      const beside = at.x + at.width <= box.x || at.x >= box.x + box.width;
      const fits = at.x >= -slack && at.x + at.width <= all.width + slack && at.y + at.height <= all.height;
      const belongs = text.classList.contains('word') ? beside : inside;
      if (!fits || !belongs) wrong.push(text.textContent);
    }
  }
  return wrong;
}"""

type Comes = Callable[..., Visitor]


def overflow(person: Visitor) -> int:
    return int(person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_every_width_in_the_direction_of_the_language_and_break_no_policy(
    comes: Comes, language: str
) -> None:
    person = comes()
    complaints: list[str] = []

    def hears(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    person.page.on("console", hears)
    for path in PAGES:
        person.opens(f"{path}?lang={language}")
        assert person.page.locator("html").get_attribute("dir") == direction(language)
        for width in WIDTHS:
            person.page.set_viewport_size({"width": width, "height": 740})
            assert (path, width, overflow(person)) == (path, width, 0)
    assert complaints == []
    assert {request.url.removeprefix(person.home)[:1] for request in person.requests} == {"/"}


@pytest.mark.browser
def test_on_a_phone_a_paper_or_a_service_is_chosen_from_a_list_and_without_scripts(comes: Comes) -> None:
    person = comes(scripts=False)
    person.opens("/about/rules?lang=ar")
    assert not person.page.locator("table").is_visible()
    targets = person.page.locator(".choose a, .links a:visible, .tongues a").all()
    assert all((box := each.bounding_box()) and box["height"] >= SMALLEST_TARGET for each in targets)
    person.page.locator('.choose a[href*="/situations/irregular"]').click()
    assert person.page.locator("article.told").count() == person.page.locator("article.told h2 a").count() > 20
    person.page.locator("article.told h2 a").first.click()
    assert "/about/rules/services/" in person.page.url
    assert "lang=ar" in person.page.url
    assert person.page.locator(".flow svg").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heads_of_the_table_stay_in_sight(comes: Comes, language: str) -> None:
    person = comes(width=1000)
    person.opens(f"/about/rules?lang={language}")
    pan = person.page.locator(".pan")
    pan.evaluate("(pan, way) => pan.scrollTo(way * 600, 600)", -1 if direction(language) == "rtl" else 1)
    frame = pan.bounding_box()
    head, row = (
        person.page.locator(each).bounding_box() for each in ("thead th:nth-child(9)", "tbody tr:nth-child(12) th")
    )
    assert frame
    assert head
    assert row
    assert abs(head["y"] - frame["y"]) < 3
    start = (
        frame["x"] + frame["width"] - row["x"] - row["width"] if direction(language) == "rtl" else row["x"] - frame["x"]
    )
    assert abs(start) < 3


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_picture_leaves_its_box(comes: Comes, services: Services, language: str) -> None:
    person = comes()
    for service in services.rulebook.services:
        person.opens(f"/about/rules/services/{service}?lang={language}")
        assert (service, person.page.evaluate(OUTSIDE)) == (service, [])


@pytest.mark.browser
def test_a_picture_begins_where_the_language_begins(comes: Comes) -> None:
    person = comes()
    for language in LANGUAGES:
        person.opens(f"/about/rules/services/ofppt_training?lang={language}")
        step, box = (person.page.locator(each).first.bounding_box() for each in (".gate .step", ".gate .box"))
        assert step
        assert box
        assert (step["x"] > box["x"]) == (direction(language) == "rtl")


@pytest.mark.browser
def test_paper_carries_the_table_and_no_links(comes: Comes) -> None:
    person = comes(width=PAPER)
    person.page.emulate_media(media="print")
    for path in PAGES:
        person.opens(f"{path}?lang=fr")
        assert overflow(person) == 0
        assert not any(each.is_visible() for each in person.page.locator(".top, .links, .others, .choose").all())
    person.opens("/about/rules/sheets?lang=fr")
    assert person.page.locator("table").count() == person.page.locator("table:visible").count() > 1


@pytest.mark.browser
def test_every_status_of_the_table_is_a_word_and_a_shape_besides_a_colour(comes: Comes) -> None:
    person = comes(width=1280)
    person.opens("/about/rules?lang=en")
    shapes: dict[str, set[str]] = {}
    for status in ("eligible", "conditional", "uncertain", "not_eligible"):
        cell = person.page.locator(f'td[data-status="{status}"]').first
        assert cell.locator(".short").inner_text().strip()
        shapes[status] = {str(use.get_attribute("href")) for use in cell.locator(".short use").all()}
    assert len(set().union(*shapes.values())) == len(shapes)


def _answers(client: TestClient, paths: Iterator[str]) -> dict[str, int]:
    return {path: client.get(path).status_code for path in paths}


def test_every_page_answers_and_unknown_names_do_not(client: TestClient, services: Services) -> None:
    book = services.rulebook
    known = [*PAGES, "/about/rules.json", *(f"/about/rules/situations/{row}" for row in book.rows)]
    known += [f"/about/rules/services/{service}" for service in book.services]
    unknown = ("/about/rules/situations/paper_card", "/about/rules/services/none", "/about/rules/services/%3Cb%3E")
    assert set(_answers(client, iter(known)).values()) == {200}
    assert set(_answers(client, iter(unknown)).values()) == {404}


def test_pages_may_do_nothing_but_show_and_are_packed_for_a_weak_network(client: TestClient) -> None:
    answer = client.get("/about/rules?lang=ar", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 60_000
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in answer.headers
    plain = client.get("/about/rules?lang=ar", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == answer.text


@pytest.mark.parametrize("path", ["/", "/chat"])
def test_the_rules_can_be_found(client: TestClient, path: str) -> None:
    assert '<a href="/about/rules?lang=fr"' in client.get(f"{path}?lang=fr").text


def test_the_style_uses_the_colours_of_all_pages_and_knows_no_left_and_right() -> None:
    assert re.findall(r"#[0-9a-f]{3,6}\b", CSS.split("@media print")[0]) == []
    assert re.findall(r"(?<![\w-])(?:left|right)(?![\w-])|(?:margin|padding|border)-(?:left|right)", CSS) == []
    assert "@media print" in CSS
