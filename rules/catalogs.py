"""The words of sentences in three languages, read from the translation files, for programs that print."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from rules.model import TextId

LOCALES = Path(__file__).resolve().parents[1] / "locales"
CATALOGS = {"fr": "fr_MA", "ar": "ar_MA"}
SOURCE = "en"
LANGUAGES = (SOURCE, *CATALOGS)

type Words = Mapping[str, Mapping[str, str]]
"""Every sentence of a book by id, then by language."""


def read_catalogs(folder: Path = LOCALES) -> Words:
    """Every translated sentence by its id; the English is the one that was translated."""
    found: dict[str, dict[str, str]] = {}
    for language, locale in CATALOGS.items():
        with (folder / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
            for sentence, english, told in _settled(read_po(file, locale=locale)):
                found.setdefault(sentence, {SOURCE: english})[language] = told
    return found


def _settled(catalog: Catalog) -> list[tuple[str, str, str]]:
    """Id, English and translation of what is neither counted, nor empty, nor marked as stale."""
    return [
        (message.context, message.id, message.string)
        for message in catalog
        if isinstance(message.context, str)
        and isinstance(message.id, str)
        and isinstance(message.string, str)
        and message.string
        and not message.fuzzy
    ]


def words_of(texts: Mapping[TextId, str], catalogs: Words) -> Words:
    """A book's own sentences with the translations made of exactly these; what has none yet stands in English only."""
    found = {}
    for sentence, english in texts.items():
        told = catalogs.get(sentence, {})
        translated = told if told.get(SOURCE) == english.strip() or told.get(SOURCE) == english else {}
        found[str(sentence)] = {**translated, SOURCE: english}
    return found


def word(words: Words, sentence: str, language: str) -> str:
    """The sentence in this language, else in English, else its id: a report never fails over a missing word."""
    told = words.get(sentence, {})
    return told.get(language) or told.get(SOURCE) or sentence
