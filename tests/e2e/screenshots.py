"""`python -m tests.e2e.screenshots`: the chat on a small phone, three languages, into docs/screenshots."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.phrases import PLACE_WITH_PHONE
from tests.e2e.serving import built, launched, served
from tests.e2e.visitor import visitor

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"


def take(browser: Browser, home: str, language: str, folder: Path) -> None:
    person = visitor(browser, home, language=language)
    person.opens(f"/chat?lang={language}")
    person.says(PLACE_WITH_PHONE[language])
    for folded in person.page.locator(".card.decision summary").all():
        folded.click()
    person.page.locator(".card.decision").first.evaluate("card => card.scrollIntoView()")
    person.page.screenshot(path=folder / f"{language}-chat.png")
    person.page.context.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state, served(built(Path(state))) as home, sync_playwright() as playwright:
        browser = launched(playwright)
        for language in PLACE_WITH_PHONE:
            take(browser, home, language, FOLDER)
        browser.close()


if __name__ == "__main__":
    main()
