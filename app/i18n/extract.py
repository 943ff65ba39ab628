"""Babel extractor for our YAML files: the id is the message's context, the English sentence the message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any

from app.i18n.texts import sentences_in


def sentences(
    fileobj: IO[bytes],
    _keywords: object,
    _comment_tags: object,
    options: Mapping[str, Any],  # noqa: ARG001  # Babel names it
) -> Iterator[tuple[int, str, tuple[str, ...], list[str]]]:
    """Called by `pybabel extract` for each file of locales/babel.cfg."""
    for sentence in sentences_in(fileobj.read().decode("utf-8"), getattr(fileobj, "name", "")):
        if sentence.one is None:
            yield sentence.line, "pgettext", (sentence.id, sentence.say), list(sentence.notes)
        else:
            yield sentence.line, "npgettext", (sentence.id, sentence.one, sentence.say), list(sentence.notes)
