"""Small screens, large letters, tired fingers, poor eyes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.channels.web_page import STATIC
from tests.e2e.phrases import FIRST_WORDS
from tests.e2e.visitor import Visitor

PAGES = ("/", "/privacy", "/privacy/full", "/chat")
NARROW = 320
"""Also what a screen of 1280 shows at 400 %."""
SMALLEST_TARGET = 44
TARGETS = "button, summary, .start, .call, #exit, a.brand, .tongues a, .links a, textarea"
READABLE = 4.5
PAIRS = (
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "mine"),
    ("ink", "tint"),
    ("soft", "paper"),
    ("soft", "card"),
    ("soft", "tint"),
    ("accent", "paper"),
    ("accent", "card"),
    ("on-accent", "accent"),
    ("yes", "card"),
    ("maybe", "card"),
    ("no", "card"),
    ("ask", "card"),
    ("alarm", "card"),
    ("alarm", "paper"),
)
CSS = (STATIC / "web.css").read_text("utf-8")

type Comes = Callable[..., Visitor]


def overflow(person: Visitor) -> int:
    return int(person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def too_small(person: Visitor) -> list[str]:
    boxes = [(each, each.bounding_box()) for each in person.page.locator(TARGETS).all() if each.is_visible()]
    return [
        f"{each.evaluate('each => each.outerHTML.slice(0, 80)')} {box['width']}x{box['height']}"
        for each, box in boxes
        if box and min(box["width"], box["height"]) < SMALLEST_TARGET
    ]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, NARROW])
@pytest.mark.parametrize("language", FIRST_WORDS)
def test_nothing_scrolls_sideways_and_every_target_is_large(comes: Comes, language: str, width: int) -> None:
    person = comes(width=width)
    for path in PAGES:
        person.opens(f"{path}?lang={language}")
        assert (path, overflow(person), too_small(person)) == (path, 0, [])
    person.says(FIRST_WORDS[language])
    assert (overflow(person), too_small(person)) == (0, [])
    person.goes_on_to_a_slip()
    assert (overflow(person), too_small(person)) == (0, [])
    person.opens(str(person.page.locator(".slipcard a.start").get_attribute("href")))
    assert overflow(person) == 0


@pytest.mark.browser
def test_a_status_is_a_word_and_a_sign_besides_a_colour(comes: Comes) -> None:
    person = comes()
    person.opens("/chat?lang=en")
    person.says(FIRST_WORDS["en"])
    status = person.page.locator(".card.decision .status").first
    assert status.locator("strong").inner_text()
    assert status.locator(".sign").inner_text() == "✓"
    assert person.page.locator(".card.decision .sources a").first.get_attribute("rel") == "noreferrer noopener"


@pytest.mark.browser
def test_a_slip_fits_on_paper_with_two_languages_side_by_side(comes: Comes) -> None:
    person = comes(language="ar")
    person.opens("/chat?lang=ar")
    person.says(FIRST_WORDS["ar"])
    person.goes_on_to_a_slip()
    person.opens(str(person.page.locator(".slipcard a.start").get_attribute("href")))
    person.page.emulate_media(media="print")
    person.page.set_viewport_size({"width": 500, "height": 740})
    arabic, french = (section.bounding_box() for section in person.page.locator(".sides section").all())
    assert arabic is not None
    assert french is not None
    assert arabic["y"] == french["y"]
    assert arabic["x"] > french["x"]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    pairs = [digits[at : at + 2] for at in (0, 2, 4)] if len(digits) == 6 else [digit * 2 for digit in digits]
    channels = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_letters_stand_out(theme: int) -> None:
    block = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[theme]
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", block))
    ratios = {}
    for front, back in PAIRS:
        darker, lighter = sorted((luminance(colours[front]), luminance(colours[back])))
        ratios[front, back] = (lighter + 0.05) / (darker + 0.05)
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < READABLE} == {}


def test_the_style_knows_no_left_and_right() -> None:
    assert (
        re.findall(r"[^{};]*(?<![\w-])(?:left|right)(?![\w-])[^;]*;|(?:margin|padding|border)-(?:left|right)", CSS)
        == []
    )


def test_the_script_is_small() -> None:
    assert len((STATIC / "chat.js").read_text("utf-8").splitlines()) < 150
