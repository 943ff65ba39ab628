"""Which sentences the catalogs in locales/ have, and of which English."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po

from rules.proof.book_claims import Words

LOCALES = ("ar_MA", "fr_MA")
"""Beside the English of the book itself."""


def read_words(locales: Path) -> Words:
    """By language; a translation that is empty or marked fuzzy is none."""
    return {locale: _words(locales / locale / "LC_MESSAGES" / "messages.po") for locale in LOCALES}


def _words(path: Path) -> Mapping[str, str]:
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file)
    return {
        str(message.context): message.id if isinstance(message.id, str) else message.id[1]
        for message in catalog
        if message.context and not message.fuzzy and _is_whole(message.string)
    }


def _is_whole(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)
