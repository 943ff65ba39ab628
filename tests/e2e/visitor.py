"""A person with a small phone: opens the chat, writes, presses buttons, with or without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, Request, expect

PHONE = {"width": 360, "height": 740}
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]")
TOWARDS_A_SLIP = (".consent.", ".refer.", ".go_on", ".need.need_training", ".decline.")
"""What to press, in this order of preference, to come to a slip."""


@dataclass
class Visitor:
    page: Page
    home: str
    scripts: bool
    requests: list[Request] = field(default_factory=list)

    def notes(self, request: Request) -> None:
        self.requests.append(request)

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.home}{path}")

    def says(self, text: str) -> None:
        self.page.locator("#text").fill(text)
        self.sends_with(self.page.locator("#send"))

    def presses(self, part: str) -> None:
        """The first button offered whose id holds this."""
        self.sends_with(self.page.locator(f'#form > .choices button[value*="{part}"]').first)

    def presses_always(self, choice: str) -> None:
        button = self.page.locator(f'button[value="{choice}"]').last
        if not button.is_visible():
            self.page.locator(".always summary").click()
        self.sends_with(button)

    def offered(self) -> list[str]:
        return [str(button.get_attribute("value")) for button in self.page.locator("#form > .choices button").all()]

    def goes_on_to_a_slip(self, *, steps: int = 12) -> str:
        """Presses until a code is shown; returns it."""
        for _ in range(steps):
            shown = self.page.locator(".slipcard .code")
            if shown.count():
                return shown.last.inner_text().strip()
            self.presses(self._next_part())
        raise AssertionError(f"no slip after {steps} steps: {self.offered()}")

    def turns(self) -> Locator:
        return self.page.locator(".turn")

    def last(self) -> Locator:
        return self.turns().last

    def sends_with(self, button: Locator) -> None:
        if not self.scripts:
            with self.page.expect_navigation():
                button.click()
            return
        before = self.turns().count()
        button.click()
        expect(self.turns()).to_have_count(before + 1)

    def _next_part(self) -> str:
        offered = self.offered()
        return next(part for part in TOWARDS_A_SLIP if any(part in f"{value}." for value in offered)).rstrip(".")


def visitor(browser: Browser, home: str, *, scripts: bool = True, language: str = "fr") -> Visitor:
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripts, locale=language, device_scale_factor=2)
    page = context.new_page()
    person = Visitor(page, home, scripts)
    page.on("request", person.notes)
    return person
