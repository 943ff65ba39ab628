"""The words of a rule book of another day: what it said then, in front of what is said now."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n.say import Say
from app.i18n.translator import Translator


class WordsOfThen(Translator):
    """A translator that knows an archived book's own sentences; everything else is said as today."""

    def __init__(self, today: Translator, words: Mapping[str, Mapping[str, str]]) -> None:
        # Shares the catalogs of the other one instead of reading them again.
        self.__dict__.update(today.__dict__)
        self._words = words

    def has(self, sentence: str) -> bool:
        return sentence in self._words or super().has(sentence)

    def _template(self, told: Say, language: str) -> str:
        then = self._words.get(told.id, {})
        if language in then:
            return then[language]
        return super()._template(told, language) if super().has(told.id) else then["en"]
