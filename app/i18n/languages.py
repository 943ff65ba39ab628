"""The languages Boussole answers in. Adding one: an entry here, a catalog in locales/."""

from __future__ import annotations

from babel import Locale

LANGUAGES: dict[str, Locale] = {
    "ar": Locale("ar", "MA"),
    "fr": Locale("fr", "MA"),
    "en": Locale("en"),
}
"""Reply language to locale. Moroccan locales, because `ar` alone writes other month names and digits."""

SOURCE_LANGUAGE = "en"
"""The language of the sentences beside the ids; its catalog may stay empty."""


def locale_of(language: str) -> Locale:
    """The locale of a supported language; KeyError for any other."""
    return LANGUAGES[language]


def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return LANGUAGES[language].text_direction


def best_language(accepted: str | None, default: str = "fr") -> str:
    """The supported language an Accept-Language header prefers, else `default`."""
    ranked = sorted(_weighted(accepted or ""), key=lambda entry: -entry[0])
    return next((language for _, language in ranked if language in LANGUAGES), default)


def _weighted(accepted: str) -> list[tuple[float, str]]:
    entries = []
    for part in accepted.split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        entries.append((weight, tag.split("-")[0].strip().lower()))
    return entries
