"""The never-ask registry: what no question may ask, and a check that questions keep to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

REGISTRY = Path(__file__).with_name("never_ask.yaml")


@dataclass(frozen=True)
class Forbidden:
    """`why` is for whoever writes questions."""

    topic: str
    why: str
    words: re.Pattern[str]


@cache
def registry() -> tuple[Forbidden, ...]:
    raw = yaml.safe_load(REGISTRY.read_text(encoding="utf-8"))
    return tuple(
        Forbidden(entry["topic"], entry["why"], re.compile("|".join(entry["words"]), re.IGNORECASE))
        for entry in raw["topics"]
    )


def forbidden_in(question: str) -> tuple[str, ...]:
    """The topics a question touches that nobody may ask about."""
    return tuple(entry.topic for entry in registry() if entry.words.search(question))


def questions_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The sentences that ask something, in any of the languages."""
    sentences = (sentence for text in texts for sentence in re.findall(r"[^.!?؟\n]+[?؟]", text))
    return tuple(sentence.strip() for sentence in sentences)
