"""What is to be said, before the words: a sentence's id and the values of its placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Latin:
    """A code, phone number, URL or Latin name: shown left to right, isolated, whatever the language around it."""

    text: str


@dataclass(frozen=True)
class Country:
    """A country by its ISO 3166 code, named as the language names it."""

    code: str


@dataclass(frozen=True)
class Town:
    """A town by its id in the directory, named as the language names it."""

    id: str


type Value = str | int | float | date | Latin | Country | Town | "Say" | tuple["Say", ...]
"""What may fill a placeholder. A tuple becomes a list as the language writes lists."""


@dataclass(frozen=True)
class Say:
    """One sentence by id, with the values of its placeholders. `count` picks the plural form."""

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)
    count: int | None = None

    def __hash__(self) -> int:
        return hash((self.id, self.count, tuple(sorted(self.values))))
