"""What a proof finds wrong: where, for whom, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.facts import FactId, FactValue
from rules.model import ServiceId

type Person = Mapping[FactId, FactValue | None]


@dataclass(frozen=True)
class Finding:
    """`claim` is the name of what does not hold."""

    claim: str
    file: str
    rule: str
    problem: str
    remedy: str
    person: str = ""

    def __str__(self) -> str:
        whom = f", as for {self.person}" if self.person else ""
        return f"{self.file}: {self.rule}: {self.problem}{whom} ({self.remedy})"


def file_of(service: ServiceId) -> str:
    return f"services/{service}.yaml"


def in_words(person: Person) -> str:
    """Only what was answered: the rest is declined."""
    told = ", ".join(f"{fact}={_written(value)}" for fact, value in sorted(person.items()) if value is not None)
    return told or "someone who declines everything"


def _written(value: FactValue | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
