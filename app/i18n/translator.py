"""From sentence ids to words: catalogs, plurals, dates and numbers as the locale writes them, bidi isolation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from app.i18n.languages import LANGUAGES, SOURCE_LANGUAGE, direction, locale_of
from app.i18n.say import Country, Latin, Say, Town, Value
from app.i18n.texts import ROOT, Sentence

LEFT_TO_RIGHT_ISOLATE = "\u2066"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
YEAR, YEAR_AND_MONTH = 4, 7
PLACEHOLDER = re.compile(r"\{(\w+)\}")


type NamesOfTown = Callable[[str], Mapping[str, str]]
"""A town's names by language; empty for an unknown one."""


def no_towns(_town: str) -> Mapping[str, str]:
    return {}


class Translator:
    """Says sentences in a language. An id nobody wrote is an error, never an empty bubble."""

    def __init__(
        self, sentences: Mapping[str, Sentence], locales: Path = ROOT / "locales", *, towns: NamesOfTown = no_towns
    ) -> None:
        self._sentences = sentences
        self._towns = towns
        self._catalogs: dict[str, NullTranslations] = {
            language: Translations.load(locales, [str(locale)]) for language, locale in LANGUAGES.items()
        }

    def has(self, sentence: str) -> bool:
        """True where this id has a sentence."""
        return sentence in self._sentences

    def say(self, say: Say | str, language: str, **values: Value) -> str:
        """The sentence in this language, its placeholders filled. KeyError for an unknown id or a missing value."""
        told = say if isinstance(say, Say) else Say(say, values)
        template = self._template(told, language)
        filling = dict(told.values) if told.count is None else {"count": told.count, **told.values}
        return PLACEHOLDER.sub(lambda found: self._write(filling[found[1]], language), template)

    def is_translated(self, sentence: str, language: str) -> bool:
        """False where the English stands in for a missing translation: that text carries its own `lang`."""
        if language == SOURCE_LANGUAGE:
            return True
        english = self._sentences[sentence]
        return self._look_up(english, language, 2) != english.say

    def date(self, iso: str, language: str) -> str:
        """An ISO year, month or day as the locale writes it; empty stays empty."""
        if not iso:
            return ""
        locale = locale_of(language)
        if len(iso) == YEAR:
            return _isolated(iso, language)
        if len(iso) == YEAR_AND_MONTH:
            month = date.fromisoformat(f"{iso}-01")
            return format_date(month, "MMMM y", locale=locale)
        return format_date(date.fromisoformat(iso), "long", locale=locale)

    def _template(self, told: Say, language: str) -> str:
        sentence = self._sentences[told.id]
        return self._look_up(sentence, language, told.count if told.count is not None else 2)

    def _look_up(self, sentence: Sentence, language: str, count: int) -> str:
        catalog = self._catalogs[language]
        if sentence.one is None:
            return str(catalog.pgettext(sentence.id, sentence.say))
        return str(catalog.npgettext(sentence.id, sentence.one, sentence.say, count))

    def _write(self, value: Value, language: str) -> str:
        match value:
            case Say():
                return self.say(value, language)
            case tuple():
                items = [self.say(item, language) for item in value]
                return format_list(items, locale=locale_of(language)) if items else ""
            case Country() | Town() | str():
                return _embedded(self._named(value, language), language)
            case date():
                return self.date(value.isoformat(), language)
            case Latin(text):
                return _isolated(text, language)
        return _isolated(format_decimal(value, locale=locale_of(language)), language)

    def _named(self, value: Country | Town | str, language: str) -> str:
        match value:
            case Country(code):
                return str(locale_of(language).territories.get(code, code))
            case Town(town):
                names = self._towns(town)
                return names.get(language) or next(iter(names.values()), town)
        return value


def _isolated(text: str, language: str) -> str:
    """Left to right, whatever stands around it."""
    return text if direction(language) == "ltr" else f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}"


def _embedded(text: str, language: str) -> str:
    """In the direction of its own first letter."""
    return text if direction(language) == "ltr" else f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
